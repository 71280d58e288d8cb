"""Numbers as people and programs write them: one reader, whose work is bounded by their length.

Numbers are read by an ASCII pattern, since `float()` also takes `1_000`, `nan` and the digits of
other scripts.
"""

import re
from typing import Final

__all__ = ["MOST_CHARACTERS", "read_decimal", "read_number", "split_numbers"]

# A float64 needs 24 of them; whoever writes more writes no number of a network.
MOST_CHARACTERS: Final = 64
DECIMAL: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def read_decimal(text: str, decimal_comma: bool = False) -> float:
    """The float64 of a decimal with a point, or else with a comma; ±∞ beyond its range.

    Raises ValueError for anything else and for more than `MOST_CHARACTERS` characters.
    """
    if len(text) > MOST_CHARACTERS or (decimal_comma and "." in text):
        raise ValueError(text[:MOST_CHARACTERS])
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    if decimal_comma:
        plain = plain.replace(",", ".")
    if not DECIMAL.fullmatch(plain):
        raise ValueError(text)
    return float(plain)


def _typed(text: str) -> float:
    """A decimal with either sign; a comma needs a digit on both sides: elsewhere it separates."""
    before, comma, after = text.partition(",")
    if comma and not (before[-1:].isdigit() and after[:1].isdigit()):
        raise ValueError(text)
    return read_decimal(text, bool(comma))


def read_number(text: str) -> float:
    """The float64 of a typed number: 0.5, 0,5, −.3, 1e-3, or the quotient of two, as 1/2.

    Raises ValueError for anything else and for a denominator of 0.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(text[:MOST_CHARACTERS])
    above, slash, below = text.partition("/")
    value = _typed(above)
    if not slash:
        return value
    divisor = _typed(below)
    if divisor == 0:
        raise ValueError(text)
    return value / divisor


def split_numbers(text: str) -> list[str]:
    """What stands between commas and blanks; nothing between two commas is an empty text."""
    return [part for between in text.split(",") for part in between.split() or [""]]
