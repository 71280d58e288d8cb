"""Words of any language fit into the page: those of English made longer by 40 %."""

import re

import orjson
import pytest

from app import create_app
from components import messages
from tests.browser.conftest import served, visited
from tests.browser.language import DIALOGS, choose

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
PLACES = ("header", "#controls", ".player", ".plots", ".below .words", ".numbers-panel")
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
WORD = re.compile(r"\{\{\w+\}\}|\$[^$]*\$|⟦[^⟧]*⟧|[A-Za-z]{3,}")


def longer(text):
    """The text with accents, each of its words longer by 40 %."""

    def word(found):
        old = found[0]
        if not old.isalpha():
            return old
        return old.translate(ACCENTS) + old[-1] * round(0.4 * len(old))

    return WORD.sub(word, text)


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
    with served(create_app().server) as address, visited(driver, address) as page:
        yield page
    messages.catalog.cache_clear()


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
