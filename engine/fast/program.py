"""The gradient of one batch as a list of calls on buffers that stay.

Each layer is one matrix [w^l | b^l] against [a^{l−1}; 1], so that one product makes z^l and one
makes ∂J/∂w^l and ∂J/∂b^l. The list is written once for each number of samples; constants are
arrays of no dimension and products are bound methods, since with small layers the call costs
more than the arithmetic.
"""

from collections.abc import Sequence

import numpy as np

from engine.arguments import Array
from engine.fast.activations import FAST_ACTIVATIONS, identity
from engine.fast.losses import FAST_LOSSES
from engine.fast.operations import Operations
from engine.losses import LOSSES

__all__ = ["FastProgram"]


def _products(w: Array, gradient: Array, ones: Array, delta: Array, error: Array) -> Operations:
    """∂J/∂w^l with ∂J/∂b^l, and what δ^l is for the layer before."""
    # The row of the ones comes out as well and is left alone: a product with part of the rows
    # of w would have to copy them first.
    return [(delta.dot, (ones.T, gradient)), (w.T.dot, (delta, error))]


class FastProgram:
    """The calls that make the gradient of one batch of `samples` columns, times `scale`."""

    def __init__(
        self,
        joined: Sequence[Array],
        gradients: Sequence[Array],
        activations: Sequence[str],
        loss: str,
        samples: int,
        scale: float,
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
        self.first = joined[0].dot
        self.z = z[0]
        self.output = ones[-1][:-1]
        self.error = deltas[-1]
        self.last = deltas[0].dot
        self.gradient = gradients[0]

    def run(self, columns: Array, rows: Array, y: Array) -> None:
        self.first(columns, self.z)
        for call, arguments in self.forward:
            call(*arguments)
        np.subtract(self.output, y, self.error)
        for call, arguments in self.backward:
            call(*arguments)
        self.last(rows, self.gradient)
