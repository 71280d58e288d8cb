"""What others wrote is told with nothing in it that hides, reverses or refers to something."""

import sys
from unicodedata import category

import pytest

from components.visible import visible
from tests.node import run_node

EACH = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sigmoid", "sigmoid"),
        ("", ""),
        ("a\nb", "a␊b"),
        ("\u202eabc", "⟨U+202E⟩abc"),
        ("⟦w:2:1:1⟧", "⟨U+27E6⟩w:2:1:1⟧"),
        ("{{name}} $x$ $& <b>", "{{name}} $x$ $& <b>"),
        ("汉字 é 🙂", "汉字 é 🙂"),
    ],
)
def test_only_what_would_be_read_as_something_else_is_shown_by_its_number(text, shown):
    assert visible(text) == shown
    assert visible(shown) == shown


def test_the_browser_shows_every_character_as_the_server_does():
    code = (
        'const { visible } = await import("./assets/core/visible.js"); return given[0].map(visible)'
    )
    # What Unicode has named since is printed by one and not known to the other.
    known = [c for c in EACH if category(c) != "Cn"]
    assert run_node(code, known) == [visible(c) for c in known]
    assert run_node(code, ["a⟦#:5⟧\u202eb" * 3]) == [visible("a⟦#:5⟧\u202eb" * 3)]


def test_different_characters_stay_different():
    assert len({visible(c) for c in EACH}) == len(EACH) - 32  # control characters have pictures
