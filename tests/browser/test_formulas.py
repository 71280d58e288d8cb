"""Every formula of the page, computed from the very numbers that it shows."""

from itertools import pairwise

import pytest
from selenium.webdriver.common.actions.action_builder import ActionBuilder

from components.config import read_config
from components.focus import Focus
from tests.browser.tex_values import lines_of, value_of
from tests.components.shown import typeset
from tests.components.wire import pass_of

NETWORKS = {
    "3-3-2": {},
    "3-3-2 by neuron": {"granularity": "neuron"},
    "2-4-3 tanh softmax": {
        "layer-sizes": "2-4-3",
        "hidden-activation": "tanh",
        "output-activation": "softmax",
        "loss": "cross_entropy",
    },
    "1-2-1 linear": {"layer-sizes": "1-2-1", "output-activation": "linear"},
    "4-8-8-3 relu": {"layer-sizes": "4-8-8-3", "hidden-activation": "relu"},
    "2-4-3 tanh softmax by neuron": {
        "layer-sizes": "2-4-3",
        "hidden-activation": "tanh",
        "output-activation": "softmax",
        "granularity": "neuron",
    },
    "1-2-1 linear by neuron": {
        "layer-sizes": "1-2-1",
        "output-activation": "linear",
        "granularity": "neuron",
    },
    "4-8-8-3 relu by neuron": {
        "layer-sizes": "4-8-8-3",
        "hidden-activation": "relu",
        "granularity": "neuron",
    },
    "binary cross-entropy": {"loss": "binary_cross_entropy"},
    "mean": {"loss": "mean_squared_error", "hidden-activation": "elu"},
    "batch": {"dataset": "xor", "sample": "all", "hidden-activation": "softplus"},
    "silu gelu": {"hidden-activation": "silu", "output-activation": "gelu"},
    "certain binary": {"sample-x": "900, -800, 700", "loss": "binary_cross_entropy"}
    | {"hidden-activation": "relu", "learning-rate": "0.000001"},
    "certain softmax": {"sample-x": "900, -800, 700", "output-activation": "softmax"}
    | {"loss": "cross_entropy", "hidden-activation": "elu"},
    "saturated": {"sample-x": "30, -20, 25", "hidden-activation": "tanh"},
}
# Every formula with its numbers, for every focus: the walk, each neuron, a weight of each.
COLLECT = """
const [fields] = given, found = [];
const { sizes } = (await deltaflow.exchange.ask({ fields })).pass;
const foci = [{}, { mode: "all" }];
sizes.forEach((n, i) => {
  for (let neuron = 1; neuron <= n; neuron++) {
    foci.push({ layer: i + 1, neuron });
    if (i) foci.push({ layer: i + 1, neuron, input: sizes[i - 1] });
  }
});
for (const focus of foci) {
  const { pass } = await deltaflow.exchange.ask({ fields, focus: { ...focus, whole: true } });
  pass.positions.forEach(({ kind, formula }, cursor) => formula.forEach(({ name, tex }) =>
    found.push([kind, name, deltaflow.formula.withNumbers(pass, cursor, tex)])));
}
return found;
"""


@pytest.mark.parametrize("fields", NETWORKS.values(), ids=NETWORKS)
def test_each_line_evaluates_to_the_next_within_its_rounding(page, fields):
    compared = 0
    kinds = set()
    for kind, name, tex in page.promise(COLLECT, fields):
        assert "⟦" not in tex and "…" not in tex, (kind, name, tex)
        kinds.add(kind)
        for block in lines_of(tex):
            values = [(r, value_of(right, exact=r == "="), right) for r, right in block[1:]]
            for (_, first, one), (_, second, other) in pairwise(values):
                assert first.meets(second), (kind, name, one, first, other, second)
                compared += 1
    assert kinds == {"input", "forward", "loss", "backward", "update"}
    assert compared > 30


SHOWN = """
const [fields, digits] = given;
const { pass } = await deltaflow.exchange.ask({ fields, focus: { mode: "all" } });
deltaflow.format.settings.digits = digits;
return pass.positions.map(({ formula }, cursor) =>
  formula.map(({ tex }) => deltaflow.formula.withNumbers(pass, cursor, tex)));
"""


@pytest.mark.parametrize("digits", [2, 4, 8])
@pytest.mark.parametrize("fields", NETWORKS.values(), ids=NETWORKS)
def test_the_page_writes_what_the_tests_without_it_evaluate(page, fields, digits):
    config = read_config(fields)[0]
    built = pass_of(config, Focus(mode="all"))
    for at, texts in enumerate(page.promise(SHOWN, fields, digits)):
        for formula, tex in zip(built["positions"][at]["formula"], texts, strict=True):
            assert tex == typeset(built, at, formula["tex"], digits)


def test_a_wrong_number_is_found_out():
    block = lines_of(
        r"\begin{aligned} z &= \textstyle x \\ &\approx \textstyle (0.2502)(1) + (0.7944)(0.5) "
        r"\\ &\approx \textstyle 0.6484 \end{aligned}"
    )[0]
    numbers, wrong = (value_of(right, exact=False) for _, right in block[1:])
    assert not numbers.meets(wrong)
    assert numbers.meets(value_of("0.6474", exact=False))


def test_equals_stands_only_where_nothing_was_rounded(page):
    shown = page.js(
        "const f = deltaflow.formula.withNumbers, { pass } = deltaflow.player.state;"
        "return ['⟦#:0.5⟧', '⟦#:0.123456⟧', '⟦#:1⟧ + ⟦#:2⟧']"
        ".map((n) => f(pass, 0, `a ⟦=⟧ ${n} ⟦=⟧ ⟦#:3⟧`))"
    )
    assert [text.count(r"\approx") for text in shown] == [0, 2, 0]
    assert [text.count("=") for text in shown] == [2, 0, 2]


ABSORBED = {
    r"\textstyle (1e-20)(1) + 1 \\ &": (1, False),
    "(500000000000)(1) + (5e-9)(1) + 0": (5e11, False),
    "1 + (-1e-17)(1)": (1, False),
    "(1e-20)(1) + (-1e-20)(1) + 1": (1, True),
    "(0.5)(1) + (-0.25)(-3) + 0.125": (1.375, True),
    "0.5 - 0.1 \\cdot (2)": (0.3, True),
    "-(2)((0.5)(4) - 1)": (-2, True),
    r"\sigma(0.1 + 1e-30)": (0.1, True),
    r"\tfrac12 (0.5)(1)": (0.1, True),
}


def test_equals_stands_only_where_float64_lost_nothing(page):
    shown = page.js(
        "const f = deltaflow.formula.withNumbers, { pass } = deltaflow.player.state;"
        "return arguments[0].map(([sum, value]) => f(pass, 0, `z ⟦=⟧ ${sum} ⟦=⟧ ⟦#:${value}⟧`))",
        [[sum_, value] for sum_, (value, _) in ABSORBED.items()],
    )
    for text, (_, exact) in zip(shown, ABSORBED.values(), strict=True):
        assert (r"\approx" not in text) == exact, text


@pytest.mark.parametrize(("x", "exact"), [("1, 2", True), ("1, 1e-20", False)])
def test_what_is_absorbed_on_the_stage_is_no_equality(page, x, exact):
    fields = {"layer-sizes": "2-1", "init": "constant", "sample-x": x, "sample-y": "1"}
    fields |= {"output-activation": "linear"}
    sums = [
        tex
        for kind, _, tex in page.promise(COLLECT, fields)
        if kind == "forward" and "(0.5)(1) + (0.5)(" in tex
    ]
    assert sums
    for tex in sums:
        assert (r"\approx" not in tex) == exact, tex


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
    page.wait("deltaflow.player.state.ahead")
    page.promise("await deltaflow.player.state.ahead")
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
    page.wait("deltaflow.player.state.focus.neuron === 3")
    assert page.js("return deltaflow.player.state.focus.input") == (None if what == "circle" else 1)
    page.wait("document.getElementById('formula').textContent.length > 0")
    paths = page.js("return window.asked.map((path) => path.split('/').pop())")
    # The second, which is not answered here, is the step ahead with the same formulas.
    assert paths == ["pass", "pass"]
    assert page.at() == (0, 1)


def test_stepping_after_a_click_asks_nothing(page):
    page.click("next", "next")
    page.promise("await deltaflow.player.press('look', { layer: 2, neuron: 3, input: null })")
    page.promise("await deltaflow.player.state.ahead")
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


BOXES = """
return [...document.querySelectorAll(arguments[0])].map((element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [left, top, right, bottom].map(Math.round);
});
"""


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_both_groupings_of_bp2_stand_side_by_side_and_are_seen_at_once(page, size):
    page.resize(*size)
    page.click("next", "next", "next", "next", "next")
    if size[0] < 1600:
        page.click("matrices-tab")
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


@pytest.mark.parametrize("fields", ["64-32-10", "4-8-8-3"])
def test_no_matrix_is_cut_off_at_the_right(page, fields):
    page.open(f"?layer-sizes={fields}")
    page.click("matrices-tab")
    for cursor in range(page.js("return deltaflow.player.state.pass.last") + 1):
        page.promise("await deltaflow.player.press('timeline', given[0])", cursor)
        (panel,) = page.js(BOXES, "#explanation")
        assert max(box[2] for box in page.js(BOXES, "#matrices *")) <= panel[2]


def test_all_terms_of_a_long_sum_stand_in_rows_within_the_panel(page):
    page.open("?layer-sizes=4-8-8-3&hidden-activation=relu")
    page.click("all-terms")
    page.promise("await deltaflow.player.press('timeline', 2)")
    page.wait("deltaflow.player.state.focus.whole")
    (panel,) = page.js(BOXES, "#explanation")
    boxes = page.js(BOXES, "#formula mjx-container")
    assert boxes and max(box[2] for box in boxes) <= panel[2]
    rows = page.js(
        "const { pass } = deltaflow.player.state;"
        "return deltaflow.formula.withNumbers(pass, 2, pass.positions[2].formula[0].tex)"
    )
    assert rows.count(r"& \quad") == rows.count(r"\\ & \quad") == 2 and "cdots" not in rows


@pytest.mark.parametrize("fields", ["", "layer-sizes=4-8-8-3&hidden-activation=relu"])
def test_what_is_said_of_a_formula_is_seen_without_scrolling(page, fields):
    page.open(f"?{fields}")
    said = 0
    for cursor in range(page.js("return deltaflow.player.state.pass.last") + 1):
        page.promise("await deltaflow.player.press('timeline', given[0])", cursor)
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
