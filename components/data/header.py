"""Whether the first row of a table holds names: by what stands below it, or a question."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from components.data.cell_reading import is_date, is_gap, read_cell

__all__ = ["has_header"]

LOOKED_AT: Final = 200
YEARS: Final = range(1900, 2101)


def _kind(text: str) -> str:
    """What a cell is: number, whole, gap, date or word."""
    if is_gap(text):
        return "gap"
    cell = read_cell(text)
    if cell is None:
        return "date" if is_date(text) else "word"
    return "whole" if text.isascii() and text.isdigit() else "number"


def _common(kinds: Sequence[str]) -> str:
    """What most of the cells below are: number, date or word; gap where there is nothing."""
    merged = ["number" if kind == "whole" else kind for kind in kinds if kind != "gap"]
    return max(sorted(set(merged)), key=merged.count) if merged else "gap"


def _run(cells: Sequence[str]) -> str:
    """How the whole numbers of a row count on: as years, places (from 0 or 1), or else counts."""
    kinds = [_kind(cell) for cell in cells]
    whole = [int(cell) for cell, kind in zip(cells, kinds, strict=True) if kind == "whole"]
    if len(whole) < 2 or "number" in kinds:
        return ""
    if all(n in YEARS for n in whole) and len(set(whole)) == len(whole):
        return "years"
    counts = all(b == a + 1 for a, b in pairwise(whole))
    return ("places" if whole[0] in (0, 1) else "counts") if counts else ""


def _numbers_rows(below: Sequence[str]) -> bool:
    """Whether a column counts its rows, from 0 or from 1."""
    return any(all(text == str(i) for i, text in enumerate(below, n)) for n in (0, 1))


def _votes(
    first: Sequence[str], kinds: Sequence[str], body: list[Sequence[str]]
) -> tuple[int, int]:
    """How many columns speak for names in the first row, and how many for data."""
    names = data = 0
    for k, (cell, kind) in enumerate(zip(first, kinds, strict=True)):
        below = [row[k] for row in body]
        common = _common([_kind(text) for text in below])
        above = kind != common and kind in ("word", "date") and common in ("number", "date")
        if above or (not cell and len(below) > 1 and _numbers_rows(below)):
            names += 1
        elif kind in ("word", "date") and common in ("word", "date"):
            data += cell in below
        elif kind == "number" and common == "number":
            data += 1
    return names, data


def _repeats_below(kinds: Sequence[str], body: list[Sequence[str]]) -> bool:
    """Whether some column of words says the same again and again below its first cell."""
    columns = [[row[k] for row in body] for k, kind in enumerate(kinds) if kind == "word"]
    return len(body) > 2 and any(len(set(below)) * 2 <= len(below) for below in columns)


def has_header(rows: Sequence[Sequence[str]]) -> tuple[bool, bool]:
    """Whether the first of the rows holds names, and whether that is sure.

    A word above numbers is a name; a word that comes again below it is none, nor is a number with
    a fraction. Numbers that count on, as 0, 1, 2 or 2019, 2020, may be names where no row below
    does so and they stand nowhere below: sure above words that repeat, else a question.
    """
    first, body = rows[0], list(rows[1 : LOOKED_AT + 1])
    kinds = [_kind(cell) for cell in first]
    if not body:
        return not {"number", "whole"} & set(kinds), True
    names, data = _votes(first, kinds, body)
    run = _run(first).replace("counts", "")
    if names:
        return True, not data and ("whole" not in kinds or run != "")
    if data:
        return False, True
    if "whole" not in kinds:
        return True, _repeats_below(kinds, body)
    whole = [k for k, kind in enumerate(kinds) if kind == "whole"]
    new = any(first[k] not in {row[k] for row in body} for k in whole)
    alike = (run,) if run == "years" else ("places", "counts")
    named = run != "" and new and not any(_run(row) in alike for row in body)
    return named, not named or _repeats_below(kinds, body)
