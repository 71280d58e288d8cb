"""The gradient of one batch as a list of calls on buffers that stay.

Each layer is one matrix [w^l | b^l] against [a^{l−1}; 1], so that one product makes z^l and one
makes ∂J/∂w^l and ∂J/∂b^l. The list is written once for each number of samples; constants are
arrays of no dimension and products are bound methods, since with small layers the call costs
more than the arithmetic.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.arguments import Array
from engine.fast.activations import FAST_ACTIVATIONS, identity
from engine.fast.losses import FAST_LOSSES
from engine.fast.operations import Operations
from engine.losses import LOSSES

__all__ = ["Batches", "FastProgram", "joined_order"]

# Of each batch x as columns (n_1 + 1, m) and as rows, the last of them ones, and y (n_L, m).
Batches: TypeAlias = Iterable[tuple[Array, Array, Array]]

# A gradient of more numbers leaves the cache before it is taken off the weights; so many rows of
# it at a time stay there.
LARGE: Final = 32_768
BLOCK: Final = 16


def _blocks(w: Array, delta: Array) -> list[tuple[Array, Array, Array]]:
    """Rows of [w | b] and of δ with room for their gradient, block by block; one room for all."""
    room = np.empty((BLOCK, w.shape[1]))
    parts = [(w[i : i + BLOCK], delta[i : i + BLOCK]) for i in range(0, len(w), BLOCK)]
    return [(part, d, room[: len(part)]) for part, d in parts]


def _products(w: Array, gradient: Array, ones: Array, delta: Array, error: Array) -> Operations:
    """∂J/∂w^l with ∂J/∂b^l, and what δ^l is for the layer before."""
    # The row of the ones comes out as well and is left alone: a product with part of the rows
    # of w would have to copy them first.
    return [(delta.dot, (ones.T, gradient)), (w.T.dot, (delta, error))]


class FastProgram:
    """The calls that make the gradient of one batch of `samples` columns, times `scale`.

    `moves`: nothing but a plain step follows. A large first layer takes it at once, as the last
    that is needed, and `moved` is True: its gradient is then nowhere to be found.
    """

    def __init__(
        self,
        joined: Sequence[Array],
        gradients: Sequence[Array],
        activations: Sequence[str],
        loss: str,
        samples: int,
        scale: float,
        moves: bool = False,
    ) -> None:
        ones = [np.ones((len(w) + 1, samples)) for w in joined]
        made = [FAST_ACTIVATIONS[name] for name in activations]
        z = [
            a[:-1] if make is identity else np.empty_like(a[:-1])
            for a, make in zip(ones, made, strict=True)
        ]
        errors = [np.empty_like(a) for a in ones]
        deltas = [error[:-1] for error in errors]
        parts = [
            ([], []) if make is identity else make(z_l, a[:-1], d)
            for make, z_l, a, d in zip(made, z, ones, deltas, strict=True)
        ]
        self.forward: Operations = list(parts[0][0])
        for l in range(1, len(joined)):
            self.forward += [(joined[l].dot, (ones[l - 1], z[l])), *parts[l][0]]
        self.backward = FAST_LOSSES[loss](deltas[-1], scale)
        if not LOSSES[loss].taken_as_one:
            self.backward += parts[-1][1]
        for l in range(len(joined) - 1, 0, -1):
            products = _products(joined[l], gradients[l], ones[l - 1], deltas[l], errors[l - 1])
            self.backward += [*products, *parts[l - 1][1]]
        self.moved = moves and joined[0].size >= LARGE
        self._first = joined[0].dot
        self._z = z[0]
        self._output = ones[-1][:-1]
        self._error = deltas[-1]
        self._last = (deltas[0].dot, gradients[0])
        self._blocks = _blocks(joined[0], deltas[0]) if self.moved else []

    def run(self, batches: Batches, after: Operations) -> None:
        """The gradient of each batch, and after each of them some more calls."""
        first, z, output, error = self._first, self._z, self._output, self._error
        forward, backward, (last, gradient) = self.forward, self.backward, self._last
        blocks, subtract = self._blocks, np.subtract
        for columns, rows, y in batches:
            first(columns, z)
            for call, arguments in forward:
                call(*arguments)
            subtract(output, y, error)
            for call, arguments in backward:
                call(*arguments)
            if blocks:
                for part, delta, room in blocks:
                    delta.dot(rows, room)
                    subtract(part, room, part)
            else:
                last(rows, gradient)
            for call, arguments in after:
                call(*arguments)


def joined_order(sizes: Sequence[int]) -> NDArray[np.intp]:
    """Where each entry of a flat vector (w^2, b^2, …) stands in ([w^2 | b^2], …)."""
    parts, start = [], 0
    for n_in, n_out in pairwise(sizes):
        places = np.arange(start, start + n_out * (n_in + 1)).reshape(n_out, n_in + 1)
        parts += [places[:, :-1].ravel(), places[:, -1]]
        start += places.size
    return np.concatenate(parts)
