"""Numbers as people type them and matrices as they paste them, read strictly or refused by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

import engine

__all__ = ["ALLOWED", "NUMBER_MAX", "EditError", "Pasted", "read_matrix", "read_number"]

NUMBER_MAX: Final = 1e6
ALLOWED: Final = f"a number from −{NUMBER_MAX:.0f} to {NUMBER_MAX:.0f}, as 0.5, 0,5, 1/2 or 1e-3"
# What any notation needs for one entry, brackets and indents included.
TEXT_PER_ENTRY: Final = 64
TEXT_FOR_FRAME: Final = 1000

# A comma needs a digit on both sides: elsewhere it separates.
DECIMAL: Final = r"(?:\d+\.\d*|\d+(?:,\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
NUMBER: Final = re.compile(rf"([+-]?{DECIMAL})(?:\s*/\s*([+-]?{DECIMAL}))?", re.ASCII)
LOOSE_COMMA: Final = re.compile(r"(?<!\d),|,(?!\d)", re.ASCII)
# w = np.array( … , dtype=float32); around the outer brackets.
BEFORE_BRACKETS: Final = re.compile(r"(?:\w+\s*=)?\s*(?:[\w.]+\s*\()?\s*", re.ASCII)
AFTER_BRACKETS: Final = re.compile(r"\s*(?:,\s*dtype\s*=\s*[\w.'\"]+\s*)?,?\s*\)?\s*;?", re.ASCII)
INNER: Final = re.compile(r"\[([^\[\]]*)\]")

Cells = list[list[str]]


class EditError(ValueError):
    """A typed or pasted text that cannot be used; the message names place, text and what can."""


@dataclass(frozen=True)
class Pasted:
    """A matrix that was read; `decimal_commas` where its commas were taken as decimal points."""

    array: engine.Array
    decimal_commas: bool


def read_number(text: str) -> float:
    """The float64 of a typed decimal, or the quotient of two.

    Raises ValueError for anything else, for a denominator of 0 and beyond ±`NUMBER_MAX`.
    """
    found = NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if not found or len(text) > TEXT_PER_ENTRY:
        raise ValueError(text)
    above, below = (float((part or "1").replace(",", ".")) for part in found.groups())
    if below == 0 or not abs(above / below) <= NUMBER_MAX:
        raise ValueError(text)
    return above / below


def _lines(text: str) -> list[str]:
    return [line.strip(" ").removesuffix(";") for line in text.splitlines() if line.strip()]


def _split(rows: list[str], separator: str) -> Cells:
    return [re.split(separator, row.strip(" \r\n")) for row in rows]


def _bracketed(text: str, column: bool) -> Iterator[Cells]:
    """The readings of JSON, NumPy and MATLAB brackets, whose commas always separate."""
    start, end = text.index("["), text.rindex("]")
    if not (BEFORE_BRACKETS.fullmatch(text[:start]) and AFTER_BRACKETS.fullmatch(text[end + 1 :])):
        return
    inside = text[start + 1 : end]
    separator = r"\s*,\s*|\s+"
    if "[" in inside:
        rest = INNER.sub("", inside)
        if re.fullmatch(r"[\s,;]*", rest):
            yield _split([" ".join(row.split()) for row in INNER.findall(inside)], separator)
        return
    lines = _lines(re.sub(r",\s*\n", ",", inside)) or [""]
    yield _split([row for line in lines for row in line.split(";")], separator)
    if column and ";" not in inside:
        # A vector that NumPy broke into lines.
        yield _split([" ".join(inside.split())], separator)


def _plain(text: str) -> Iterator[tuple[Cells, bool]]:
    """The readings of rows without brackets: what a comma and a semicolon mean differs."""
    lines = _lines(text)
    comma = "," in text
    if "\t" in text:
        # An empty cell of a spreadsheet must not make the others move up.
        yield _split(lines, r" *\t *"), comma
        return
    rows = [row for line in lines for row in line.split(";")]
    yield _split(rows, r"\s*,\s*|\s+"), False
    if comma and "." not in text and not LOOSE_COMMA.search(text):
        yield _split(rows, r"\s+"), True
    if ";" in text:
        yield _split(lines, r"\s*;\s*"), comma


def _readings(text: str, column: bool) -> list[tuple[Cells, bool]]:
    if "[" in text or "]" in text:
        if text.count("[") != text.count("]") or text.index("[") > text.rindex("]"):
            return []
        return [(cells, False) for cells in _bracketed(text, column)]
    return list(_plain(text))


def _shape(cells: Cells) -> tuple[int, int] | None:
    widths = {len(row) for row in cells}
    return (len(cells), widths.pop()) if len(widths) == 1 else None


def _unreadable(cells: Cells, most: int) -> tuple[int, int, str] | None:
    """The first of the first `most` entries that is no number: a text may hold many times more."""
    entries = ((i, k, text) for i, row in enumerate(cells, 1) for k, text in enumerate(row, 1))
    for i, k, text in islice(entries, most):
        try:
            read_number(text)
        except ValueError:
            return i, k, text
    return None


def _refuse_entry(name: str, place: tuple[int, int, str]) -> EditError:
    row, col, text = place
    shown = text if len(text) <= 40 else text[:37] + "…"
    what = f"“{shown}” cannot be used" if text.strip() else "the entry is empty"
    return EditError(f"{name}, row {row}, column {col}: {what}. Allowed: {ALLOWED}.")


def _refuse_shape(name: str, cells: Cells, rows: int, cols: int) -> EditError:
    wanted = f"{name} is {rows}×{cols} ({rows} row{'s' * (rows > 1)} of {cols})"
    shape = _shape(cells)
    if shape:
        return EditError(f"{wanted}; the text is {shape[0]}×{shape[1]}. Nothing was changed.")
    first = len(cells[0])
    i, n = next((i, len(row)) for i, row in enumerate(cells, 1) if len(row) != first)
    return EditError(f"{wanted}; in the text row 1 has {first} and row {i} has {n}.")


def _refuse_text(name: str, text: str, rows: int, cols: int) -> EditError | None:
    if len(text) > TEXT_PER_ENTRY * rows * cols + TEXT_FOR_FRAME:
        return EditError(
            f"{name} is {rows}×{cols}; the text of {len(text)} characters is too long."
        )
    if not text.strip():
        return EditError(f"{name}: the text is empty. Allowed: {rows}×{cols} numbers.")
    return None


def read_matrix(name: str, text: str, rows: int, cols: int) -> Pasted:
    """A matrix of that shape from plain rows, CSV, JSON, NumPy or MATLAB text.

    Where a comma or a semicolon may mean two things, the shape decides; a column may be written as
    one row. Raises `EditError` that names the entry by row and column, or both shapes.
    """
    if refused := _refuse_text(name, text, rows, cols):
        raise refused
    shapes = [(rows, cols), (cols, rows)] if cols == 1 else [(rows, cols)]
    # First what fits, then what is readable: the nearest miss is the one to tell about.
    rated = sorted(
        (
            (_shape(cells) not in shapes, _unreadable(cells, rows * cols), cells, commas)
            for cells, commas in _readings(text.strip(" \r\n"), cols == 1)
        ),
        key=lambda rating: (rating[0], rating[1] is not None),
    )
    if not rated:
        raise EditError(
            f"{name}: the brackets cannot be read. Allowed: [1 2; 3 4], [[1, 2], [3, 4]] "
            "or array([[1., 2.], [3., 4.]])."
        )
    misfit, unreadable, cells, decimal_commas = rated[0]
    if unreadable:
        raise _refuse_entry(name, unreadable)
    if misfit:
        raise _refuse_shape(name, cells, rows, cols)
    numbers = [[read_number(entry) for entry in row] for row in cells]
    return Pasted(np.array(numbers).reshape(rows, cols), decimal_commas)
