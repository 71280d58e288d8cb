"""A row of the benchmark, and the table that rows are printed in."""

from collections.abc import Iterable
from typing import Any, TypedDict

__all__ = ["Row", "make_row", "met", "share", "table"]


class Row(TypedDict):
    """What was measured, beside its reference and its target; numbers in `unit`, None if absent.

    The target is for `ours`, or for `ratio` where `of_ratio`; it is the most that is allowed, or
    the least where `at_least`.
    """

    name: str
    ours: float | None
    reference: float | None
    ratio: float | None
    target: float | None
    of_ratio: bool
    at_least: bool
    unit: str
    note: str


def make_row(
    name: str,
    ours: float | None,
    unit: str,
    target: float | None = None,
    reference: float | None = None,
    note: str = "",
    *,
    of_ratio: bool = False,
    at_least: bool = False,
) -> Row:
    """A row whose ratio is ours / reference where both are there."""
    ratio = ours / reference if ours is not None and reference else None
    return {
        "name": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "target": target,
        "of_ratio": of_ratio,
        "at_least": at_least,
        "unit": unit,
        "note": note,
    }


def met(row: Row) -> bool | None:
    """Whether the target is reached; None where there is none, or nothing was measured."""
    value = row["ratio"] if row["of_ratio"] else row["ours"]
    if value is None or row["target"] is None:
        return None
    return value >= row["target"] if row["at_least"] else value <= row["target"]


def share(row: Row) -> float | None:
    """How much of what the target allows is used: up to 1 it is reached; None without any."""
    value = row["ratio"] if row["of_ratio"] else row["ours"]
    if value is None or not row["target"]:
        return None
    return row["target"] / value if row["at_least"] else value / row["target"]


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _target(row: Row) -> str:
    if row["target"] is None:
        return "–"
    sign = "≥" if row["at_least"] else "≤"
    return f"{'ratio ' if row['of_ratio'] else ''}{sign} {_text(row['target'])}"


def _cells(row: Row) -> list[str]:
    reached = {True: "yes", False: "no", None: "–"}[met(row)]
    numbers = [_text(row["ours"]), row["unit"], _text(row["reference"]), _text(row["ratio"])]
    return [row["name"], *numbers, _target(row), reached, row["note"]]


def table(title: str, rows: Iterable[Row]) -> str:
    """The rows as a Markdown table under a heading."""
    columns = ["name", "ours", "unit", "reference", "ratio", "target", "reached", "note"]
    lines = [columns, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) + " |"
        for cells in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([f"### {title}", "", drawn[0], rule, *drawn[1:], ""])
