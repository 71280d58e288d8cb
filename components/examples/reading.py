"""Worked examples read strictly: what cannot be used is named with its place in the file.

Arrays stand layer by layer from layer 2; x and y are a sample, or a list of samples.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import engine
from components import ids
from components.config.fields import number_text
from components.config.texts import read_config
from components.examples.comparison import Example, Printed, values_of
from components.examples.networks import read_network
from components.examples.values import (
    ExampleError,
    Place,
    read_number,
    read_samples,
    read_text,
    refuse,
    within,
)
from components.messages import message
from components.refusal import RefusalError, refusal

__all__ = ["most_steps", "read_example", "stage_fields"]

REQUIRED: Final = (
    *("title", "activations", "loss", "learning_rate", "biases_updated"),
    *("w", "x", "y"),
)
DIGITS: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
WHEN: Final = re.compile(r"this step|after( (\d{1,5}) steps)?", re.ASCII)

SYMBOLS: Final = "z, a, delta, dw, db, w, b"
NOW: Final = "“this step”"
LATER: Final = ("“after”", "“after N steps”")

MOST_PRINTED: Final = 1000
MOST_STEPS: Final = 10_000
# A step of a small network takes about 0.1 ms, one of 2,000 weights twice that.
MOST_STEPS_TIMES_WEIGHTS: Final = 2_000_000


def most_steps(net: engine.Network) -> int:
    """How many steps are computed at most: fewer for a large network."""
    weights = sum(array.size for array in net.w.values())
    return min(MOST_STEPS, MOST_STEPS_TIMES_WEIGHTS // weights)


def _read_steps(where: Place, when: Any, most: int) -> int:
    found = WHEN.fullmatch(when) if isinstance(when, str) else None
    steps = 0 if when == "this step" else int((found and found[2]) or 1)
    if not found or steps > most:
        allowed = message("allowed.printed_now", now=NOW)
        if most:
            one, many = LATER
            allowed = message("allowed.printed_when", now=NOW, one=one, many=many, most=str(most))
        raise refuse(within(where, "when"), when, allowed)
    return steps


def _digits(printed: Any) -> Any:
    """The digits of a number that the file has as such, or with a comma."""
    if type(printed) in (int, float):
        return repr(printed)
    if isinstance(printed, str) and printed.count(",") == 1 and "." not in printed:
        return printed.replace(",", ".").replace("\N{MINUS SIGN}", "-")
    return printed


def _read_printed(
    number: int, entry: Any, shapes: Mapping[tuple[str, int], tuple[int, ...]], most: int
) -> Printed:
    where = message("place.entry_of", place="printed", entry=str(number))
    if not isinstance(entry, dict):
        names = "symbol, layer, row, printed, when"
        raise refuse(where, entry, message("allowed.object", names=names))
    key: Any = (entry.get("symbol"), entry.get("layer"))
    hashable = isinstance(key[0], str) and type(key[1]) is int
    if not hashable or key not in shapes:
        last = max(layer for _, layer in shapes)
        allowed = message("allowed.printed_symbols", symbols=SYMBOLS, last=last)
        raise refuse(within(where, ["symbol", "layer"]), key, allowed)
    indices: dict[str, Any] = {"row": entry.get("row"), "col": entry.get("col", 1)}
    for (name, value), size in zip(indices.items(), shapes[key], strict=True):
        if type(value) is not int or not 1 <= value <= size:
            raise refuse(within(where, name), value, message("allowed.whole", low=1, high=size))
    digits = _digits(entry.get("printed"))
    if not isinstance(digits, str) or len(digits) > 40 or not DIGITS.fullmatch(digits):
        raise refuse(within(where, "printed"), digits, message("allowed.digits"))
    steps = _read_steps(where, entry.get("when"), most)
    read = Printed(key[0], key[1], indices["row"], indices["col"], steps, digits)
    erratum, place = entry.get("erratum"), within(where, "erratum")
    if erratum is None:
        return read
    if not isinstance(erratum, dict):
        raise refuse(place, erratum, message("allowed.object", names=["exact", "why"]))
    exact = read_number(within(place, "exact"), erratum.get("exact"))
    return replace(read, exact=exact, why=read_text(within(place, "why"), erratum.get("why")))


def _leaves(where: Place, value: Any, depth: int = 3) -> Iterator[float]:
    """The numbers of nested lists, in order."""
    if depth and isinstance(value, list):
        for entry in value:
            yield from _leaves(where, entry, depth - 1)
    else:
        yield read_number(where, value)


def _read_sampled(data: Mapping[str, Any]) -> Example:
    """The example without its printed and exact numbers."""
    rate, biases = data["learning_rate"], data["biases_updated"]
    if rate is not None:
        rate = read_number("learning_rate", rate)
    if type(biases) is not bool:
        raise refuse("biases_updated", biases, message("allowed.boolean"))
    title, source = read_text("title", data["title"]), read_text("source", data.get("source", ""))
    net = read_network(data)
    x = read_samples("x", data["x"], 1, net.sizes[0])
    y = read_samples("y", data["y"], net.L, net.sizes[-1])
    if x.shape[1] != y.shape[1]:
        what = message("refusal.example.samples", count=y.shape[1], of_x=x.shape[1])
        raise ExampleError(refusal(what, "y"))
    if not engine.LOSSES[net.loss].targets.accepts(y):
        raise refuse("y", data["y"], message(f"loss.{net.loss}.targets"))
    return Example(title, source, net, x, y, rate, biases, (), {})


def _read_whole(data: Mapping[str, Any]) -> Example:
    printed, exact = data.get("printed", []), data.get("exact", {})
    if not isinstance(printed, list) or len(printed) > MOST_PRINTED:
        raise refuse("printed", printed, message("allowed.printed", most=MOST_PRINTED))
    if not isinstance(exact, dict):
        raise refuse("exact", exact, message("allowed.exact"))
    example = _read_sampled(data)
    _, notices = read_config(stage_fields(example))
    if notices:
        raise ExampleError(notices)
    values = values_of(example.net, example.x, example.y)
    shapes = {key: array.shape for key, array in values.items() if key[1] > 1}
    most = 0 if example.learning_rate is None else most_steps(example.net)
    entries = (_read_printed(i, entry, shapes, most) for i, entry in enumerate(printed, start=1))
    leaves = {key: list(_leaves(within("exact", key), value)) for key, value in exact.items()}
    return replace(example, printed=tuple(entries), exact=leaves)


def read_example(data: Any) -> Example:
    """The example that an object of such a file describes.

    Raises `ExampleError` for the first thing that is missing or cannot be used.
    """
    if not isinstance(data, dict):
        raise refuse("example", data, message("allowed.any_object"))
    if missing := [key for key in REQUIRED if key not in data]:
        raise ExampleError(message("refusal.example.missing", names=", ".join(missing)))
    try:
        return _read_whole(data)
    except RefusalError as error:
        raise ExampleError(error.told) from None


def stage_fields(example: Example) -> dict[str, str]:
    """The texts of the fields that put the example on the stage; what it leaves open is absent."""
    net = example.net
    fields = {
        ids.LAYER_SIZES: "-".join(str(n) for n in net.sizes),
        ids.OUTPUT_ACTIVATION: net.activations[-1],
        ids.LOSS: net.loss,
        ids.UPDATE_BIASES: "true" if example.update_biases else "false",
        ids.DATASET: "by_hand",
        ids.SAMPLE: "1",
        ids.SAMPLE_X: "; ".join(", ".join(map(number_text, sample)) for sample in example.x.T),
        ids.SAMPLE_Y: "; ".join(", ".join(map(number_text, sample)) for sample in example.y.T),
    }
    if net.L > 2:
        fields[ids.HIDDEN_ACTIVATION] = net.activations[0]
    if example.learning_rate is not None:
        fields[ids.LEARNING_RATE] = number_text(example.learning_rate)
    return fields
