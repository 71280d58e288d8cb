"""What is wrong with the cells of a table: counted, the first of it told by row and column."""

from collections.abc import Callable, Sequence, Set
from typing import Final

from components.data.cell_reading import COMMA, LARGEST, POINT, read_cell
from components.data.csv_reading import Table
from components.data.own import MOST_NAME
from components.messages import Argument, Message, message
from components.refusal import short
from components.visible import visible

__all__ = ["SHOWN_NAME", "Problems", "place"]

MOST_PROBLEMS: Final = 20
SHOWN_NAME: Final = 40
SIGNS: Final = "+-\N{MINUS SIGN}"


def place(table: Table, k: int) -> dict[str, Argument]:
    """A column as sentences name it: its number from 1 and its name."""
    return {"column": str(k + 1), "name": table.names[k][:SHOWN_NAME]}


def _is_torn(text: str) -> bool:
    """Whether a cell is the end of a number, as e400: a comma before it has separated."""
    word = text.lstrip(SIGNS)
    digits = word[1:].lstrip(SIGNS)
    return word[:1] in ("e", "E") and digits.isascii() and digits.isdigit()


def _is_beyond(text: str) -> bool:
    cell = read_cell(text)
    value = None if cell is None else cell.comma if cell.point is None else cell.point
    return value is not None and not abs(value) <= LARGEST


class Problems:
    """What is wrong with the cells of a table: all of it counted, at most 20 told."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.count = 0
        self.told: list[Message] = []

    def cells(self, k: int, rows: Sequence[int], what: Callable[[str], Message]) -> None:
        """Say of the cells of a column, rows from 0, what is wrong with each."""
        self.count += len(rows)
        for i in rows[: MOST_PROBLEMS - len(self.told)]:
            flaw, row = what(self._table.rows[i][k]), str(self._table.numbers[i])
            self.told.append(message("table.cell", row=row, flaw=flaw, **place(self._table, k)))

    def column(self, k: int, key: str, **places: Argument) -> None:
        """Say of a column what is wrong with it."""
        self.table(key, **places, **place(self._table, k))

    def table(self, key: str, **places: Argument) -> None:
        """Say of the whole table what is wrong with it."""
        self.count += 1
        if len(self.told) < MOST_PROBLEMS:
            self.told.append(message(key, **places))

    def no_number(self, k: int, text: str) -> Message:
        """Why a cell of a column of numbers is none of them."""
        if _is_beyond(text):
            return message("table.cell.beyond", text=short(text))
        cell, unit = read_cell(text), self._table.columns[k].unit
        if cell is not None and cell.unit != unit:
            key = "table.cell.other_unit" if unit else "table.cell.unit"
            return message(key, text=short(text), unit=short(unit or cell.unit))
        if cell is not None:
            mark = self._table.marks[k]
            return message(
                "table.cell.comma" if mark == COMMA else "table.cell.point", text=short(text)
            )
        return message("table.cell.no_number", text=short(text))

    @staticmethod
    def no_class(text: str) -> Message:
        """Why a cell is the label of no class."""
        return message("table.cell.failed", text=short(text))

    def torn(self, k: int) -> list[int]:
        """The rows whose cell stands for a number that failed, or is the end of one."""
        column = self._table.columns[k]
        torn = [i for i in column.words if _is_torn(column.texts[i])] if column.numbers else []
        return sorted((*column.failed, *torn))

    def labels(self, k: int) -> list[str]:
        """The labels of a column: equal numbers are one label however they are written."""
        column = self._table.columns[k]
        if not column.is_numeric:
            return column.texts
        values = column.read(self._table.marks[k] or POINT).values.tolist()
        read = zip(values, column.texts, strict=True)
        return [text if value != value else f"{value:.15g}" for value, text in read]

    def class_names(self, k: int, labels: Set[str]) -> list[str]:
        """The names of classes in order: of numbers, else of the alphabet."""
        names = sorted(labels)
        for name in names:
            if len(visible(name)) > MOST_NAME:
                places = {"label": short(name), "length": str(len(name)), "most": str(MOST_NAME)}
                self.column(k, "table.long_label", **places)
        try:
            return sorted(names, key=float) if self._table.columns[k].is_numeric else names
        except ValueError:
            return names
