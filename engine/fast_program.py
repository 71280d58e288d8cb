"""The gradient of one batch as a list of calls on buffers that stay.

Each layer is one matrix [w^l | b^l] against [a^{l−1}; 1], so that one product makes z^l and one
makes ∂J/∂w^l and ∂J/∂b^l. The list is written once for each number of samples; constants are
arrays of no dimension and products are bound methods, since with small layers the call costs
more than the arithmetic.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from engine.arguments import Array
from engine.fast_activations import FAST_ACTIVATIONS, Operations, constant
from engine.losses import LOSSES

__all__ = ["FastProgram"]

# ∂J/∂a^L, or δ^L where loss and output are taken as one, is this times (a^L − y).
_HALF_SLOPE: Final = {"squared_error": 2.0, "mean_squared_error": 2.0}


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
        z = [
            a[:-1] if name == "linear" else np.empty_like(a[:-1])
            for a, name in zip(ones, activations, strict=True)
        ]
        errors = [np.empty_like(a) for a in ones]
        deltas = [error[:-1] for error in errors]
        parts = [
            FAST_ACTIVATIONS[name](z_l, a[:-1], d) if name != "linear" else ([], [])
            for name, z_l, a, d in zip(activations, z, ones, deltas, strict=True)
        ]
        self.forward: Operations = list(parts[0][0])
        for l in range(1, len(joined)):
            self.forward += [(joined[l].dot, (ones[l - 1], z[l])), *parts[l][0]]
        self.backward = _output_operations(deltas[-1], loss, scale)
        if LOSSES[loss].delta is None:
            self.backward += parts[-1][1]
        for l in range(len(joined) - 1, 0, -1):
            # The row of the ones comes out as well and is left alone: a product with part of
            # the rows of w would have to copy them first.
            self.backward += [
                (deltas[l].dot, (ones[l - 1].T, gradients[l])),
                (joined[l].T.dot, (deltas[l], errors[l - 1])),
                *parts[l - 1][1],
            ]
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


def _output_operations(delta: Array, loss: str, scale: float) -> Operations:
    factor = scale * _HALF_SLOPE.get(loss, 1.0)
    if loss == "mean_squared_error":
        factor /= len(delta)
    return [] if factor == 1.0 else [(np.multiply, (delta, constant(factor), delta))]
