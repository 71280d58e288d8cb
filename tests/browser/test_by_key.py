"""By key alone: nothing throws the focus away, tabs and menus answer to arrows, Escape closes."""

from selenium.webdriver.common.keys import Keys

FOCUSED = """const { activeElement: it } = document;
return it.id || it.dataset.resize && `${it.dataset.layer}${it.dataset.resize}` || it.dataset.pick
  || it.tagName.toLowerCase()"""


def focused(page, name: str, *arguments) -> str:
    page.js(f"document.querySelector({name!r}).focus()", *arguments)
    return page.js(FOCUSED)


def test_the_focus_stays_where_it_was_or_goes_on_to_what_follows(page):
    page.keys(Keys.TAB)
    assert page.js(FOCUSED) == "skip"
    page.keys(Keys.ENTER)
    assert page.js(FOCUSED) == "step-forward" and page.js("return location.hash") == ""
    # What has done its last keeps the focus until it goes on, and does nothing meanwhile.
    page.keys(Keys.ENTER)
    page.wait_at(0, 1)
    for name in ("back", "reset"):
        page.click("next")
        page.keys(Keys.HOME)
        page.wait_at(0, 0)
        page.click("next")
        page.wait_at(0, 1)
        focused(page, f"#{name}")
        page.keys(Keys.ENTER)
        page.wait_at(0, 0)
        page.keys(Keys.ENTER)
        page.js("return new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")
        assert page.js(FOCUSED) == name
        page.keys(Keys.TAB)
        page.wait("document.getElementById(arguments[0]).disabled", name)
    # What is written anew has the focus that it had.
    focused(page, "[data-resize='1'][data-layer='2']")
    page.keys(Keys.ENTER)
    page.wait("deltaflow.state.fields['layer-sizes'] === '3-4-2'")
    assert page.js(FOCUSED) == "21"
    focused(page, "[data-pick='3']")
    page.keys(Keys.ENTER)
    page.wait("document.querySelector('[data-pick=\"3\"][aria-pressed=true]')")
    assert page.js(FOCUSED) == "3"
    page.keys(Keys.ARROW_RIGHT)
    page.wait_at(0, 1)
    assert page.js(FOCUSED) == "3"


def test_tabs_and_menus_answer_to_arrows_and_the_walk_does_not(page):
    for tab, key, then in (
        ("plot-loss", Keys.ARROW_RIGHT, "plot-data"),
        ("plot-data", Keys.END, "plot-confusion"),
        ("plot-confusion", Keys.ARROW_RIGHT, "plot-loss"),
        ("formula-tab", Keys.ARROW_LEFT, "matrices-tab"),
    ):
        focused(page, f"#{tab}")
        page.keys(key)
        assert page.js(FOCUSED) == then
        others = page.js(
            "return [...arguments[0].parentNode.children].map((tab) => [tab.id, tab.tabIndex, "
            "tab.ariaSelected, document.getElementById(tab.getAttribute('aria-controls')).role])",
            page.driver.find_element("id", then),
        )
        assert [one for one in others if one[1] == 0] == [[then, 0, "true", "tabpanel"]]
        assert all(selected == "false" for name, _, selected, _ in others if name != then)
    focused(page, "#examples-menu summary")
    page.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.END)
    assert page.js(FOCUSED) == "examples-save"
    page.keys(Keys.ARROW_DOWN)
    assert page.at() == (0, 0)
    page.keys(Keys.ENTER)
    page.wait("document.querySelector('#examples:not([hidden])')")
    assert page.js(FOCUSED) == "h2"
    page.keys(Keys.ESCAPE)
    assert page.js(FOCUSED) == "summary"
    page.keys(Keys.ARROW_DOWN)
    page.keys(Keys.END, Keys.TAB)
    assert not page.js("return document.getElementById('examples-menu').open")


def test_escape_closes_what_lies_over_the_page(page):
    focused(page, "#learning-rate")
    page.keys(Keys.CONTROL + "a")
    page.keys("x", Keys.ENTER)
    page.wait("!document.getElementById('message').hidden")
    page.js("document.body.focus(); document.getElementById('tooltip').hidden = false")
    focused(page, "#next")
    page.keys(Keys.ESCAPE)
    assert page.js("return document.getElementById('tooltip').hidden")
    assert not page.js("return document.getElementById('message').hidden")
    focused(page, ".message-close")
    page.keys(Keys.ENTER)
    page.wait("document.getElementById('message').hidden")
    assert page.js(FOCUSED) == "next"


# Every writing of what is heard, by the id of the element that is live.
HEARD = """window.heard = [];
const live = [...document.querySelectorAll("[role=status], [role=alert], [aria-live], output")]
  .filter((one) => one.getAttribute("aria-live") !== "off");
const watch = new MutationObserver((all) => all.forEach(({ target }) => {
  const host = target.nodeType === 1 ? target : target.parentElement;
  heard.push([host.closest("[id]").id, host.textContent]);
}));
for (const one of live) watch.observe(one, { childList: true, characterData: true, subtree: true });
return live.map(({ id }) => id);"""

SAID = "heard.some(([name, said]) => name === 'run-aloud' && said.includes(arguments[0]))"


def test_a_run_is_silent_but_for_its_beginning_and_its_end(moons):
    moons.js("document.getElementById('epochs').value = '200'")
    moons.click("plot-layers")
    assert {"caption-aloud", "message", "run-aloud"} <= set(moons.js(HEARD))
    focused(moons, "#train")
    moons.keys(Keys.ENTER)
    moons.wait("deltaflow.state.run.batch > 20")
    moons.keys(Keys.ENTER)
    moons.wait("!deltaflow.state.training && !deltaflow.state.pass.live")
    moons.wait(SAID, "paused")
    told = [said for name, said in moons.js("return heard") if name == "run-aloud"]
    others = {name for name, _ in moons.js("return heard")} - {"run-aloud"}
    assert [said.split()[2] for said in told] == ["begun.", "paused"]
    assert "J of the train data 0." in told[1]
    assert others <= {"caption-aloud"}
    assert moons.js("return document.activeElement.id") == "train"
    moons.js("heard.length = 0")
    focused(moons, "#train-epoch")
    moons.keys(Keys.ENTER)
    moons.wait(SAID, "Training has ended at epoch ")
    assert moons.js("return document.activeElement.id") == "train-epoch"
