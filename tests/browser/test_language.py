"""The language of the page: how it is chosen, what a switch keeps, that all is said in it."""

import re

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.language import DIALOGS, SHOWN, choose, english_in

ASKED = "return performance.getEntriesByType('resource').map((entry) => entry.name)"


@pytest.fixture
def preferring(driver):
    """The browser's own languages; English again afterwards."""
    agent = driver.execute_script("return navigator.userAgent")

    def prefer(languages):
        given = {"userAgent": agent, "acceptLanguage": languages}
        driver.execute_cdp_cmd("Emulation.setUserAgentOverride", given)

    yield prefer
    prefer("en-US,en")


def test_the_page_opens_in_the_language_of_the_address_the_last_choice_or_the_browser(
    page, preferring
):
    preferring("fr,zh-CN,en")
    page.open()
    assert page.js("return [document.documentElement.lang, location.search]") == ["zh-Hans", ""]
    choose(page, "en")
    assert page.js("return location.search") == "?lang=en"
    page.open("", fresh=False)
    assert page.js("return document.documentElement.lang") == "en-GB"
    page.open("?lang=zh&seed=8", fresh=False)
    assert page.text("share") == "分享"
    assert page.js("return document.getElementById('seed').value") == "8"
    page.open("?lang=xx")
    assert page.js("return document.documentElement.lang") == "zh-Hans"
    preferring("fr")
    page.open()
    assert page.js("return document.documentElement.lang") == "en-GB"


def test_a_switch_asks_for_words_alone_and_loses_nothing(page):
    page.open("?seed=9")
    page.click("step-forward", "step-forward")
    seed = page.driver.find_element("id", "seed")
    seed.send_keys(Keys.CONTROL, "a")
    seed.send_keys("abc", Keys.ENTER)
    page.wait("!document.getElementById('message').hidden")
    refused = page.text("message")
    rate = page.driver.find_element("id", "learning-rate")
    rate.send_keys("00")
    before = page.js(ASKED)
    choose(page, "zh")
    asked = page.js(ASKED)[len(before) :]
    assert [re.search(r"/bundle/messages-(\w+)-", url)[1] for url in asked] == ["zh"]
    assert page.at() == (0, 2)
    assert seed.get_attribute("value") == "abc" and "is-invalid" in seed.get_attribute("class")
    assert rate.get_attribute("value") == "0.500"
    assert page.js("return document.activeElement.id") == "learning-rate"
    assert page.js("return location.search") == "?seed=9&lang=zh"
    told = page.text("message")
    assert "abc" in told != refused and not english_in([told.replace("abc", "")])
    choose(page, "en")
    assert page.text("message") == refused
    page.click("own-open")
    page.driver.find_element("id", "own-text").send_keys("1,2")
    choose(page, "zh")
    dialog = page.js("return document.getElementById('own-dialog')")
    assert dialog.get_property("open")
    assert page.js("return document.getElementById('own-text').value") == "1,2"
    page.open("?seed=9", fresh=False)
    assert page.text("share") == "分享" and page.at() == (0, 2)


def test_choices_stay_in_the_language_when_they_are_chosen_or_offered_anew(page):
    page.open("?lang=zh&dataset=xor")
    options = """return [...document.getElementById(arguments[0]).options]
      .filter((option) => option.value).map((option) => option.text)"""
    names = page.js(options, "init")
    assert not english_in(names)
    page.js("deltaflow.press('edit', 'init', 'zeros')")
    page.wait("deltaflow.state.fields.init === 'zeros'")
    page.wait("document.getElementById('init').value === 'zeros'")
    assert page.js(options, "init") == names
    assert page.js(options, "sample") == ["1", "2", "3", "4", "全部"]
    choose(page, "en")
    page.wait("document.querySelector('#sample [value=all]').text === 'all'")
    assert page.js(options, "init")[-1] == "constant"


def test_everything_that_is_seen_is_chinese(page):
    page.open("?lang=zh")
    assert english_in(page.js(SHOWN, None)) == []
    page.open("?lang=zh&dataset=moons&layer-sizes=2-4-1&epochs=3")
    page.click("train")
    page.wait("deltaflow.state.history.branches.length && !deltaflow.state.training")
    for tab in ("plot-loss", "plot-data", "plot-layers", "plot-histograms", "plot-confusion"):
        page.click(tab)
        page.wait("!document.querySelector('.plots').matches(':empty')")
        assert english_in(page.js(SHOWN, None)) == [], tab


def test_every_dialog_is_chinese(page):
    page.open("?lang=zh")
    for opener, dialog in DIALOGS.items():
        page.js("document.getElementById(arguments[0]).click()", opener)
        page.wait("document.querySelector(arguments[0]).open", dialog)
        assert english_in(page.js(SHOWN, dialog)) == [], dialog
        page.js("document.querySelector(arguments[0]).close()", dialog)
