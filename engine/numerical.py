"""The gradient once more, by numerical differentiation."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.arguments import Array, frozen
from engine.differences import slopes_by_z
from engine.layers import Layers
from engine.network import Network
from engine.passes import backward, forward, targets

__all__ = ["GradientTable", "gradient_check", "gradient_table"]

# A right number may be off by its uncertainty: an error of a millionth at most, then.
ASSURED: Final = 1e6


@dataclass(frozen=True)
class GradientTable:
    """∂J/∂w and ∂J/∂b twice, l = 2…L: by the backward pass and numerically, shapes of w and b.

    dw_error and db_error are the relative errors of `gradient_table`, of the same shapes; kinks[l]
    (n_l,) tells of which z_j^l the numerical derivative crosses a kink.
    """

    dw: Layers
    db: Layers
    dw_numerical: Layers
    db_numerical: Layers
    dw_error: Layers
    db_error: Layers
    kinks: Layers

    @property
    def largest_relative_error(self) -> float:
        """The largest of all relative errors; nan where one is nan."""
        errors = (*self.dw_error.values(), *self.db_error.values())
        return float(np.max([error.max() for error in errors]))


def gradient_table(net: Network, x: object, y: object) -> GradientTable:
    """Every derivative of J by `backward` and by central differences, with the largest error.

    n is the mean over the samples of (J(θ+h) − J(θ−h)) / 2h, extrapolated to h = 0. Moving w_jk^l
    by h moves z_j^l by u = h·a_k^{l−1} and nothing before it, so that h = u/|a_k^{l−1}| follows
    the size of what it multiplies, with u of `slopes_by_z`; the weight of b is 1. The relative
    error is |g − n| / max(|g|, |n|, 10⁶ U), with U, the mean of |a| times the uncertainty of the
    slopes, as what rounding leaves open. Right gradients stay at about 1e-6 or below. Where the
    last steps cross a kink of an activation, `kinks` says so: n is between both slopes there, and
    the error says nothing. x, y and errors as in `cost`.
    """
    fwd = forward(net, x)
    target = targets(net, fwd, y)
    bwd = backward(net, fwd, y)
    m = target.shape[1]
    numerical: tuple[list[Array], list[Array]] = ([], [])
    errors: tuple[list[Array], list[Array]] = ([], [])
    kinks = [np.zeros(n, bool) for n in net.sizes[1:]]
    for l in net.w:
        found = slopes_by_z(net, fwd, target, l)
        for k, seen in found.kinks.items():
            kinks[k - 2] |= seen
        # A bias is a weight from a neuron that is always 1.
        for part, (g, a) in enumerate(((bwd.dw[l], fwd.a[l - 1]), (bwd.db[l], np.ones((1, m))))):
            with np.errstate(all="ignore"):
                n = found.slopes @ a.T / m
                open_ = found.uncertainty @ np.abs(a).T / m
                numerical[part].append(frozen(n))
                errors[part].append(frozen(_errors(g, n, ASSURED * open_)))
    layers = (Layers(arrays, 2) for arrays in (*numerical, *errors, kinks))
    return GradientTable(bwd.dw, bwd.db, *layers)


def gradient_check(net: Network, x: object, y: object) -> float:
    """The largest relative error of `backward` against central differences, over all w and b.

    Arguments, formula and limits as in `gradient_table`.
    """
    return gradient_table(net, x, y).largest_relative_error


def _errors(g: Array, n: Array, floor: Array) -> Array:
    scale = np.maximum(np.maximum(np.abs(g), np.abs(n)), floor)
    # 0 of 0 is right: of an input that is 0, say.
    return np.where((g == n) & (scale == 0), 0.0, np.abs(g - n) / scale)
