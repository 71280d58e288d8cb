"""The matrices of a weight file, each with its bias, and what their names say about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

import engine
from components.messages import Argument, message
from components.refusal import refusal
from components.weights.names import sort_key, tell_order
from components.weights.orders import Edge, flaw
from components.weights.refusal import WeightFileError

__all__ = ["Pair", "columns_by_names", "label", "number_rules", "refuse_shapes"]

MOST_LISTED: Final = 8
MOST_LETTERS: Final = 40


def label(name: str) -> str:
    """The end of the name, where names of one network differ."""
    return name if len(name) <= MOST_LETTERS else "…" + name[1 - MOST_LETTERS :]


@dataclass(frozen=True)
class Pair:
    """A matrix as it is in the file, with its bias if it has one.

    `by_name` is whether its columns are neurons as its name has it, None where that says nothing.
    """

    name: str
    stem: str
    matrix: engine.Array
    bias: engine.Array | None
    by_name: bool | None

    @property
    def label(self) -> str:
        return label(self.name)

    @property
    def convention(self) -> bool | None:
        """Whether columns are neurons: by the name, else by a bias that stands or lies."""
        if self.by_name is not None or self.bias is None or self.bias.ndim == 1:
            return self.by_name
        rows, cols = self.bias.shape
        return None if rows == cols else rows == 1

    @property
    def column(self) -> engine.Array | None:
        """The bias as (n_l, 1)."""
        return None if self.bias is None else self.bias.reshape(-1, 1)

    def edge(self, columns: bool) -> Edge:
        """Its numbers of inputs and of neurons."""
        rows, cols = self.matrix.shape
        return (rows, cols) if columns else (cols, rows)

    def fits(self, columns: bool) -> bool:
        """Whether the bias has a number for each neuron."""
        return self.bias is None or self.bias.size == self.edge(columns)[1]

    def is_symmetric(self) -> bool:
        """Whether it is the same however it is read."""
        return np.array_equal(self.matrix, self.matrix.T)


def columns_by_names(pairs: Iterable[Pair]) -> bool | None:
    """Whether columns are neurons as the names have it; None where they disagree or do not say."""
    conventions = {pair.convention for pair in pairs} - {None}
    return conventions.pop() if len(conventions) == 1 else None


def number_rules(pairs: Sequence[Pair]) -> set[tuple[int, int]]:
    """Which matrix comes before which by the numbers in their names."""
    keys = [sort_key(pair.stem) for pair in pairs]
    places = range(len(pairs))
    return {
        (i, k) for i in places for k in places if keys[i] < keys[k] and tell_order(keys[i], keys[k])
    }


def _shapes(pairs: Sequence[Pair]) -> Argument:
    named = (f"{p.label} {'×'.join(map(str, p.matrix.shape))}" for p in pairs[:MOST_LISTED])
    listed, more = ", ".join(named), len(pairs) - MOST_LISTED
    return message("list.more", listed=listed, more=more) if more > 0 else listed


def refuse_shapes(pairs: Sequence[Pair]) -> WeightFileError:
    columns = bool(columns_by_names(pairs))
    unfit = [p for p in pairs if not p.fits(False) and not p.fits(True)]
    if unfit and unfit[0].bias is not None:
        numbers = unfit[0].bias.size
        why = message("refusal.weights.flaw.bias", name=unfit[0].label, numbers=numbers)
    elif any(not pair.fits(columns) for pair in pairs):
        why = message("refusal.weights.flaw.sides")
    else:
        why = flaw([pair.edge(columns) for pair in pairs], [pair.label for pair in pairs])
    what = message("refusal.weights.shapes", why=why, shapes=_shapes(pairs))
    return WeightFileError(refusal(what, allowed=message("allowed.chain")))
