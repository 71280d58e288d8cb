"""While a run is shown the page is its room: all its plots at once, square and told apart."""

MOONS = "?dataset=moons&layer-sizes=2-4-3-1&epochs=300"
SEEN = """
const seen = (id) => document.getElementById(id).checkVisibility();
return ["boundary", "loss-plot", "layers-plot", "formula", "numbers"].filter(seen);
"""
PLANE = """
const { width, height } = document.getElementById("boundary-ground").getBoundingClientRect();
return [width, height];
"""
OVER = """
const ticks = [...document.querySelectorAll("#layers-plot .ytick text, #layers-names span")]
  .map((node) => node.getBoundingClientRect());
const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
return ticks.flatMap((one, i) => ticks.slice(i + 1).filter((other) => over(one, other))).length;
"""


def test_a_run_has_all_its_plots_at_once_and_leaves_with_the_first_step(page):
    page.open(MOONS)
    page.wait("deltaflow.samples()")
    assert page.js(SEEN) == ["loss-plot", "formula", "numbers"]
    page.click("train")
    page.wait("deltaflow.state.training")
    page.wait("!deltaflow.state.training && !deltaflow.state.pass.live")
    assert page.js(SEEN) == ["boundary", "loss-plot", "layers-plot"]
    width, height = page.js(PLANE)
    assert width == height >= 300
    # Many points and stops, however quick the run was.
    branch = "deltaflow.state.history.branches[0]"
    points, stops = page.js(f"return [{branch}.points.length, {branch}.kept.length]")
    assert points >= 100 and stops >= 60
    names = "return [...document.querySelectorAll('#data-legend span')].map((e) => e.textContent)"
    assert page.js(names) == ["0", "1", "train", "test", "on the stage"]
    page.wait("document.querySelectorAll('#layers-names span').length === 3")
    assert page.js(OVER) == 0
    # Maps of the neurons stay when the window gets another shape.
    page.resize(1440, 900)
    page.wait("document.getElementById('maps-canvas').width > 520")
    assert page.js("return document.querySelector('.network.mapped') !== null")
    page.click("step-forward")
    assert page.js(SEEN) == ["loss-plot", "formula", "numbers"]
