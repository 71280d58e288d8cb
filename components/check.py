"""The gradient check of the stage: every derivative twice, the verdict in words, the table."""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

import engine
from components.exchange import read_stage
from components.fields import ACTIVATIONS, number_text
from components.notation import literal, plain
from components.training_step import TrainingStep, told_where_it_stops
from engine.numerical import FLOOR, STEP

__all__ = ["MOST_PARAMETERS", "THRESHOLD", "answer_check"]

THRESHOLD: Final = 1e-5
MOST_PARAMETERS: Final = 5000
MOST_LISTED: Final = 200
KINKED: Final = ("relu", "leaky_relu")
NAMES: Final = {"dw": "∂J/∂w", "db": "∂J/∂b"}

# symbol, layer, row, col (0 for a bias), analytic, numerical, relative error
Row = tuple[str, int, int, int, float, float, float]


def _rows(table: engine.GradientTable, J: float) -> list[Row]:
    """Both derivatives of every parameter with their relative error, as in `gradient_table`."""
    floor = FLOOR * max(1.0, J)
    rows: list[Row] = []
    for symbol, analytic, numerical in (
        ("dw", table.dw, table.dw_numerical),
        ("db", table.db, table.db_numerical),
    ):
        for layer, g in analytic.items():
            n = numerical[layer]
            error = np.abs(g - n) / np.maximum(np.maximum(np.abs(g), np.abs(n)), floor)
            for j, k in np.ndindex(g.shape):
                col = k + 1 if symbol == "dw" else 0
                numbers = (float(g[j, k]), float(n[j, k]), float(error[j, k]))
                rows.append((symbol, layer, j + 1, col, *numbers))
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


def _kinks(step: TrainingStep) -> list[str]:
    """The z_j^l of relu and leaky_relu that one moved parameter may carry across 0."""
    found = []
    largest = max(float(np.abs(array).max()) for array in step.net.w.values())
    for l in step.net.w:
        if step.net.activation(l) not in KINKED:
            continue
        before = step.values["x" if l == 2 else "a", l - 1]
        reach = STEP * max(1.0, largest) * max(1.0, float(np.abs(before).max()))
        near = (np.abs(step.values["z", l]) <= reach).any(axis=1)
        found += [plain("z", l, j + 1) for j in np.flatnonzero(near).tolist()]
    return found


def _kinks_sentence(step: TrainingStep) -> str:
    found = _kinks(step)
    if not found:
        return ""
    shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    kinds = {ACTIVATIONS[name] for name in step.net.activations if name in KINKED}
    return (
        f"{shown} {'is' if len(found) == 1 else 'are'} so close to 0 that the step may cross the "
        f"kink of {' and '.join(sorted(kinds))}, where the numerical derivative is the mean of "
        "both slopes: a difference there says nothing."
    )


def _checked(step: TrainingStep) -> dict[str, Any]:
    x, y = step.config.columns()
    table = engine.gradient_table(step.net, x, y)
    largest = table.largest_relative_error
    # A nan compares as False: what could not be computed does not agree.
    agree = largest <= THRESHOLD
    rows = _rows(table, step.J)
    worst = rows
    if len(rows) > MOST_LISTED:
        worst = sorted(rows, key=lambda row: row[-1], reverse=True)[:MOST_LISTED]
    verdict = "agree" if agree else "do not agree"
    return {
        "agree": agree,
        "verdict": f"The analytic and the numerical gradient {verdict}: "
        f"largest relative error {literal(largest)}.",
        "kinks": _kinks_sentence(step),
        "count": len(rows),
        "rows": [_listed(row) for row in worst],
        "name": f"{step.name}-gradient-check.csv",
        "text": _csv(rows),
    }


def answer_check(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the verdict, the rows to list and all of them as a file, or {"refused"}.

    Central differences cost two forward passes a parameter, so that networks with more than
    MOST_PARAMETERS are refused. Raises as `read_stage`.
    """
    stage = read_stage(body)
    count = sum(array.size for layers in (stage.net.w, stage.net.b) for array in layers.values())
    if count > MOST_PARAMETERS:
        text = (
            f"This network has {count:,} weights and biases. The check takes two forward passes "
            f"for each, so it stops at {MOST_PARAMETERS:,}: make the layers smaller."
        )
        return {"refused": {"field": None, "text": text}}
    return told_where_it_stops(stage, _checked)
