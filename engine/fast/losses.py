"""The derivatives of the losses once more, as in-place operations on a^L − y."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from engine.arguments import Array
from engine.fast.operations import Operations, constant
from engine.losses import LOSSES
from engine.tables import require_rows

__all__ = ["FAST_LOSSES"]

_ONE, _MINUS_ONE = constant(1.0), constant(-1.0)


def _scaled(d: Array, factor: float) -> Operations:
    return [] if factor == 1.0 else [(np.multiply, (d, constant(factor), d))]


def _difference(d: Array, scale: float) -> Operations:
    return _scaled(d, scale)


def _twice(d: Array, scale: float) -> Operations:
    return _scaled(d, 2 * scale)


def _twice_the_mean(d: Array, scale: float) -> Operations:
    return _scaled(d, 2 * scale / len(d))


def _huber(d: Array, scale: float) -> Operations:
    # Not fmin and fmax: they would make a bound of a nan, and the run would go on.
    return [(d.clip, (_MINUS_ONE, _ONE, d)), *_scaled(d, scale)]


def _log_cosh(d: Array, scale: float) -> Operations:
    return [(np.tanh, (d, d)), *_scaled(d, scale)]


# name -> (d, scale) -> operations that make of d = a^L − y, (n_L, m), what `Loss.derivative` is,
# times `scale`.
FAST_LOSSES: Final[Mapping[str, Callable[[Array, float], Operations]]] = {
    "half_squared_error": _difference,
    "squared_error": _twice,
    "mean_squared_error": _twice_the_mean,
    "huber": _huber,
    "log_cosh": _log_cosh,
    "binary_cross_entropy": _difference,
    "cross_entropy": _difference,
}
require_rows("FAST_LOSSES", FAST_LOSSES, LOSSES)
