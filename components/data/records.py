"""The rows of a text: its separator found out, comments and surplus left out."""

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from components.data.cell_reading import is_gap, read_cell
from components.data.csv_rows import (
    BLANK,
    CsvError,
    Lines,
    Row,
    filled,
    has_comments,
    rows_of,
    shape,
    with_corner,
)
from components.data.own import MOST_COLUMNS, MOST_ROWS
from components.messages import message
from components.refusal import refusal

__all__ = ["SEPARATORS", "Records", "read_records"]

SEPARATORS: Final = ("\t", ";", "|", ",", BLANK)
LOOKED_AT: Final = 50
MOST_BLANK: Final = 10_000  # rows, mostly blank ones, among which those are looked for
TOLD: Final = re.compile(r'"?sep=([,;|\t ])"?[,;|\t ]*(?:\r\n|\n|\r)', re.IGNORECASE)


@dataclass(frozen=True)
class Records:
    """Rows of equally many cells and their numbers in the file, and what was left out.

    `comments` are lines that begin with #, `cut` the empty cells behind the last separator of
    `cut_rows` rows, `torn` says that commas and blanks divide equally well.
    """

    numbers: list[int]
    rows: list[tuple[str, ...]]
    separator: str
    comments: int
    trailing: bool
    torn: bool


@dataclass
class _Sample:
    """The first rows divided by one separator: whether they are equally long, and how numeric."""

    seen: int
    whole: bool
    width: int
    share: float
    blanks: bool


def _numeric(cell: str) -> bool:
    return cell[-1:] != "," and (is_gap(cell) or read_cell(cell) is not None)


def _sample(text: str, separator: str, commented: bool) -> _Sample:
    found: list[list[str]] = []
    whole = True
    try:
        rows = rows_of(Lines(text, separator, commented), separator, MOST_BLANK)
        found.extend(cells for _, cells in islice(rows, LOOKED_AT))
    except CsvError:
        whole = False
    surplus = sum(map(len, found)) - len(found)
    width = _even_width(found, separator)
    body = found[1:] or found
    cells = [cell for row in body for cell in row[:MOST_COLUMNS]]
    share = sum(map(_numeric, cells)) / max(1, len(cells))
    return _Sample(surplus, whole, width, share, any(BLANK in cell for cell in cells))


def _even_width(found: list[list[str]], separator: str) -> int:
    """How many cells each of the rows has; 0 where they differ."""
    numbered = list(enumerate(map(list, found), 1))
    if not numbered:
        return 0
    with_corner(numbered, separator)
    try:
        return len(shape(numbered)[0][0])
    except CsvError:
        return 0


def _separator(text: str) -> tuple[str, bool]:
    """The separator that gives equally long rows of the most numbers, and whether another would.

    The first of `SEPARATORS` that gives such rows, a comma rather than blanks unless those give
    more numbers; where none does, the one seen most. A text that one separator divides until a
    quote goes wrong is not that of another.
    """
    samples = {s: _sample(text, s, has_comments(text, s)) for s in SEPARATORS}
    even = [s for s, sample in samples.items() if sample.whole and sample.width > 1]
    if even:
        best = max(even, key=lambda s: samples[s].share)
        comma = samples[","]
        torn = best == "," and BLANK in even and samples[BLANK].share * 2 >= comma.share > 0
        return best, torn and comma.blanks
    most = max((s for s in SEPARATORS if s != BLANK), key=lambda s: samples[s].seen)
    return (most if samples[most].seen else ","), False


def _named_by_comment(found: list[Row], lines: Lines, separator: str) -> None:
    """Names that stand in the last comment above the table, as numpy.savetxt writes them."""
    names = next(rows_of(Lines(lines.last, separator, False), separator), (0, [""]))[1]
    fits = len(names) == len(found[0][1]) > 1 and not any(map(_numeric, names))
    if fits and any(map(_numeric, found[0][1])):
        found.insert(0, (max(1, found[0][0] - 1), names))


def read_records(text: str, separator: str | None = None) -> Records:
    """The rows of a text, by its separator or by one that is found out; raises `CsvError`."""
    said, offset = _told_separator(text)
    text = text[offset:]
    torn = False
    if separator is None:
        separator, torn = (said, False) if said else _separator(text)
    lines = Lines(text, separator, has_comments(text, separator))
    found: list[Row] = []
    for at, cells in rows_of(lines, separator):
        if filled(cells) > MOST_COLUMNS:
            row = str(at + bool(offset))
            what = message("refusal.csv.columns", row=row, columns=len(cells))
            raise CsvError(refusal(what, allowed=message("allowed.at_most", most=MOST_COLUMNS)))
        found.append((at + bool(offset), cells))
        if len(found) > MOST_ROWS + 1:  # one more than a header and the most
            break
    if not found:
        what = message("refusal.csv.empty")
        raise CsvError(refusal(what, allowed=message("allowed.rows_of_cells")))
    comments = lines.comments
    if lines.last:
        before = len(found)
        with suppress(CsvError):
            _named_by_comment(found, lines, separator)
        comments -= len(found) - before
    with_corner(found, separator)
    rows, trailing = shape(found)
    return Records([at for at, _ in found], rows, separator, comments, trailing, torn)


def _told_separator(text: str) -> tuple[str, int]:
    """The separator of Excel's line sep=; and how many characters that line has; else "" and 0."""
    told = TOLD.match(text)
    return (told[1], told.end()) if told else ("", 0)
