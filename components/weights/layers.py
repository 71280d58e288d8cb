"""The layers that the arrays of a file make: their order, which side is the input, what is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

import engine
from components.messages import Message, message
from components.refusal import refusal
from components.weights.choices import (
    READINGS,
    Choice,
    Found,
    Question,
    ask_pairing,
    ask_reading,
    chains_at_all,
    find_order,
)
from components.weights.grouping import Grouped, group_arrays
from components.weights.names import sort_key, tell_order
from components.weights.normalisation import fold, place_norms
from components.weights.pairs import (
    Pair,
    columns_by_names,
    number_rules,
    refuse_shapes,
)
from components.weights.refusal import WeightFileError

__all__ = ["ArrangedLayers", "Choice", "Question", "arrange_layers"]

BY_SHAPES: Final = message("weights.order.by_shapes")
BY_FILE: Final = message("weights.order.by_file")
BY_SHAPES_ALONE: Final = message("weights.order.by_shapes_alone")
BY_CHOICE: Final = message("weights.order.by_choice")


@dataclass(frozen=True)
class ArrangedLayers:
    """w (n_l, n_{l−1}) and b (n_l, 1) from layer 2 on, and how they were understood."""

    w: tuple[engine.Array, ...]
    b: tuple[engine.Array, ...]
    told: tuple[Message, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_1, …, n_L."""
        return (self.w[0].shape[1], *(w.shape[0] for w in self.w))


class _Reading(NamedTuple):
    pairs: list[Pair]
    columns: bool
    told: list[Message]


def _chains(pairs: Sequence[Pair], columns: bool) -> bool:
    """Whether each matrix takes what the one before gives, and each bias has a row for it."""
    edges = [pair.edge(columns) for pair in pairs]
    fits = all(before[1] == after[0] for before, after in pairwise(edges))
    return fits and all(pair.fits(columns) for pair in pairs)


def _in_this_order(pairs: list[Pair], told: list[Message]) -> _Reading | Question | None:
    """How matrices are read whose order is known, if they chain in it at all."""
    fits = [columns for columns in READINGS if _chains(pairs, columns)]
    if len(fits) < 2:
        return _Reading(pairs, fits[0], told) if fits else None
    named = columns_by_names(pairs)
    if all(pair.is_symmetric() for pair in pairs):
        return _Reading(pairs, bool(named), told)
    if named is None:
        return ask_reading(pairs)
    side = message("weights.side.columns" if named else "weights.side.rows")
    return _Reading(pairs, named, [*told, side])


def _by_shapes(pairs: list[Pair], chosen: Choice | None, told: Message) -> _Reading | Question:
    """The one order that chains; where there are several, which it is."""
    if len(pairs) >= engine.MAX_LAYERS and chains_at_all(pairs):
        what = message("refusal.weights.layers", matrices=len(pairs), layers=len(pairs) + 1)
        allowed = message("allowed.layers", most=engine.MAX_LAYERS)
        raise WeightFileError(refusal(what, allowed=allowed))
    found = find_order(pairs, chosen)
    if found is None and chosen:
        raise WeightFileError(message("refusal.weights.chosen"))
    if found is None:
        raise refuse_shapes(pairs)
    if isinstance(found, Found):
        return _Reading([pairs[i] for i in found.order], found.columns, [told])
    return found


def _understood(pairs: list[Pair], in_order: bool, chosen: Choice | None) -> _Reading | Question:
    """The pairs from input to output and how they are read, or what is to be asked of that."""
    if chosen:
        return _by_shapes(pairs, chosen, BY_CHOICE)
    keys = {pair.name: sort_key(pair.stem) for pair in pairs}
    numbered = sorted(pairs, key=lambda pair: keys[pair.name])
    if all(tell_order(keys[a.name], keys[b.name]) for a, b in pairwise(numbered)):
        return _in_this_order(numbered, []) or _by_shapes(pairs, None, BY_SHAPES_ALONE)
    if in_order and all(i < k for i, k in number_rules(pairs)):
        return _in_this_order(pairs, [BY_FILE]) or _by_shapes(pairs, None, BY_SHAPES)
    return _by_shapes(pairs, None, BY_SHAPES)


def _of_readings(grouped: Grouped, in_order: bool, chosen: Choice | None) -> _Reading | Question:
    """What is understood of the first reading of places that makes a network; asked of several."""
    readings = [list(pairs) for pairs in grouped.readings]
    if len(readings) > 1:
        if chosen:
            readings = [r for r in readings if {p.name for p in r} == set(chosen.order)]
        chaining = [r for r in readings if any(_chains(r, columns) for columns in READINGS)]
        if len(chaining) > 1:
            return ask_pairing(chaining, lambda pairs, columns: _chains(pairs, columns))
        readings = chaining or readings or [list(grouped.readings[0])]
    return _understood(readings[0], in_order, chosen)


def _check_names(placed: Sequence[Pair]) -> None:
    if not placed:
        raise WeightFileError(message("refusal.weights.no_matrices"))


def arrange_layers(
    arrays: Mapping[str, engine.Array], in_order: bool = False, chosen: Choice | None = None
) -> ArrangedLayers | Question:
    """The layers that named matrices and biases make, or the question which of several it is.

    Names are w2, b2, …; PyTorch's weight (out, in) with bias; Keras' kernel (in, out) with bias;
    those of Flax, Haiku, scikit-learn and courses; or none, as numpy.savez puts arrays in places.
    The order is that of the numbers in the names, else that of the file where it means something
    (`in_order`), else the only one that chains, else the one that was `chosen`. The shapes decide
    which side is the input, and where they fit both ways the names do. Raises `WeightFileError`.
    """
    grouped = group_arrays(arrays)
    _check_names(grouped.readings[0])
    placed = place_norms(grouped.norms, grouped.readings[0])
    understood = _of_readings(grouped, in_order, chosen)
    if isinstance(understood, Question):
        return understood
    pairs, columns, told = understood
    w = [np.ascontiguousarray(p.matrix.T if columns else p.matrix) for p in pairs]
    b = [
        np.zeros((len(m), 1)) if p.column is None else p.column
        for m, p in zip(w, pairs, strict=True)
    ]
    if columns:
        told.append(message("weights.transposed"))
    if without := sum(pair.bias is None for pair in pairs):
        told.append(message("weights.no_bias", count=without))
    told += [*grouped.told, *fold(placed, [pair.name for pair in pairs], w, b)]
    names = " → ".join(pair.label for pair in pairs)
    arranged = message("weights.arranged", order=names, reading=READINGS[columns])
    return ArrangedLayers(tuple(w), tuple(b), (arranged, *told))
