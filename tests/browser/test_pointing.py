"""Formula, matrix, table and drawing are one: what is pointed at in one is lit in the others."""

from selenium.webdriver.common.keys import Keys

POINT = """
const [selector, kind] = arguments;
document.querySelector(selector).dispatchEvent(new Event(kind, { bubbles: true }));
return [...document.querySelectorAll("#network .lit")]
  .map(({ classList }) => [...classList].at(-2));
"""
HOVER = """
const circle = document.querySelectorAll("#network .neuron circle")[arguments[0]];
const { left, width, top, height } = circle.getBoundingClientRect();
document.getElementById("network").dispatchEvent(new PointerEvent("pointermove",
  { clientX: left + width / 2, clientY: top + height / 2, bubbles: true }));
const box = document.getElementById("tooltip").getBoundingClientRect();
return { box: box.toJSON(), circle: { left, right: left + width, top },
  symbols: [...document.querySelectorAll("#numbers td.pointed")]
    .map(({ dataset }) => dataset.symbol) };
"""
CHOSEN = """
const strong = (line) => Number(getComputedStyle(line).opacity) === 1;
const lines = [...document.querySelectorAll("#network .lines:not(.leaving) .edges line")];
return [lines.filter(strong).length,
  [...document.querySelectorAll("#network .weight-text")].map(({ textContent }) => textContent)];
"""
BOXES = """
return [...document.querySelectorAll("#network .weight-text")].map((text) => {
  const { left, right, top, bottom } = text.getBoundingClientRect();
  return [left, right, top, bottom];
});
"""
J = """
const { left, top, width, height } = document.querySelector("#network .loss-box")
  .getBoundingClientRect();
document.getElementById("network").dispatchEvent(new MouseEvent("dblclick",
  { clientX: left + width / 2, clientY: top + height / 2, bubbles: true }));
"""


def test_a_cell_lights_its_edge_or_neuron_and_a_neuron_its_cells(page):
    page.promise("await deltaflow.press('timeline', 5)")
    weight = "#numbers td[data-symbol='dw'][data-row='2'][data-col='3']"
    for kind in ("pointerover", "focusin"):
        assert page.js(POINT, weight, kind) in (["plus"], ["minus"])
        assert page.js(POINT, "#numbers td[data-symbol='z'][data-row='2']", kind) != []
        assert page.js(POINT, "#numbers th", "pointerover") == []
    seen = page.js(HOVER, 4)
    assert set(seen["symbols"]) == {"b", "z", "a", "delta", "db"}
    page.click("matrices-tab")
    assert page.js(POINT, "#matrices td[data-at='edge 3 1 2']", "pointerover") in (
        ["plus"],
        ["minus"],
    )


def test_what_is_told_of_a_neuron_ends_with_its_step_and_covers_no_edge_into_it(page):
    page.promise("await deltaflow.press('timeline', 2)")
    forward = page.js(HOVER, 4)
    assert forward["box"]["left"] >= forward["circle"]["right"]
    page.promise("await deltaflow.press('timeline', 5)")
    assert page.js("return document.getElementById('tooltip').hidden")
    assert page.js("return document.querySelectorAll('#network .lit, td.pointed').length") == 0
    backward = page.js(HOVER, 4)
    assert backward["box"]["right"] <= backward["circle"]["left"]
    page.js(J)
    assert page.js("return document.getElementById('cell-editor')?.hidden ?? true")


def test_a_neuron_in_focus_has_its_own_edges_with_their_weights(page):
    page.promise("await deltaflow.press('timeline', 1)")
    page.promise("await deltaflow.press('look', { layer: 2, neuron: 2, input: null })")
    strong, told = page.js(CHOSEN)
    assert strong == 5 and sorted(told) == ["0.7471", "−0.3997", "−0.5496"]
    page.promise("await deltaflow.press('timeline', 5)")
    strong, told = page.js(CHOSEN)
    assert strong == 5 and sorted(told) == ["−0.1203", "−0.4315"]
    page.keys(Keys.PAGE_DOWN)
    page.wait_at(0, 6)
    strong, told = page.js(CHOSEN)
    assert "−0.5496 → −0.554" in told
    (largest,) = [text for text in told if "∂J/∂w" in text]
    assert largest.removeprefix("∂J/∂w ") in page.text("caption")
    boxes = page.js(BOXES)
    for i, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            assert right <= other[0] or left >= other[1] or bottom <= other[2] or top >= other[3]
    page.promise("await deltaflow.press('look', { layer: null, neuron: 1, input: null })")
    assert page.js(CHOSEN)[0] == 15


def test_a_neuron_that_is_not_computed_yet_is_told_in_symbols(page):
    page.promise("await deltaflow.press('look', { layer: 2, neuron: 2, input: null })")
    page.wait("document.querySelector('#formula svg')")
    assert "Step forward puts in the numbers" in page.text("formula")


SHOWN = """
const { pass, cursor } = deltaflow.state;
const lines = [...document.querySelectorAll("#network .lines:not(.leaving) .edges line")];
const of = [[2, 3, 3], [3, 2, 3]].flatMap(([layer, rows, cols]) =>
  Array.from({ length: rows * cols }, (_, i) => [layer, 1 + Math.floor(i / cols), 1 + (i % cols)]));
return lines.map((line, i) => [parseFloat(line.style.strokeWidth), line.getAttribute("class"),
  deltaflow.read(pass, cursor, arguments[0], ...of[i]) ?? null]);
"""
EDGES = """
const select = document.getElementById("edges");
select.value = arguments[0];
select.dispatchEvent(new Event("change", { bubbles: true }));
"""


def test_the_edges_show_the_gradient_by_choice_as_far_as_it_is_known(page):
    page.promise("await deltaflow.press('timeline', 4)")
    weights = page.js(SHOWN, "w")
    page.js(EDGES, "dw")
    seen = page.js(SHOWN, "dw")
    assert all((kind == "zero") is (value is None) for _, kind, value in seen)
    assert sum(value is None for *_, value in seen) == 9
    page.keys(Keys.PAGE_DOWN)
    page.wait_at(0, 5)
    seen = page.js(SHOWN, "dw")
    for width, kind, value in seen:
        assert kind == ("plus" if value > 0 else "minus")
        widest, _, largest = max(seen)
        assert abs(width / widest - abs(value / largest)) < 0.02
    assert "|∂J/∂w|" in page.text("legend")
    page.promise("await deltaflow.saveNow()")
    page.reload()
    assert "edges=dw" in page.js("return location.search")
    assert page.js(SHOWN, "dw") == seen
    page.js(EDGES, "step")
    assert {kind for _, kind, _ in page.js(SHOWN, "w")} == {"zero"}
    page.js(EDGES, "w")
    assert "edges" not in page.js("return location.search")
    assert page.js(SHOWN, "w") == weights
