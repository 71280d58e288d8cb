"""The cross-entropies, each taken as one with its output activation: δ^L = a^L − y.

Computed from z, for from a a saturated neuron would give 0·∞ (Bishop, PRML 2006, section 4.3.6).
"""

from fractions import Fraction
from typing import Final

import numpy as np

from engine.activations.rectifiers import softplus
from engine.arguments import Array
from engine.losses.loss import InZ, Loss, Number, Targets, Total
from engine.losses.squared import difference, difference_tex

__all__ = ["BINARY_CROSS_ENTROPY", "CROSS_ENTROPY"]

TARGET_SUM_TOLERANCE: Final = 1e-9
# How near to 0 or 1 an output is taken for certain: σ(−8).
NEAR: Final = 0.000335


def binary_cross_entropy(z: Array, a: Array, y: Array) -> Array:
    # −ln σ(z) = softplus(−z).
    return np.asarray((y * softplus(-z) + (1 - y) * softplus(z)).sum(axis=0))


def _in_unit_interval(y: Array) -> bool:
    return bool(((y >= 0) & (y <= 1)).all())


def _cut_to_unit_interval(y: Array) -> Array:
    return np.clip(y, 0.0, 1.0)


def _binary_in_z(number: Number, total: Total, n: int) -> str:
    def of_output(j: int) -> str:
        y, z = number("y", j), number("z", j)
        return rf"{y}\ln(1+e^{{-({z})}})+(1-{y})\ln(1+e^{{{z}}})"

    return rf"\bigl[{total(of_output, n)}\bigr]"


BINARY_CROSS_ENTROPY: Final = Loss(
    name="binary_cross_entropy",
    cost=binary_cross_entropy,
    derivative=difference,
    output="sigmoid",
    factor=lambda n: Fraction(-1),
    term=lambda a, y, near: rf"{y}\ln({a})+(1-{y})\ln(1-{a})",
    knot=None,
    squares=False,
    tex=lambda l, n: rf"-\sum_j\left[y_j\ln a_j^{l}+(1-y_j)\ln(1-a_j^{l})\right]",
    in_z=InZ(
        lost=lambda a: bool(a.min() < NEAR or a.max() > 1 - NEAR),
        tex=lambda l: rf"\sum_j\left[y_j\ln(1+e^{{-z_j^{l}}})+(1-y_j)\ln(1+e^{{z_j^{l}}})\right]",
        numbers=_binary_in_z,
    ),
    slope=difference_tex,
    slope_signs=("(", ")"),
    torch="(y * torch.logaddexp(torch.zeros_like(z), -z)"
    " + (1 - y) * torch.logaddexp(torch.zeros_like(z), z)).sum(0)",
    numpy="(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)).sum(0)",
    numpy_derivative=lambda a, y: f"{a} - {y}",
    rational=False,
    targets=Targets(_in_unit_interval, "targets from 0 to 1", _cut_to_unit_interval, coupled=False),
)


def cross_entropy(z: Array, a: Array, y: Array) -> Array:
    # −ln a_j = (max z − z_j) + ln Σ e^(z − max z), infinite only where no float64 could hold it;
    # a class without target contributes nothing, however far away it is.
    with np.errstate(over="ignore", invalid="ignore"):
        distance = z.max(axis=0) - z
        rest = np.exp(-distance)
        # The largest z adds the 1 of log1p: of a certain answer the rest alone is left, not 0.
        rest[z.argmax(axis=0), np.arange(z.shape[1])] = 0
        surprise = distance + np.log1p(rest.sum(axis=0))
        return np.asarray(np.where(y > 0, y * surprise, 0.0).sum(axis=0))


def _is_distribution(y: Array) -> bool:
    return bool((y >= 0).all() and (np.abs(y.sum(axis=0) - 1) <= TARGET_SUM_TOLERANCE).all())


def _one_at_the_largest(y: Array) -> Array:
    if _is_distribution(y):
        return y
    one_hot: Array = (np.arange(len(y))[:, np.newaxis] == y.argmax(axis=0)).astype(float)
    return one_hot


def _in_gaps(number: Number, total: Total, n: int) -> str:
    below = total(lambda k: f"e^{{-({number('gap', k)})}}", n)
    above = total(lambda j: f"({number('y', j)})({number('gap', j)})", n)
    return rf"\ln\bigl({below}\bigr) + {above}"


CROSS_ENTROPY: Final = Loss(
    name="cross_entropy",
    cost=cross_entropy,
    derivative=difference,
    output="softmax",
    factor=lambda n: Fraction(-1),
    term=lambda a, y, near: rf"{y}\ln({a})",
    knot=None,
    squares=False,
    tex=lambda l, n: rf"-\sum_j y_j\ln a_j^{l}",
    in_z=InZ(
        lost=lambda a: bool(a.min() == 0 or a.max() > 1 - NEAR),
        tex=lambda l: rf"\ln\sum_k e^{{-d_k}}+\sum_j y_j d_j,\quad d_j = \max_k z_k^{l} - z_j^{l}",
        numbers=_in_gaps,
    ),
    slope=difference_tex,
    slope_signs=("(", ")"),
    torch="(y * (torch.logsumexp(z, 0) - z)).sum(0)",
    numpy="(y * (z.max(0) + np.log(np.exp(z - z.max(0)).sum(0)) - z)).sum(0)",
    numpy_derivative=lambda a, y: f"{a} - {y}",
    rational=False,
    targets=Targets(
        _is_distribution,
        "targets not below 0 that sum to 1 in each sample",
        _one_at_the_largest,
        coupled=True,
    ),
)
