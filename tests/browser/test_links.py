"""A link opens the place that it was made at; what is wrong with one is told."""

from dataclasses import replace

import pytest
from flask import Flask
from selenium.webdriver.common.keys import Keys

from app import create_app
from components.serving.settings import read_settings
from tests.browser.conftest import served

COURSE = "http://localhost:*"
TRAINED = (
    "?dataset=moons&layer-sizes=2-4-1&hidden-activation=tanh&optimiser=adam&points=40&epochs=5"
)
SEEN = """(() => {
  const s = deltaflow.state, { kind, layer } = s.pass.positions[s.cursor];
  const chosen = (id) => document.getElementById(id).value;
  return {
    stage: deltaflow.stage(), kind, layer, focus: s.focus, picked: s.picked, run: s.run,
    tab: document.getElementById("explanation").className,
    plot: document.getElementById("plots").dataset.tab,
    digits: chosen("digits"), decimal: chosen("decimal"), language: document.documentElement.lang,
    epoch: document.getElementById("epoch").textContent,
    delta: deltaflow.read(s.pass, s.cursor, "delta", 2, 3),
  };
})()"""
CHOOSE = """
for (const [id, value] of Object.entries(arguments[0])) {
  document.getElementById(id).value = value;
  document.getElementById(id).dispatchEvent(new Event("change", { bubbles: true }));
}"""


def share(page):
    """The link and the frame that the dialog offers; the dialog is closed again."""
    page.click("share")
    page.wait("document.querySelector('#share-qr svg')")
    values = "['share-link', 'share-frame'].map((id) => document.getElementById(id).value)"
    found = page.js(f"return {values}")
    page.keys(Keys.ESCAPE)
    return found


def query(link):
    return link.partition("/?")[2] and "?" + link.partition("/?")[2]


@pytest.fixture
def trained(page):
    """The page at δ² of a network that has been trained, everything chosen as on no first visit."""
    page.open(TRAINED)
    page.click("train")
    page.wait(
        "deltaflow.state.run.batch >= 5 && !deltaflow.state.training && !deltaflow.state.pass.live"
    )
    page.click("step-forward", "step-forward", "step-forward", "step-backward", "step-backward")
    page.promise("await deltaflow.press('look', { layer: 2, neuron: 3 })")
    page.click("matrices-tab", "plot-data")
    page.js(CHOOSE, {"digits": "6", "decimal": "comma", "language": "zh"})
    page.wait("document.documentElement.lang === 'zh-Hans'")
    return page


def test_a_link_made_at_delta_2_of_a_trained_network_opens_it_to_the_last_bit(trained):
    page = trained
    before = page.wait(SEEN)
    assert before["kind"] == "backward" and before["layer"] == 2 and before["run"]["batch"] >= 5
    link, _ = share(page)
    assert "present" not in link and len(link) < 8192
    page.open(query(link))
    page.wait("document.getElementById('epoch').textContent !== '0'")
    assert page.js(f"return {SEEN}") == before
    assert page.js("return location.hash") == ""
    # A reload goes on where the page was left, not where the link began.
    page.click("back")
    page.wait("deltaflow.state.pass.positions[deltaflow.state.cursor].layer === 3")
    page.promise("await deltaflow.saveNow()")
    page.reload()
    assert page.js("const s = deltaflow.state; return s.pass.positions[s.cursor].layer") == 3
    # The same link on a page with work of its own: Undo has it back.
    page.promise("await deltaflow.press('edit', 'seed', '99')")
    page.js("location.hash = arguments[0]", link.partition("#")[2])
    page.wait(f"{SEEN}.layer === 2")
    assert page.js(f"return {SEEN}.stage") == before["stage"]
    page.click("undo")
    page.wait("deltaflow.state.fields.seed === '99'")


def test_a_link_that_cannot_be_used_is_told_and_leaves_what_is_there(page):
    page.open("?seed=5")
    page.click("step-forward")
    here = page.wait(SEEN)
    link, _ = share(page)
    hash_ = link.partition("#")[2]
    for broken, word in ((hash_[:-9], "damaged"), (hash_.replace("=1.", "=7."), "version 7")):
        page.js(
            "document.getElementById('message').replaceChildren(); location.hash = arguments[0]",
            broken,
        )
        assert word in page.wait("document.getElementById('message').textContent")
        assert page.js(f"return {SEEN}") == here
    page.promise("await deltaflow.saveNow()")
    page.open("?lang=en#" + hash_[:-9], fresh=False)
    assert "damaged" in page.text("message")
    assert page.js("return deltaflow.state.fields.seed") == "5" and page.at() == (0, 1)
    # A link in a tab that has work of its own: that is had back.
    page.promise("await deltaflow.press('edit', 'seed', '6'); await deltaflow.saveNow()")
    page.open("?lang=en#" + hash_, fresh=False)
    assert page.js("return deltaflow.state.fields.seed") == "5" and "Undo" in page.text("message")
    page.click("undo")
    page.wait("deltaflow.state.fields.seed === '6'")


def test_a_link_may_open_in_present_mode_where_a_lesson_goes_on(page):
    page.open()
    page.click("step-forward", "share", "share-present")
    linked = "document.getElementById('share-link').value"
    page.open(query(page.wait(f"{linked}.includes('present=1') && {linked}")))
    assert page.at() == (0, 1) and page.js("return deltaflow.state.present")
    page.keys(Keys.ESCAPE)
    page.wait("!deltaflow.state.present")
    page.click("lessons")
    page.wait("document.querySelector('[data-lesson=\"07-transpose\"]')")
    page.js("document.querySelector('[data-lesson=\"07-transpose\"]').click()")
    station = "document.getElementById('lesson-place').textContent"
    page.wait(f"{station}.startsWith('1 of')")
    page.click("present")
    page.keys(Keys.ARROW_RIGHT)
    page.wait(f"{station}.startsWith('2 of')")
    assert page.driver.find_element("id", "lesson-content").is_displayed()


def test_a_place_is_shown_in_a_page_of_another_site_that_may_frame_it(page, driver):
    page.open()
    page.click("step-forward")
    _, frame = share(page)
    assert frame.startswith("<iframe src=") and frame.endswith("</iframe>")
    outer, allowing = Flask("course"), replace(read_settings({}), frame_ancestors=(COURSE,))
    with served(create_app(allowing).server) as inside, served(outer) as course:
        icon = '<link rel="icon" href="data:,">'
        outer.add_url_rule("/", "page", lambda: icon + frame.replace(page.address, inside))
        driver.get(course.replace("127.0.0.1", "localhost"))
        driver.switch_to.frame(driver.find_element("tag name", "iframe"))
        page.wait_ready()
        assert page.at() == (0, 1)
        assert not driver.find_element("tag name", "header").is_displayed()
        page.wait("document.querySelector('#formula mjx-container')?.clientHeight > 20")
        assert page.js("return document.documentElement.scrollHeight <= innerHeight")
        page.click("step-forward")
        page.wait_at(0, 2)
        # The frame keeps its address, so that it opens there again, and nothing else.
        query, kept = page.js("return [location.search + location.hash, sessionStorage.length]")
        assert "embed=1" in query and "#place=" in query and kept == 0
        driver.switch_to.default_content()
