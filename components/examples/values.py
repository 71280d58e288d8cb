"""What an example's file holds, read strictly: texts, numbers, vectors and matrices by their place.

Each reader raises `ExampleError`, which names the place, the value and what is allowed.
"""

from typing import Any, Final, TypeAlias

import numpy as np

import engine
from components import number_reading
from components.messages import Argument, Message, message
from components.refusal import RefusalError, refusal, unusable
from components.visible import visible

__all__ = [
    "ExampleError",
    "Place",
    "read_list",
    "read_matrix",
    "read_number",
    "read_samples",
    "read_text",
    "read_vector",
    "refuse",
    "within",
]

MOST_WORDS: Final = 400

Place: TypeAlias = str | Message


class ExampleError(RefusalError):
    """An example that cannot be used."""


def refuse(place: Place, value: Any, allowed: Argument) -> ExampleError:
    """That the value at a place cannot be used."""
    return ExampleError(refusal(unusable(value), place, allowed=allowed))


def within(place: Place, part: Argument) -> Message:
    """The place of a part, by its key or its keys."""
    return message("place.part", place=place, part=part)


def read_text(place: Place, value: Any) -> str:
    """A short text, with nothing in it that hides."""
    if not isinstance(value, str) or len(value) > MOST_WORDS:
        raise refuse(place, value, message("allowed.short_text", most=MOST_WORDS))
    return visible(value)


def _number(value: Any) -> float | None:
    if type(value) in (int, float):
        return float(value)
    try:
        return number_reading.read_number(value) if isinstance(value, str) else None
    except ValueError:
        return None


def read_number(place: Place, value: Any) -> float:
    """A number, as float64; as a text it may have a decimal comma."""
    number = _number(value)
    if number is None:
        raise refuse(place, value, message("allowed.any_number"))
    return number


def read_list(place: Place, value: Any, allowed: Message) -> list[Any]:
    """A list with something in it."""
    if not isinstance(value, list) or not value:
        raise refuse(place, value, allowed)
    return value


def read_vector(place: Place, value: Any) -> list[float]:
    """A list of numbers."""
    entries = read_list(place, value, message("allowed.list.numbers"))
    return [
        read_number(message("place.number", place=place, number=i), entry)
        for i, entry in enumerate(entries, start=1)
    ]


def read_matrix(place: Place, value: Any, row: str = "row") -> list[list[float]]:
    """A list of rows, or of samples, with equally many numbers."""
    rows = read_list(place, value, message(f"allowed.list.{row}s"))
    matrix: list[list[float]] = []
    for j, entry in enumerate(rows, start=1):
        where = message(f"place.{row}", place=place, number=j)
        matrix.append(read_vector(where, entry))
        if len(matrix[-1]) != len(matrix[0]):
            counts = {"count": len(matrix[-1]), "first": len(matrix[0])}
            what = message(f"refusal.example.uneven_{row}s", **counts)
            raise ExampleError(refusal(what, where))
    return matrix


def read_samples(place: str, value: Any, layer: int, n: int) -> engine.Array:
    """One sample or a list of samples for a layer of n neurons, as columns (n, m)."""
    batch = isinstance(value, list) and value and isinstance(value[0], list)
    samples = read_matrix(place, value, "sample") if batch else [read_vector(place, value)]
    if len(samples[0]) != n:
        neurons = message("example.neurons", count=n)
        what = message("refusal.example.size", count=len(samples[0]), layer=layer, neurons=neurons)
        raise ExampleError(refusal(what, place))
    return np.array(samples, dtype=np.float64).T
