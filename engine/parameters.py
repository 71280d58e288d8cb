"""All weights and biases of a network as one flat vector."""

from collections.abc import Iterable
from itertools import chain, pairwise

import numpy as np

from engine.arguments import Array

__all__ = ["flat_vector", "layered", "parameter_count"]


def parameter_count(sizes: Iterable[int]) -> int:
    """P, the number of weights and biases of layers of the given sizes (n_1, …, n_L)."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def flat_vector(w: Iterable[Array], b: Iterable[Array]) -> Array:
    """A new vector (P,) of w[2] row by row, b[2], w[3], b[3], …, w[L], b[L]."""
    return np.concatenate([part.ravel() for part in chain(*zip(w, b, strict=True))])


def layered(vector: Array, sizes: Iterable[int]) -> tuple[list[Array], list[Array]]:
    """The lists w of (n_l, n_{l-1}) and b of (n_l, 1), l = 2…L, as views of a vector (P,)."""
    w, b, start = [], [], 0
    for n_in, n_out in pairwise(sizes):
        middle = start + n_in * n_out
        w.append(vector[start:middle].reshape(n_out, n_in))
        start = middle + n_out
        b.append(vector[middle:start].reshape(n_out, 1))
    return w, b
