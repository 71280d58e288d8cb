"""One number or one whole matrix of the stage changed, everything else bit for bit as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import engine
from components import ids
from components.config.fields import TEXT_MAX, FieldError, number_text
from components.config.pasted_matrices import read_matrix
from components.config.stage import Stage
from components.config.texts import Config, read_config, write_config
from components.config.typed_numbers import ALLOWED, EditError, read_number
from components.messages import Told, message
from components.notation import given, plain
from components.refusal import refusal, unusable_text
from components.requests.reading import read_stage, read_text, read_whole, refuse
from components.wire import write_weights

__all__ = ["AMEND", "answer_amend"]

AMEND = ("symbol", "layer", "row", "col", "text", "transposed")

FIELD_OF = {"x": ids.SAMPLE_X, "y": ids.SAMPLE_Y}


@dataclass(frozen=True)
class Change:
    """What is to be changed: a symbol of a layer, one entry (row, col) of it or all; the text."""

    symbol: str
    layer: int
    row: int | None
    col: int | None
    text: str
    transposed: bool = False

    @property
    def name(self) -> str:
        """The symbol as the page writes it, x and y without their layer."""
        layer = None if self.symbol in FIELD_OF else self.layer
        if self.row is None or self.col is None:
            return plain(self.symbol, layer)
        places = (self.row, self.col) if self.symbol == "w" else (self.row,)
        return plain(self.symbol, layer, *places)


def _array(stage: Stage, symbol: str, layer: int) -> engine.Array:
    if symbol in FIELD_OF:
        return stage.config.columns()[symbol == "y"]
    return (stage.net.w if symbol == "w" else stage.net.b)[layer]


def _read_change(body: Mapping[str, Any], stage: Stage) -> Change:
    symbol = body.get("symbol")
    depth = len(stage.config.sizes)
    layers = {"w": (2, depth), "b": (2, depth), "x": (1, 1), "y": (depth, depth)}
    if not isinstance(symbol, str) or symbol not in layers:
        raise refuse("symbol", symbol, message("allowed.symbols"))
    text = read_text(body, "text")
    layer = read_whole("layer", body.get("layer"), *layers[symbol])
    row, col = body.get("row"), body.get("col")
    if row is not None or col is not None:
        rows, cols = _array(stage, symbol, layer).shape
        row, col = read_whole("row", row, 1, rows), read_whole("col", col, 1, cols)
    return Change(symbol, layer, row, col, text, body.get("transposed") is True)


def _amended(change: Change, array: engine.Array) -> tuple[engine.Array, Told]:
    """The array with the change put in, and what says so."""
    if change.row is None or change.col is None:
        rows, cols = array.shape
        pasted = read_matrix(change.name, change.text, rows, cols, change.transposed)
        commas = [message("amend.decimal_commas")] if pasted.decimal_commas else []
        return pasted.array, [message("amend.put_in", name=change.name), *commas]
    try:
        value = read_number(change.text)
    except ValueError:
        what = unusable_text(change.text, message("refusal.empty.field"))
        raise EditError(refusal(what, change.name, allowed=ALLOWED)) from None
    amended = array.copy()
    amended[change.row - 1, change.col - 1] = value
    several = change.symbol in FIELD_OF and array.shape[1] > 1
    key = "amend.changed_of_sample" if several else "amend.changed"
    return amended, message(key, name=change.name, sample=str(change.col), value=given(value))


def _refuse_targets(change: Change, config: Config) -> EditError:
    rule = message(f"loss.{config.loss}.targets")
    if not engine.LOSSES[config.loss].targets.coupled:
        what = unusable_text(change.text, message("refusal.empty.field"))
        return EditError(refusal(what, change.name, allowed=rule))
    what = rule if change.row is None else message("refusal.amend.alone", rule=rule)
    return EditError(refusal(what, change.name))


def _amended_fields(change: Change, amended: engine.Array, config: Config) -> dict[str, str]:
    """The fields with x or y changed; it is then typed by hand, whatever it was picked from."""
    field = FIELD_OF[change.symbol]
    samples = "; ".join(", ".join(map(number_text, sample)) for sample in amended.T)
    if len(samples) > TEXT_MAX:
        told = message(
            "refusal.amend.long", name=change.name, length=str(len(samples)), most=str(TEXT_MAX)
        )
        raise EditError(told)
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
    """Answer with the stage changed: {"fields", "weights", "told"}.

    Raises `EditError` for a text that cannot be put in, and `RequestError` for a place that this
    stage does not have.
    """
    stage = read_stage(body)
    change = _read_change(body, stage)
    amended, told = _amended(change, _array(stage, change.symbol, change.layer))
    if change.symbol in FIELD_OF:
        fields = _amended_fields(change, amended, stage.config)
    else:
        fields = write_config(stage.config)
    return {"fields": fields, "weights": _weights(stage.net, change, amended), "told": told}
