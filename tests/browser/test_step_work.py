"""What a step makes the browser do: counted, not timed."""

from tests.browser.table import walk_on

# What changes in the page from one task to the end of what follows it.
CHANGES = """
const [action] = given, seen = { all: 0, drawing: 0, formula: 0 };
const drawing = document.getElementById("network"), formula = document.getElementById("formula");
const watcher = new MutationObserver((records) => records.forEach(({ target }) => {
  seen.all++;
  if (drawing.contains(target)) seen.drawing++;
  if (formula.contains(target)) seen.formula++;
}));
watcher.observe(document.body,
  { subtree: true, childList: true, attributes: true, characterData: true });
await deltaflow.press(action);
await new Promise((go) => setTimeout(go, 50));
watcher.disconnect();
return seen;
"""
# What is animated while the motion of a step runs.
MOVED = """
await deltaflow.press("next");
await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
const moving = document.getElementById("network").getAnimations({ subtree: true });
return moving.flatMap((animation) => [...new Set(animation.effect.getKeyframes()
  .flatMap((frame) => Object.keys(frame)))]
  .filter((name) => !["offset", "computedOffset", "easing", "composite"].includes(name)));
"""
NODES = """
for (let i = 0; i < given[0]; i++) await deltaflow.press("next");
await new Promise((go) => setTimeout(go, 500));
"""


def nodes(page):
    """The nodes that the page holds on to, in the document or not."""
    page.driver.execute_cdp_cmd("Performance.enable", {})
    page.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    told = page.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return {metric["name"]: metric["value"] for metric in told}["Nodes"]


def test_only_the_compositor_moves_what_a_step_moves(page):
    page.wait("document.querySelector('#formula svg')")
    seen = set()
    for _ in range(7):
        seen |= set(page.promise(MOVED))
    assert seen and seen <= {"transform", "opacity"}


def test_nothing_moves_for_those_who_want_less_motion(page):
    wish = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", wish)
    try:
        assert [page.promise(MOVED) for _ in range(7)] == [[]] * 7
        assert page.js("return document.querySelectorAll('.leaving').length") == 0
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_step_writes_only_what_it_changes(page):
    page.wait("document.querySelector('#formula svg')")
    walk_on(page)
    first = page.promise(CHANGES, "next")
    assert 0 < first["drawing"] < 40, first
    assert 0 < first["formula"] < 20, first
    # Where nothing is another, nothing is written.
    still = page.promise(CHANGES, "home")
    again = page.promise(CHANGES, "home")
    assert again["drawing"] <= 2 < still["drawing"], (still, again)


def test_the_page_holds_no_more_after_many_steps(page):
    page.wait("document.querySelector('#formula svg')")
    page.promise(NODES, 70)
    before = nodes(page)
    page.promise(NODES, 140)
    assert nodes(page) <= 1.015 * before
