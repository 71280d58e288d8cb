"""A row of the benchmark, and the table that rows are printed in."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypedDict

__all__ = ["Row", "absent", "attempt", "make_row", "met", "share", "table", "without"]


class Row(TypedDict):
    """What was measured, beside its reference and its target; numbers in `unit`, None if absent.

    The target is for `ours`, or for `ratio` where `of_ratio`; it is the most that is allowed, or
    the least where `at_least`. `untargeted` says why there is none, `excludes` what the figure
    does not include.
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
    untargeted: str
    excludes: str


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
    untargeted: str = "",
    excludes: str = "",
) -> Row:
    """A row whose ratio is ours / reference where both are there.

    ValueError for a figure that has neither a target nor a reason to have none, or that does not
    say what it leaves out.
    """
    if ours is not None and (target is None) != bool(untargeted):
        raise ValueError(f"{name}: a figure has a target, or says why it has none.")
    if ours is not None and not excludes:
        raise ValueError(f"{name}: a figure says what it does not include.")
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
        "untargeted": untargeted,
        "excludes": excludes,
    }


def without(excludes: str) -> Callable[..., Row]:
    """`make_row` for figures that all leave out the same, where they do not say otherwise."""
    return partial(make_row, excludes=excludes)


def absent(name: str, note: str) -> list[Row]:
    """The row of what could not be measured, and why."""
    return [make_row(name, None, "", note=note)]


def attempt(name: str, measured: Callable[..., Sequence[Row]], *given: Any) -> list[Row]:
    """The rows measured with what is given, or one that says how that failed: it ends no other."""
    try:
        return list(measured(*given))
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        return absent(name, f"failed: {type(error).__name__}: {told}")


def met(row: Row) -> bool | None:
    """Whether the target is reached; None where there is none, or nothing was measured."""
    value = row["ratio"] if row["of_ratio"] else row["ours"]
    if value is None or row["target"] is None:
        return None
    return value >= row["target"] if row["at_least"] else value <= row["target"]


def share(row: Row) -> float | None:
    """How much of what the target allows is used: up to 1 it is reached; None without any."""
    value = row["ratio"] if row["of_ratio"] else row["ours"]
    if not value or not row["target"]:
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
        return row["untargeted"] or "–"
    sign = "≥" if row["at_least"] else "≤"
    return f"{'ratio ' if row['of_ratio'] else ''}{sign} {_text(row['target'])}"


def _cells(row: Row) -> list[str]:
    reached = {True: "yes", False: "no", None: "–"}[met(row)]
    numbers = [_text(row["ours"]), row["unit"], _text(row["reference"]), _text(row["ratio"])]
    cells = [row["name"], *numbers, _target(row), reached, row["note"], row["excludes"]]
    return [cell.replace("|", "/") for cell in cells]


def table(title: str, rows: Iterable[Row], excludes: str = "") -> str:
    """The rows as a Markdown table under a heading, and what none of them includes."""
    columns = ["name", "ours", "unit", "reference", "ratio", "target", "reached", "note"]
    lines = [[*columns, "does not include"], *map(_cells, rows)]
    if not any(line[-1] for line in lines[1:]):
        lines = [line[:-1] for line in lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) + " |"
        for cells in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    told = [f"No figure here includes {excludes}.", ""] if excludes else []
    return "\n".join([f"### {title}", "", *told, drawn[0], rule, *drawn[1:], ""])
