"""A row of the benchmark and the table that rows are printed in."""

from collections.abc import Iterable
from typing import Any, TypedDict

__all__ = ["Row", "make_row", "print_rows"]


class Row(TypedDict):
    """What was measured, beside its reference and its target; numbers in `unit`, None if absent."""

    name: str
    ours: float | None
    reference: float | None
    ratio: float | None
    target: float | None
    unit: str
    note: str


def make_row(
    name: str,
    ours: float | None,
    unit: str,
    target: float | None = None,
    reference: float | None = None,
    note: str = "",
) -> Row:
    """A row whose ratio is ours / reference where both are there."""
    ratio = ours / reference if ours is not None and reference else None
    return {
        "name": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "target": target,
        "unit": unit,
        "note": note,
    }


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def print_rows(title: str, rows: Iterable[Row]) -> None:
    """Print the rows as a Markdown table, the same that the README quotes."""
    columns = ("name", "ours", "unit", "reference", "ratio", "target", "note")
    lines = [[_text(row[column]) for column in columns] for row in rows]  # type: ignore[literal-required]
    widths = [max(map(len, column)) for column in zip(columns, *lines, strict=True)]

    def line(cells: Iterable[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return "| " + " | ".join(padded) + " |"

    print(f"\n### {title}\n")
    print(line(columns))
    print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    for cells in lines:
        print(line(cells))
    print(flush=True)
