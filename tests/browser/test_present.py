"""Present: what the back row reads, how a clicker leads it, and that leaving changes nothing."""

import pytest
from selenium.webdriver.common.keys import Keys

WINDOWS = ((1280, 720, 1), (1024, 768, 1), (1920, 1080, 1.5))
# In pixels: the em of the formula as it is drawn, the caption, the numbers of neurons and table.
SIZES = """
const size = (element) => parseFloat(getComputedStyle(element).fontSize);
const formula = document.getElementById("formula"), { viewBox } = formula.querySelector("svg");
const drawn = formula.querySelector("svg").getBoundingClientRect();
const place = document.getElementById("explanation").getBoundingClientRect();
const caption = document.getElementById("caption");
return {
  em: 1000 * drawn.width / viewBox.baseVal.width,
  inside: drawn.right <= place.right + 1 && drawn.bottom <= place.bottom + 1
    && drawn.top >= place.top - 1 && place.bottom < innerHeight,
  filled: Math.max(drawn.width / place.width, drawn.height / place.height),
  shown: formula.querySelectorAll("svg").length,
  caption: size(caption), whole: caption.scrollHeight <= caption.clientHeight + 1,
  neuron: Math.min(...[...document.querySelectorAll("#network .value")].map(size)),
  table: size(document.querySelector("#numbers td")),
  box: document.getElementById("network").getBoundingClientRect().toJSON(),
};
"""
SEEN = """
return [...document.querySelectorAll("header, .controls, .plots, .legend-row, button, select")]
  .filter((one) => one.checkVisibility()).map(({ id, className }) => id || className);
"""
# All that leaving must bring back.
AROUND = """
const { activeElement, documentElement } = document;
return JSON.stringify([
  [...document.querySelectorAll("input:not(#timeline), select")]
    .map(({ value, checked }) => [value, checked]),
  activeElement.id, scrollX, scrollY, document.getElementById("controls").scrollTop,
  documentElement.dataset.bsTheme, location.href,
  [...document.getElementById("page").classList].sort(),
  document.getElementById("explanation").className,
]);
"""
DRAWN = "deltaflow.under && document.querySelector('#formula svg')"


def present(page, query=""):
    page.open(f"?present{query}")
    page.wait(DRAWN)


def fits(page):
    page.wait(
        "(() => { const a = document.querySelector('#network .nodes').viewBox.baseVal,"
        " b = document.getElementById('network').getBoundingClientRect();"
        " return Math.abs(a.width - b.width) < 2 && Math.abs(a.height - b.height) < 2; })()"
    )


@pytest.mark.parametrize("query", ["", "&layer-sizes=6-6-4&sample-x=1,2,3,4,5,6&sample-y=1,0,1,0"])
def test_the_back_row_reads_it_at_every_position(page, query):
    present(page, query)
    page.click("present-table")
    for width, height, times in WINDOWS:
        page.resize(width, height)
        page.promise("await deltaflow.press('home')")
        fits(page)
        boxes = []
        for _ in range(page.js("return deltaflow.state.pass.last")):
            seen = page.js(SIZES)
            told = (width, page.at(), seen)
            assert seen["em"] >= 28 * times and seen["inside"] and seen["shown"] == 1, told
            assert seen["em"] > 50 * times or seen["filled"] > 0.75, told
            assert seen["caption"] >= 24 * times and seen["whole"], told
            assert seen["neuron"] >= 22 * times and seen["table"] >= 20 * times, told
            boxes.append(seen["box"])
            page.keys(Keys.PAGE_DOWN)
        assert all(box == boxes[0] for box in boxes), "the drawing jumps"


def test_nothing_else_is_shown(page):
    present(page)
    page.click("next")
    names = set(page.js(SEEN))
    assert {name for name in names if name} == {
        *("back", "next", "present-table", "present-notes", "present-leave")
    }


@pytest.mark.parametrize(
    "focus", ["dataset", "learning-rate", "present-table", "timeline", "numbers"]
)
def test_a_clicker_steps_whatever_has_the_focus(page, focus):
    page.open()
    page.js("document.getElementById(arguments[0]).focus()", focus)
    page.js("document.getElementById('present').click()")
    page.js("document.getElementById(arguments[0]).focus()", focus)
    for key, cursor in (
        (Keys.PAGE_DOWN, 1),
        (Keys.ARROW_RIGHT, 2),
        (Keys.PAGE_UP, 1),
        (Keys.ARROW_LEFT, 0),
    ):
        page.keys(key)
        page.wait_at(0, cursor)


def test_a_dark_screen_takes_the_key_or_the_click_that_ends_it(page):
    present(page)
    dark = "document.querySelector('.darkened')"
    for darken in (".", "b"):
        page.keys(darken)
        assert page.js(f"return {dark}.getBoundingClientRect().width === innerWidth")
        page.keys(Keys.PAGE_DOWN)
        assert not page.js(f"return {dark}") and page.at() == (0, 0)
    page.keys(".")
    page.js(f"{dark}.click()")
    assert not page.js(f"return {dark}") and page.at() == (0, 0)
    page.keys("s")
    page.js(
        "document.dispatchEvent(new PointerEvent('pointermove', { clientX: 200, clientY: 90 }))"
    )
    spot = page.js(
        "const { left, width } = document.querySelector('.spot').getBoundingClientRect();"
        "return [left + width / 2, width]"
    )
    assert abs(spot[0] - 200) < 2 and spot[1] > 30
    page.keys("s")
    assert not page.js("return document.querySelector('.spot')")


def test_a_reload_brings_the_same_view_back(page):
    page.open()
    page.promise("await deltaflow.press('timeline', 5)")
    page.promise("await deltaflow.press('look', { layer: 2, neuron: 2, input: null })")
    page.click("matrices-tab", "controls-toggle", "present", "present-table")
    assert "present=1" in page.js("return location.search")
    page.promise("await deltaflow.saveNow()")
    view = (
        "const { cursor, focus, picked, present } = deltaflow.state;"
        "return [cursor, focus, picked, present,"
        " [...document.getElementById('page').classList].sort(),"
        " document.getElementById('explanation').className]"
    )
    before = page.js(view)
    page.reload()
    page.wait("document.getElementById('explanation').classList.contains('show-matrices')")
    assert page.js(view) == before
    page.keys(Keys.ESCAPE)
    assert "present" not in page.js("return location.search")
    assert not page.js("return deltaflow.state.present")


def test_leaving_changes_nothing(page):
    page.open("?seed=9&lang=en")
    page.js(
        "const box = document.getElementById('controls'); box.scrollTop = 60;"
        "document.getElementById('seed').focus({ preventScroll: true })"
    )
    before = page.js(AROUND)
    page.js("document.getElementById('present').click()")
    page.wait("document.querySelector('.presenting')")
    page.keys(
        "n", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, "s", Keys.PAGE_DOWN, Keys.ESCAPE
    )
    page.wait("!document.querySelector('.presenting')")
    assert page.js(AROUND) == before
    page.wait_at(0, 1)


def test_the_lecturers_window_is_kept_in_step_and_steps_itself(page):
    present(page)
    here = page.driver.current_window_handle
    page.keys("w")
    page.wait("true")
    (other,) = set(page.driver.window_handles) - {here}
    try:
        page.driver.switch_to.window(other)
        now, next_ = (
            "document.querySelector('.notes-now')?.textContent",
            "document.querySelector('.notes-next')?.textContent",
        )
        page.wait(f"{now}?.startsWith('Step 1, input') && {next_}.startsWith('Forward, layer 2')")
        page.keys(Keys.PAGE_DOWN)
        page.wait(f"{now}.startsWith('Forward, layer 2') && {next_}.startsWith('Forward, layer 3')")
        assert page.js("return document.querySelector('.notes-time').textContent")
    finally:
        page.driver.close()
        page.driver.switch_to.window(here)
    page.wait_at(0, 1)
