"""Clicks, keys and Play: each is a position, none is lost, and none asks the server."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.by_hand import first_step, walk
from tests.browser.table import place, titles, wait_place, walk_on

LAST = len(walk(3))
REQUESTS = """
return performance.getEntriesByType("resource")
  .filter(({ name }) => /\\/pass$|_dash-update-component/.test(name)).length;
"""
RECORD = """
window.places = [];
new MutationObserver((records) => records.forEach(({ addedNodes }) =>
  addedNodes.forEach((node) => window.places.push(node.textContent.match(/\\d+/g).map(Number)))
)).observe(document.getElementById("position"), { childList: true });
"""
TEN = {
    "clicks in one task": lambda page: page.js(
        "for (let i = 0; i < 10; i++) document.getElementById('next').click()"
    ),
    "real clicks": lambda page: [page.driver.find_element("id", "next").click() for _ in range(10)],
    "keys": lambda page: (
        ActionChains(page.driver, duration=0).send_keys(Keys.ARROW_RIGHT * 10).perform()
    ),
}


def focus(page, name):
    page.js("document.getElementById(arguments[0]).focus()", name)


def playing(page):
    return "Pause" in page.text("play")


def test_ten_fast_steps_are_ten_positions_also_across_an_update(page):
    for _ in range(10):
        walk_on(page)
    one_by_one = titles(page)
    page.js(RECORD)
    for way, step in TEN.items():
        page.click("reset")
        wait_place(page, 1, 1, LAST)
        page.js("window.places = []")
        step(page)
        wait_place(page, 2, 10 - LAST + 1, LAST)
        assert titles(page) == one_by_one, way
        steps = [[i // LAST + 1, i % LAST + 1, LAST] for i in range(1, 11)]
        seen = page.js("return window.places")
        assert [p for i, p in enumerate(seen) if i == 0 or p != seen[i - 1]] == steps, way


def test_a_pass_asks_nothing_and_an_update_for_one_pass_ahead(page):
    page.wait("(() => {" + REQUESTS + "})() === 2")
    page.js("performance.clearResourceTimings()")
    for _ in range(LAST - 1):
        walk_on(page)
    for _ in range(LAST - 1):
        walk_on(page, "back")
    page.js("deltaflow.press('timeline', deltaflow.state.pass.last)")
    assert page.js(REQUESTS) == 0
    walk_on(page)
    page.wait("(() => {" + REQUESTS + "})() === 1")
    for _ in range(LAST - 1):
        walk_on(page)
    walk_on(page)
    page.wait("(() => {" + REQUESTS + "})() === 2")


def test_keys_move_the_walk(page):
    body = page.driver.find_element("tag name", "body")
    body.click()
    for key, expected in [
        (Keys.ARROW_RIGHT, 2),
        (Keys.PAGE_DOWN, 3),
        (Keys.ARROW_LEFT, 2),
        (Keys.PAGE_UP, 1),
        ("u", 1),
        (Keys.ARROW_RIGHT, 2),
        (Keys.HOME, 1),
    ]:
        page.keys(key)
        assert place(page) == [1, expected, LAST], key
    for _ in range(LAST - 2):
        page.keys(Keys.ARROW_RIGHT)
    page.keys("u")
    assert place(page) == [1, LAST, LAST]
    page.keys(Keys.ARROW_RIGHT)
    wait_place(page, 2, 1, LAST)
    here = titles(page)
    page.keys("r")
    wait_place(page, 1, 1, LAST)
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    wait_place(page, 2, 1, LAST)
    assert titles(page) == here


def test_space_plays_and_pauses(page):
    page.js("document.getElementById('speed').value = '2000'")
    page.keys(Keys.SPACE)
    wait_place(page, 1, 2, LAST)
    assert playing(page)
    page.keys(Keys.SPACE)
    assert not playing(page)
    assert place(page)[1] < LAST


def test_space_on_a_focused_button_presses_that_button_once(page):
    focus(page, "next")
    page.keys(Keys.SPACE)
    assert place(page) == [1, 2, LAST] and not playing(page)
    page.keys(Keys.ENTER)
    assert place(page) == [1, 3, LAST] and not playing(page)
    focus(page, "back")
    page.keys(Keys.ARROW_RIGHT)
    assert place(page) == [1, 4, LAST]


def test_after_the_mouse_space_plays_and_presses_nothing_again(page):
    page.js("document.getElementById('speed').value = '2000'")
    page.js(RECORD)
    page.click("next")
    page.keys(Keys.SPACE)
    page.wait("document.getElementById('play').textContent.includes('Pause')")
    page.keys(Keys.SPACE)
    assert not playing(page)
    seen = page.js("return window.places.map(([, at]) => at)")
    assert sorted(set(seen)) == list(range(2, max(seen) + 1))


def test_the_question_mark_lists_the_keys_and_they_rest_meanwhile(page):
    page.keys("?")
    page.wait("document.querySelector('dialog[open]')")
    for key in ("PageDown", "Space", "Home", "Ctrl+Z", "?"):
        assert key in page.driver.find_element("css selector", "dialog[open]").text
    page.keys(Keys.PAGE_DOWN)
    assert place(page) == [1, 1, LAST]
    page.keys(Keys.ESCAPE)
    page.wait("!document.querySelector('dialog[open]')")
    page.keys(Keys.PAGE_DOWN)
    assert place(page) == [1, 2, LAST]


def test_what_is_typed_into_a_field_does_not_move_the_walk(page):
    walk_on(page)
    focus(page, "seed")
    page.keys(Keys.ARROW_RIGHT, Keys.HOME, Keys.SPACE, "u", "r", "?")
    assert place(page) == [1, 2, LAST] and not playing(page)
    assert not page.js("return document.querySelector('dialog[open]')")
    assert "ur?" in page.js("return document.getElementById('seed').value")


def test_play_at_the_fastest_drops_no_position(page):
    page.js("document.getElementById('speed').value = '0'")
    page.js(RECORD)
    page.click("play")
    page.wait("deltaflow.state.pass.iteration >= 3")
    page.click("play")
    page.wait("!deltaflow.state.playing")
    seen = page.js("return window.places")
    positions = [(step - 1) * LAST + at for step, at, _ in seen]
    distinct = [p for i, p in enumerate(positions) if i == 0 or p != positions[i - 1]]
    assert len(distinct) > 3 * LAST
    first = distinct[0]
    assert distinct == list(range(first, first + len(distinct)))


def test_by_neuron_each_position_adds_one_row(page):
    page.js(
        "const s = document.getElementById('granularity'); s.value = 'neuron';"
        "s.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    walk = [("input", 1, None), *[("forward", 2, j) for j in (1, 2, 3)]]
    walk += [*[("forward", 3, j) for j in (1, 2)], ("loss", 3, None)]
    walk += [("backward", 3, j) for j in (1, 2)] + [("backward", 2, j) for j in (1, 2, 3)]
    walk.append(("update", 2, None))
    wait_place(page, 1, 1, len(walk))
    step = first_step()
    for kind, layer, neuron in walk:
        expected = step.cells(kind, layer, layer)
        if neuron is not None:
            fresh = ("z", "a") if kind == "forward" else ("delta", "dw", "db")
            expected = {k: v for k, v in expected.items() if k[0] not in fresh or k[2] <= neuron}
        shown = titles(page)
        assert set(shown) == set(expected), (kind, layer, neuron)
        assert {k: float(v) for k, v in shown.items()} == pytest.approx(expected, rel=1e-12, abs=0)
        walk_on(page)
    assert place(page) == [2, 1, len(walk)]
