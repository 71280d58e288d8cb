"""Gradient descent."""

import numpy as np

from engine.arguments import Array, finite_number, refusal, truth_value
from engine.layers import Layers
from engine.network import Network
from engine.nonfinite import NonFiniteError
from engine.passes import Backward

__all__ = ["sgd_step"]


def sgd_step(
    net: Network, bwd: Backward, learning_rate: float, update_biases: bool = True
) -> Network:
    """A new network after w^l ← w^l − η ∂J/∂w^l and, if update_biases, b^l ← b^l − η ∂J/∂b^l.

    η = learning_rate is finite and ≥ 0, else ValueError; `net` stays as it is. NonFiniteError
    names the first w or b that overflows. Nielsen ch. 1, eqs. 20–21.
    """
    eta = finite_number("learning_rate", learning_rate, low=0)
    w = _descended("w", net.w, bwd.dw, eta)
    b = _descended("b", net.b, bwd.db, eta if truth_value("update_biases", update_biases) else None)
    return net.moved(w, b)


def _descended(symbol: str, old: Layers, gradient: Layers, eta: float | None) -> list[Array]:
    shapes = {layer: array.shape for layer, array in gradient.items()}
    wanted = {layer: array.shape for layer, array in old.items()}
    if shapes != wanted:
        raise refusal(f"shapes of bwd.d{symbol}", shapes, f"those of net.{symbol}, {wanted}")
    if eta is None:
        return list(old.values())
    new = []
    for layer, array in old.items():
        with np.errstate(all="ignore"):
            new.append(array - eta * gradient[layer])
        if not np.isfinite(new[-1]).all():
            raise NonFiniteError(symbol, layer, "update")
    return new
