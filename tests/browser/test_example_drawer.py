"""Worked examples on the real page: one click loads, the drawer compares, files come and go."""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import CHANGE
from tests.browser.language import SHOWN, english_in

SAVED = """
const kept = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  blob.text().then((text) => { window.savedText = text; });
  return kept(blob);
};
"""
DROP = """
const data = new DataTransfer();
data.items.add(new File([arguments[0]], "dropped.json"));
document.getElementById("examples").dispatchEvent(
  new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
"""


@pytest.fixture
def examples(page):
    return Examples(page.driver)


class Examples:
    """The page as someone uses it who came for a worked example."""

    def __init__(self, driver):
        self.driver = driver

    def wait(self, true):
        return WebDriverWait(self.driver, 20, 0.05).until(lambda _: true())

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def load(self, name):
        self.find("#examples-menu summary").click()
        self.find(f"[data-example='{name}']").click()
        self.wait(lambda: self.find("#examples").is_displayed())
        self.wait(lambda: self.stage() == self.answer(name)["states"]["0"])

    def answer(self, name):
        ask = (
            "return import('/assets/server/exchange.js')"
            ".then(({ post }) => post('example', { name: arguments[0] }))"
        )
        return self.driver.execute_script(ask, name)

    def stage(self):
        return self.driver.execute_script("return deltaflow.stage().weights")

    def cells(self, row):
        place = f"[data-layer='{row['layer']}'][data-row='{row['row']}']"
        symbol = f"td[data-symbol={row['symbol']}]"
        return self.driver.find_elements(By.CSS_SELECTOR, symbol + place)

    def text(self):
        return self.find("#examples").text

    def rows(self):
        return self.driver.find_elements(By.CSS_SELECTOR, "#examples tr[data-verdict]")

    def message(self):
        return self.find("#message").text

    def pick_file(self, path):
        self.driver.execute_script("HTMLInputElement.prototype.click = () => {}")
        self.find("#examples-menu summary").click()
        self.find("#examples-open").click()
        self.find(".chosen-file").send_keys(str(path))


def test_one_click_loads_and_a_row_leads_to_its_number(examples):
    examples.load("hagan-ch11")
    rows = examples.answer("hagan-ch11")["rows"]
    assert len(examples.rows()) == len(rows)
    for index in (0, 3, 4, 6, 11):
        row = rows[index]
        examples.rows()[index].find_element(By.CSS_SELECTOR, "button").click()
        cell = examples.wait(lambda row=row: examples.cells(row))
        assert float(cell[row["col"] - 1].get_attribute("title")) == row["value"]
        kind = "deltaflow.state.pass.positions[deltaflow.state.cursor].kind"
        assert examples.driver.execute_script(f"return {kind}") == row["kind"]
    assert "13 of 13 printed values agree" in examples.text()


def test_errata_carry_their_reason_and_the_mistake_behind_them(examples):
    examples.load("mazur-2015")
    examples.wait(lambda: "after 10,000 steps" in examples.text())
    assert "18 of 21 printed values agree to their last digit, 3 are errata." in examples.text()
    errata = [row for row in examples.rows() if row.get_attribute("data-verdict") == "erratum"]
    assert [row.text.split()[1] for row in errata] == [".291027924", ".015912196", ".984065734"]
    assert "already updated w of the output layer" in examples.text()
    assert examples.text().count("as printed") == 3 + len(["come out exactly as printed"])
    errata[1].find_element(By.CSS_SELECTOR, "button").click()
    state = "return deltaflow.stage().weights.w[3]"
    start = examples.answer("mazur-2015")["states"]["0"]["w"]["3"]
    examples.wait(lambda: examples.driver.execute_script(state) != start)
    cell = examples.wait(
        lambda: examples.driver.find_elements(By.CSS_SELECTOR, "td[data-symbol=a][data-row='1']")
    )
    assert cell[0].get_attribute("title").startswith("0.01591362044")


def test_without_a_printed_step_the_learning_rate_stays(examples):
    rate = "return deltaflow.state.fields['learning-rate']"
    examples.driver.execute_script("deltaflow.press('edit', 'learning-rate', '0.125')")
    examples.wait(lambda: examples.driver.execute_script(rate) == "0.125")
    examples.load("g-eoj-cs231n")
    assert "No step was printed: η stays 0.125." in examples.text()
    assert examples.driver.execute_script(rate) == "0.125"


def test_a_stage_is_saved_opened_and_dropped(examples, tmp_path):
    examples.driver.execute_script(SAVED)
    before = examples.stage()
    examples.find("#examples-menu summary").click()
    examples.find("#examples-save").click()
    text = examples.wait(lambda: examples.driver.execute_script("return window.savedText"))
    examples.load("relu-homework")
    file = tmp_path / "own.json"
    file.write_text(text, encoding="utf-8")
    examples.pick_file(file)
    examples.wait(lambda: examples.stage() == before)
    assert "exact values of the file agree" in examples.text()

    entry = {"symbol": "a", "layer": 2, "row": 1, "when": "this step", "printed": "7.5"}
    own = {**json.loads(text)[0], "title": "<b>mine</b>", "printed": [entry]}
    examples.driver.execute_script(DROP, json.dumps([own]))
    examples.wait(lambda: "<b>mine</b>" in examples.text())
    assert "0 of 1 printed values agree to their last digit, 1 differs." in examples.text()


def test_a_bad_file_is_refused_and_everything_stays(examples, tmp_path):
    examples.load("softmax")
    examples.wait(lambda: "1,000 " in examples.text())
    before, shown = examples.stage(), examples.text()
    own = {"title": "own", "activations": ["sigmod"], "loss": "half_squared_error"}
    rest = {
        "learning_rate": 1,
        "biases_updated": True,
        "w": [[[1]]],
        "b": [[0]],
        "x": [1],
        "y": [1],
    }
    file = tmp_path / "bad.json"
    file.write_text(json.dumps([{**own, **rest}]), encoding="utf-8")
    examples.pick_file(file)
    examples.wait(lambda: "sigmod" in examples.message())
    assert examples.message().startswith("bad.json: activations, layer 2")
    file.write_text(" " * 2_100_000, encoding="utf-8")
    examples.pick_file(file)
    examples.wait(lambda: "2.1 MB" in examples.message())
    assert (examples.stage(), examples.text()) == (before, shown)


def test_escape_closes_the_menu_then_the_drawer(examples):
    examples.find("#begin-close").click()
    examples.load("softmax")
    examples.find("#examples-menu summary").click()
    examples.find("body").send_keys(Keys.ESCAPE)
    assert examples.find("#examples-menu").get_attribute("open") is None
    assert examples.find("#examples").is_displayed()
    examples.find("body").send_keys(Keys.ESCAPE)
    assert not examples.find("#examples").is_displayed()
    assert examples.find("#loss-plot").is_displayed()


AWAY = "return !document.getElementById('example-away').hidden"


def test_the_drawer_says_when_the_stage_has_left_its_example_and_loads_it_again(page, examples):
    name = "mazur-2015"
    examples.load(name)
    states = examples.answer(name)["states"]
    page.click("next", "next")
    assert not page.js(AWAY)
    # Walking on, updates included, is still the example; a changed number is not.
    page.promise("for (let i = 0; i < 8; i++) await deltaflow.press('next')")
    assert not page.js(AWAY)
    page.promise(CHANGE, {"symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "9"})
    page.wait(AWAY.removeprefix("return "))
    page.driver.find_element(By.CSS_SELECTOR, "#example-away button").click()
    page.wait("!(" + AWAY.removeprefix("return ") + ")")
    assert examples.stage() == states["0"] and page.at() == (0, 0)
    # Another network, and undo back to it.
    page.promise("await deltaflow.press('edit', 'layer-sizes', '2-3-2')")
    assert page.js(AWAY)
    page.click("undo")
    page.wait("!(" + AWAY.removeprefix("return ") + ")")
    # Undo also takes the loading back: the stage with its changed number is not the example.
    page.click("undo")
    page.wait(AWAY.removeprefix("return "))


def test_another_language_says_the_same_of_the_example(examples):
    examples.load("macleod")
    examples.wait(lambda: "after the update" in examples.text())
    told, language = examples.text(), examples.find("#language")
    language.find_element(By.CSS_SELECTOR, "[value=zh]").click()
    examples.wait(lambda: "更新之后" in examples.text())
    assert "原文有误：符号约定相反（误差 = y − a），且中间结果经过舍入" in examples.text()
    shown = examples.driver.execute_script(SHOWN, "#examples")
    examples.find("#examples-menu summary").click()
    shown += examples.driver.execute_script(SHOWN, "#examples-menu")
    assert len(shown) > 100 and english_in(shown) == []
    examples.find("body").send_keys(Keys.ESCAPE)
    language.find_element(By.CSS_SELECTOR, "[value=en]").click()
    examples.wait(lambda: examples.text() == told)
