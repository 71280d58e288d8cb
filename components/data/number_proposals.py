"""How the numbers of a table were read: decimals, thousands, units, each shown on a cell."""

from collections.abc import Iterator, Sequence

import numpy as np

from components.data.cell_reading import COMMA, POINT, read_cell
from components.data.columns import Column
from components.data.csv_reading import Table
from components.data.proposal import Proposal, cell_place, plain_number
from components.data.table_roles import numbers_of
from components.messages import Message, message
from components.refusal import short

__all__ = ["decimals", "units"]


def _both(text: str) -> tuple[tuple[str, Message], ...]:
    """The two readings of a cell such as 1,250: with a decimal point, with a decimal comma."""
    cell = read_cell(text)
    assert cell is not None and cell.point is not None and cell.comma is not None
    comma = COMMA in text
    point = message(
        "table.read.comma_groups" if comma else "table.read.point_decimal",
        value=plain_number(cell.point),
    )
    other = message(
        "table.read.comma_decimal" if comma else "table.read.point_groups",
        value=plain_number(cell.comma),
    )
    return ("no", point), ("yes", other)


def _proof(columns: Sequence[Column], mark: str) -> str:
    """A cell that is a number with this decimal mark only."""
    for column in columns:
        if column.decided[mark]:
            other = column.comma if mark == POINT else column.point
            mine = column.point if mark == POINT else column.comma
            found = np.isnan(other) & ~np.isnan(mine)
            # A cell such as 3.25 says more than 0.0 does.
            places = np.flatnonzero(found & (mine != np.round(mine)))
            return short(column.texts[places[0] if len(places) else np.argmax(found)])
    return ""


def decimals(table: Table, used: Sequence[int]) -> Iterator[Proposal]:
    """How decimals were read, shown on a cell; where a cell is two numbers, both."""
    columns = [table.columns[k] for k in used]
    two = [k for k in used if table.columns[k].is_numeric and table.columns[k].ambiguous]
    asked = [k for k in two if table.marks[k] is None]
    if asked:
        k = asked[0]
        row = table.columns[k].ambiguous[0]
        told = message("table.ask.decimal", **cell_place(table, k, row))
        yield Proposal("decimal", (told,), _both(table.rows[row][k]), None)
    told_marks = {table.marks[k] for k in used if table.columns[k].decided}
    for mark in (POINT, COMMA):
        proof = _proof(columns, mark) if mark in told_marks else ""
        if not proof:
            continue
        cell = read_cell(proof)
        assert cell is not None
        value = cell.point if mark == POINT else cell.comma
        if value is not None:
            key = "table.told.point" if mark == POINT else "table.told.comma"
            yield Proposal("marks", (message(key, text=proof, value=plain_number(value)),))
    yield from _settled(table, [k for k in two if table.marks[k]])


def _settled(table: Table, settled: Sequence[int]) -> Iterator[Proposal]:
    """How a cell that is two numbers was read, and the other way."""
    if settled:
        k = settled[0]
        row = table.columns[k].ambiguous[0]
        values = numbers_of(table, k).values
        where = cell_place(table, k, row)
        told = message("table.told.settled", value=plain_number(float(values[row])), **where)
        chosen = "yes" if table.marks[k] == COMMA else "no"
        yield Proposal("decimal", (told,), _both(table.rows[row][k]), chosen)


def units(table: Table, used: Sequence[int]) -> Iterator[Proposal]:
    for k in used:
        column = table.columns[k]
        if column.is_numeric and (unit := column.unit):
            row = next(i for i, other in column.units.items() if other == unit)
            value = plain_number(float(numbers_of(table, k).values[row]))
            where = cell_place(table, k, row)
            told = message("table.told.unit", unit=short(unit), value=value, **where)
            yield Proposal("unit", (told,))
