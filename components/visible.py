"""Texts that others wrote, with nothing in them that hides, reverses or refers to something."""

from typing import Final
from unicodedata import category

__all__ = ["visible"]

# What begins a reference: the page would put a number or words of its own in the place of it.
REFERENCE: Final = "⟦"
# Marks of direction, which reorder what stands around them, and letters without a width.
HIDDEN: Final = frozenset(
    "\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def _shown(character: str) -> str:
    if character < " ":
        return chr(0x2400 + ord(character))
    if (
        character in HIDDEN
        or character == REFERENCE
        or category(character) in ("Cc", "Cs", "Zl", "Zp")
    ):
        return f"⟨U+{ord(character):04X}⟩"
    return character


def visible(text: str) -> str:
    """The text with control characters, marks of direction and ⟦ shown as such: ␊, ⟨U+202E⟩.

    Different texts stay different, so that no two classes become one.
    """
    plain = text.isprintable() and REFERENCE not in text
    return text if plain else "".join(map(_shown, text))
