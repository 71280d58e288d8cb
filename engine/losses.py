"""Loss functions J of one sample and their derivatives, one row of a table each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from engine.activations import softplus
from engine.arguments import Array

__all__ = ["LOSSES", "Loss", "goes_together"]

TARGET_SUM_TOLERANCE: Final = 1e-9


def _any_target(y: Array) -> bool:
    return True


@dataclass(frozen=True)
class Loss:
    """One loss: cost(z, a, y) is J per sample, z, a and y of the last layer (n_L, m) to (m,).

    derivative(a, y) is ∂J/∂a (n_L, m), unless the loss is taken as one with the only output
    activation it stands with: then `output` names that activation and delta(a, y) is δ^L
    (n_L, m). The TeX fields are J, ∂J/∂a and, for those taken as one, δ^L. factor(n_L) stands
    before Σ (a_j − y_j)² in the squared errors; the others have none.
    """

    name: str
    cost: Callable[[Array, Array, Array], Array]
    tex: str
    derivative_tex: str
    derivative: Callable[[Array, Array], Array] | None = None
    output: str | None = None
    delta: Callable[[Array, Array], Array] | None = None
    delta_tex: str | None = None
    accepts: Callable[[Array], bool] = _any_target
    accepted: str = "finite numbers"
    factor: Callable[[int], Fraction] | None = None


def _difference(a: Array, y: Array) -> Array:
    return a - y


def _squared_error(z: Array, a: Array, y: Array) -> Array:
    return np.asarray(np.square(a - y).sum(axis=0))


def _half_squared_error(z: Array, a: Array, y: Array) -> Array:
    return 0.5 * _squared_error(z, a, y)


def _mean_squared_error(z: Array, a: Array, y: Array) -> Array:
    return _squared_error(z, a, y) / len(a)


def _squared_error_derivative(a: Array, y: Array) -> Array:
    return 2 * (a - y)


def _mean_squared_error_derivative(a: Array, y: Array) -> Array:
    # n/2 is exact, 2(a − y) may overflow.
    return (a - y) / (len(a) / 2)


def _binary_cross_entropy(z: Array, a: Array, y: Array) -> Array:
    # −ln σ(z) = softplus(−z): from a, a saturated neuron would give 0·∞.
    return np.asarray((y * softplus(-z) + (1 - y) * softplus(z)).sum(axis=0))


def _cross_entropy(z: Array, a: Array, y: Array) -> Array:
    # −ln a_j = (max z − z_j) + ln Σ e^(z − max z), infinite only where no float64 could hold it;
    # a class without target contributes nothing, however far away it is.
    with np.errstate(over="ignore", invalid="ignore"):
        distance = z.max(axis=0) - z
        rest = np.exp(-distance)
        # The largest z adds the 1 of log1p: of a certain answer the rest alone is left, not 0.
        rest[z.argmax(axis=0), np.arange(z.shape[1])] = 0
        surprise = distance + np.log1p(rest.sum(axis=0))
        return np.asarray(np.where(y > 0, y * surprise, 0.0).sum(axis=0))


def _in_unit_interval(y: Array) -> bool:
    return bool(((y >= 0) & (y <= 1)).all())


def _is_distribution(y: Array) -> bool:
    return bool((y >= 0).all() and (np.abs(y.sum(axis=0) - 1) <= TARGET_SUM_TOLERANCE).all())


_TABLE = (
    Loss(
        "half_squared_error",
        _half_squared_error,
        r"\tfrac12\lVert a^L-y\rVert^2",
        "a^L-y",
        derivative=_difference,
        factor=lambda n: Fraction(1, 2),
    ),
    Loss(
        "squared_error",
        _squared_error,
        r"\lVert a^L-y\rVert^2",
        "2\\,(a^L-y)",
        derivative=_squared_error_derivative,
        factor=lambda n: Fraction(1),
    ),
    Loss(
        "mean_squared_error",
        _mean_squared_error,
        r"\tfrac{1}{n_L}\lVert a^L-y\rVert^2",
        r"\tfrac{2}{n_L}(a^L-y)",
        derivative=_mean_squared_error_derivative,
        factor=lambda n: Fraction(1, n),
    ),
    Loss(
        "binary_cross_entropy",
        _binary_cross_entropy,
        r"-\sum_j\left[y_j\ln a_j^L+(1-y_j)\ln(1-a_j^L)\right]",
        r"\frac{a_j^L-y_j}{a_j^L\,(1-a_j^L)}",
        output="sigmoid",
        delta=_difference,
        delta_tex="a^L-y",
        accepts=_in_unit_interval,
        accepted="targets from 0 to 1",
    ),
    Loss(
        "cross_entropy",
        _cross_entropy,
        r"-\sum_j y_j\ln a_j^L",
        r"-\frac{y_j}{a_j^L}",
        output="softmax",
        delta=_difference,
        delta_tex="a^L-y",
        accepts=_is_distribution,
        accepted="targets not below 0 that sum to 1 in each sample",
    ),
)

LOSSES: Final[Mapping[str, Loss]] = {row.name: row for row in _TABLE}


def goes_together(output_activation: str, loss: str) -> bool:
    """Whether J = loss is defined on this output activation (names as in the tables).

    Softmax stands only with cross_entropy, binary_cross_entropy and cross_entropy only with the
    activation that they are taken as one with (Bishop, PRML 2006, section 4.3.6).
    """
    wanted = LOSSES[loss].output
    return output_activation == wanted if wanted else output_activation != "softmax"
