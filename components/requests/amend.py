"""One number or one whole matrix of the stage changed, everything else bit for bit as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import engine
from components import ids
from components.config.fields import TEXT_MAX, FieldError, number_text
from components.config.stage import Stage
from components.config.texts import Config, read_config, write_config
from components.config.typed_numbers import ALLOWED, EditError, read_matrix, read_number
from components.messages import message, render
from components.notation import given, plain
from components.requests.reading import read_stage, refuse
from components.visible import visible
from components.wire import write_weights

__all__ = ["AMEND", "answer_amend"]

AMEND = ("symbol", "layer", "row", "col", "text")

FIELD_OF = {"x": ids.SAMPLE_X, "y": ids.SAMPLE_Y}


@dataclass(frozen=True)
class Change:
    """What is to be changed: a symbol of a layer, one entry (row, col) of it or all; the text."""

    symbol: str
    layer: int
    row: int | None
    col: int | None
    text: str

    @property
    def name(self) -> str:
        """The symbol as the page writes it, x and y without their layer."""
        layer = None if self.symbol in FIELD_OF else self.layer
        if self.row is None or self.col is None:
            return plain(self.symbol, layer)
        places = (self.row, self.col) if self.symbol == "w" else (self.row,)
        return plain(self.symbol, layer, *places)


def _whole(name: str, value: Any, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise refuse(name, value, f"{low} to {high}")
    return value


def _array(stage: Stage, symbol: str, layer: int) -> engine.Array:
    if symbol in FIELD_OF:
        return stage.config.columns()[symbol == "y"]
    return (stage.net.w if symbol == "w" else stage.net.b)[layer]


def _read_change(body: Mapping[str, Any], stage: Stage) -> Change:
    symbol, text = body.get("symbol"), body.get("text")
    depth = len(stage.config.sizes)
    layers = {"w": (2, depth), "b": (2, depth), "x": (1, 1), "y": (depth, depth)}
    if not isinstance(symbol, str) or symbol not in layers:
        raise refuse("symbol", symbol, "w, b, x or y")
    if not isinstance(text, str):
        raise refuse("text", text, "a text")
    layer = _whole("layer", body.get("layer"), *layers[symbol])
    row, col = body.get("row"), body.get("col")
    if row is not None or col is not None:
        rows, cols = _array(stage, symbol, layer).shape
        row, col = _whole("row", row, 1, rows), _whole("col", col, 1, cols)
    return Change(symbol, layer, row, col, text)


def _amended(change: Change, array: engine.Array) -> tuple[engine.Array, str]:
    """The array with the change put in, and a sentence that says so."""
    if change.row is None or change.col is None:
        pasted = read_matrix(change.name, change.text, *array.shape)
        commas = " Its commas were read as decimal commas." if pasted.decimal_commas else ""
        return pasted.array, f"{change.name} is put in.{commas}"
    try:
        value = read_number(change.text)
    except ValueError:
        typed = visible(change.text if len(change.text) <= 40 else change.text[:37] + "…")
        what = f"“{typed}” cannot be used" if typed.strip() else "the field is empty"
        raise EditError(f"{change.name}: {what}. Allowed: {ALLOWED}.") from None
    amended = array.copy()
    amended[change.row - 1, change.col - 1] = value
    sample = f" of sample {change.col}" if change.symbol in FIELD_OF and array.shape[1] > 1 else ""
    return amended, f"{change.name}{sample} is now {given(value)}."


def _refuse_targets(change: Change, config: Config) -> EditError:
    rule = render(message(f"loss.{config.loss}.targets"))
    if engine.LOSSES[config.loss].targets.coupled:
        alone = ", so one of them cannot change alone: paste y whole, with Paste…"
        return EditError(f"{change.name}: {rule}{'' if change.row is None else alone}.")
    return EditError(
        f"{change.name}: “{visible(change.text[:40])}” cannot be used. Allowed: {rule}."
    )


def _amended_fields(change: Change, amended: engine.Array, config: Config) -> dict[str, str]:
    """The fields with x or y changed; it is then typed by hand, whatever it was picked from."""
    field = FIELD_OF[change.symbol]
    samples = "; ".join(", ".join(map(number_text, sample)) for sample in amended.T)
    if len(samples) > TEXT_MAX:
        raise EditError(
            f"{change.name} takes {len(samples)} characters as a text; at most {TEXT_MAX} are "
            "kept: use fewer digits or fewer samples."
        )
    texts = {**write_config(config), field: samples, ids.DATASET: "by_hand", ids.SAMPLE: "1"}
    try:
        return write_config(read_config(texts, field)[0])
    except FieldError:
        raise _refuse_targets(change, config) from None


def _weights(net: engine.Network, change: Change, amended: engine.Array) -> dict[str, Any]:
    arrays = {"w": dict(net.w), "b": dict(net.b)}
    if change.symbol in arrays:
        arrays[change.symbol][change.layer] = amended
    return write_weights(**arrays)


def answer_amend(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the stage changed: {"fields", "weights", "told"}, or {"refused"} with a sentence.

    Raises `RequestError` for a place that this stage does not have.
    """
    stage = read_stage(body)
    change = _read_change(body, stage)
    try:
        amended, told = _amended(change, _array(stage, change.symbol, change.layer))
        if change.symbol in FIELD_OF:
            fields = _amended_fields(change, amended, stage.config)
        else:
            fields = write_config(stage.config)
    except EditError as error:
        return {"refused": {"field": None, "text": str(error)}}
    return {"fields": fields, "weights": _weights(stage.net, change, amended), "told": told}
