"""The language of the page, and what is seen in it."""

import re

from components import messages
from components.config.fields import FIELDS
from tests.test_catalogs import ENGLISH, NAMES, PLACE, TEX, WORK

# What is shown: texts of elements that can be seen, of every choice, and what is told of elements.
# Mathematics, the languages' own names and what is marked as not to be translated are data.
SHOWN = """
const root = arguments[0] ? document.querySelector(arguments[0]) : document.body;
const data = "[translate=no], #language, mjx-container, #mathjax, script, noscript, textarea";
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
CHOOSE = """
const list = document.getElementById("language");
list.value = arguments[0];
list.dispatchEvent(new Event("change", { bubbles: true }));
"""
DIALOGS = {
    "export": "#export-dialog",
    "own-open": "#own-dialog",
    "help": "#keys",
    "compare": "#compare-dialog",
    "check": "#check-dialog",
    "paste": "#paste-dialog",
}
LISTED = re.compile(
    "|".join(
        re.escape(messages.render(field.allowed, "zh"))
        for field in FIELDS.values()
        if field.choices
    )
)


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
