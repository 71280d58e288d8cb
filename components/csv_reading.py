"""Text of a spreadsheet or a CSV file read into a table, with what was found out about its form."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from components.own_data import MOST_COLUMNS, MOST_ROWS

__all__ = ["MOST_BYTES", "CsvError", "Form", "Table", "read_decimal", "read_table"]

MOST_BYTES: Final = 5_000_000
LOOKED_AT: Final = 50
LARGEST: Final = 1e15
SEPARATORS: Final = ("\t", ";", ",")
POINT: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
COMMA: Final = re.compile(r"[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?", re.ASCII)


class CsvError(ValueError):
    """A text that is no table; the message names the row where there is one and what is allowed."""


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


def read_decimal(text: str, decimal_comma: bool) -> float:
    """The float64 of a cell, within ±10¹⁵; raises ValueError for what is no such number."""
    text = text.replace("\N{MINUS SIGN}", "-")
    if len(text) > 60 or not (COMMA if decimal_comma else POINT).fullmatch(text):
        raise ValueError(text)
    value = float(text.replace(",", "."))
    if not abs(value) <= LARGEST:
        raise ValueError(text)
    return value


def _is_number(text: str) -> bool:
    return bool(POINT.fullmatch(text) or COMMA.fullmatch(text))


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with its number, cells stripped; `CsvError` names its row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    at = 0
    try:
        for at, cells in enumerate(reader, 1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield at, stripped
    except csv.Error as error:
        raise CsvError(
            f"Row {at + 1} cannot be read: {error}. Allowed: cells with a separator between them, "
            "quoted as “a”, a quote within doubled."
        ) from None


def _separator(text: str) -> str:
    """The first separator that gives equally long rows of two or more; else the one seen most."""
    widths = {}
    for separator in SEPARATORS:
        try:
            found = [len(cells) for _, cells in islice(_records(text, separator), LOOKED_AT)]
        except CsvError:
            continue
        widths[separator] = found
        if len(set(found)) == 1 and found[0] > 1:
            return separator
    return max(widths, key=lambda separator: sum(widths[separator]), default=",")


def _shaped(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """All rows, equally long, within the limits."""
    rows: list[tuple[int, list[str]]] = []
    for at, cells in _records(text, separator):
        if len(cells) > MOST_COLUMNS:
            raise CsvError(f"Row {at} has {len(cells)} columns. Allowed: at most {MOST_COLUMNS}.")
        if rows and len(cells) != len(rows[0][1]):
            first, width = rows[0][0], len(rows[0][1])
            raise CsvError(
                f"Row {at} has {len(cells)} cell{'s' * (len(cells) != 1)}, row {first} has {width}."
                " Allowed: equally many in each row."
            )
        if len(rows) > MOST_ROWS + 1:  # one more than a header and the most
            break
        rows.append((at, cells))
    return rows


def read_table(text: str, form: Form | None = None) -> Table:
    """The table of a text; what the form leaves open is found out.

    A header is a first row without a number. Commas are decimal where they do not separate, some
    cell has one between digits, and none has a point. Raises `CsvError`.
    """
    form = form or Form()
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise CsvError(f"The text is larger than {MOST_BYTES // 10**6} MB, the most that is read.")
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise CsvError("This is not a text but a binary file. Allowed: a text with separators.")
    separator = form.separator or _separator(text)
    rows = _shaped(text, separator)
    if not rows:
        raise CsvError("The text is empty. Allowed: rows of cells with a separator between them.")
    first = rows[0][1]
    header = not any(map(_is_number, first)) if form.header is None else form.header
    body = rows[1:] if header else rows
    if not 1 <= len(body) <= MOST_ROWS:
        has = "no row" if not body else f"more than {MOST_ROWS:,} rows"
        raise CsvError(f"The table has {has} of data. Allowed: 1 to {MOST_ROWS:,}.")
    plain = [f"column {k}" for k in range(1, len(first) + 1)]
    names = [cell[:200] or plain[k] for k, cell in enumerate(first)] if header else plain
    cells = [tuple(row) for _, row in body]
    decimal = _has_decimal_commas(cells) if form.decimal_comma is None else form.decimal_comma
    return Table(
        tuple(names),
        tuple(cells),
        tuple(at for at, _ in body),
        separator,
        header,
        decimal and separator != ",",
    )


def _has_decimal_commas(rows: list[tuple[str, ...]]) -> bool:
    numbers = [cell for row in rows[:LOOKED_AT] for cell in row if _is_number(cell)]
    return any("," in cell for cell in numbers) and not any("." in cell for cell in numbers)
