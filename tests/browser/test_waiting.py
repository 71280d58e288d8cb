"""What is done while the server is waited for: nothing is lost, nothing overtakes wrongly."""

import pytest
from selenium.webdriver.common.keys import Keys

# No question is sent on before this is let go.
HELD = """
const quick = window.fetch, held = new Promise((go) => { window.letGo = go; });
window.fetch = async (...asked) => {
  await held;
  return quick(...asked);
};
"""
LET_GO = "window.letGo()"
TO_UPDATE = ["next"] * 6


@pytest.fixture
def held(page):
    """The page, the next step fetched ahead, with every further question to the server held."""
    page.wait("deltaflow.state.ahead")
    page.promise("await deltaflow.state.ahead; return 1")
    page.js(HELD)
    return page


def field(page, name):
    return page.js("return deltaflow.state.fields[arguments[0]]", name)


def test_a_text_taken_back_at_once_is_taken_back(held):
    rate = held.driver.find_element("id", "learning-rate")
    for text in ("0.7", "0.5"):
        rate.send_keys(Keys.CONTROL, "a")
        rate.send_keys(text, Keys.ENTER)
    held.js(LET_GO)
    held.wait("deltaflow.state.undo.length === 2")
    assert field(held, "learning-rate") == "0.5" == rate.get_attribute("value")


def test_next_and_back_keep_their_order_while_the_server_is_waited_for(page):
    page.click(*TO_UPDATE)
    page.promise("await deltaflow.state.ahead; return 1")
    page.js(HELD)
    page.click("next")
    page.wait_at(1, 0)
    page.click(*TO_UPDATE, "next")
    page.wait("deltaflow.state.waiting")
    page.click("back")
    page.js(LET_GO)
    page.wait("!deltaflow.state.waiting")
    page.wait_at(1, 6)


def test_steps_go_on_while_an_edit_waits(held):
    held.js("deltaflow.press('edit', 'learning-rate', '2')")
    held.wait("deltaflow.state.waiting")
    held.click("next", "next")
    held.wait_at(0, 2)
    assert field(held, "learning-rate") == "0.5"
    held.js(LET_GO)
    held.wait("deltaflow.state.fields['learning-rate'] === '2'")
    assert held.at() == (0, 2)


def test_play_paused_and_played_again_goes_at_its_own_pace(page):
    page.js("document.getElementById('speed').value = '200'")
    page.click("play", "play", "play", "play", "play")
    page.wait("deltaflow.state.pass.iteration || deltaflow.state.cursor >= 2")
    steps = page.promise(
        "const seen = []; const start = performance.now();"
        "while (performance.now() - start < 900) {"
        "  const s = deltaflow.state; const at = s.pass.iteration * 7 + s.cursor;"
        "  if (seen[seen.length - 1] !== at) seen.push(at);"
        "  await new Promise((go) => setTimeout(go, 10)); }"
        "return seen"
    )
    assert 2 <= len(steps) <= 6


def test_a_clicker_works_after_a_click_on_a_switch(page):
    page.click("update-biases")
    page.wait("deltaflow.state.fields['update-biases'] === 'false'")
    page.keys(Keys.PAGE_DOWN, Keys.ARROW_RIGHT)
    page.wait_at(0, 2)


def test_back_before_an_edit_shows_the_step_as_it_was_and_undo_has_the_edit(page):
    page.click(*TO_UPDATE)
    moved = page.js("return [2, 3].map((l) => deltaflow.state.pass.kept.get(`w${l}`).at(-1).data)")
    page.click("next")
    page.wait_at(1, 0)
    page.promise("await deltaflow.press('edit', 'learning-rate', '5'); return 1")
    page.click("back")
    page.wait_at(0, 6)
    assert field(page, "learning-rate") == "0.5"
    now = page.js("return [2, 3].map((l) => deltaflow.state.pass.kept.get(`w${l}`).at(-1).data)")
    assert now == moved
    assert "Undo" in page.text("message")
    page.click("undo")
    page.wait_at(1, 0)
    assert field(page, "learning-rate") == "5"


def test_undo_to_fewer_layers_lets_go_of_a_layer_that_is_gone(page):
    page.promise("await deltaflow.press('edit', 'layer-sizes', '3-3-3-2'); return 1")
    page.promise("await deltaflow.press('pick', 4); return 1")
    page.click("undo")
    page.wait("deltaflow.state.pass.sizes.length === 3")
    assert page.js("return document.querySelectorAll('#numbers [data-symbol=x]').length") == 3


def test_a_refused_text_leaves_the_focus(page):
    page.promise("await deltaflow.press('look', { layer: 2, neuron: 2 }); return 1")
    page.promise("await deltaflow.press('edit', 'layer-sizes', 'abc'); return 1")
    assert page.js("return deltaflow.state.focus.layer") == 2
    assert page.js("return document.querySelectorAll('.neuron.focus').length") == 1


def test_an_answer_that_is_no_json_is_a_message(page):
    page.js(
        "window.fetch = async () => new Response('too large', "
        "{ status: 413, statusText: 'Request Entity Too Large' })"
    )
    page.promise("await deltaflow.press('edit', 'seed', '8'); return 1")
    assert "413" in page.text("message")
    assert field(page, "seed") == "7"
