"""Runs side by side on the real page: a preset, trained, brought to the stage and undone."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from components.messages import message

STATE = """
const { running, rows } = deltaflow.runs;
const latest = ({ history }) => history.branches[0]?.points.at(-1);
return { running, rows: rows.map((row) => ({
  epoch: latest(row)?.epoch ?? 0, J: latest(row)?.train_loss, waits: Boolean(row.wish),
  refused: row.refused, stopped: row.stopped, cells: row.cells })) };
"""
READY = "deltaflow.runs.rows.length && deltaflow.runs.rows.every((row) => !row.wish)"
IDLE = f"!deltaflow.runs.running && {READY}"
# How many requests are on their way at once, at most.
COUNT = """
window.flying = window.most = 0;
const before = window.fetch;
window.fetch = async (...asked) => {
  if (!String(asked[0]).includes("train")) return before(...asked);
  window.most = Math.max(window.most, ++window.flying);
  try { return await before(...asked); } finally { window.flying -= 1; }
};
"""


@pytest.fixture
def dialog(page):
    page.click("compare")
    page.wait(READY)
    return page


def rows(page):
    return page.js(STATE)["rows"]


def choose(page, preset):
    Select(page.driver.find_element(By.ID, "compare-preset")).select_by_value(preset)
    title = str(message(f"preset.{preset}"))
    page.wait(f"document.getElementById('compare-look').textContent.startsWith({title!r})")
    page.wait(READY)


def field(page, slot, name):
    return page.driver.find_element(By.CSS_SELECTOR, f'[data-slot="{slot}"] [data-field="{name}"]')


def retype(element, text):
    element.send_keys(Keys.CONTROL, "a")
    element.send_keys(text, Keys.TAB)


def act(page, slot, name):
    page.driver.find_element(By.CSS_SELECTOR, f'[data-slot="{slot}"] [data-act="{name}"]').click()


def test_the_first_run_has_the_settings_of_the_stage(dialog):
    (row,) = rows(dialog)
    fields = dialog.js("return deltaflow.state.fields")
    assert row["cells"] == {name: fields[name] for name in row["cells"]}
    assert (row["epoch"], row["refused"]) == (0, None)
    assert dialog.js("return document.getElementById('compare-undo').disabled")


def test_a_preset_is_trained_and_a_run_brought_to_the_stage_and_undone(dialog):
    before = dialog.js("return deltaflow.stage()")
    choose(dialog, "symmetry")
    dialog.js(COUNT)
    retype(dialog.driver.find_element(By.ID, "compare-epochs"), "20")
    dialog.wait("deltaflow.runs.common.epochs === '20'")
    dialog.click("compare-train")
    dialog.wait(IDLE)
    assert [row["epoch"] for row in rows(dialog)] == [20, 20, 20]
    assert dialog.js("return window.most") == 1
    assert rows(dialog)[2]["J"] < 0.5 * rows(dialog)[0]["J"]
    epochs = dialog.driver.find_elements(By.CSS_SELECTOR, "#compare-table .run-epoch")
    assert [cell.text for cell in epochs] == ["20"] * 3
    act(dialog, 2, "stage")
    dialog.wait("deltaflow.state.run.batch > 0 && !deltaflow.state.pass.live")
    stage = dialog.js("return deltaflow.stage()")
    run = "return deltaflow.runs.rows[2].weights"
    assert stage["weights"] == dialog.js(run)
    assert stage["fields"]["init"] == "xavier"
    dialog.wait("document.getElementById('epoch').textContent === '20'")
    dialog.click("undo")
    dialog.wait("deltaflow.state.run.batch === 0")
    assert dialog.js("return deltaflow.stage()") == before
    dialog.click("compare")
    assert [row["epoch"] for row in rows(dialog)] == [20, 20, 20]


def test_a_text_that_cannot_be_used_is_marked_and_the_run_stays(dialog):
    dialog.js(COUNT)
    dialog.click("compare-train")
    dialog.wait("deltaflow.runs.rows[0].run.batch > 0")
    dialog.click("compare-train")
    dialog.wait(f"{IDLE} && window.flying === 0")  # the turn on its way still counts
    dialog.promise("await new Promise((go) => setTimeout(go, 50)); return 1")
    (trained,) = rows(dialog)
    cell = field(dialog, 0, "learning-rate")
    retype(cell, "abc")
    dialog.wait("deltaflow.runs.rows[0].refused")
    told = dialog.driver.find_element(By.ID, "compare-told").text
    assert "A: Learning rate η: “abc” cannot be used. Allowed:" in told
    assert cell.get_attribute("aria-invalid") == "true"
    assert cell.get_attribute("value") == "abc"
    assert rows(dialog)[0]["epoch"] == trained["epoch"]
    retype(field(dialog, 0, "layer-sizes"), "2-4-2")
    dialog.wait("deltaflow.runs.rows[0].refused?.field === 'layer-sizes'")
    assert rows(dialog)[0]["J"] == trained["J"]
    retype(field(dialog, 0, "learning-rate"), "1.50")
    dialog.wait("deltaflow.runs.rows[0].cells['learning-rate'] === '1.5'")
    assert rows(dialog)[0]["epoch"] == 0
    dialog.click("compare-undo")
    dialog.wait(f"deltaflow.runs.rows[0].cells['learning-rate'] === '0.5' && {READY}")
    assert rows(dialog)[0]["epoch"] == trained["epoch"]


def test_rows_are_added_and_removed_and_closing_pauses(dialog):
    for _ in range(5):
        dialog.click("compare-add")
    dialog.wait(READY)
    assert len(rows(dialog)) == 6
    assert dialog.js("return document.getElementById('compare-add').disabled")
    act(dialog, 1, "remove")
    letters = dialog.driver.find_elements(By.CSS_SELECTOR, "#compare-table th")
    assert [letter.text for letter in letters] == list("ACDEF")
    dialog.click("compare-train")
    dialog.wait("deltaflow.runs.rows.every((row) => row.run.batch > 0)")
    dialog.js("document.getElementById('compare-dialog').close()")
    dialog.wait(IDLE)
    epochs = [row["epoch"] for row in rows(dialog)]
    assert 0 < max(epochs) < 1000
    assert max(epochs) - min(epochs) <= 10
