"""The gradient check of the stage: every derivative twice, the verdict in words, the table."""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

import engine
from components.config.check_limits import MOST_WORK, THRESHOLD
from components.config.fields import ACTIVATIONS, number_text
from components.export.training_step import TrainingStep, told_where_it_stops
from components.messages import Argument, Message, message
from components.notation import literal, plain
from components.refusal import RefusalError
from components.requests.reading import read_stage

__all__ = ["answer_check"]

MOST_LISTED: Final = 200
MOST_NAMED: Final = 5
NAMES: Final = {"dw": "∂J/∂w", "db": "∂J/∂b"}

# symbol, layer, row, col (0 for a bias), analytic, numerical, relative error
Row = tuple[str, int, int, int, float, float, float]


def _rows(table: engine.GradientTable) -> list[Row]:
    """Both derivatives of every parameter with their relative error."""
    rows: list[Row] = []
    for symbol in ("dw", "db"):
        analytic, numerical, errors = (
            getattr(table, symbol + part) for part in ("", "_numerical", "_error")
        )
        for layer, g in analytic.items():
            columns = (found[layer].ravel().tolist() for found in (analytic, numerical, errors))
            for i, numbers in enumerate(zip(*columns, strict=True)):
                j, k = divmod(i, g.shape[1])
                rows.append((symbol, layer, j + 1, k + 1 if symbol == "dw" else 0, *numbers))
    return rows


def _csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("symbol", "layer", "row", "col", "analytic", "numerical", "relative_error"))
    for symbol, layer, row, col, *numbers in rows:
        writer.writerow((symbol, layer, row, col or "", *map(number_text, numbers)))
    return out.getvalue()


def _listed(row: Row) -> list[Any]:
    symbol, layer, j, k, *numbers = row
    return [plain(NAMES[symbol], layer, *([j, k] if k else [j])), *numbers]


def _kinks_sentence(step: TrainingStep, table: engine.GradientTable) -> str | Message:
    """The z_j^l that every step carries across a kink of their activation."""
    found = [
        plain("z", l, j + 1)
        for l, kinks in table.kinks.items()
        for j in np.flatnonzero(kinks).tolist()
    ]
    if not found:
        return ""
    shown: Argument = ", ".join(found[:MOST_NAMED])
    if len(found) > MOST_NAMED:
        shown = message("list.more", listed=shown, more=len(found) - MOST_NAMED)
    kinds = {name for name in step.net.activations if engine.ACTIVATIONS[name].kinks}
    called = sorted((ACTIVATIONS[name] for name in kinds), key=str)
    return message("check.kinks", count=len(found), values=shown, activations=called)


def _checked(step: TrainingStep) -> dict[str, Any]:
    x, y = step.config.columns()
    table = engine.gradient_table(step.net, x, y)
    largest = table.largest_relative_error
    # A nan compares as False: what could not be computed does not agree.
    agree = largest <= THRESHOLD
    rows = _rows(table)
    worst = rows
    if len(rows) > MOST_LISTED:
        worst = sorted(rows, key=lambda row: row[-1], reverse=True)[:MOST_LISTED]
    verdict = "check.agree" if agree else "check.disagree"
    return {
        "agree": agree,
        "verdict": message(verdict, error=literal(largest)),
        "kinks": _kinks_sentence(step, table),
        "count": len(rows),
        "rows": [_listed(row) for row in worst],
        "name": f"{step.name}-gradient-check.csv",
        "text": _csv(rows),
    }


def answer_check(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the verdict, the rows to list and all of them as a file.

    Central differences cost some forward passes a neuron and sample, so that more than MOST_WORK
    of `engine.gradient_work` is refused: every network that is allowed has less with one sample.
    Raises `RefusalError` for that, and as `read_stage`.
    """
    stage = read_stage(body)
    m = len(stage.config.x)
    work = engine.gradient_work(stage.net, m)
    if work > MOST_WORK:
        most = MOST_WORK // engine.gradient_work(stage.net, 1)
        told = message(
            "refusal.check.work",
            samples=str(m),
            products=f"{work / 1e9:.0f}",
            limit=MOST_WORK // 10**9,
            count=most,
        )
        raise RefusalError(told)
    return told_where_it_stops(stage, _checked)
