"""A BatchNorm taken into the layer beside it, as when a network is evaluated.

γ (z − μ)/√(σ² + ε) + β is a map of each neuron by itself (Ioffe & Szegedy 2015): after z = w a + b
it scales the rows of w and moves b; before a layer it scales the columns of its w.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import digits
from typing import Final

import numpy as np

import engine
from components.messages import Message, message
from components.weights.grouping import Norm
from components.weights.names import sort_key
from components.weights.pairs import Pair, label
from components.weights.refusal import WeightFileError, array_error

__all__ = ["Folded", "fold", "place_norms"]

EPSILON: Final = 1e-5  # PyTorch's and Flax' own


@dataclass(frozen=True)
class Folded:
    """Where a BatchNorm stands: after the matrix of this name, or before it (after σ)."""

    norm: Norm
    beside: str
    after: bool


def _split(stem: str) -> tuple[str, int | None]:
    """What stands before the last number of a stem, and the number."""
    head = stem.rstrip(digits)
    return head, int(stem[len(head) :]) if len(head) < len(stem) < len(head) + 6 else None


def _unplaced(norm: Norm) -> WeightFileError:
    return array_error(norm.name, message("refusal.weights.batch_norm"))


def _by_counting(norm: Norm, pairs: Sequence[Pair]) -> Folded | None:
    """In a Sequential: after the layer just before it, else with σ between, before the next."""
    head, number = _split(norm.stem)
    listed = {place: pair for pair in pairs for h, place in [_split(pair.stem)] if h == head}
    places = [place for place in listed if place is not None]
    if number is None or not places:
        return None
    if number - 1 in listed:
        return Folded(norm, listed[number - 1].name, True)
    later = [place for place in places if place > number]
    if not later:
        raise _unplaced(norm)
    return Folded(norm, listed[min(later)].name, False)


def _by_likeness(norm: Norm, pairs: Sequence[Pair]) -> Folded | None:
    """Beside the one layer with the same numbers in its name, or with as many neurons."""
    numbers = [number for number, _ in sort_key(norm.stem) if number >= 0]
    alike = [p for p in pairs if [n for n, _ in sort_key(p.stem) if n >= 0] == numbers]
    fitting = [p for p in (alike or pairs) if norm.mean.size in p.matrix.shape]
    return Folded(norm, fitting[0].name, True) if len(fitting) == 1 else None


def place_norms(norms: Sequence[Norm], pairs: Sequence[Pair]) -> list[Folded]:
    """Where each BatchNorm stands by its name; Keras' names never tell, and it is refused.

    Raises `WeightFileError`.
    """
    found: list[Folded] = []
    for norm in norms:
        placed = None if norm.by_keras else _by_counting(norm, pairs) or _by_likeness(norm, pairs)
        if placed is None or any(
            (f.beside, f.after) == (placed.beside, placed.after) for f in found
        ):
            raise _unplaced(norm)
        found.append(placed)
    return found


def _scaled(folded: Folded, w: engine.Array, b: engine.Array) -> tuple[engine.Array, engine.Array]:
    norm = folded.norm
    if norm.mean.size != w.shape[0 if folded.after else 1] or (norm.variance < 0).any():
        raise _unplaced(norm)
    scale = norm.scale / np.sqrt(norm.variance + EPSILON)
    shift = norm.shift - scale * norm.mean
    if folded.after:
        return scale[:, None] * w, scale[:, None] * b + shift[:, None]
    return w * scale, b + (w @ shift)[:, None]


def fold(
    placed: Sequence[Folded], names: Sequence[str], w: list[engine.Array], b: list[engine.Array]
) -> list[Message]:
    """Put each BatchNorm into w and b, whose matrices have these names; what is told of it.

    Those before a layer come last: its w may have one after it too.
    """
    told = []
    for folded in sorted(placed, key=lambda f: not f.after):
        at = names.index(folded.beside)
        w[at], b[at] = _scaled(folded, w[at], b[at])
        key = "weights.folded_after" if folded.after else "weights.folded_before"
        told.append(message(key, norm=label(folded.norm.stem), layer=label(folded.beside)))
    return told
