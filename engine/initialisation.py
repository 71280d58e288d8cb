"""First weights, drawn from a generator of their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from engine.arguments import Array, choice, finite_number, whole_number
from engine.network import Network, checked_names, checked_sizes
from engine.tables import table

__all__ = ["INITIALISATIONS", "MAX_SEED", "Initialisation", "init_network"]

MAX_SEED: Final = 2**32 - 1
CONSTANT: Final = 0.5


@dataclass(frozen=True)
class Initialisation:
    """One scheme: draw(rng, n_out, n_in, constant) is w (n_out, n_in).

    `formula` is its law: U(low, high) is uniform, N(mean, variance) normal, and what the constant
    is unless another is given.
    """

    name: str
    draw: Callable[[np.random.Generator, int, int, float], Array]
    formula: str


def _xavier(rng: np.random.Generator, n_out: int, n_in: int, constant: float) -> Array:
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_out, n_in))


def _he(rng: np.random.Generator, n_out: int, n_in: int, constant: float) -> Array:
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_out, n_in))


def _normal(rng: np.random.Generator, n_out: int, n_in: int, constant: float) -> Array:
    return rng.normal(0.0, 1.0, (n_out, n_in))


def _uniform(rng: np.random.Generator, n_out: int, n_in: int, constant: float) -> Array:
    return rng.uniform(-1.0, 1.0, (n_out, n_in))


def _zeros(rng: np.random.Generator, n_out: int, n_in: int, constant: float) -> Array:
    return np.zeros((n_out, n_in))


def _constant(rng: np.random.Generator, n_out: int, n_in: int, constant: float) -> Array:
    return np.full((n_out, n_in), constant)


INITIALISATIONS: Final[Mapping[str, Initialisation]] = table(
    Initialisation("xavier", _xavier, "w ~ U(−√(6/(n_in + n_out)), √(6/(n_in + n_out)))"),
    Initialisation("he", _he, "w ~ N(0, 2/n_in)"),
    Initialisation("normal", _normal, "w ~ N(0, 1)"),
    Initialisation("uniform", _uniform, "w ~ U(−1, 1)"),
    Initialisation("zeros", _zeros, "w = 0"),
    Initialisation("constant", _constant, f"w = {CONSTANT}"),
)


def init_network(
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str = "half_squared_error",
    init: str = "xavier",
    seed: int = 0,
    constant: float = CONSTANT,
) -> Network:
    """A network of the given sizes with w drawn by `init` from `seed`, and b = 0.

    sizes = [n_1, …, n_L] and L−1 activation names; seed is a whole number from 0 to 2³²−1;
    `constant` is the weight of init="constant". ValueError for anything else. Equal arguments
    give equal networks. Sources: xavier: U(±√(6/(n_{l−1}+n_l))), Glorot & Bengio 2010, eq. 16;
    he: N(0, 2/n_{l−1}), He et al. 2015, eq. 10; normal: N(0, 1); uniform: U(−1, 1).
    """
    checked = checked_sizes(sizes)
    names, loss = checked_names(activations, loss, len(checked))
    draw = INITIALISATIONS[choice("init", init, INITIALISATIONS)].draw
    rng = np.random.default_rng(whole_number("seed", seed, 0, MAX_SEED))
    value = finite_number("constant", constant)
    w = [draw(rng, n_out, n_in, value) for n_in, n_out in pairwise(checked)]
    return Network(w, [np.zeros(n) for n in checked[1:]], names, loss)
