"""Every number of a training step as a table: CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

from components.config.fields import number_text
from components.config.texts import Config
from components.data.samples import load_samples
from components.export.training_step import TrainingStep
from components.messages import DEFAULT, render

__all__ = ["build_csv", "build_json"]

PER_SAMPLE: Final = ("x", "y", "z", "a", "delta")
MATRICES: Final = ("w", "dw", "w_after")


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


def _names(config: Config) -> dict[str, Any]:
    """What the data call the inputs and outputs; nothing of numbers that were typed."""
    if config.dataset == "by_hand":
        return {}
    raw = load_samples(config.data).raw
    classes = raw.classes if len(raw.classes) == config.sizes[-1] else raw.classes[1:]
    return {"names": {"inputs": list(raw.features), "outputs": list(raw.outputs or classes)}}


def build_json(step: TrainingStep, language: str = DEFAULT) -> str:
    """Every number of the step by symbol and layer, samples as columns, with what decides them.

    Of own data "data_steps" say what was done to their table.
    """
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
        **_names(config),
    }
    if step.data_steps:
        content["data_steps"] = [render(told, language) for told in step.data_steps]
    for (symbol, layer), array in step.values.items():
        if symbol in ("x", "y"):
            content[symbol] = array.tolist()
        elif symbol != "J":
            content.setdefault(symbol, {})[str(layer)] = array.tolist()
    lines = (f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"
