"""The formulas and the matrices on the real page."""

from itertools import pairwise

import pytest
from selenium.webdriver.common.actions.action_builder import ActionBuilder

# Every request after the first is held back: what is shown until then came by one call.
HOLD = """
window.asked = [];
const fetched = window.fetch;
window.fetch = (...call) => {
  window.asked.push(String(call[0]));
  return window.asked.length > 1 ? new Promise(() => {}) : fetched(...call);
};
"""


@pytest.mark.parametrize("what", ["circle", "edge"])
def test_a_click_on_the_drawing_is_answered_by_one_call(page, what):
    page.click("next")
    page.wait("deltaflow.state.ahead")
    page.promise("await deltaflow.state.ahead")
    x, y = page.js(
        "const box = (e) => e.getBoundingClientRect();"
        "const circles = [...document.querySelectorAll('#network .neuron circle')].map(box);"
        "const mid = (b) => [b.left + b.width / 2, b.top + b.height / 2];"
        "const [one, other] = [mid(circles[0]), mid(circles[5])];"
        "return arguments[0] === 'circle' ? other : one.map((v, i) => 0.8 * v + 0.2 * other[i])",
        what,
    )
    page.js(HOLD)
    actions = ActionBuilder(page.driver)
    actions.pointer_action.move_to_location(int(x), int(y)).click()
    actions.perform()
    page.wait("deltaflow.state.focus.neuron === 3")
    assert page.js("return deltaflow.state.focus.input") == (None if what == "circle" else 1)
    page.wait("document.getElementById('formula').textContent.length > 0")
    paths = page.js("return window.asked.map((path) => path.split('/').pop())")
    # The second, which is not answered here, is the step ahead with the same formulas.
    assert paths == ["pass", "pass"]
    assert page.at() == (0, 1)


def test_stepping_after_a_click_asks_nothing(page):
    page.click("next", "next")
    page.promise("await deltaflow.press('look', { layer: 2, neuron: 3, input: null })")
    page.promise("await deltaflow.state.ahead")
    page.js(HOLD)
    page.click("next", "next", "next", "back", "back")
    assert page.js("return window.asked") == []
    assert "z₃²" not in page.text("caption")


def test_matrices_name_their_shapes_and_the_wrong_order_is_red(page):
    page.click("next", "next", "next", "next", "next", "matrices-tab")
    rows = page.js(
        "return [...document.querySelectorAll('.matrix-row')].map((row) => [row.className, "
        "[...row.querySelectorAll('small')].map((s) => s.textContent), row.innerText])"
    )
    assert rows[0][1] == ["3×2", "2×1", "3×1", "3×1", "3×1"]
    assert "are equal up to rounding" in rows[0][2]
    wrong = [row for row in rows if "wrong" in row[0]]
    assert len(wrong) == 1 and wrong[0][1] == ["2×1", "3×2"]
    assert "needs 1 = 3" in wrong[0][2]
    assert any("Jacobian" in row[2] and "2×3" in row[2] for row in rows)
    red = page.js(
        "const p = document.createElement('p'); p.style.color = 'var(--error)';"
        "document.body.append(p); const red = getComputedStyle(p).color; p.remove(); return red"
    )
    assert red == page.js("return getComputedStyle(document.querySelector('.wrong')).color")


# All rows of matrices are there: many come after the first picture.
WHOLE = """(({ pass, cursor }) => document.querySelectorAll("#matrices > *").length ===
  pass.matrices[pass.positions[cursor].matrices].length)(deltaflow.state)"""
BOXES = """
return [...document.querySelectorAll(arguments[0])].map((element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [left, top, right, bottom].map(Math.round);
});
"""


def test_both_groupings_of_bp2_stand_side_by_side_and_are_seen_at_once(page):
    page.resize(1920, 1080)
    page.click("next", "next", "next", "next", "next")
    hold_groupings(page)
    page.resize(1280, 720)
    page.click("matrices-tab")
    hold_groupings(page)


def hold_groupings(page):
    page.wait("document.querySelectorAll('.matrix-row.wrong').length")
    (panel,) = page.js(BOXES, "#explanation")
    groupings = page.js(BOXES, ".matrix-row:first-child .matrix")
    assert len(groupings) == 5
    # One beside the other, each whole within the panel, and so are the reference and the wrong one.
    for (_, top, right, _), (left, _, _, bottom) in pairwise(groupings):
        assert right <= left and top < bottom
    rest = ".matrix-row:nth-child(2), .matrix-row.wrong, .matrix-row.reason"
    seen = [*groupings, *page.js(BOXES, rest)]
    assert len(seen) == 8
    for left, top, right, bottom in seen:
        assert panel[0] <= left and right <= panel[2]
        assert panel[1] - 1 <= top and bottom <= panel[3] + 1


def test_no_matrix_is_cut_off_at_the_right(page):
    page.click("matrices-tab")
    for sizes in ("64-32-10", "4-8-8-3"):
        page.promise("await deltaflow.press('edit', 'layer-sizes', given[0])", sizes)
        assert page.js("return deltaflow.state.pass.sizes.join('-')") == sizes
        for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
            page.promise("await deltaflow.press('timeline', given[0])", cursor)
            page.wait(WHOLE)
            (panel,) = page.js(BOXES, "#explanation")
            assert max(box[2] for box in page.js(BOXES, "#matrices *")) <= panel[2]


def test_all_terms_of_a_long_sum_stand_in_rows_within_the_panel(page):
    page.open("?layer-sizes=4-8-8-3&hidden-activation=relu")
    page.click("all-terms")
    page.promise("await deltaflow.press('timeline', 2)")
    page.wait("deltaflow.state.focus.whole && document.querySelector('#formula mjx-container')")
    (panel,) = page.js(BOXES, "#explanation")
    boxes = page.js(BOXES, "#formula mjx-container")
    assert boxes and max(box[2] for box in boxes) <= panel[2]
    rows = page.promise(
        "const { withNumbers } = await import('/assets/explanation/formula.js');"
        "const { pass } = deltaflow.state;"
        "return withNumbers(pass, 2, pass.positions[2].formula[0].tex)"
    )
    assert rows.count(r"& \quad") == rows.count(r"\\ & \quad") == 2 and "cdots" not in rows


@pytest.mark.parametrize("fields", ["", "layer-sizes=4-8-8-3&hidden-activation=relu"])
def test_what_is_said_of_a_formula_is_seen_without_scrolling(page, fields):
    page.open(f"?{fields}")
    said = 0
    for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
        page.promise("await deltaflow.press('timeline', given[0])", cursor)
        (panel,) = page.js(BOXES, "#explanation")
        for _, top, _, bottom in page.js(BOXES, "#formula .formula-note"):
            assert panel[1] <= top and bottom <= panel[3]
            said += 1
    assert said


def test_the_explanation_is_made_larger_and_smaller_again(page):
    def height():
        return page.js("return document.getElementById('explanation').clientHeight")

    before = height()
    page.click("larger")
    assert height() > 1.5 * before
    assert (
        page.js("return document.getElementById('larger').getAttribute('aria-pressed')") == "true"
    )
    page.click("larger")
    assert height() == before


def test_digits_and_decimal_sign(page):
    page.click("next")
    page.js(
        "for (const [id, value] of [['digits', '2'], ['decimal', 'comma']]) {"
        "const s = document.getElementById(id); s.value = value;"
        "s.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    cell = "document.querySelector('#numbers [data-symbol=z][data-row=\"1\"]')"
    page.wait(f"{cell}.textContent === '0,37'")
    assert float(page.js(f"return {cell}.title")) == pytest.approx(0.3717, abs=1e-4)
