"""Random networks with samples and targets that their loss accepts."""

from dataclasses import dataclass

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

import engine

COMBINATIONS = [
    (activation, loss)
    for activation in engine.ACTIVATIONS
    for loss in engine.LOSSES
    if engine.goes_together(activation, loss)
]
HIDDEN = [name for name, row in engine.ACTIVATIONS.items() if row.derivative is not None]
BENT = {name for name, row in engine.ACTIVATIONS.items() if row.kinks or row.corners}


@dataclass(frozen=True)
class Case:
    net: engine.Network
    x: engine.Array
    y: engine.Array


def random_targets(loss, n, m, rng):
    if loss == "cross_entropy":
        return rng.dirichlet(np.ones(n), size=m).T
    if loss == "binary_cross_entropy":
        return rng.uniform(0, 1, (n, m))
    return rng.normal(size=(n, m))


def random_case(sizes, activations, loss, m, seed):
    rng = np.random.default_rng(seed)
    w = [rng.normal(size=pair) for pair in zip(sizes[1:], sizes[:-1], strict=True)]
    b = [rng.normal(size=n) for n in sizes[1:]]
    net = engine.Network(w, b, activations, loss)
    return Case(net, rng.normal(size=(sizes[0], m)), random_targets(loss, sizes[-1], m, rng))


@st.composite
def cases(draw, output=None, loss=None, smooth=False):
    """A case; `smooth` keeps every z away from the kinks, where no derivative is defined."""
    if output is None:
        output, loss = draw(st.sampled_from(COMBINATIONS))
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    hidden = [draw(st.sampled_from(HIDDEN)) for _ in sizes[2:]]
    m, seed = draw(st.integers(1, 3)), draw(st.integers(0, 2**32 - 1))
    case = random_case(sizes, [*hidden, output], loss, m, seed)
    if smooth:
        z = engine.forward(case.net, case.x).z
        bent = [l for l in z if case.net.activation(l) in BENT]
        assume(all(np.abs(z[l]).min() > 1e-3 for l in bent))
    return case
