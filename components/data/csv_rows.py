"""A text divided into rows of cells by a separator: quotes, comments, surplus at the end."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from components.messages import message
from components.refusal import RefusalError, refusal

__all__ = [
    "BLANK",
    "CsvError",
    "Lines",
    "Row",
    "filled",
    "has_comments",
    "rows_of",
    "shape",
    "with_corner",
]

Row = tuple[int, list[str]]

BLANK: Final = " "
COMMENT: Final = "#"
MOST_NAMED: Final = 10_000  # characters of a comment in which names are looked for
QUOTE_OPEN: Final = "unexpected end of data"
CELL_LONG: Final = "field larger than field limit"


class CsvError(RefusalError):
    """A text that is no table; what is told names the row where there is one."""


def _unreadable(row: int, flaw: str) -> CsvError:
    """What a reader of CSV found wrong in a row, which may go on over several lines."""
    place = message("place.unreadable_row", row=str(row))
    if flaw.startswith(QUOTE_OPEN):
        allowed = message("allowed.quotes")
        return CsvError(refusal(message("refusal.csv.open_quote"), place, allowed=allowed))
    if flaw.startswith(CELL_LONG):
        what = message("refusal.csv.long_cell", most=csv.field_size_limit())
        return CsvError(refusal(what, place, allowed=message("allowed.shorter_cells")))
    return CsvError(refusal(flaw, place, allowed=message("allowed.cells")))


class Lines:
    """The lines of a text for a reader of CSV: those that begin with # are passed over.

    A line within a quoted cell is none of them: `fresh` says that a row begins.
    """

    def __init__(self, text: str, separator: str, commented: bool) -> None:
        self._lines = io.StringIO(text, newline="")
        self._blank = separator == BLANK
        self._commented = commented
        self.comments = 0
        self.last = ""
        self.fresh = True
        self.begun = False

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        for line in self._lines:
            if self.fresh and self._commented and line.startswith(COMMENT):
                self.comments += 1
                self.last = self.last if self.begun else line[1:MOST_NAMED]
                continue
            self.fresh, self.begun = False, self.begun or line.strip() != ""
            return line.replace("\t", BLANK).strip() + "\n" if self._blank else line
        raise StopIteration


def rows_of(lines: Lines, separator: str, most: int | None = None) -> Iterator[Row]:
    """Each row of the first `most` that is not blank with its number, cells stripped.

    Raises `CsvError`, which names the row.
    """
    blank = separator == BLANK
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=blank)
    at = 0
    try:
        for at, cells in enumerate(islice(reader, most), 1):
            lines.fresh = True
            if not cells:
                continue
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield at + lines.comments, stripped
    except csv.Error as error:
        raise _unreadable(at + lines.comments + 1, str(error)) from None


def has_comments(text: str, separator: str) -> bool:
    """Whether lines that begin with # are comments: not where most do, nor a column called #."""
    first = text.lstrip()[:2]
    if first[:1] == COMMENT and first[1:] == separator != BLANK:
        return False
    marked = text.startswith(COMMENT) + text.count(f"\n{COMMENT}") + text.count(f"\r{COMMENT}")
    lines = text.count("\n") or text.count("\r")
    return marked > 0 and (marked * 2 <= lines + 1 or _begins_apart(text, marked))


def _begins_apart(text: str, marked: int) -> bool:
    """Whether all comments stand above the table, however many they are."""
    for above, line in enumerate(io.StringIO(text[: 100 * MOST_NAMED], newline=None)):
        if not line.startswith(COMMENT):
            return above == marked
    return False


def filled(cells: Sequence[str]) -> int:
    """How many cells there are before the empty ones at the end."""
    count = len(cells)
    while count and not cells[count - 1]:
        count -= 1
    return count


def with_corner(found: list[Row], separator: str) -> None:
    """The first row gets an empty cell where it lacks one above numbered rows, as R writes it."""
    first = len(found[0][1])
    if separator not in (BLANK, "\t") or len(found) < 2:
        return
    if all(len(row) == first + 1 and row[0] == str(i) for i, (_, row) in enumerate(found[1:], 1)):
        found[0][1].insert(0, "")


def shape(found: list[Row]) -> tuple[list[tuple[str, ...]], bool]:
    """The rows with equally many cells, and whether empty ones behind the last were left out.

    Raises `CsvError`, which names the first row of another length.
    """
    first = len(found[0][1])
    full = [filled(cells) for _, cells in found]
    width = min(first, max(full))
    for (at, cells), count in zip(found, full, strict=True):
        if count > first or len(cells) < width:
            top = str(found[0][0])
            places = {"row": str(at), "first": top}
            what = message("refusal.csv.width", count=len(cells), **places, other=first)
            raise CsvError(refusal(what, allowed=message("allowed.equal_rows")))
    trailing = any(len(cells) > width for _, cells in found)
    # Of few containers: the search for garbage goes through all the cells of each.
    return [tuple(cells[:width]) for _, cells in found], trailing
