"""∂J/∂z of every sample by central differences, whatever the size of what z is made of."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arguments import Array
from engine.losses import LOSSES
from engine.network import Network
from engine.passes import Forward

__all__ = ["Slopes", "gradient_work", "slopes_by_z"]

LARGEST: Final = 2.0**-4
SHRINK: Final = 4
RUNGS: Final = 12
MOST_RUNGS: Final = 27
# The largest share of the largest ∂J/∂z that a doubtful extrapolation may be excused by.
DOUBT: Final = 1e-6
EPSILON: Final = float(np.finfo(np.float64).eps)
ROUNDED: Final = 8 * EPSILON
NUDGE: Final = 2.0**-26
NUDGES: Final = 3
# The numbers of one array of a chunk: 4 MB, which the caches of a processor hold about.
CHUNK: Final = 2**19
ACTIVATION_WORK: Final = 60


@dataclass(frozen=True)
class Slopes:
    """∂J/∂z^l of each sample (n_l, m), how far rounding may have moved it, and where a kink is.

    kinks[k] (n_k,), k = l…L, holds True where z_j^k passes a kink of its activation even within
    the smallest step but one, about 6·10⁻⁸.
    """

    slopes: Array
    uncertainty: Array
    kinks: dict[int, Array]


def slopes_by_z(net: Network, fwd: Forward, y: Array, layer: int) -> Slopes:
    """∂J/∂z_j^l of each sample from central differences, extrapolated to a step of 0.

    D(u) = (J(z+u) − J(z−u)) / 2u from u = max(1, |z|)/16 on, each step a quarter of the one
    before, down to about 10⁻⁸; Neville's scheme in u² (Ridders 1982; Press et al., Numerical
    Recipes, section 5.7) takes the entry where neighbours and rounding leave least doubt, of
    steps that cross no kink and no corner if there are two such. What rounding may do is what
    `_resolution` says of the loss and `_rounding_of` of the layers. Never warns: nan where every
    step overflows.
    """
    z = fwd.z[layer]
    n, m = z.shape
    D, noise = np.empty((2, _rungs(z), n, m))
    crossed = np.zeros(D.shape, bool)
    kinks = {l: np.zeros(net.sizes[l - 1], bool) for l in range(layer, net.L + 1)}
    with np.errstate(all="ignore"):
        rounding = _rounding_of(net, fwd, y, layer)
        for rung in range(len(D)):
            u = LARGEST / SHRINK**rung * np.maximum(1.0, np.abs(z))
            both = np.stack([z + u, z - u])
            # Over the distance of the two float64, not 2u: the sums were rounded.
            distance = both[0] - both[1]
            for rows in _chunks(n, m, max(net.sizes)):
                ends = _ends_beyond(net, fwd, y, layer, rows, both[:, rows])
                D[rung, rows] = (ends.J[0] - ends.J[1]) / distance[rows]
                moved = rounding + _resolution(net, ends, y)
                noise[rung, rows] = moved / distance[rows]
                crossed[rung, rows] = ends.crossed
                if rung == len(D) - 2:
                    for l, passed in ends.kinked.items():
                        kinks[l] |= passed.any(axis=(1, 2))
        return Slopes(*_extrapolated(D, noise, crossed), kinks)


def gradient_work(net: Network, m: int) -> int:
    """About how many products `slopes_by_z` computes for all layers: what its time grows with.

    24m Σ_l n_l Σ_{k≥l} (n_k n_{k−1} + 60 n_k), l = 2…L, without n_l n_{l−1}: an activation takes
    about as long as 60 products. So with |z| of at most 1; each factor of 4 adds a twelfth, up to
    fifteen twelfths in all.
    """
    work, after = 0, 0
    for matrix in reversed(list(net.w.values())):
        n = len(matrix)
        work += n * (ACTIVATION_WORK * n + after)
        after += matrix.size + ACTIVATION_WORK * n
    return 2 * RUNGS * m * work


def _rungs(z: Array) -> int:
    """How many steps lead from the largest |z|/16 to 2⁻²⁶."""
    largest = float(np.nan_to_num(np.abs(z)).max())
    more = np.ceil(np.log(max(1.0, largest)) / np.log(SHRINK))
    return min(MOST_RUNGS, RUNGS + int(more))


def _chunks(n: int, m: int, widest: int) -> list[slice]:
    most = max(1, CHUNK // (2 * m * widest))
    return [slice(start, min(n, start + most)) for start in range(0, n, most)]


@dataclass(frozen=True)
class _Ends:
    """z^L (n_L, 2, P, m) and J (2, P, m) with one row of P of z^l moved up and down.

    kinked[k] (n_k, P, m), of each layer whose activation has a kink, tells which z^k pass one
    between the two; crossed (P, m) tells whether anything passes a kink, a corner or the knot of
    the loss: differences across any of them converge too slowly.
    """

    z: Array
    J: Array
    kinked: dict[int, Array]
    crossed: Array


def _ends_beyond(
    net: Network, fwd: Forward, y: Array, layer: int, rows: slice, moved: Array
) -> _Ends:
    """The ends with each of the P rows of z^l in its turn as in moved (2, P, m).

    Every case is a batch of its own, side by side as columns.
    """
    j = np.arange(rows.start, rows.stop)
    z, a, kinked = _with_rows(fwd.z[layer], j, moved), fwd.a[layer], {}
    crossed = np.zeros(moved.shape[1:], bool)
    for l in range(layer, net.L + 1):
        if l > layer:
            z = net.w[l] @ a + net.b[l]
        row = ACTIVATIONS[net.activation(l)]
        a = row.f(z)
        if row.kinks:
            kinked[l] = _passed(z.reshape(-1, *moved.shape), row.kinks)
            crossed |= kinked[l].any(axis=0)
        crossed |= _passed(z.reshape(-1, *moved.shape), row.corners).any(axis=0)
    loss, targets = LOSSES[net.loss], np.tile(y, 2 * len(j))
    J = loss.cost(z, a, targets)
    if loss.knot is not None:
        distance = np.abs(a - targets).reshape(-1, *moved.shape)
        crossed |= _passed(distance, (loss.knot,)).any(axis=0)
    return _Ends(z.reshape(-1, *moved.shape), J.reshape(moved.shape), kinked, crossed)


def _passed(values: Array, places: tuple[float, ...]) -> Array:
    """Which values (n, 2, P, m) have one of the places between their two ends, (n, P, m)."""
    passed = np.zeros((len(values), *values.shape[2:]), bool)
    for place in places:
        above = values > place
        passed |= above[:, 0] != above[:, 1]
    return passed


def _with_rows(array: Array, j: Array, rows: Array) -> Array:
    """Copies of (n, m) side by side, (n, 2·P·m), in each its row j replaced by one of (2, P, m)."""
    copies = np.empty((len(array), *rows.shape))
    copies[:] = array[:, np.newaxis, np.newaxis]
    copies[j, :, np.arange(len(j))] = rows.swapaxes(0, 1)
    return copies.reshape(len(array), -1)


def _resolution(net: Network, ends: _Ends, y: Array) -> Array:
    """How far rounding in the loss itself moves J(z+u) − J(z−u), (P, m): its last digit.

    Of a loss that is a logarithm, the last digit of 1, and that of y at each z^L; softmax takes y
    to sum to 1, which it does but nearly.
    """
    last = np.asarray(EPSILON * np.abs(ends.J).sum(axis=0))
    if not LOSSES[net.loss].taken_as_one:
        return last
    coupled = ACTIVATIONS[net.activation(net.L)].couples_rows
    apart = np.abs(1 - y.sum(axis=0)) if coupled else 0.0
    moved = np.abs(ends.z[:, 0] - ends.z[:, 1]).sum(axis=0)
    return np.asarray(last + 2 * EPSILON + (2 * EPSILON + apart) * moved)


def _rounding_of(net: Network, fwd: Forward, y: Array, layer: int) -> Array:
    """How far rounding of a^l and of all after it moves J of each sample, (m,).

    Each a and each term of z is nudged by one part in 2²⁶, up or down at random, and what that
    does to J is scaled down to ε: no derivative of the backward pass is asked.
    """
    rng = np.random.default_rng(0)
    moved = np.zeros(y.shape[1])
    loss = LOSSES[net.loss].cost
    J = loss(fwd.z[net.L], fwd.a[net.L], y)

    def nudged(array: Array, scale: Array) -> Array:
        return np.asarray(array + NUDGE * scale * rng.choice([-1.0, 1.0], array.shape))

    for _ in range(NUDGES):
        z, a = fwd.z[layer], nudged(fwd.a[layer], fwd.a[layer])
        for l in range(layer + 1, net.L + 1):
            terms = np.abs(net.w[l]) @ np.abs(a) + np.abs(net.b[l])
            z = nudged(net.w[l] @ a + net.b[l], terms)
            a = ACTIVATIONS[net.activation(l)].f(z)
            a = nudged(a, a)
        moved = np.fmax(moved, np.abs(loss(z, a, y) - J))
    return moved * (EPSILON / NUDGE)


def _extrapolated(D: Array, noise: Array, crossed: Array) -> tuple[Array, Array]:
    """Of Neville's scheme over D (R, n, m) the entry of least doubt, and its uncertainty."""
    # Two steps are left to those that cross a kink with every step.
    avoided = np.where(crossed, np.inf, 0.0)
    avoided[-2:] = 0.0
    slopes, rounded = D[-1], noise[-1]
    least, error = np.full_like(slopes, np.inf), np.full_like(slopes, np.inf)
    column = D
    for order in range(1, len(D)):
        finer = column[1:] + (column[1:] - column[:-1]) / (SHRINK ** (2 * order) - 1)
        apart = np.fmax(np.abs(finer - column[1:]), np.abs(finer - column[:-1]))
        # The largest of an entry's steps crosses whatever the others cross.
        doubt = apart + noise[order:] + avoided[: len(finer)]
        for i, own in enumerate(doubt):
            better = own < least
            least = np.where(better, own, least)
            slopes = np.where(better, finer[i], slopes)
            rounded = np.where(better, noise[order + i], rounded)
            error = np.where(better, apart[i], error)
        column = finer
    size = np.nan_to_num(np.abs(slopes)).max(axis=0)
    return slopes, rounded + np.clip(error, ROUNDED * size, DOUBT * size)
