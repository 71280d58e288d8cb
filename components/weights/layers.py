"""The layers that the arrays of a file make: their order, which side is the input, what is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

import engine
from components.weights.choices import (
    READINGS,
    Choice,
    Found,
    Question,
    ask_reading,
    chains_at_all,
    find_order,
)
from components.weights.files import WeightFileError
from components.weights.names import sort_key, tell_order
from components.weights.pairs import (
    Pair,
    columns_by_names,
    number_rules,
    read_pairs,
    refuse_shapes,
)

__all__ = ["Choice", "Layers", "Question", "arrange_layers"]

BY_SHAPES: Final = "The names do not tell the order of the layers; their shapes do."
BY_FILE: Final = "The names do not tell the order of the layers: it is that of the file."
BY_SHAPES_ALONE: Final = (
    "In the order of the numbers in their names the layers do not chain; their shapes tell another."
)
BY_CHOICE: Final = "The order of the layers is the one that was chosen."


@dataclass(frozen=True)
class Layers:
    """w (n_l, n_{l−1}) and b (n_l, 1) from layer 2 on, and how they were understood."""

    w: tuple[engine.Array, ...]
    b: tuple[engine.Array, ...]
    told: tuple[str, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_1, …, n_L."""
        return (self.w[0].shape[1], *(w.shape[0] for w in self.w))


class _Reading(NamedTuple):
    pairs: list[Pair]
    columns: bool
    told: list[str]


def _chains(pairs: Sequence[Pair], columns: bool) -> bool:
    """Whether each matrix takes what the one before gives, and each bias has a row for it."""
    edges = [pair.edge(columns) for pair in pairs]
    fits = all(before[1] == after[0] for before, after in pairwise(edges))
    return fits and all(pair.fits(columns) for pair in pairs)


def _in_this_order(pairs: list[Pair], told: list[str]) -> _Reading | Question | None:
    """How matrices are read whose order is known, if they chain in it at all."""
    fits = [columns for columns in READINGS if _chains(pairs, columns)]
    if len(fits) < 2:
        return _Reading(pairs, fits[0], told) if fits else None
    named = columns_by_names(pairs)
    if named is None:
        return ask_reading(pairs)
    sides = "columns are neurons, as in Keras" if named else "rows are neurons, as in PyTorch"
    return _Reading(pairs, named, [*told, f"The shapes fit both ways: by their names {sides}."])


def _by_shapes(pairs: list[Pair], chosen: Choice | None, told: str) -> _Reading | Question:
    """The one order that chains; where there are several, which it is."""
    if len(pairs) >= engine.MAX_LAYERS and chains_at_all(pairs):
        raise WeightFileError(
            f"{len(pairs)} matrices make {len(pairs) + 1} layers, whose order the names do not "
            f"tell. Allowed: at most {engine.MAX_LAYERS} layers."
        )
    found = find_order(pairs, chosen)
    if found is None and chosen:
        raise WeightFileError("In the order that was chosen the layers of this file do not chain.")
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


def arrange_layers(
    arrays: Mapping[str, engine.Array], in_order: bool = False, chosen: Choice | None = None
) -> Layers | Question:
    """The layers that named matrices and biases make, or the question which of several it is.

    Names are w2, b2, …; PyTorch's weight (out, in) with bias; Keras' kernel (in, out) with bias.
    The order is that of the numbers in the names, else that of the file where it means something
    (`in_order`), else the only one that chains, else the one that was `chosen`. The shapes decide
    which side is the input, and where they fit both ways the names do. Raises `WeightFileError`.
    """
    understood = _understood(read_pairs(arrays), in_order, chosen)
    if isinstance(understood, Question):
        return understood
    pairs, columns, told = understood
    w = tuple(np.ascontiguousarray(p.matrix.T if columns else p.matrix) for p in pairs)
    without = sum(pair.bias is None for pair in pairs)
    if without:
        told.append(f"{without} layer{'s have' if without > 1 else ' has'} no bias: it is 0.")
    b = tuple(
        np.zeros((len(matrix), 1)) if pair.bias is None else pair.bias
        for matrix, pair in zip(w, pairs, strict=True)
    )
    names = " → ".join(pair.label for pair in pairs)
    return Layers(w, b, (f"Layers in the order {names}, matrices as {READINGS[columns]}.", *told))
