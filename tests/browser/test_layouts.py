"""The page at every width, enlarged, on its side, in large letters: nothing is cut or covered."""

import pytest

from tests.browser.conftest import Page

# What can be seen and pressed, apart from what lies over the page while it is asked for.
PARTS = """
const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.offsetWidth > 1
  && getComputedStyle(one).pointerEvents !== "none"
  && !one.closest("dialog, .visually-hidden, .skip, #tooltip, #cell-editor");
const called = (one) => one.id || Object.entries(one.dataset).join() || one.textContent;
const styleOf = (one, name) => getComputedStyle(one)[name];
const above = (one, is) => { while (one && !is(one)) one = one.parentElement; return one; };
const pinned = (one) => above(one, (it) => styleOf(it, "position") === "fixed");
const clips = (it) => it !== document.body
  && /auto|scroll|hidden|clip/.test(styleOf(it, "overflowY"));
"""
# A disabled slider lets the pointer through to the row that says what it is.
PRESSED = """
const all = [...document.querySelectorAll("button, select, input:not(:disabled), summary, a[href]")]
  .filter(seen);
const boxes = all.map((one) => ({
  one, box: one.getBoundingClientRect(), pin: pinned(one), clip: above(one.parentElement, clips),
}));
"""
FAULTS = (
    PARTS
    + PRESSED
    + """
const told = [];
const { scrollWidth } = document.documentElement;
if (scrollWidth > innerWidth) told.push(`the page is ${scrollWidth} wide`);
boxes.forEach((p, i) => boxes.slice(i + 1).forEach((q) => {
  if (p.pin !== q.pin || p.clip !== q.clip || p.one.contains(q.one)) return;
  const across = Math.min(p.box.right, q.box.right) - Math.max(p.box.left, q.box.left);
  const down = Math.min(p.box.bottom, q.box.bottom) - Math.max(p.box.top, q.box.top);
  if (across > 2 && down > 2) told.push(`${called(p.one)} lies over ${called(q.one)}`);
}));
for (const one of all) {
  one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  if (!top || !one.contains(top)) told.push(`${called(one)} is covered by ${top && called(top)}`);
  else if (box.left < -1 || box.right > innerWidth + 1) told.push(`${called(one)} is cut`);
}
const hosts = ".above, .stage, .plots, .controls, header, .player";
for (const host of document.querySelectorAll(hosts)) {
  if (!seen(host)) continue;
  if (host.scrollWidth > host.clientWidth + 1) told.push(`${called(host)} scrolls sideways`);
  if (host.scrollHeight <= host.clientHeight + 2) continue;
  if (!/auto|scroll/.test(styleOf(host, "overflowY"))) told.push(`${called(host)} is cut below`);
}
scrollTo(0, 0);
return told;
"""
)
# The drawing and the beginning of its formula, in what the player leaves of the window.
TOGETHER = """
const box = (what) => document.querySelector(what).getBoundingClientRect();
const player = document.getElementById("player");
const end = getComputedStyle(player).position === "fixed" ? box("#player").top : innerHeight;
const [drawing, formula] = [box("#network"), box("#formula mjx-container")];
return { end, top: drawing.top, high: drawing.height, formula: formula.bottom };
"""
PHONES = ((320, 640), (360, 740), (390, 844), (414, 896), (844, 390), (915, 412), (640, 360))
DESKS = (
    *((768, 1024), (820, 1180), (834, 1112), (900, 700), (960, 600), (1000, 700), (1001, 700)),
    *((1024, 768), (1100, 720), (1200, 700), (1280, 720), (1366, 768), (1440, 900), (1599, 900)),
    *((1600, 900), (1920, 1080), (2560, 1440)),
)
# 1280×720 enlarged to 125, 150, 200, 250, 300 and 400 %, and 400 % of 1280×1024.
ENLARGED = ((1024, 576), (853, 480), (640, 360), (512, 288), (427, 240), (320, 180), (320, 256))


# What hears of another size has drawn itself anew.
SETTLED = "await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 50)))"


def sized(page: Page, size: tuple[int, int]) -> Page:
    page.resize(*size)
    page.promise(SETTLED)
    return page


def faults(page: Page, size: tuple[int, int]) -> list[str]:
    sized(page, size)
    return [f"{size[0]}×{size[1]}: {one}" for one in page.js(FAULTS)]


def test_nothing_is_cut_or_covered_at_any_size(page):
    page.wait("document.querySelector('#formula mjx-container')")
    page.click("next")
    page.wait_at(0, 1)
    told = [one for size in {*PHONES, *DESKS, *ENLARGED} for one in faults(page, size)]
    assert told == []
    for size in PHONES:
        found = sized(page, size).js(TOGETHER)
        assert found["top"] >= 0 and found["formula"] <= found["end"] + 1, (size, found)
        assert found["high"] >= 130, (size, found)
    # The settings are a sheet there, and leave as they came.
    page.resize(390, 844)
    page.click("controls-toggle")
    page.wait("document.activeElement.id === 'controls'")
    inside = 'document.getElementById("controls").querySelectorAll("button'
    assert page.js(FAULTS.replace('document.querySelectorAll("button', inside)) == []
    page.click("controls-close")
    assert page.js("return document.getElementById('controls-toggle').ariaExpanded") == "false"


def test_letters_of_thirty_pixels_leave_everything_in_reach(page):
    sizes = {"standard": 30, "fixed": 30}
    page.driver.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": sizes})
    try:
        page.open()
        page.wait("document.querySelector('#formula mjx-container')")
        assert (
            page.js("return parseFloat(getComputedStyle(document.documentElement).fontSize)") > 27
        )
        many = ((1280, 720), (1920, 1080), (768, 1024), (390, 844))
        told = [one for size in many for one in faults(page, size)]
        assert told == []
        assert page.js("return document.getElementById('network').offsetHeight") > 200
    finally:
        sizes = {"standard": 16, "fixed": 13}
        page.driver.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": sizes})


PLACES = """return ["network", "player"].map((name) => {
  const { left, top, width, height } = document.getElementById(name).getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
})"""


@pytest.mark.parametrize("granularity", ["layer", "neuron"])
def test_the_stage_does_not_jump_while_one_steps(page, granularity):
    page.open(f"?granularity={granularity}")
    for size in ((1024, 768), (1280, 720), (1366, 768), (1920, 1080), (390, 844), (844, 390)):
        sized(page, size)
        seen = {}
        for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
            page.js("deltaflow.press('timeline', arguments[0])", cursor)
            page.wait_at(0, cursor)
            seen.setdefault(str(page.js(PLACES)), cursor)
        assert len(seen) == 1, (size, seen)


def test_no_position_is_wider_than_a_phone(page):
    # A phone zooms out until all of the page is seen: nothing may reach beyond it.
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
        page.js("deltaflow.press('timeline', arguments[0])", cursor)
        page.wait_at(0, cursor)
        page.promise(SETTLED)
        assert page.js("return document.documentElement.scrollWidth") == 390, cursor
    page.resize(1280, 720)
