"""Every formula of the page, computed from the very numbers that it shows."""

from itertools import pairwise

import pytest

from tests.browser.tex_values import lines_of, value_of

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


def test_a_click_on_a_neuron_asks_once_and_stepping_not_at_all(page):
    count = (
        "performance.getEntriesByType('resource').filter((e) => e.name.endsWith('/pass')).length"
    )
    page.click("next", "next")
    page.wait("deltaflow.player.state.ahead")
    before = page.js(f"return {count}")
    page.promise("await deltaflow.player.press('look', { layer: 2, neuron: 3, input: null })")
    page.wait("document.querySelectorAll('#formula mjx-container').length > 0")
    # One for the click, one for the pass ahead.
    page.wait(f"{count} === arguments[0]", before + 2)
    page.click("next", "next", "next", "back", "back")
    assert page.js(f"return {count}") == before + 2
    assert "z₃²" not in page.text("caption")


def test_matrices_name_their_shapes_and_the_wrong_order_is_red(page):
    page.click("next", "next", "next", "next", "next", "matrices-tab")
    rows = page.js(
        "return [...document.querySelectorAll('.matrix-row')].map((row) => [row.className, "
        "[...row.querySelectorAll('small')].map((s) => s.textContent), row.innerText])"
    )
    assert rows[0][1] == ["3×1", "3×2", "3×1", "2×1", "3×2", "2×1"]
    wrong = [row for row in rows if "wrong" in row[0]]
    assert len(wrong) == 1 and wrong[0][1] == ["2×1", "3×2", "3×1"]
    assert "needs 1 = 3" in wrong[0][2]
    assert any("Jacobian" in row[2] and "2×3" in row[2] for row in rows)
    red = page.js(
        "const p = document.createElement('p'); p.style.color = 'var(--error)';"
        "document.body.append(p); const red = getComputedStyle(p).color; p.remove(); return red"
    )
    assert red == page.js("return getComputedStyle(document.querySelector('.wrong')).color")


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
