"""Keys never surprise: a clicker steps whatever has the focus, and nothing else listens to it."""

from selenium.webdriver.common.keys import Keys

ELEMENTS = (
    *("dataset", "focus-mode", "digits", "speed", "learning-rate-slider", "learning-rate"),
    *("compare", "step-forward", "numbers"),
)
SCROLLED = "return document.scrollingElement.scrollTop"


def test_a_clicker_steps_and_changes_nothing(page):
    page.wait_at(0, 0)
    settings = (
        "return [...document.querySelectorAll('select, input')].map(({ id, value }) => [id, value])"
    )
    chosen = [one for one in page.js(settings) if one[0] not in ("timeline",)]
    for element in ELEMENTS:
        page.promise("await deltaflow.press('timeline', 0)")
        for key, cursor in ((Keys.PAGE_DOWN, 1), (Keys.PAGE_DOWN, 2), (Keys.PAGE_UP, 1)):
            page.js("document.getElementById(arguments[0]).focus()", element)
            page.keys(key)
            page.wait("deltaflow.state.cursor === arguments[0]", cursor)
        assert page.at() == (0, 1), element
        now = [one for one in page.js(settings) if one[0] not in ("timeline",)]
        assert now == chosen, element


def test_after_enter_a_field_lets_go(page):
    field = page.driver.find_element("id", "learning-rate")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("0.25", Keys.ENTER)
    page.wait("deltaflow.state.fields['learning-rate'] === '0.25'")
    assert page.js("return document.activeElement === document.body")
    page.keys(Keys.ARROW_RIGHT)
    page.wait_at(0, 1)


def test_keys_of_one_letter_can_be_switched_off_for_good(page):
    page.keys("?")
    page.wait("document.querySelector('dialog[open]')")
    page.click("letter-keys")
    page.keys(Keys.ESCAPE)
    for _ in range(2):
        page.keys("t", "e", "m", "u", "r", "?")
        assert not page.js("return document.querySelector('dialog[open]')")
        assert not page.js("return deltaflow.state.training || deltaflow.state.pass.iteration")
        page.reload()
    page.keys(Keys.ARROW_RIGHT)
    page.wait_at(0, 1)


def test_where_the_page_scrolls_its_keys_scroll(page):
    page.open()
    page.resize(640, 360)
    page.keys(Keys.PAGE_DOWN)
    page.wait(SCROLLED.removeprefix("return ") + " > 0")
    assert page.at() == (0, 0)
    page.keys(Keys.HOME)
    page.wait(SCROLLED.removeprefix("return ") + " === 0")
    page.keys(Keys.ARROW_RIGHT)
    page.wait_at(0, 1)
