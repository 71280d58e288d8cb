"""Text of a spreadsheet or a CSV file read into a table, with what was found out about its form."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

import engine
from components import number_reading
from components.data.own import MOST_COLUMNS, MOST_NAME, MOST_ROWS
from components.messages import message
from components.refusal import RefusalError, refusal
from components.visible import visible

__all__ = [
    "MOST_BYTES",
    "CsvError",
    "Form",
    "Table",
    "is_beyond",
    "is_number",
    "read_decimal",
    "read_table",
]

MOST_BYTES: Final = 5_000_000
LOOKED_AT: Final = 50
MOST_BLANK: Final = 10_000  # rows, mostly blank ones, among which those are looked for
LARGEST: Final = 1e15
SEPARATORS: Final = ("\t", ";", ",")
QUOTE_OPEN: Final = "unexpected end of data"
CELL_LONG: Final = "field larger than field limit"


class CsvError(RefusalError):
    """A text that is no table; what is told names the row where there is one."""


@dataclass(frozen=True)
class Form:
    """How a text is to be read; None is found out from the text."""

    separator: str | None = None
    header: bool | None = None
    decimal_comma: bool | None = None


@dataclass(frozen=True)
class Table:
    """The cells as texts, each row as long as the first; `numbers` are the rows' in the file."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    separator: str
    header: bool
    decimal_comma: bool
    _read: dict[int, tuple[engine.Array, list[int]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def column(self, k: int) -> list[str]:
        """The cells of a column, from 0."""
        return [row[k] for row in self.rows]

    def column_numbers(self, k: int) -> tuple[engine.Array, list[int]]:
        """The numbers of a column (m,), and the rows from 0 whose cell is none: they are 0.

        Read once: what a column is for is asked before it is used, and reading is most of the time.
        """
        if k not in self._read:
            values, wrong = np.zeros(len(self.rows)), []
            for i, text in enumerate(self.column(k)):
                try:
                    values[i] = read_decimal(text, self.decimal_comma)
                except ValueError:
                    wrong.append(i)
            self._read[k] = values, wrong
        return self._read[k]


def read_decimal(text: str, decimal_comma: bool) -> float:
    """The float64 of a cell, within ±10¹⁵; raises ValueError for what is no such number."""
    value = number_reading.read_decimal(text, decimal_comma)
    if not abs(value) <= LARGEST:
        raise ValueError(text)
    return value


def is_number(text: str) -> bool:
    """Whether a cell is written as a decimal, with a point or a comma, however large."""
    try:
        number_reading.read_decimal(text, decimal_comma="," in text)
    except ValueError:
        return False
    return True


def is_beyond(text: str) -> bool:
    """Whether a cell is a number too large to be read."""
    return is_number(text) and not (
        abs(number_reading.read_decimal(text, decimal_comma="," in text)) <= LARGEST
    )


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


def _records(text: str, separator: str, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first `most` that is not blank with its number, cells stripped.

    Raises `CsvError`, which names the row.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    at = 0
    try:
        for at, cells in enumerate(islice(reader, most), 1):
            if not cells:
                continue
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield at, stripped
    except csv.Error as error:
        raise _unreadable(at + 1, str(error)) from None


def _widths(text: str, separator: str) -> tuple[list[int], bool]:
    """How many cells the first rows have, and whether all of them could be read."""
    found: list[int] = []
    try:
        for _, cells in islice(_records(text, separator, MOST_BLANK), LOOKED_AT):
            found.append(len(cells))
    except CsvError:
        return found, False
    return found, True


def _separator(text: str) -> str:
    """The first separator that gives equally long rows of two or more; else the one seen most.

    A text that one separator divides until a quote goes wrong is not that of another.
    """
    seen = {}
    for separator in SEPARATORS:
        found, whole = _widths(text, separator)
        if whole and len(set(found)) == 1 and found[0] > 1:
            return separator
        seen[separator] = sum(found) - len(found)
    most = max(seen, key=lambda separator: seen[separator])
    return most if seen[most] else ","


def _shaped(text: str, separator: str) -> tuple[list[int], list[tuple[str, ...]]]:
    """The numbers of all rows and their cells, equally many in each, within the limits."""
    # Of few containers: the search for garbage goes through all the cells of each.
    numbers: list[int] = []
    rows: list[tuple[str, ...]] = []
    for at, cells in _records(text, separator):
        if len(cells) > MOST_COLUMNS:
            what = message("refusal.csv.columns", row=str(at), columns=len(cells))
            raise CsvError(refusal(what, allowed=message("allowed.at_most", most=MOST_COLUMNS)))
        if rows and len(cells) != len(rows[0]):
            what = message(
                "refusal.csv.width",
                row=str(at),
                count=len(cells),
                first=str(numbers[0]),
                other=len(rows[0]),
            )
            raise CsvError(refusal(what, allowed=message("allowed.equal_rows")))
        if len(rows) > MOST_ROWS + 1:  # one more than a header and the most
            break
        numbers.append(at)
        rows.append(tuple(cells))
    return numbers, rows


def read_table(text: str, form: Form | None = None) -> Table:
    """The table of a text; what the form leaves open is found out.

    A header is a first row without a number. Commas are decimal where they do not separate, some
    cell has one between digits, and none has a point. Raises `CsvError`.
    """
    form = form or Form()
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise CsvError(message("refusal.csv.large", most=MOST_BYTES // 10**6))
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        what = message("refusal.csv.binary")
        raise CsvError(refusal(what, allowed=message("allowed.separated_text")))
    separator = form.separator or _separator(text)
    numbers, rows = _shaped(text, separator)
    if not rows:
        what = message("refusal.csv.empty")
        raise CsvError(refusal(what, allowed=message("allowed.rows_of_cells")))
    first = rows[0]
    header = not any(map(is_number, first)) if form.header is None else form.header
    body = rows[header:]
    if not 1 <= len(body) <= MOST_ROWS:
        what = message("refusal.csv.rows" if body else "refusal.csv.no_row", most=MOST_ROWS)
        raise CsvError(refusal(what, allowed=message("allowed.range", low=1, high=MOST_ROWS)))
    plain = [f"column {k}" for k in range(1, len(first) + 1)]
    named = [visible(cell)[:MOST_NAME] or plain[k] for k, cell in enumerate(first)]
    names = named if header else plain
    decimal = _has_decimal_commas(body) if form.decimal_comma is None else form.decimal_comma
    return Table(
        tuple(names),
        tuple(body),
        tuple(numbers[header:]),
        separator,
        header,
        decimal and separator != ",",
    )


def _has_decimal_commas(rows: list[tuple[str, ...]]) -> bool:
    numbers = [cell for row in rows[:LOOKED_AT] for cell in row if is_number(cell)]
    return any("," in cell for cell in numbers) and not any("." in cell for cell in numbers)
