"""The language of the page: how it is chosen, that switching loses nothing, that words fit."""

import re
import threading

import orjson
import pytest
from selenium.webdriver.common.keys import Keys
from werkzeug.serving import make_server

from app import create_app
from components import messages
from components.config.fields import FIELDS
from tests.browser.conftest import Page
from tests.test_catalogs import ENGLISH, NAMES, PLACE, TEX, WORK

# What is shown: texts of elements that can be seen, of every choice, and what is told of elements.
# Mathematics, the languages' own names and what is marked as not to be translated are data.
SHOWN = """
const root = arguments[0] ? document.querySelector(arguments[0]) : document.body;
const data = "[translate=no], #language, mjx-container, .mathjax, script, noscript, textarea";
const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(data);
const found = [];
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const { parentElement: at, data: text } = walker.currentNode;
  if (text.trim() && seen(at.closest("select") || at)) found.push(text);
}
for (const element of root.querySelectorAll("*")) {
  if (!seen(element)) continue;
  for (const name of ["title", "aria-label", "placeholder", "aria-valuetext"]) {
    if (element.getAttribute(name)) found.push(element.getAttribute(name));
  }
}
return found;
"""
# What leaves its box or its parent's, is cut, or lies over a neighbour; sizes in pixels.
BROKEN = """
const root = document.querySelector(arguments[0]);
const found = [];
const name = (e) => `${e.tagName}#${e.id} “${(e.value || e.textContent).slice(0, 40)}”`;
const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
const pen = document.createElement("canvas").getContext("2d");
const left = "svg, mjx-container, .visually-hidden, option, .summary, #compare-data";
const parts = [...root.querySelectorAll("*")].filter((e) =>
  e.checkVisibility({ visibilityProperty: true }) && !e.closest(left));
for (const e of parts) {
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  if (!box.width) continue;
  let room = e.clientWidth, wide = e.scrollWidth;
  if (e.tagName === "SELECT" && e.selectedOptions[0]) {
    pen.font = style.font;
    room -= parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    wide = pen.measureText(e.selectedOptions[0].textContent).width;
  }
  if (wide > room + 1 && room && !scrolls(e)) found.push(`cut ${name(e)}`);
  let at = e.parentElement;
  while (getComputedStyle(at).display === "contents") at = at.parentElement;
  if (style.position === "static" && root.contains(at) && !scrolls(at)) {
    const around = at.getBoundingClientRect();
    const beyond = Math.max(box.right - around.right, around.left - box.left);
    if (beyond > 1) found.push(`sticks out ${name(e)}`);
  }
}
const solid = parts.filter((e) =>
  e.matches("button, select, input, label, summary, h1, h2, .position"));
solid.forEach((e, i) => {
  const one = e.getBoundingClientRect();
  for (const other of solid.slice(i + 1)) {
    if (e.contains(other) || other.contains(e)) continue;
    const two = other.getBoundingClientRect();
    const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (across > 1 && down > 1) found.push(`${name(e)} over ${name(other)}`);
  }
});
return found;
"""
ONE_ROW = """
const boxes = [...document.querySelectorAll("header > *")].filter((e) => e.offsetWidth)
  .map((e) => e.getBoundingClientRect());
return Math.max(...boxes.map((box) => box.top)) < Math.min(...boxes.map((box) => box.bottom));
"""
CHOOSE = """
const list = document.getElementById("language");
list.value = arguments[0];
list.dispatchEvent(new Event("change", { bubbles: true }));
"""
ASKED = "return performance.getEntriesByType('resource').map((entry) => entry.name)"
DIALOGS = {
    "export": "#export-dialog",
    "own-open": "#own-dialog",
    "help": "#keys",
    "compare": "#compare-dialog",
    "check": "#check-dialog",
    "paste": "#paste-dialog",
}
PLACES = ("header", "#controls", ".player", ".plots", ".below .words", ".numbers-panel")
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
LISTED = re.compile(
    "|".join(
        re.escape(messages.render(field.allowed, "zh"))
        for field in FIELDS.values()
        if field.choices
    )
)
WORD = re.compile(r"\{\{\w+\}\}|\$[^$]*\$|⟦[^⟧]*⟧|[A-Za-z]{3,}")


def longer(text):
    """The text with accents, each of its words longer by 40 %."""

    def word(found):
        old = found[0]
        if not old.isalpha():
            return old
        return old.translate(ACCENTS) + old[-1] * round(0.4 * len(old))

    return WORD.sub(word, text)


def choose(page, language):
    page.js(CHOOSE, language)
    tag = messages.catalog(language)["language.tag"]
    page.wait("document.documentElement.lang === arguments[0]", tag)


def english_in(texts):
    """The texts with words that a reader of Chinese does not have.

    Where the choices of a field are listed, they are the values that an address has.
    """
    left = {
        text: WORK.sub(" ", TEX.sub(" ", PLACE.sub(" ", LISTED.sub(" ", text)))) for text in texts
    }
    return sorted(
        text for text, rest in left.items() if any(w not in NAMES for w in ENGLISH.findall(rest))
    )


@pytest.fixture
def preferring(driver):
    """The browser's own languages; English again afterwards."""
    agent = driver.execute_script("return navigator.userAgent")

    def prefer(languages):
        given = {"userAgent": agent, "acceptLanguage": languages}
        driver.execute_cdp_cmd("Emulation.setUserAgentOverride", given)

    yield prefer
    prefer("en-US,en")


@pytest.fixture
def pseudo(driver, tmp_path, monkeypatch):
    """The page of a server that has one file more: English, longer, as if it were German."""
    for language in messages.LANGUAGES:
        path = messages.FOLDER / f"{language}.json"
        (tmp_path / path.name).write_bytes(path.read_bytes())
    words = {key: longer(text) for key, text in messages.catalog("en").items()}
    words |= {"language.tag": "de", "language.name": "Deutsch"}
    (tmp_path / "de.json").write_bytes(orjson.dumps(words))
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    monkeypatch.setattr(messages, "LANGUAGES", messages.languages(tmp_path))
    messages.catalog.cache_clear()
    server = make_server("127.0.0.1", 0, create_app().server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visited = Page(driver, f"http://127.0.0.1:{server.server_port}")
    visited.resize(1280, 720)
    visited.complaints()
    yield visited
    assert visited.complaints() == []
    server.shutdown()
    messages.catalog.cache_clear()


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
    assert "abc" in page.text("message") != refused and not english_in([page.text("message")])
    choose(page, "en")
    assert page.text("message") == refused
    page.click("own-open")
    page.driver.find_element("id", "own-text").send_keys("1,2")
    choose(page, "zh")
    dialog = page.js("return document.getElementById('own-dialog')")
    assert dialog.get_property("open")
    assert page.js("return document.getElementById('own-text').value") == "1,2"
    page.open("", fresh=False)
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


def test_a_third_language_is_one_file_and_its_longer_words_fit(pseudo):
    pseudo.open()
    offered = "return [...document.querySelectorAll('#language option')].map((o) => o.text)"
    assert pseudo.js(offered)[-3:] == ["Deutsch", "English", "中文"]
    broken = {}
    for language in ("en", "de", "zh"):
        choose(pseudo, language)
        for place in PLACES:
            broken[language, place] = pseudo.js(BROKEN, place)
        for opener, dialog in DIALOGS.items():
            pseudo.js("document.getElementById(arguments[0]).click()", opener)
            broken[language, dialog] = pseudo.js(BROKEN, dialog)
            pseudo.js("document.querySelector(arguments[0]).close()", dialog)
        assert pseudo.js(ONE_ROW), language
    assert [(*at, what) for at, found in broken.items() for what in found] == []
