"""Text of a spreadsheet or a CSV file read into a table, with what was found out about its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from components.data.cell_reading import COMMA, POINT
from components.data.columns import Column, decimal_marks, scan
from components.data.csv_rows import CsvError
from components.data.decoding import MOST_BYTES
from components.data.header import has_header
from components.data.own import MOST_NAME, MOST_ROWS
from components.data.records import Records, read_records
from components.messages import message
from components.refusal import refusal
from components.visible import visible

__all__ = ["MOST_BYTES", "CsvError", "Form", "Table", "read_table"]


@dataclass(frozen=True)
class Form:
    """How a text is to be read; None is found out from the text."""

    separator: str | None = None
    header: bool | None = None
    decimal_comma: bool | None = None


@dataclass(frozen=True)
class Table:
    """The cells as texts, each row as long as the first; `numbers` are the rows' in the file.

    `asked` are the questions that the text itself does not answer: "separator", "header" or
    "decimal"; what stands here is then the first of the two answers.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    separator: str
    header: bool
    form: Form
    records: Records
    first: tuple[str, ...] = ()
    unsure: tuple[str, ...] = field(default=())

    def column(self, k: int) -> list[str]:
        """The cells of a column, from 0."""
        return [row[k] for row in self.rows]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Each column looked at, once: what it is for is asked before it is used."""
        return tuple(scan(self.column(k)) for k in range(len(self.names)))

    @cached_property
    def marks(self) -> tuple[str | None, ...]:
        """The decimal mark of each column, None where it has to be asked for."""
        forced = self.form.decimal_comma
        mark = None if forced is None else COMMA if forced else POINT
        return tuple(decimal_marks(self.columns, mark))

    @property
    def decimal_comma(self) -> bool:
        """Whether most columns that are read with a mark have a comma."""
        if self.form.decimal_comma is not None:
            return self.form.decimal_comma
        told = [m for c, m in zip(self.columns, self.marks, strict=True) if m and c.decided]
        return told.count(COMMA) * 2 > len(told)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions that nothing in the text decides."""
        return (*self.unsure, *(("decimal",) if None in self.marks else ()))


def _checked(text: str) -> str:
    """A text that may be a table: not too long, not binary, without its mark of byte order."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise CsvError(message("refusal.csv.large", most=MOST_BYTES // 10**6))
    if "\0" in text:
        what = message("refusal.csv.binary")
        raise CsvError(refusal(what, allowed=message("allowed.separated_text")))
    return text.removeprefix("\ufeff")


def _names(first: Sequence[str], header: bool) -> tuple[str, ...]:
    plain = [f"column {k}" for k in range(1, len(first) + 1)]
    named = [visible(cell)[:MOST_NAME] or plain[k] for k, cell in enumerate(first)]
    return tuple(named if header else plain)


def read_table(text: str, form: Form | None = None) -> Table:
    """The table of a text; what the form leaves open is found out, or stands among its questions.

    Raises `CsvError`.
    """
    form = form or Form()
    records = read_records(_checked(text), form.separator)
    rows = records.rows
    header, sure = has_header(rows) if form.header is None else (form.header, True)
    body = rows[header:]
    if not 1 <= len(body) <= MOST_ROWS:
        what = message("refusal.csv.rows" if body else "refusal.csv.no_row", most=MOST_ROWS)
        raise CsvError(refusal(what, allowed=message("allowed.range", low=1, high=MOST_ROWS)))
    unsure: Mapping[str, bool] = {"separator": records.torn, "header": not sure}
    return Table(
        _names(rows[0], header),
        tuple(body),
        tuple(records.numbers[header:]),
        records.separator,
        header,
        form,
        records,
        rows[0],
        tuple(name for name, asked in unsure.items() if asked),
    )
