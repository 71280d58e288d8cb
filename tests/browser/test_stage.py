"""The drawing in windows of any size, light and dark, small and large, and what hovering tells."""

from collections.abc import Iterator

import numpy as np
import pytest

from components.walk.scene import drawn_rows
from tests.browser.table import place, read_table, titles, walk_on

WINDOWS = [(1920, 1080), (390, 844), (1280, 720)]
OUTSIDE = """
const box = document.getElementById("network").getBoundingClientRect();
return [...document.querySelectorAll("#network svg *")].filter((node) => {
  if (node.children.length || (!node.textContent && node.tagName === "text")) return false;
  const { left, right, top, bottom, width, height } = node.getBoundingClientRect();
  return (width || height) && (left < box.left - 1 || right > box.right + 1 ||
    top < box.top - 1 || bottom > box.bottom + 1);
}).map((node) => node.outerHTML);
"""
CIRCLES = """
return [...document.querySelectorAll("#network svg circle")].map((node) => {
  const { left, width, top, height } = node.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
});
"""
EDGES = """
return [...document.querySelectorAll("#network svg line")].map((node) => {
  const { left, width, top, height } = node.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
});
"""
FORMULA_BOTTOM = """
return Math.max(...[...document.querySelectorAll("#formula *")]
  .map((node) => node.getBoundingClientRect().bottom));
"""
HOVER = """
const network = document.getElementById("network"), box = document.getElementById("tooltip");
return arguments[0].map(([clientX, clientY]) => {
  const { neuron, edge } = deltaflow.under(clientX, clientY) || {};
  network.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY, bubbles: true }));
  return [neuron ? [neuron.layer, neuron.row] : edge ? [edge.layer, edge.j, edge.k] : [],
    box.hidden ? "" : [...box.children].map((line) => line.textContent).join("\\n")];
});
"""
COLOURS = """
const probe = document.createElement("canvas").getContext("2d");
const rgb = (colour) => {
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data];
};
let behind = document.getElementById("caption-done");
const text = getComputedStyle(behind).color;
const back = () => rgb(getComputedStyle(behind).backgroundColor);
while (back()[3] === 0) behind = behind.parentElement;
return [rgb(text), back()];
"""
NETWORKS = ["64-32-10", "1-1", "2-8-8-8-8-8-8-1", "128-128-128-128-6", "1-1-1-1-1-1-1-1-1-1"]


def wait_drawn(page):
    page.wait(
        "(() => { const n = document.getElementById('network').getBoundingClientRect();"
        "const v = document.querySelector('#network svg').viewBox.baseVal;"
        "return Math.abs(v.width - n.width) <= 1 && Math.abs(v.height - n.height) <= 1; })()"
    )


def resize_network(page, sizes):
    page.promise("await deltaflow.press('edit', 'layer-sizes', given[0])", sizes)
    assert page.js("return deltaflow.state.pass.sizes.join('-')") == sizes


def test_every_window_holds_the_page_in_width_and_the_whole_drawing(page):
    for sizes in ("3-3-2", "64-32-10"):
        resize_network(page, sizes)
        for _ in range(2):
            walk_on(page)
        here = titles(page)
        for width, height in WINDOWS:
            page.resize(width, height)
            wait_drawn(page)
            page.wait("document.documentElement.scrollWidth <= innerWidth")
            page.wait("(() => {" + OUTSIDE + "})().length === 0")
            assert titles(page) == here, (sizes, width)
        assert walk_on(page)[1] == 4


def test_stage_and_formulas_fit_the_projector_at_every_position(page):
    for _ in range(place(page)[2]):
        for name in ("network", "timeline", "next", "apply-update", "caption"):
            box = page.driver.find_element("id", name).rect
            assert box["y"] + box["height"] <= 720 and box["x"] + box["width"] <= 1280, name
            assert box["height"] > 0
        page.wait("document.querySelector('#formula svg, #formula mjx-container')")
        assert page.js(FORMULA_BOTTOM) <= 720, place(page)
        walk_on(page)


def luminance(rgb):
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text, background):
    lights = sorted(luminance([v / 255 for v in c[:3]]) for c in (text, background))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_light_and_dark_are_readable_and_outlive_a_reload(page):
    light = page.js(COLOURS)
    page.click("theme")
    dark = page.js(COLOURS)
    page.open(fresh=False)
    assert page.js(COLOURS) == dark
    assert light[0] != dark[0] and light[1] != dark[1]
    assert luminance(light[1]) > luminance(dark[1])
    for text, background in (light, dark):
        assert contrast(text, background) >= 4.5  # WCAG 2.2, success criterion 1.4.3
    page.click("theme")
    assert page.js(COLOURS) == light


def test_the_first_visit_follows_the_system(page):
    try:
        for scheme in ("light", "dark"):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            page.open()
            text, background = page.js(COLOURS)
            assert (luminance(background) > luminance(text)) == (scheme == "light")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_any_network_is_drawn_and_walked_to_the_end(page):
    for sizes in NETWORKS:
        resize_network(page, sizes)
        numbers = [int(n) for n in sizes.split("-")]
        assert len(page.js(CIRCLES)) == sum(len(drawn_rows(n)) for n in numbers), sizes
        hidden = [n - len(drawn_rows(n)) for n in numbers if n > 16]
        told = page.js(
            "return [...document.querySelectorAll('#network svg text')].map((t) => t.textContent)"
            ".filter((t) => /more/.test(t)).map((t) => Number(t.match(/\\d+/)[0]))"
        )
        assert sorted(told) == sorted(hidden), sizes
        total = 2 * len(numbers) + 1
        assert place(page) == [1, 1, total]
        for at in range(2, total + 1):
            assert walk_on(page) == [1, at, total]
        assert walk_on(page) == [2, 1, total]


def test_a_wide_layer_is_folded_in_the_table_and_copied_whole(page):
    page.open("?layer-sizes=64-32-10")
    for _ in range(2):
        walk_on(page)
    page.driver.find_element("css selector", "[data-pick='2']").click()
    shown = read_table(page)
    rows = sorted({row for symbol, _, row, _ in shown if symbol == "w"})
    cols = sorted({col for symbol, _, _, col in shown if symbol == "w"})
    for drawn, n in ((rows, 32), (cols, 64)):
        assert drawn[0] == 1 and drawn[-1] == n and len(drawn) <= 12
    copied = page.promise(
        "const { copy } = await import('/assets/explanation/numbers.js');"
        "return copy(deltaflow.state)"
    ).splitlines()
    blocks = list(read_blocks(copied))
    assert [np.shape(block) for block in blocks] == [(32, 64), (32, 1), (32, 1), (32, 1)]
    for (symbol, _, row, col), (title, _) in shown.items():
        block = blocks["wbza".index(symbol)]
        assert block[row - 1][max(col, 1) - 1] == float(title)


def read_blocks(lines: list[str]) -> Iterator[list[list[float]]]:
    """The matrices of tab-separated text, each under a line with its name."""
    block: list[list[float]] = []
    for line in lines[1:]:
        try:
            block.append([float(part) for part in line.split("\t")])
        except ValueError:
            yield block
            block = []
    yield block


def value_told(told, symbol):
    """The number after a symbol such as w₁₂² in the tooltip's lines."""
    lines = [part.split(" = ") for part in told.replace("−", "-").splitlines() if " = " in part]
    return {name: float(text) for name, text in lines}[symbol]


@pytest.mark.parametrize("sizes", ["3-3-2", "64-32-10"])
def test_hovering_tells_symbol_and_whole_value_of_neurons_and_edges(page, sizes):
    page.open(f"?layer-sizes={sizes}")
    walk_on(page)
    shown = titles(page)
    told = {tuple(at): text for at, text in page.js(HOVER, page.js(CIRCLES) + page.js(EDGES))}
    neurons = {key[1]: text for key, text in told.items() if len(key) == 2 and key[0] == 2}
    edges = {key[1:]: text for key, text in told.items() if len(key) == 3 and key[0] == 2}
    assert set(neurons) == set(drawn_rows(int(sizes.split("-")[1])))
    subscript = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
    for j, text in neurons.items():
        if ("a", 2, j, 0) in shown:
            name = f"a{j}".translate(subscript) + "²"
            assert value_told(text, name) == float(shown["a", 2, j, 0])
    checked = 0
    for (j, k), text in edges.items():
        if ("w", 2, j, k) in shown:
            name = "w" + f"{j}{',' if max(j, k) > 9 else ''}{k}".translate(subscript) + "²"
            assert value_told(text, name) == float(shown["w", 2, j, k])
            checked += 1
    assert checked >= 3
    assert page.js(HOVER, [[1, 1]]) == [[[], ""]]


def test_on_a_phone_each_target_is_seen_above_its_neuron(page):
    page.resize(390, 844)
    page.open()
    boxes = page.js(
        "const boxes = (s) => [...document.querySelectorAll(s)].map((e) => {"
        " const b = e.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; });"
        "return [boxes('#network .target'), boxes('#network .neuron circle').slice(-2)]"
    )
    assert len(boxes[0]) == 2
    for (left, right, top, bottom), circle in zip(*boxes, strict=True):
        assert right - left > 20 and bottom - top > 8
        assert left >= 0 and right <= 390
        assert circle[2] - 30 < bottom < circle[2] + 2
