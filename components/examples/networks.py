"""The network of an example's file: its arrays chained, its names known and going together."""

from collections.abc import Mapping
from typing import Any

import engine
from components import ids
from components.config.fields import parse_fields
from components.examples.common_names import known_activation, known_loss
from components.examples.values import ExampleError, read_list, read_matrix, read_vector, refuse
from components.messages import Message, message
from components.refusal import refusal

__all__ = ["read_network"]

Matrix = list[list[float]]


def _place(symbol: str, layer: int) -> Message:
    return message("place.array", symbol=symbol, layer=layer)


def _has_no_bias(data: Mapping[str, Any]) -> bool:
    """Whether the file leaves the biases out; what is no list of arrays is refused later."""
    w = data["w"]
    return data.get("b") is None and isinstance(w, list) and all(isinstance(m, list) for m in w)


def _read_arrays(data: Mapping[str, Any]) -> tuple[list[Matrix], list[list[float]]]:
    without = [[0] * len(rows) for rows in data["w"]] if _has_no_bias(data) else None
    given = {"w": data["w"], "b": data.get("b") if without is None else without}
    layers = {name: read_list(name, given[name], message("allowed.list.arrays")) for name in "wb"}
    if len(layers["w"]) != len(layers["b"]):
        what = message("refusal.example.layers", count=len(layers["b"]), others=len(layers["w"]))
        raise ExampleError(refusal(what, "b"))
    w = [read_matrix(_place("w", l), value) for l, value in enumerate(layers["w"], start=2)]
    b = [read_vector(_place("b", l), value) for l, value in enumerate(layers["b"], start=2)]
    return w, b


def _check_sizes(w: list[Matrix], b: list[list[float]]) -> None:
    """That each layer takes what the one before gives, within the limits of the page."""
    sizes = [len(w[0][0]), *map(len, w)]
    parse_fields({ids.LAYER_SIZES: "-".join(map(str, sizes))})
    for l, (matrix, bias) in enumerate(zip(w, b, strict=True), start=2):
        if len(matrix[0]) != sizes[l - 2]:
            neurons = message("example.neurons", count=sizes[l - 2])
            counts = {"count": len(matrix[0]), "layer": l - 1}
            what = message("refusal.example.columns", **counts, neurons=neurons)
            raise ExampleError(refusal(what, _place("w", l)))
        if len(bias) != sizes[l - 1]:
            neurons = message("example.neurons", count=sizes[l - 1])
            what = message("refusal.example.size", count=len(bias), layer=l, neurons=neurons)
            raise ExampleError(refusal(what, _place("b", l)))


def _read_activations(listed: Any, last: int) -> list[str]:
    """The names for layers 2 to `last`, one and the same for all hidden layers."""
    if not isinstance(listed, list) or len(listed) != last - 1:
        raise refuse(
            "activations", listed, message("allowed.names_by_layer", count=last - 1, last=last)
        )
    given: list[str] = [known_activation(name) for name in listed]
    for l, name in enumerate(given, start=2):
        place = message("place.layer", place="activations", layer=l)
        if not isinstance(name, str) or name not in engine.ACTIVATIONS:
            raise refuse(place, name, ", ".join(engine.ACTIVATIONS))
        if l < last and engine.ACTIVATIONS[name].couples_rows:
            raise refuse(place, name, message("allowed.last_layer_only", name=name))
    if len(set(given[:-1])) > 1:
        raise refuse("activations", given, message("allowed.one_activation"))
    return given


def _read_loss(loss: Any, output: str) -> str:
    loss = known_loss(loss)
    if not isinstance(loss, str) or loss not in engine.LOSSES:
        raise refuse("loss", loss, ", ".join(engine.LOSSES))
    if not engine.goes_together(output, loss):
        fitting = ", ".join(name for name in engine.LOSSES if engine.goes_together(output, name))
        allowed = message("allowed.losses_with", output=output, losses=fitting)
        if (its := engine.LOSSES[loss].output) is not None:
            allowed = message("allowed.losses_beside", losses=allowed, loss=loss, output=its)
        raise refuse("loss", loss, allowed)
    return loss


def read_network(data: Mapping[str, Any]) -> engine.Network:
    """The network of `w`, `b`, `activations` and `loss`.

    Raises `ExampleError`, and `FieldError` for sizes beyond the limits.
    """
    w, b = _read_arrays(data)
    _check_sizes(w, b)
    activations = _read_activations(data["activations"], len(w) + 1)
    return engine.Network(w, b, activations, _read_loss(data["loss"], activations[-1]))
