"""The cross-entropies, each taken as one with its output activation: δ^L = a^L − y.

Computed from z, for from a a saturated neuron would give 0·∞ (Bishop, PRML 2006, section 4.3.6).
"""

from fractions import Fraction
from typing import Final

import numpy as np

from engine.activations.rectifiers import softplus
from engine.arguments import Array
from engine.losses.loss import Loss, Targets
from engine.losses.squared import difference, difference_tex

__all__ = ["BINARY_CROSS_ENTROPY", "CROSS_ENTROPY"]

TARGET_SUM_TOLERANCE: Final = 1e-9


def binary_cross_entropy(z: Array, a: Array, y: Array) -> Array:
    # −ln σ(z) = softplus(−z).
    return np.asarray((y * softplus(-z) + (1 - y) * softplus(z)).sum(axis=0))


def _in_unit_interval(y: Array) -> bool:
    return bool(((y >= 0) & (y <= 1)).all())


def _cut_to_unit_interval(y: Array) -> Array:
    return np.clip(y, 0.0, 1.0)


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
    slope=difference_tex,
    slope_signs=("(", ")"),
    torch="(y * torch.logaddexp(torch.zeros_like(z), -z)"
    " + (1 - y) * torch.logaddexp(torch.zeros_like(z), z)).sum(0)",
    numpy="(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)).sum(0)",
    numpy_derivative=lambda a, y: f"{a} - {y}",
    rational=False,
    targets=Targets(_in_unit_interval, "targets from 0 to 1", _cut_to_unit_interval),
)


def cross_entropy(z: Array, a: Array, y: Array) -> Array:
    # −ln a_j = (max z − z_j) + ln Σ e^(z − max z), infinite only where no float64 could hold it;
    # a class without target contributes nothing, however far away it is.
    with np.errstate(over="ignore", invalid="ignore"):
        distance = z.max(axis=0) - z
        surprise = distance + np.log(np.exp(-distance).sum(axis=0))
        return np.asarray(np.where(y > 0, y * surprise, 0.0).sum(axis=0))


def _is_distribution(y: Array) -> bool:
    return bool((y >= 0).all() and (np.abs(y.sum(axis=0) - 1) <= TARGET_SUM_TOLERANCE).all())


def _one_at_the_largest(y: Array) -> Array:
    if _is_distribution(y):
        return y
    one_hot: Array = (np.arange(len(y))[:, np.newaxis] == y.argmax(axis=0)).astype(float)
    return one_hot


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
    ),
)
