"""No word of the page without its message: the browser can write every one of them anew."""

import re

import orjson
import pytest
from dash import html

from components import ids
from components.messages import message
from components.page.layout import build_page
from components.page.words import choice, choices, text
from tests.components.page.test_layout import INDEX, parts

WORD = re.compile(r"[A-Za-z]{2,}")
# The page's own name; languages are called by their own names.
NAMED = {"Deltaflow", "English"}
KEPT = {"title": "data-title", "aria-label": "data-label", "placeholder": "data-placeholder"}


def told(part, name):
    return getattr(part, name, None)


def wordless(root):
    """What has words, the one or the other way, and no message for them."""
    found = []
    for part in parts(root):
        if told(part, "id") == ids.WORDLESS:  # it waits for the words, so it has them all
            continue
        inside = part.children if hasattr(part, "children") else None
        strings = [c for c in (inside if isinstance(inside, list) else [inside]) if type(c) is str]
        loose = [s for s in strings if WORD.search(s) and not told(part, "data-text")]
        loose += [
            told(part, name)
            for name, kept in KEPT.items()
            if WORD.search(told(part, name) or "") and not told(part, kept)
        ]
        found += [words for words in loose if words not in NAMED]
    return found


def unnamed(root, within=False):
    """The lists of choices with words that no element around them has the keys of."""
    found = []
    for part in root if isinstance(root, list | tuple) else [root]:
        if not hasattr(part, "children") and not hasattr(part, "options"):
            continue
        inside = within or bool(told(part, "data-options"))
        labels = [option["label"] for option in told(part, "options") or []]
        if not inside and any(WORD.search(label) for label in labels if label not in NAMED):
            found.append(part.id)
        found += unnamed(told(part, "children") or [], inside)
    return found


def test_every_word_of_the_layout_has_its_message():
    layout = build_page()
    assert wordless(layout) == []
    assert unnamed(layout) == []


@pytest.mark.parametrize(
    "loose",
    [html.P("some words"), html.Button("×", title="some words"), html.P(["some", html.B("x")])],
)
def test_a_word_without_a_message_is_found(loose):
    assert wordless(html.Div([loose]))


def test_a_choice_has_the_key_with_its_value_or_its_value_in_a_place():
    assert choice("speed.", "200") == message("speed.200")
    assert choice("explanation.digits_of", "4") == message("explanation.digits_of", value="4")
    kept = orjson.loads(choices("loss.", a="a")["data-options"])
    assert kept == {"key": "loss.", "arguments": {"a": "a"}}


def test_an_element_keeps_a_key_or_all_that_is_told():
    assert text("player.undo") == {"children": "Undo", "data-text": "player.undo"}
    kept = text("compare.add.title", most=6)
    assert kept["children"] == "One more run, at most 6"
    assert orjson.loads(kept["data-text"]) == {
        "key": "compare.add.title",
        "arguments": {"most": 6},
    }
    two = text((message("player.undo"), message("player.redo")))
    assert two["children"] == "Undo Redo" and len(orjson.loads(two["data-text"])) == 2


def test_without_scripts_the_page_speaks_every_language():
    said = INDEX[INDEX.index("<noscript>") : INDEX.index("</noscript>")]
    assert 'lang="en-GB">Deltaflow draws' in said and 'lang="zh-Hans">Deltaflow 在' in said
