"""The fields on the page: what is refused and repaired, and what URL, reload and undo keep."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from components.config.fields import FIELDS
from tests.browser.by_hand import walk
from tests.browser.table import place, titles, wait_place, walk_on

LAST = len(walk(3))
# More texts that no field takes are held against the reading of fields, without a browser.
EVERYWHERE = ["", "abc", "７"]
BAD = {
    "layer-sizes": ["-1", "0", "3.5", "-".join(["1"] * 30), "90-90-90-103-111-118", "3"],
    "learning-rate": ["-1", "0"],
    "seed": ["-1", "3.5", "4294967296"],
    "sample-x": ["1; 2, 3", "-1", "1, 2, 3, 4"],
    "sample-y": ["1, two", "3.5", "1, 0; 0, 1"],
}
GOOD = {
    "layer-sizes": "3-4-2",
    "learning-rate": "0.25",
    "seed": "9",
    "sample-x": "1, 2, 3",
    "sample-y": "0, 1",
}


def type_into(page, name, text, end=Keys.ENTER):
    field = page.driver.find_element("id", name)
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text or Keys.DELETE, end)


def choose(page, name, value):
    Select(page.driver.find_element("id", name)).select_by_value(value)


def value(page, name):
    return page.js("return document.getElementById(arguments[0]).value", name)


def wait_field(page, name, text):
    page.wait("deltaflow.state.fields[arguments[0]] === arguments[1]", name, text)


def message(page):
    return page.js(
        "const m = document.getElementById('message'); return m.hidden ? '' : m.textContent"
    )


def drawing(page):
    return page.js(
        "return [...document.querySelectorAll('#network svg:not(.leaving)')]"
        ".map((sheet) => sheet.innerHTML)"
    )


def test_a_bad_text_is_named_and_everything_else_stays(page):
    walk_on(page)
    for name in BAD:
        hold_against_bad_texts(page, name)


def hold_against_bad_texts(page, name):
    numbers, picture, fields = (
        titles(page),
        drawing(page),
        page.js("return deltaflow.state.fields"),
    )
    for text in EVERYWHERE + BAD[name]:
        type_into(page, name, text)
        page.wait(
            "document.getElementById('message').textContent.includes(arguments[0])",
            text[:37] or "empty",
        )
        told = message(page)
        assert told.startswith(str(FIELDS[name].label)) and "Allowed: " in told
        assert str(FIELDS[name].allowed) in told or re.search(r"Allowed: .*\d", told), told
        assert value(page, name) == text
        assert page.js("return document.getElementById(arguments[0]).ariaInvalid", name) == "true"
        assert titles(page) == numbers and drawing(page) == picture
        assert page.js("return deltaflow.state.fields") == fields
    type_into(page, name, GOOD[name], end=Keys.TAB)
    wait_field(page, name, GOOD[name])
    page.wait("document.getElementById('message').hidden")
    assert page.js("return document.getElementById(arguments[0]).ariaInvalid", name) == "false"


def test_the_value_in_force_typed_again_clears_the_message(page):
    type_into(page, "learning-rate", "fast")
    page.wait("document.getElementById('message').textContent.includes('fast')")
    walk_on(page)
    assert "fast" in message(page), "an error stays until it is mended"
    type_into(page, "learning-rate", "0.5")
    page.wait("document.getElementById('message').hidden")
    assert place(page) == [1, 2, LAST]


def test_a_hand_edited_address_loses_only_what_cannot_be_used(page):
    page.open("?learning-rate=abc&seed=9&loss=none&other=1")
    told = message(page)
    for part in ("abc", str(FIELDS["learning-rate"].label), "none", str(FIELDS["loss"].label)):
        assert part in told
    assert (value(page, "learning-rate"), value(page, "seed")) == ("0.5", "9")
    assert value(page, "loss") == "half_squared_error"
    assert walk_on(page) == [1, 2, LAST]


def test_softmax_and_cross_entropy_bring_each_other_and_say_so(page):
    choose(page, "output-activation", "softmax")
    wait_field(page, "loss", "cross_entropy")
    assert "cross-entropy" in message(page).lower()
    page.wait("document.getElementById('loss').value === 'cross_entropy'")
    for _ in range(3):
        walk_on(page)
    shown = titles(page)
    outputs = [float(shown["a", 3, j, 0]) for j in (1, 2)]
    assert sum(outputs) == pytest.approx(1, abs=1e-15)
    assert message(page) == "", "a note goes when the walk goes on"
    choose(page, "loss", "squared_error")
    wait_field(page, "output-activation", "sigmoid")
    assert "softmax" in message(page).lower()
    page.wait("document.getElementById('output-activation').value === 'sigmoid'")


def test_a_new_learning_rate_or_sample_keeps_the_weights_and_the_place(page):
    for _ in range(LAST + 2):
        walk_on(page)
    before = titles(page)
    type_into(page, "learning-rate", "0.25")
    wait_field(page, "learning-rate", "0.25")
    assert titles(page) == before and place(page) == [2, 3, LAST]
    type_into(page, "sample-x", "1 2 3")
    wait_field(page, "sample-x", "1, 2, 3")
    after = titles(page)
    assert {k: v for k, v in after.items() if k[0] in "wb"} == {
        k: v for k, v in before.items() if k[0] in "wb"
    }
    assert after["z", 3, 1, 0] != before["z", 3, 1, 0]


def test_buttons_add_and_remove_layers_and_neurons(page):
    page.click("add-layer")
    wait_field(page, "layer-sizes", "3-3-3-2")
    page.wait("document.getElementById('layer-sizes').value === '3-3-3-2'")
    page.click("remove-layer")
    wait_field(page, "layer-sizes", "3-3-2")
    page.driver.find_element("css selector", "[data-resize='1'][data-layer='2']").click()
    wait_field(page, "layer-sizes", "3-4-2")
    assert len([key for key in titles(page) if key[0] == "x"]) == 3


# Which of the buttons over the drawing would not get a click on its middle: something lies on it.
COVERED = """return [...document.querySelectorAll("#headings [data-resize]")].filter((button) => {
  const { left, top, width, height } = button.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) !== button;
}).map((button) => button.getAttribute("aria-label"))"""


def test_no_button_of_a_layer_lies_over_that_of_another(page):
    for width, height in ((1280, 720), (1920, 1080)):
        page.resize(width, height)
        for sizes in ("2-4-1", "2-6-6-6-6-1", "2-8-8-8-8-8-8-1", "2-128-16-16-16-16-16-16-16-1"):
            page.open(f"?layer-sizes={sizes}&hidden-activation=bipolar_sigmoid")
            page.wait("document.querySelector('#page.ready .heading')")
            assert page.js(COVERED) == [], (sizes, width)


def test_the_address_carries_the_configuration(page):
    assert urlsplit(page.driver.current_url).query == ""
    type_into(page, "layer-sizes", "2-4-1")
    wait_field(page, "layer-sizes", "2-4-1")
    choose(page, "hidden-activation", "tanh")
    wait_field(page, "hidden-activation", "tanh")
    type_into(page, "seed", "11")
    wait_field(page, "seed", "11")
    walk_on(page)
    query = urlsplit(page.driver.current_url).query
    asked = parse_qs(query)
    assert asked["layer-sizes"] == ["2-4-1"] and asked["seed"] == ["11"]
    fields, numbers = page.js("return deltaflow.state.fields"), titles(page)
    page.open(f"?{query}")
    assert page.js("return deltaflow.state.fields") == fields
    walk_on(page)
    assert titles(page) == numbers


def test_a_reload_resumes_weights_step_and_position(page):
    page.click("theme")
    for _ in range(2 * LAST + 3):
        walk_on(page)
    following = walk_on(page), titles(page)
    here = walk_on(page, "back"), titles(page)
    page.open(fresh=False)
    assert (place(page), titles(page)) == here == ([3, 4, LAST], here[1])
    assert (walk_on(page), titles(page)) == following
    for _ in range(4):
        walk_on(page, "back")
    assert walk_on(page, "back") == [2, LAST, LAST]
    page.open()
    assert place(page) == [1, 1, LAST]


def test_reset_and_undo(page):
    page.driver.find_element("css selector", "[data-pick='2']").click()
    start = titles(page)
    assert {symbol for symbol, *_ in start} == {"w", "b"}
    for _ in range(LAST + 3):
        walk_on(page)
    there = titles(page)
    page.click("reset")
    wait_place(page, 1, 1, LAST)
    assert titles(page) == start
    page.click("undo")
    wait_place(page, 2, 4, LAST)
    assert titles(page) == there
    assert walk_on(page, "back") == [2, 3, LAST]
    page.click("redo")
    wait_place(page, 1, 1, LAST)
    assert titles(page) == start


def test_undo_takes_new_sizes_back_with_their_weights(page):
    for _ in range(LAST):
        walk_on(page)
    walk_on(page)
    there = titles(page)
    type_into(page, "layer-sizes", "3-5-2")
    wait_field(page, "layer-sizes", "3-5-2")
    assert place(page) == [1, 1, LAST]
    page.js("document.activeElement.blur()")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    wait_field(page, "layer-sizes", "3-3-2")
    assert (place(page), titles(page)) == ([2, 2, LAST], there)
    page.wait("document.getElementById('layer-sizes').value === '3-3-2'")
