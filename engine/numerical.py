"""The gradient once more, by numerical differentiation."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.arguments import Array, frozen
from engine.layers import Layers
from engine.network import Network
from engine.passes import backward, cost, forward

__all__ = ["GradientTable", "gradient_check", "gradient_table"]

STEP: Final = float(np.cbrt(np.finfo(np.float64).eps))
FLOOR: Final = 1e-4


@dataclass(frozen=True)
class GradientTable:
    """∂J/∂w and ∂J/∂b twice, l = 2…L: by the backward pass and numerically, shapes of w and b."""

    dw: Layers
    db: Layers
    dw_numerical: Layers
    db_numerical: Layers
    largest_relative_error: float


def gradient_table(net: Network, x: object, y: object) -> GradientTable:
    """Every derivative of J by `backward` and by central differences, with the largest error.

    n = (J(θ+h) − J(θ−h)) / 2h with h = ε^{1/3}·max(1, |θ|) (Press et al., Numerical Recipes,
    section 5.7). The relative error is |g − n| / max(|g|, |n|, 10⁻⁴·max(1, J)): below that floor
    rounding of J, about ε^{2/3}·J, drowns n. Right gradients stay at about 1e-6 or below. Within
    h of a kink (relu and leaky_relu at z = 0) n is the mean of both slopes, and the error says
    nothing. x, y and errors as in `cost`.
    """
    fwd = forward(net, x)
    J = cost(net, fwd, y)
    bwd = backward(net, fwd, y)
    scratch = Network(net.w, net.b, net.activations, net.loss)
    dw = _differences(scratch, scratch.w, x, y)
    db = _differences(scratch, scratch.b, x, y)
    floor = FLOOR * max(1.0, J)
    pairs = [(bwd.dw, dw), (bwd.db, db)]
    errors = [
        _relative_error(analytic[layer], numerical[layer], floor)
        for analytic, numerical in pairs
        for layer in analytic
    ]
    return GradientTable(bwd.dw, bwd.db, dw, db, float(np.max(errors)))


def gradient_check(net: Network, x: object, y: object) -> float:
    """The largest relative error of `backward` against central differences, over all w and b.

    Arguments, formula and limits as in `gradient_table`.
    """
    return gradient_table(net, x, y).largest_relative_error


def _differences(scratch: Network, parameters: Layers, x: object, y: object) -> Layers:
    found = []
    for array in parameters.values():
        # The scratch network is ours alone: moving one number in place saves a copy per number.
        array.flags.writeable = True
        slopes = [_slope(scratch, array, index, x, y) for index in np.ndindex(array.shape)]
        found.append(frozen(np.reshape(slopes, array.shape)))
        frozen(array)
    return Layers(found, 2)


def _slope(scratch: Network, array: Array, index: tuple[int, ...], x: object, y: object) -> float:
    old = float(array[index])
    h = STEP * max(1.0, abs(old))
    ends = []
    for moved in (old + h, old - h):
        array[index] = moved
        ends.append((moved, cost(scratch, forward(scratch, x), y)))
    array[index] = old
    (above, J_above), (below, J_below) = ends
    # Over the distance of the two float64, not 2h: the sums were rounded.
    return (J_above - J_below) / (above - below)


def _relative_error(g: Array, n: Array, floor: float) -> float:
    with np.errstate(all="ignore"):
        scale = np.maximum(np.maximum(np.abs(g), np.abs(n)), floor)
        return float(np.max(np.abs(g - n) / scale))
