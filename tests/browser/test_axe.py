"""axe-core finds nothing in any state of the page, light and dark, on a desk and on a phone."""

from collections.abc import Callable
from typing import Final

from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import MOONS, Page
from tests.node import ROOT

AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Nothing is brought for it; what it cannot decide is not asked for.
RUN: Final = """
const found = await axe.run(given[0], {
  preload: false, iframes: false, resultTypes: ["violations"], ...given[1],
});
return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) =>
  `${id}: ${target.join(" ")} ${any.map(({ message }) => message).join(" ")}`));
"""
WHOLE: Final = {"rules": {"target-size": {"enabled": True}}}
# What another theme can change: colours. What another width can: what is there, how large it is,
# and what scrolls.
OTHER: Final = {
    "runOnly": [
        *("color-contrast", "link-in-text-block"),
        *("target-size", "scrollable-region-focusable", "aria-hidden-focus", "label", "region"),
        *("button-name", "link-name", "nested-interactive", "duplicate-id-aria", "heading-order"),
    ]
}
# The states in which all of the page is looked at.
FRESH: Final = {"first page", "training"}
# Positions that differ from the one before in numbers alone.
ALIKE: Final = {"position 2", "position 3", "position 5"}
DESK, PHONE = (1280, 720), (390, 844)


# What lies over the page leaves the rest out of reach, or covers it.
OVER: Final = "dialog[open], #examples-menu[open]"
# No step changes these.
SETTLED: Final = {"exclude": [["header"], ["#controls"]]}


def look(page: Page, state: str) -> list[str]:
    """What axe says of a state: all of it on a desk, what can differ in the dark on a phone."""
    whole = {"include": [["html"]]}
    over = page.js("return document.querySelector(arguments[0]) !== null", OVER)
    where = {"include": [[OVER]]} if over else SETTLED
    found = {"desk, light": page.promise(RUN, whole if state in FRESH else where, WHOLE)}
    if state not in ALIKE:
        page.resize(*PHONE)
        page.js("document.documentElement.dataset.bsTheme = 'dark'")
        found["phone, dark"] = page.promise(RUN, where, OTHER)
        page.js("document.documentElement.dataset.bsTheme = 'light'")
        page.resize(*DESK)
    return [f"{state}, {how}: {one}" for how, said in found.items() for one in said]


def dialog(name: str, ready: str = "true") -> Callable[[Page], None]:
    def come(page: Page) -> None:
        page.js("document.querySelector('dialog[open]')?.close()")
        page.js("document.getElementById(arguments[0]).click()", name)
        page.wait(f"document.querySelector('dialog[open]') && {ready}")

    return come


def click(name: str, ready: str = "true") -> Callable[[Page], None]:
    def come(page: Page) -> None:
        page.js("document.querySelector('dialog[open]')?.close()")
        page.js("document.getElementById(arguments[0]).click()", name)
        page.wait(ready)

    return come


def menu(page: Page) -> None:
    page.js("document.getElementById('examples-menu').open = true")


def drawer(page: Page) -> None:
    page.js("document.querySelector('[data-example]').click()")
    page.wait("document.querySelector('#examples-content table')")


def note(page: Page) -> None:
    page.js("document.getElementById('examples-close').click()")
    page.click("numbers-copy")
    page.wait("!document.getElementById('message').hidden")


def paste(page: Page) -> None:
    page.js("document.querySelector('dialog[open]').close()")
    page.js("deltaflow.press('back')")  # at `update` nothing can be pasted
    page.wait_at(0, 5)
    dialog("paste")(page)


def refused(page: Page) -> None:
    page.promise(
        "await new Promise((done) => deltaflow.press('edit', 'learning-rate', 'x').then(done))"
    )
    page.wait("document.querySelector('#message.error:not([hidden])')")


def cell(page: Page) -> None:
    page.js("document.querySelector('[data-pick=\"2\"]').click()")
    page.js("document.getElementById('edit').click()")
    page.wait("!document.getElementById('cell-editor').hidden")


# One after another, each from where the one before has led.
STATES: Final[dict[str, Callable[[Page], object]]] = {
    "first page": lambda page: page.wait("document.querySelector('#formula mjx-container')"),
    **{f"position {at}": lambda page: page.keys(Keys.ARROW_RIGHT) for at in range(1, 7)},
    "matrices": click("matrices-tab"),
    "keys": dialog("help"),
    "export": dialog("export"),
    "check": dialog("check", "document.querySelector('#check-rows tr')"),
    "own data": dialog("own-open"),
    "compare": dialog("compare", "document.querySelector('#compare-table tr')"),
    "paste": paste,
    "menu": lambda page: (click("formula-tab")(page), menu(page)),
    "drawer": drawer,
    "note": note,
    "error": refused,
    "cell editor": cell,
    # The largest last: all of it stays in the page.
    "derivation": dialog("derivation", "document.querySelector('#derivation-text mjx-container')"),
}
RUNNING: Final[dict[str, Callable[[Page], object]]] = {
    "training": click("train", "deltaflow.state.run.batch > 8"),
    "data": click("plot-data", "document.getElementById('boundary-canvas').offsetParent"),
    "layers": click("plot-layers", "document.querySelector('#layers-plot svg')"),
    "histograms": click("plot-histograms", "document.querySelector('#histograms figure')"),
    "confusion": click("plot-confusion", "document.querySelector('#confusion td')"),
    "pause": click("train", "!deltaflow.state.training && !deltaflow.state.pass.live"),
}


def violations(page: Page, states: dict[str, Callable[[Page], object]]) -> list[str]:
    page.js(AXE.read_text("utf-8"))
    found = []
    for name, come in states.items():
        come(page)
        found += look(page, name)
    return found


def test_axe_finds_nothing_in_any_state(page):
    page.open()
    assert violations(page, STATES) == []
    page.open(MOONS)
    assert violations(page, RUNNING) == []
    assert len(STATES | RUNNING) == 26
