"""Optimisers: what a gradient g does to the parameters θ, one row of a table each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from engine.arguments import Array
from engine.tables import table

__all__ = ["BETA", "BETA_2", "EPSILON", "OPTIMISERS", "Optimiser"]

BETA: Final = 0.9
BETA_2: Final = 0.999
EPSILON: Final = 1e-8

Step: TypeAlias = Callable[[Array, Array, Sequence[Array], float | Array, int], None]


def _constant(value: float) -> Array:
    # A ufunc takes an array of no dimension in half the time of a Python float.
    array = np.array(value)
    array.flags.writeable = False
    return array


_BETA, _REST = _constant(BETA), _constant(1 - BETA)
_BETA_2, _REST_2 = _constant(BETA_2), _constant(1 - BETA_2)
_EPSILON = _constant(EPSILON)


@dataclass(frozen=True, kw_only=True)
class Optimiser:
    """One optimiser: step(θ, g, slots, η, t) moves θ and the slots in place and uses g up.

    θ, g and each slot are vectors (P,); `slots` names what is kept from step to step, all 0
    before the first; t = 1, 2, … counts the steps. `plain` says that the step is −ηg and no more,
    so that η may be taken into g. `formula` is one step of one parameter, its assignments in their
    order. No field has a default: a row that lacks one is a TypeError at import.
    """

    name: str
    slots: tuple[str, ...]
    step: Step
    plain: bool
    formula: str


def _sgd(theta: Array, g: Array, slots: Sequence[Array], eta: float | Array, t: int) -> None:
    """θ ← θ − ηg (Robbins & Monro 1951; Nielsen ch. 1, eqs. 20–21)."""
    np.multiply(g, eta, g)
    np.subtract(theta, g, theta)


def _momentum(theta: Array, g: Array, slots: Sequence[Array], eta: float | Array, t: int) -> None:
    """v ← βv + g, θ ← θ − ηv (Polyak 1964).

    With a constant η this is v ← βv − ηg, θ ← θ + v of Sutskever et al. 2013, eqs. 1–2; η
    outside of v lets a change of the learning rate act at once.
    """
    (v,) = slots
    np.multiply(v, _BETA, v)
    np.add(v, g, v)
    np.multiply(v, eta, g)
    np.subtract(theta, g, theta)


def _nesterov(theta: Array, g: Array, slots: Sequence[Array], eta: float | Array, t: int) -> None:
    """v ← βv + g, θ ← θ − η(g + βv) (Nesterov 1983, in the form of torch.optim.SGD).

    It is eqs. 3–4 of Sutskever et al. 2013 written for the point θ + βv that g is taken at.
    """
    (v,) = slots
    np.multiply(v, _BETA, v)
    np.add(v, g, v)
    np.multiply(g, eta, g)
    np.subtract(theta, g, theta)
    np.multiply(v, _BETA * eta, g)
    np.subtract(theta, g, theta)


def _rmsprop(theta: Array, g: Array, slots: Sequence[Array], eta: float | Array, t: int) -> None:
    """s ← βs + (1−β)g², θ ← θ − ηg/(√s + ε) (Tieleman & Hinton 2012, lecture 6.5).

    ε, not in the lecture, keeps a g of 0 from dividing by 0.
    """
    (s,) = slots
    root = np.square(g)
    np.multiply(root, _REST, root)
    np.multiply(s, _BETA, s)
    np.add(s, root, s)
    np.sqrt(s, root)
    np.add(root, _EPSILON, root)
    np.divide(g, root, g)
    np.multiply(g, eta, g)
    np.subtract(theta, g, theta)


def _adam(theta: Array, g: Array, slots: Sequence[Array], eta: float | Array, t: int) -> None:
    """m ← βm + (1−β)g, v ← β₂v + (1−β₂)g², θ ← θ − η m̂/(√v̂ + ε) (Kingma & Ba 2015, alg. 1).

    m̂ = m/(1−βᵗ) and v̂ = v/(1−β₂ᵗ); both are taken into η and ε, as in the end of section 2.
    """
    m, v = slots
    square = np.square(g)
    np.multiply(square, _REST_2, square)
    np.multiply(g, _REST, g)
    np.multiply(m, _BETA, m)
    np.add(m, g, m)
    np.multiply(v, _BETA_2, v)
    np.add(v, square, v)
    np.sqrt(v, g)
    root = float(np.sqrt(1 - BETA_2**t))
    np.add(g, EPSILON * root, g)
    np.divide(m, g, g)
    np.multiply(g, eta * (root / (1 - BETA**t)), g)
    np.subtract(theta, g, theta)


OPTIMISERS: Final[Mapping[str, Optimiser]] = table(
    Optimiser(
        name="sgd",
        slots=(),
        step=_sgd,
        plain=True,
        formula="θ ← θ − η g",
    ),
    Optimiser(
        name="momentum",
        slots=("velocity",),
        step=_momentum,
        plain=False,
        formula="v ← β v + g, θ ← θ − η v",
    ),
    Optimiser(
        name="nesterov",
        slots=("velocity",),
        step=_nesterov,
        plain=False,
        formula="v ← β v + g, θ ← θ − η (g + β v)",
    ),
    Optimiser(
        name="rmsprop",
        slots=("mean_square",),
        step=_rmsprop,
        plain=False,
        formula="s ← β s + (1 − β) g², θ ← θ − η g / (√s + ε)",
    ),
    Optimiser(
        name="adam",
        slots=("mean", "mean_square"),
        step=_adam,
        plain=False,
        formula="m ← β m + (1 − β) g, v ← β₂ v + (1 − β₂) g², "
        "θ ← θ − η (m / (1 − βᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)",
    ),
)
