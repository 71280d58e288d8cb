"""The training step on the stage as a file: worksheet, numbers or program."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from components.exchange import RequestError, read_stage
from components.fields import number_text
from components.program import numpy_program, torch_program
from components.training_step import TrainingStep, told_where_it_stops
from components.worksheet import latex_worksheet, markdown_worksheet

__all__ = ["EXPORT", "FORMATS", "answer_export", "build_csv", "build_json"]

EXPORT: Final = ("format", "solutions", "digits")

PER_SAMPLE: Final = ("x", "y", "z", "a", "delta")
MATRICES: Final = ("w", "dw", "w_after")
LEAST_DIGITS: Final = 2
MOST_DIGITS: Final = 17
DIGITS: Final = 6


def _entries(step: TrainingStep) -> Iterator[tuple[str, int, int, int | str, int | str, float]]:
    """Every number with its place, counted from 1; what has no column or sample leaves it empty."""
    for (symbol, layer), array in step.values.items():
        for row, numbers in enumerate(array.tolist(), 1):
            for at, value in enumerate(numbers, 1):
                col = at if symbol in MATRICES else ""
                sample = at if symbol in PER_SAMPLE else ""
                yield symbol, layer, row, col, sample, value


def build_csv(step: TrainingStep) -> str:
    """Every number of the step: symbol, layer, row, col, sample, value (reads back as itself)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("symbol", "layer", "row", "col", "sample", "value"))
    writer.writerows((*place, number_text(value)) for *place, value in _entries(step))
    return out.getvalue()


def build_json(step: TrainingStep) -> str:
    """Every number of the step by symbol and layer, samples as columns, with what decides them."""
    config = step.config
    content: dict[str, Any] = {
        "sizes": list(config.sizes),
        "activations": config.activations,
        "loss": config.loss,
        "learning_rate": config.learning_rate,
        "update_biases": config.update_biases,
        "step": step.iteration + 1,
        "samples": len(config.x),
        "J": step.J,
    }
    for (symbol, layer), array in step.values.items():
        if symbol in ("x", "y"):
            content[symbol] = array.tolist()
        elif symbol != "J":
            content.setdefault(symbol, {})[str(layer)] = array.tolist()
    lines = (f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _worksheet(
    build: Callable[[TrainingStep, bool, int], str], step: TrainingStep, asked: Mapping[str, Any]
) -> str:
    solutions, digits = asked.get("solutions", False), asked.get("digits", DIGITS)
    if type(solutions) is not bool:
        raise RequestError(f"solutions: {solutions!r:.60} cannot be used. Allowed: true or false.")
    if type(digits) is not int or not LEAST_DIGITS <= digits <= MOST_DIGITS:
        allowed = f"a whole number from {LEAST_DIGITS} to {MOST_DIGITS}"
        raise RequestError(f"digits: {digits!r:.60} cannot be used. Allowed: {allowed}.")
    return build(step, solutions, digits)


def _plain(
    build: Callable[[TrainingStep], str], step: TrainingStep, asked: Mapping[str, Any]
) -> str:
    return build(step)


Build = Callable[[TrainingStep, Mapping[str, Any]], str]
# What follows the network and the step in the file's name, and what builds the text.
FORMATS: Final[Mapping[str, tuple[str, Build]]] = {
    "markdown": (".md", partial(_worksheet, markdown_worksheet)),
    "latex": (".tex", partial(_worksheet, latex_worksheet)),
    "csv": (".csv", partial(_plain, build_csv)),
    "json": (".json", partial(_plain, build_json)),
    "torch": ("-torch.py", partial(_plain, torch_program)),
    "numpy": ("-numpy.py", partial(_plain, numpy_program)),
}


def answer_export(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with one file: {"name", "text"}, or {"refused"} where the step overflows.

    `format` is one of FORMATS; worksheets heed `solutions` (bool) and `digits`. Raises as
    `read_stage`, and `RequestError` for what no page of ours sends.
    """
    asked = body.get("format")
    if not isinstance(asked, str) or asked not in FORMATS:
        raise RequestError(
            f"format: {asked!r:.60} cannot be used. Allowed: one of {', '.join(FORMATS)}."
        )
    ending, build = FORMATS[asked]
    suffix = ("-solutions" if body.get("solutions") else "-worksheet") + ending
    ending = suffix if asked in ("markdown", "latex") else ending
    return told_where_it_stops(
        read_stage(body),
        lambda step: {"name": step.name + ending, "text": build(step, body)},
    )
