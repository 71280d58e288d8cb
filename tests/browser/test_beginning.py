"""A first visit: what the page is for, three ways to begin, what is remembered of them."""

from selenium.webdriver.common.keys import Keys

SHOWN = "return !document.getElementById('begin').hidden"


def test_a_first_visit_says_what_the_page_is_for_and_how_to_begin(page):
    assert "every number explained" in page.driver.find_element("css selector", ".purpose").text
    assert page.js(SHOWN)
    folded = "return [...document.querySelectorAll('[data-section]:not([open])')]"
    assert page.js(f"{folded}.map((one) => one.dataset.section)") == ["train", "conventions"]
    page.click("convention-open")
    assert "twice" in page.driver.find_element("id", "convention").text
    # What was unfolded stays so; whoever has begun is not asked again.
    page.click("begin-step")
    page.wait("deltaflow.state.cursor === 1")
    assert page.js("return document.activeElement.id") == "step-forward"
    page.open(fresh=False)
    assert not page.js(SHOWN)
    assert page.js(f"{folded}.map((one) => one.dataset.section)") == ["train"]


def test_watching_trains_on_two_kinds_of_points(page):
    page.click("begin-train")
    page.wait("deltaflow.state.history.branches[0]?.points.length > 3")
    assert page.js("return deltaflow.state.fields.dataset") == "moons"
    page.keys("t")
    page.wait("!deltaflow.state.training")
    score = "const {points} = deltaflow.state.history.branches[0];"
    losses = page.js(f"{score} return [points[0], points.at(-1)].map((p) => p.train_loss)")
    assert losses[1] < losses[0]


def test_what_a_link_leads_to_is_not_covered_and_a_note_goes_with_the_next_action(page):
    page.open("?layer-sizes=3-4-2")
    assert not page.js(SHOWN)
    page.click("step-forward", "reset")
    page.wait("!document.getElementById('message').hidden")
    page.click("derivation")
    assert page.js("return document.getElementById('message').hidden")
    page.keys(Keys.ESCAPE)
