"""What the columns of a table are for, and the own data that they make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

import engine
from components.data.csv_reading import Table, is_beyond, read_decimal
from components.data.failed_cells import failed, is_failed
from components.data.own import MOST_CLASSES, MOST_NAME
from components.data.sources import IntArray, RawData
from components.messages import Argument, Message, message, require
from components.refusal import short
from components.visible import visible

__all__ = ["KINDS", "ROLES", "Reading", "read_roles", "suggest_kind", "suggest_roles"]

ROLES: Final = ("input", "target", "ignored")
KINDS: Final = ("classes", "regression")
require(*(f"table.roles.{kind}" for kind in KINDS))
MOST_PROBLEMS: Final = 20
SHOWN_NAME: Final = 40
FEW_LABELS: Final = 10


@dataclass(frozen=True)
class Reading:
    """The own data of a table, or None and why: at most 20 problems of `count` in all."""

    raw: RawData | None
    problems: tuple[Message, ...]
    count: int


class _Problems:
    """What is wrong with the cells of a table: counted, the first of it told."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.count = 0
        self.told: list[Message] = []

    def _place(self, k: int) -> dict[str, Argument]:
        return {"column": str(k + 1), "name": self._table.names[k][:SHOWN_NAME]}

    def cells(self, k: int, rows: Sequence[int], what: Callable[[str], Message]) -> None:
        """Say of the cells of a column, rows from 0, what is wrong with each."""
        self.count += len(rows)
        for i in rows[: MOST_PROBLEMS - len(self.told)]:
            flaw, row = what(self._table.rows[i][k]), str(self._table.numbers[i])
            self.told.append(message("table.cell", row=row, flaw=flaw, **self._place(k)))

    def column(self, k: int, key: str, **places: Argument) -> None:
        """Say of a column what is wrong with it."""
        self.count += 1
        if len(self.told) < MOST_PROBLEMS:
            self.told.append(message(key, **places, **self._place(k)))


def _no_number(text: str) -> Message:
    if not text:
        return message("table.cell.empty")
    key = "table.cell.beyond" if is_beyond(text) else "table.cell.no_number"
    return message(key, text=short(text))


def _no_class(text: str) -> Message:
    return message("table.cell.failed", text=short(text))


def _is_numeric(table: Table, k: int) -> bool:
    """Whether most cells of a column are numbers: a wrong one then is a mistake, not a label."""
    wrong = table.column_numbers(k)[1]
    words = sum(not is_failed(table.rows[i][k]) for i in wrong)
    return len(wrong) < len(table.rows) and words * 2 < len(table.rows)


def suggest_roles(table: Table) -> list[str]:
    """The last column of texts, or else the last, is the target; other texts are ignored."""
    numeric = [_is_numeric(table, k) for k in range(len(table.names))]
    texts = [k for k, is_number in enumerate(numeric) if not is_number]
    target = texts[-1] if texts else len(numeric) - 1
    roles = ["input" if is_number else "ignored" for is_number in numeric]
    roles[target] = "target"
    return roles


def suggest_kind(table: Table, roles: Sequence[str]) -> str:
    """Classes for one target of texts or of few whole numbers, else numbers."""
    targets = [k for k, role in enumerate(roles) if role == "target"]
    if len(targets) != 1:
        return "regression"
    cells = table.column(targets[0])
    if not _is_numeric(table, targets[0]):
        return "classes"
    few = len(set(cells)) <= min(FEW_LABELS, max(2, len(cells) // 2))
    whole = all(cell.lstrip("+-").isdigit() for cell in cells)
    return "classes" if few and whole else "regression"


def _labels(table: Table, k: int, problems: _Problems) -> list[str]:
    """The names of the classes in order."""
    cells = table.column(k)
    empty = [i for i, cell in enumerate(cells) if not cell]
    problems.cells(k, empty, lambda _: message("table.cell.no_label"))
    problems.cells(k, failed(cells), _no_class)
    names = sorted(set(cells) - {""})
    try:
        names.sort(key=lambda name: read_decimal(name, table.decimal_comma))
    except ValueError:
        names.sort()
    if len(names) < 2 or len(names) > MOST_CLASSES:
        problems.column(k, "table.labels", labels=len(names), most=MOST_CLASSES)
    for name in names:
        if len(visible(name)) > MOST_NAME:
            places = {"label": short(name), "length": str(len(name)), "most": str(MOST_NAME)}
            problems.column(k, "table.long_label", **places)
    return names


def _classes(table: Table, k: int, problems: _Problems) -> tuple[IntArray, tuple[str, ...]]:
    """The class of each row, from 0, and the names of the classes."""
    names = _labels(table, k, problems)
    at = {name: i for i, name in enumerate(names)}
    labels = np.array([at.get(cell, 0) for cell in table.column(k)])
    return labels, tuple(map(visible, names))


def _rows(table: Table, columns: Sequence[int], problems: _Problems) -> engine.Array:
    """The numbers of columns, (columns, m)."""
    rows = []
    for k in columns:
        values, wrong = table.column_numbers(k)
        problems.cells(k, wrong, _no_number)
        rows.append(values)
    return np.array(rows)


def read_roles(table: Table, roles: Sequence[str], kind: str) -> Reading:
    """The own data of the columns, each with its role; one target for classes."""
    inputs = [k for k, role in enumerate(roles) if role == "input"]
    targets = [k for k, role in enumerate(roles) if role == "target"]
    if not inputs or not targets or (kind == "classes" and len(targets) > 1):
        told = message(f"table.roles.{kind}", inputs=len(inputs), targets=len(targets))
        return Reading(None, (told,), 1)
    problems = _Problems(table)
    x = _rows(table, inputs, problems)
    features = tuple(table.names[k] for k in inputs)
    if kind == "classes":
        raw = RawData(x, features, *_classes(table, targets[0], problems))
    else:
        y = _rows(table, targets, problems)
        raw = RawData(x, features, targets=y, outputs=tuple(table.names[k] for k in targets))
    return Reading(None if problems.count else raw, tuple(problems.told), problems.count)
