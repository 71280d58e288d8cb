"""Worked examples read strictly: what cannot be used is named with its place in the file.

Arrays stand layer by layer from layer 2; x and y are a sample, or a list of samples.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import orjson

import engine
from components import ids
from components.config.fields import number_text
from components.config.texts import read_config
from components.examples.comparison import Example, Printed, values_of
from components.visible import visible

__all__ = ["ExampleError", "most_steps", "read_example", "stage_fields"]

REQUIRED: Final = (
    *("title", "activations", "loss", "learning_rate", "biases_updated"),
    *("w", "b", "x", "y"),
)
DIGITS: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
WHEN: Final = re.compile(r"this step|after( (\d{1,5}) steps)?", re.ASCII)

MOST_PRINTED: Final = 1000
MOST_WORDS: Final = 400
MOST_STEPS: Final = 10_000
# A step of a small network takes about 0.1 ms, one of 2,000 weights twice that.
MOST_STEPS_TIMES_WEIGHTS: Final = 2_000_000


class ExampleError(ValueError):
    """An example that cannot be used; the message names place, value and what is allowed."""


def _refuse(where: str, value: Any, allowed: str) -> ExampleError:
    shown = visible(orjson.dumps(value).decode())
    shown = shown if len(shown) <= 40 else shown[:37] + "…"
    return ExampleError(f"{where}: {shown} cannot be used. Allowed: {allowed}.")


def _text(where: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_WORDS:
        raise _refuse(where, value, f"a text of at most {MOST_WORDS} characters")
    return visible(value)


def _number(where: str, value: Any) -> float:
    if type(value) not in (int, float):
        raise _refuse(where, value, "a number")
    return float(value)


def _list(where: str, value: Any, of: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _refuse(where, value, f"a list of {of}")
    return value


def _vector(where: str, value: Any) -> list[float]:
    entries = enumerate(_list(where, value, "numbers"), start=1)
    return [_number(f"{where}, number {i}", entry) for i, entry in entries]


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'s' * (n != 1)}"


def _matrix(where: str, value: Any, row: str = "row") -> list[list[float]]:
    rows = enumerate(_list(where, value, f"{row}s of numbers"), start=1)
    matrix = [_vector(f"{where}, {row} {j}", entry) for j, entry in rows]
    for j, numbers in enumerate(matrix, start=1):
        if len(numbers) != len(matrix[0]):
            has = _count(len(numbers), "number")
            raise ExampleError(f"{where}, {row} {j}: {has} where {row} 1 has {len(matrix[0])}.")
    return matrix


def _samples(where: str, value: Any, layer: int, n: int) -> engine.Array:
    """One sample or a list of samples, as columns."""
    batch = isinstance(value, list) and value and isinstance(value[0], list)
    samples = _matrix(where, value, "sample") if batch else [_vector(where, value)]
    if len(samples[0]) != n:
        has, neurons = _count(len(samples[0]), "number"), _count(n, "neuron")
        raise ExampleError(f"{where}: {has} where layer {layer} has {neurons}.")
    return np.array(samples, dtype=np.float64).T


def _read_network(data: Mapping[str, Any]) -> engine.Network:
    layers = {name: _list(name, data[name], "arrays, one for each layer from 2") for name in "wb"}
    net = engine.Network(
        [_matrix(f"w of layer {l}", value) for l, value in enumerate(layers["w"], start=2)],
        [_vector(f"b of layer {l}", value) for l, value in enumerate(layers["b"], start=2)],
        data["activations"],
        data["loss"],
    )
    hidden = set(net.activations[:-1])
    if len(hidden) > 1:
        allowed = "one activation for all hidden layers, as the page has it"
        raise _refuse("activations", list(net.activations), allowed)
    return net


def most_steps(net: engine.Network) -> int:
    """How many steps are computed at most: fewer for a large network."""
    weights = sum(array.size for array in net.w.values())
    return min(MOST_STEPS, MOST_STEPS_TIMES_WEIGHTS // weights)


def _read_steps(where: str, when: Any, most: int) -> int:
    found = WHEN.fullmatch(when) if isinstance(when, str) else None
    steps = 0 if when == "this step" else int((found and found[2]) or 1)
    if not found or steps > most:
        after = f", “after”, or “after N steps” with N from 1 to {most}"
        allowed = f"“this step”{after if most else ' alone, as there is no learning rate'}"
        raise _refuse(f"{where}, when", when, allowed)
    return steps


def _read_printed(
    number: int, entry: Any, shapes: Mapping[tuple[str, int], tuple[int, ...]], most: int
) -> Printed:
    where = f"printed, entry {number}"
    if not isinstance(entry, dict):
        raise _refuse(where, entry, "an object with symbol, layer, row, printed, when")
    key: Any = (entry.get("symbol"), entry.get("layer"))
    hashable = isinstance(key[0], str) and type(key[1]) is int
    if not hashable or key not in shapes:
        last = max(layer for _, layer in shapes)
        allowed = f"z, a, delta, dw, db, w, b with a layer from 2 to {last}, J with {last}"
        raise _refuse(f"{where}, symbol and layer", key, allowed)
    indices: dict[str, Any] = {"row": entry.get("row"), "col": entry.get("col", 1)}
    for (name, value), size in zip(indices.items(), shapes[key], strict=True):
        if type(value) is not int or not 1 <= value <= size:
            raise _refuse(f"{where}, {name}", value, f"a whole number from 1 to {size}")
    digits = entry.get("printed")
    if not isinstance(digits, str) or len(digits) > 40 or not DIGITS.fullmatch(digits):
        raise _refuse(f"{where}, printed", digits, 'the digits as a text, such as "-.0495"')
    steps = _read_steps(where, entry.get("when"), most)
    read = Printed(key[0], key[1], indices["row"], indices["col"], steps, digits)
    erratum = entry.get("erratum")
    if erratum is None:
        return read
    if not isinstance(erratum, dict):
        raise _refuse(f"{where}, erratum", erratum, "an object with exact and why")
    exact = _number(f"{where}, erratum, exact", erratum.get("exact"))
    return replace(read, exact=exact, why=_text(f"{where}, erratum, why", erratum.get("why")))


def _leaves(where: str, value: Any, depth: int = 3) -> Iterator[float]:
    """The numbers of nested lists, in order."""
    if depth and isinstance(value, list):
        for entry in value:
            yield from _leaves(where, entry, depth - 1)
    else:
        yield _number(where, value)


def read_example(data: Any) -> Example:
    """The example that an object of such a file describes.

    Raises `ExampleError` for the first thing that is missing or cannot be used.
    """
    if not isinstance(data, dict):
        raise _refuse("example", data, "an object")
    if missing := [key for key in REQUIRED if key not in data]:
        raise ExampleError(f"The example has no {', '.join(missing)}.")
    rate, biases = data["learning_rate"], data["biases_updated"]
    if rate is not None:
        rate = _number("learning_rate", rate)
    if type(biases) is not bool:
        raise _refuse("biases_updated", biases, "true or false")
    title, source = _text("title", data["title"]), _text("source", data.get("source", ""))
    printed, exact = data.get("printed", []), data.get("exact", {})
    if not isinstance(printed, list) or len(printed) > MOST_PRINTED:
        raise _refuse("printed", printed, f"a list of at most {MOST_PRINTED} numbers")
    if not isinstance(exact, dict):
        raise _refuse("exact", exact, "an object of arrays by symbol")
    try:
        net = _read_network(data)
        x = _samples("x", data["x"], 1, net.sizes[0])
        y = _samples("y", data["y"], net.L, net.sizes[-1])
        if x.shape[1] != y.shape[1]:
            raise ExampleError(f"y: {_count(y.shape[1], 'sample')} where x has {x.shape[1]}.")
        shapes = {key: array.shape for key, array in values_of(net, x, y).items() if key[1] > 1}
        entries = tuple(
            _read_printed(i, entry, shapes, 0 if rate is None else most_steps(net))
            for i, entry in enumerate(printed, start=1)
        )
        leaves = {key: list(_leaves(f"exact, {key}", value)) for key, value in exact.items()}
        example = Example(title, source, net, x, y, rate, biases, entries, leaves)
        _, notices = read_config(stage_fields(example))
    except ValueError as error:
        raise ExampleError(visible(str(error))) from None
    if notices:
        raise ExampleError(" ".join(notices))
    return example


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
