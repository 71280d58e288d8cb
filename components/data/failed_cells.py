"""Cells that stand for a number that is missing, failed or torn: no class is made of them."""

from collections.abc import Sequence
from typing import Final

from components.data.csv_reading import is_beyond, is_number

__all__ = ["failed", "is_failed"]

# What programs and spreadsheets write in the place of a number.
WORDS: Final = frozenset(
    ("nan", "inf", "infinity", "#num!", "#value!", "#div/0!", "#n/a", "#ref!", "#name?", "#null!")
)
SIGNS: Final = "+-\N{MINUS SIGN}"


def is_failed(cell: str) -> bool:
    """Whether a cell is nan, ±inf, the error of a spreadsheet, or a number beyond ±10¹⁵."""
    return cell.lstrip(SIGNS).lower() in WORDS or is_beyond(cell)


def _is_torn(cell: str) -> bool:
    """Whether a cell is the end of a number, as e400: a comma before it has separated."""
    word = cell.lstrip(SIGNS)
    digits = word[1:].lstrip(SIGNS)
    return word[:1] in ("e", "E") and digits.isascii() and digits.isdigit()


def failed(cells: Sequence[str]) -> list[int]:
    """The indices of a column's failed cells; e400 is one where other cells are numbers."""
    numeric = any(map(is_number, cells))
    return [i for i, cell in enumerate(cells) if is_failed(cell) or (numeric and _is_torn(cell))]
