"""Refusals: one shape in each language, of which only what is wrong has to be there."""

import pytest

from components.messages import LANGUAGES, message, render
from components.refusal import SHAPES, RefusalError, refusal, unusable, unusable_text

EMPTY = message("refusal.empty.entry")
PARTS = {"place": "x", "reason": "why", "allowed": "1 to 9"}


def test_a_refusal_names_place_value_reason_and_what_is_allowed():
    told = refusal(unusable_text("a", EMPTY), "x", reason="why", allowed="1 to 9")
    assert render(told) == "x: “a” cannot be used: why. Allowed: 1 to 9."
    assert render(told, "zh") == "x：“a”不可用：why。允许：1 to 9。"
    assert str(RefusalError(told)) == render(told)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_there_leaves_no_mark(language, shape):
    given = {name: PARTS[name] for name in PARTS if name in shape.split("_")}
    text = render(refusal("flaw", **given), language)
    assert all((part in text) == (name in given) for name, part in PARTS.items())
    assert "flaw" in text and text[-1] in ".。" and "{" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the entry is empty"),
        (" \t\n", "the entry is empty"),
        ("a\u202eb\n", "“a⟨U+202E⟩b␊” cannot be used"),
        ("x" * 40, f"“{'x' * 40}” cannot be used"),
        ("x" * 41, f"“{'x' * 37}…” cannot be used"),
        ("{{text}}", "“{{text}}” cannot be used"),
    ],
)
def test_a_typed_text_is_shortened_and_made_visible(text, said):
    assert render(unusable_text(text, EMPTY)) == said


def test_a_value_of_json_is_quoted_and_a_name_in_it_hides_nothing():
    assert render(unusable({"a\u202e": None})) == '{"a⟨U+202E⟩":null} cannot be used'
