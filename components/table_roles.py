"""What the columns of a table are for, and the own data that they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

import engine
from components.csv_reading import Table, read_decimal
from components.data_sources import RawData
from components.own_data import MOST_CLASSES

__all__ = ["KINDS", "ROLES", "Reading", "read_roles", "suggest_kind", "suggest_roles"]

ROLES: Final = ("input", "target", "ignored")
KINDS: Final = ("classes", "regression")
MOST_PROBLEMS: Final = 20
FEW_LABELS: Final = 10


@dataclass(frozen=True)
class Reading:
    """The own data of a table, or None and why: at most 20 problems of `count` in all."""

    raw: RawData | None
    problems: tuple[str, ...]
    count: int


def _column(table: Table, k: int) -> list[str]:
    return [row[k] for row in table.rows]


def _numbers(table: Table, k: int) -> tuple[engine.Array, list[str]]:
    """The numbers of a column (m,), and a sentence for each cell that is none."""
    values = np.zeros(len(table.rows))
    problems = []
    for i, text in enumerate(_column(table, k)):
        try:
            values[i] = read_decimal(text, table.decimal_comma)
        except ValueError:
            shown = text if len(text) <= 40 else text[:37] + "…"
            what = f"“{shown}” is no number" if text else "the cell is empty"
            place = f"Row {table.numbers[i]}, column {k + 1} ({table.names[k][:40]})"
            problems.append(f"{place}: {what}.")
    return values, problems


def _is_numeric(table: Table, k: int) -> bool:
    """Whether most cells of a column are numbers: a wrong one then is a mistake, not a label."""
    return len(_numbers(table, k)[1]) * 2 < len(table.rows)


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
    cells = _column(table, targets[0])
    if not _is_numeric(table, targets[0]):
        return "classes"
    few = len(set(cells)) <= min(FEW_LABELS, max(2, len(cells) // 2))
    whole = all(cell.lstrip("+-").isdigit() for cell in cells)
    return "classes" if few and whole else "regression"


def _labels(table: Table, k: int) -> tuple[list[str], list[str]]:
    """The names of the classes in order, and a sentence for each cell without one."""
    cells = _column(table, k)
    empty = [i for i, cell in enumerate(cells) if not cell]
    place = f"column {k + 1} ({table.names[k][:40]})"
    problems = [f"Row {table.numbers[i]}, {place}: the label is empty." for i in empty]
    names = sorted(set(cells) - {""})
    try:
        names.sort(key=lambda name: read_decimal(name, table.decimal_comma))
    except ValueError:
        names.sort()
    if len(names) < 2 or len(names) > MOST_CLASSES:
        problems.append(
            f"{place[0].upper()}{place[1:]} has {len(names)} different labels. "
            f"Allowed: 2 to {MOST_CLASSES} classes; or take it as numbers."
        )
    long = [name for name in names if len(name) > 200]
    problems += [f"The label “{name[:37]}…” has {len(name)} characters, over 200." for name in long]
    return names, problems


def read_roles(table: Table, roles: Sequence[str], kind: str) -> Reading:
    """The own data of the columns, each with its role; one target for classes."""
    inputs = [k for k, role in enumerate(roles) if role == "input"]
    targets = [k for k, role in enumerate(roles) if role == "target"]
    if not inputs or not targets or (kind == "classes" and len(targets) > 1):
        one = "one target" if kind == "classes" else "one target or more"
        needed = f"Allowed: one input column or more, and {one}."
        told = f"There are {len(inputs)} inputs and {len(targets)} targets. {needed}"
        return Reading(None, (told,), 1)
    columns = [_numbers(table, k) for k in inputs]
    problems = [problem for _, found in columns for problem in found]
    x = np.array([values for values, _ in columns])
    features = tuple(table.names[k] for k in inputs)
    if kind == "classes":
        names, found = _labels(table, targets[0])
        at = {name: i for i, name in enumerate(names)}
        labels = np.array([at.get(cell, 0) for cell in _column(table, targets[0])])
        raw = RawData(x, features, labels, tuple(names))
        problems += found
    else:
        numbers = [_numbers(table, k) for k in targets]
        problems += [problem for _, found in numbers for problem in found]
        y = np.array([values for values, _ in numbers])
        outputs = tuple(table.names[k] for k in targets)
        raw = RawData(x, features, targets=y, outputs=outputs)
    return Reading(None if problems else raw, tuple(problems[:MOST_PROBLEMS]), len(problems))
