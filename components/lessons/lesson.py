"""What a lesson is made of, as plain data for the browser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

__all__ = ["KINDS", "Block", "Lesson", "Pieces", "Place", "Question", "Station"]

# A text in pieces, each with its kind: text, tex, strong, em.
Pieces: TypeAlias = list[tuple[str, str]]
# A paragraph or formula as {"text": pieces} or {"tex"}, a list as {"items": [pieces, …]}.
Block: TypeAlias = dict[str, Any]

KINDS: Final = ("choice", "number", "point")


@dataclass(frozen=True)
class Place:
    """Where a station is, as a link says it, readable.

    `fields` by their names; `at` and `to`: the positions that it begins and ends with, as
    `backward-2-1`; `focus`: layer, neuron and input of the formulas; `table`: the layer of the
    table; `batches`: of training before it.
    """

    fields: Mapping[str, str]
    at: str
    to: str
    focus: Mapping[str, int]
    table: int | None = None
    tab: str = "formula"
    plot: str = "loss"
    batches: int = 0


@dataclass(frozen=True)
class Question:
    """What is asked before `answer` is shown.

    `right` is the index of a choice, the reference of a number as `delta:3:1`, or the layer and
    the neuron to point at.
    """

    kind: str
    ask: Pieces
    right: int | str | tuple[int, int]
    choices: tuple[Pieces, ...] = ()
    answer: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Station:
    """A title, its place, what it says; `light`: references of numbers to be lit up."""

    title: str
    place: Place
    blocks: tuple[Block, ...]
    light: tuple[str, ...] = ()
    notes: tuple[Pieces, ...] = ()
    question: Question | None = None


@dataclass(frozen=True)
class Lesson:
    """A question as its title, and the stations that answer it."""

    title: str
    stations: tuple[Station, ...] = field(default=())
