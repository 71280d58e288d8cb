"""The gradient once more, by numerical differentiation."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arguments import Array, columns, frozen
from engine.layers import Layers
from engine.losses import LOSSES
from engine.network import Network
from engine.passes import Forward, backward, cost, forward

__all__ = ["GradientTable", "gradient_check", "gradient_table", "gradient_work"]

STEP: Final = float(np.cbrt(np.finfo(np.float64).eps))
FLOOR: Final = 1e-4
# The numbers of one array of a chunk: 4 MB, which the caches of a processor hold about.
CHUNK: Final = 2**19
COPY_WORK: Final = 10
ACTIVATION_WORK: Final = 60


@dataclass(frozen=True)
class GradientTable:
    """∂J/∂w and ∂J/∂b twice, l = 2…L: by the backward pass and numerically, shapes of w and b.

    dw_error and db_error are the relative errors of `gradient_table`, of the same shapes.
    """

    dw: Layers
    db: Layers
    dw_numerical: Layers
    db_numerical: Layers
    dw_error: Layers
    db_error: Layers

    @property
    def largest_relative_error(self) -> float:
        """The largest of all relative errors; nan where one is nan."""
        errors = (*self.dw_error.values(), *self.db_error.values())
        return float(np.max([error.max() for error in errors]))


def gradient_table(net: Network, x: object, y: object) -> GradientTable:
    """Every derivative of J by `backward` and by central differences, with the largest error.

    n = (J(θ+h) − J(θ−h)) / 2h with h = ε^{1/3}·max(1, |θ|) (Press et al., Numerical Recipes,
    section 5.7). The relative error is |g − n| / max(|g|, |n|, 10⁻⁴·max(1, J)): below that floor
    rounding of J, about ε^{2/3}·J, drowns n. Right gradients stay at about 1e-6 or below. Within
    h of a kink (relu and leaky_relu at z = 0) n is the mean of both slopes, and the error says
    nothing. J(θ±h) goes on from z^l: moving w_jk^l by h moves z_j^l by h·a_k^{l−1} and nothing
    before it. x, y and errors as in `cost`.
    """
    fwd = forward(net, x)
    J = cost(net, fwd, y)
    bwd = backward(net, fwd, y)
    target = columns("y", y, net.sizes[-1])
    m = target.shape[1]
    dw, db = [], []
    for l in net.w:
        dw.append(_slopes(net, fwd, target, l, net.w[l], fwd.a[l - 1]))
        # A bias is a weight from a neuron that is always 1.
        db.append(_slopes(net, fwd, target, l, net.b[l], np.ones((1, m))))
    floor = FLOOR * max(1.0, J)
    numerical = Layers(dw, 2), Layers(db, 2)
    errors = (_errors(g, n, floor) for g, n in zip((bwd.dw, bwd.db), numerical, strict=True))
    return GradientTable(bwd.dw, bwd.db, *numerical, *errors)


def gradient_check(net: Network, x: object, y: object) -> float:
    """The largest relative error of `backward` against central differences, over all w and b.

    Arguments, formula and limits as in `gradient_table`.
    """
    return gradient_table(net, x, y).largest_relative_error


def gradient_work(net: Network, m: int) -> int:
    """About how many products `gradient_table` computes for m samples: what its time grows with.

    2m Σ_l (n_l n_{l−1} + n_l) (c_l n_l + Σ_{k>l} (n_k n_{k−1} + 60 n_k)), l = 2…L, with c_L = 60
    and c_l = 10 before: an activation takes about as long as 60 products, a copy as 10.
    """
    work, after = 0, 0
    for layer, matrix in reversed(list(net.w.items())):
        n = len(matrix)
        own = n * (ACTIVATION_WORK if layer == net.L else COPY_WORK)
        work += 2 * m * (matrix.size + n) * (own + after)
        after += matrix.size + ACTIVATION_WORK * n
    return work


def _slopes(
    net: Network, fwd: Forward, y: Array, layer: int, parameters: Array, before: Array
) -> Array:
    """∂J/∂θ by differences for parameters θ (n_l, K) that multiply `before` (K, m) to z^l."""
    old = parameters.reshape(-1, 1)
    h = STEP * np.maximum(1.0, np.abs(old))
    ends = np.hstack([old + h, old - h])
    j, k = np.divmod(np.arange(old.size), len(before))
    most = max(1, CHUNK // (2 * y.shape[1] * max(net.sizes)))
    J = np.empty_like(ends)
    with np.errstate(all="ignore"):
        for start in range(0, old.size, most):
            part = slice(start, start + most)
            # Over the distance of the two float64, not 2h: the sums were rounded.
            moves = (ends - old)[part, :, np.newaxis] * before[k[part], np.newaxis]
            J[part] = _costs_beyond(net, fwd, y, layer, j[part], moves)
        slopes = (J[:, 0] - J[:, 1]) / (ends[:, 0] - ends[:, 1])
    return frozen(slopes.reshape(parameters.shape))


def _costs_beyond(
    net: Network, fwd: Forward, y: Array, layer: int, j: Array, moves: Array
) -> Array:
    """J (P, 2) with rows j (P,) of z^l moved by (P, 2, m), all at once as columns of one batch."""
    ends, row = moves.shape[:2], fwd.z[layer][j, np.newaxis] + moves
    if layer == net.L:
        z = _with_rows(fwd.z[layer], j, row)
        a = ACTIVATIONS[net.activation(layer)].f(z)
    else:
        # No softmax here: a neuron's activation depends on its own z alone.
        a = _with_rows(fwd.a[layer], j, ACTIVATIONS[net.activation(layer)].f(row))
    for l in range(layer + 1, net.L + 1):
        z = net.w[l] @ a + net.b[l]
        a = ACTIVATIONS[net.activation(l)].f(z)
    cost_of = LOSSES[net.loss].cost(z, a, np.tile(y, ends[0] * ends[1]))
    return np.asarray(cost_of.reshape(moves.shape).mean(axis=2))


def _with_rows(array: Array, j: Array, rows: Array) -> Array:
    """Copies of (n, m) side by side, (n, P·2·m), in each its row j replaced by one of (P, 2, m)."""
    copies = np.empty((len(array), *rows.shape))
    copies[:] = array[:, np.newaxis, np.newaxis]
    copies[j, np.arange(len(j))] = rows
    return copies.reshape(len(array), -1)


def _errors(analytic: Layers, numerical: Layers, floor: float) -> Layers:
    found = []
    for g, n in zip(analytic.values(), numerical.values(), strict=True):
        with np.errstate(all="ignore"):
            scale = np.maximum(np.maximum(np.abs(g), np.abs(n)), floor)
            found.append(frozen(np.abs(g - n) / scale))
    return Layers(found, 2)
