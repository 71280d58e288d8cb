"""The forward pass, the cost and the backward pass."""

from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arguments import Array, columns, frozen, refusal
from engine.layers import Layers
from engine.losses import LOSSES
from engine.network import Network

__all__ = [
    "Backward",
    "Forward",
    "backward",
    "cost",
    "forward",
    "gradients",
    "mean_loss",
    "targets",
]


@dataclass(frozen=True)
class Forward:
    """Everything the forward pass computed: z[l], l = 2…L, and a[l], l = 1…L, all (n_l, m)."""

    z: Layers
    a: Layers


@dataclass(frozen=True)
class Backward:
    """Everything the backward pass computed, l = 2…L.

    delta[l] (n_l, m) per sample; dw[l] (n_l, n_{l-1}) and db[l] (n_l, 1) as means over samples.
    """

    delta: Layers
    dw: Layers
    db: Layers


def forward(net: Network, x: object) -> Forward:
    """The forward pass: z^l = w^l a^{l−1} + b^l, a^l = σ(z^l), a^1 = x (Nielsen ch. 2, eq. 25).

    x is (n_1,) or (n_1, m) with samples as columns; ValueError for other shapes or values that
    are not finite. Never warns: what overflows comes back as inf or nan.
    """
    z: list[Array] = []
    a = [columns("x", x, net.sizes[0])]
    with np.errstate(all="ignore"):
        for layer in range(2, net.L + 1):
            z.append(frozen(net.w[layer] @ a[-1] + net.b[layer]))
            a.append(frozen(ACTIVATIONS[net.activation(layer)].f(z[-1])))
    return Forward(Layers(z, 2), Layers(a, 1))


def cost(net: Network, fwd: Forward, y: object) -> float:
    """J, the mean over the m samples of the network's loss (Nielsen ch. 2, eq. 26, for the ½Σ).

    y is (n_L,) or (n_L, m); ValueError for other shapes, values that are not finite, or targets
    that the loss does not accept. Never warns: what overflows comes back as inf or nan.
    """
    return mean_loss(net, fwd, targets(net, fwd, y))


def mean_loss(net: Network, fwd: Forward, target: Array) -> float:
    """`cost` for a target (n_L, m) that `targets` has checked."""
    with np.errstate(all="ignore"):
        return float(LOSSES[net.loss].cost(fwd.z[net.L], fwd.a[net.L], target).mean())


def backward(net: Network, fwd: Forward, y: object) -> Backward:
    """The backward pass: all δ, ∂J/∂w and ∂J/∂b of one (mini-)batch.

    With shapes as in `Backward`; y and errors as in `cost`. Nielsen ch. 2:
    BP1 δ^L = J′(a^L) ⊙ σ′(z^L), or a^L − y where loss and output activation are taken as one;
    BP2 δ^l = (w^{l+1})ᵀ δ^{l+1} ⊙ σ′(z^l); BP3 ∂J/∂b^l = (1/m) Σ δ^l;
    BP4 ∂J/∂w^l = (1/m) δ^l (a^{l−1})ᵀ.
    """
    return gradients(net, fwd, targets(net, fwd, y))


def gradients(net: Network, fwd: Forward, target: Array) -> Backward:
    """`backward` for a target (n_L, m) that `targets` has checked."""
    m = target.shape[1]
    layers = range(2, net.L + 1)
    with np.errstate(all="ignore"):
        delta = [frozen(_output_delta(net, fwd, target))]
        for layer in reversed(layers[:-1]):
            error = net.w[layer + 1].T @ delta[0]
            delta.insert(0, frozen(error * _derivative(net, layer, fwd.z[layer])))
        dw = [frozen(d @ fwd.a[layer - 1].T / m) for layer, d in zip(layers, delta, strict=True)]
        db = [frozen(d.sum(axis=1, keepdims=True) / m) for d in delta]
    return Backward(Layers(delta, 2), Layers(dw, 2), Layers(db, 2))


def _output_delta(net: Network, fwd: Forward, y: Array) -> Array:
    loss = LOSSES[net.loss]
    z, a = fwd.z[net.L], fwd.a[net.L]
    if loss.taken_as_one:
        return loss.derivative(a, y)
    return loss.derivative(a, y) * _derivative(net, net.L, z)


def _derivative(net: Network, layer: int, z: Array) -> Array:
    derivative = ACTIVATIONS[net.activation(layer)].derivative
    assert derivative is not None, "a network takes softmax only with the loss that brings δ"
    return derivative(z)


def targets(net: Network, fwd: Forward, y: object) -> Array:
    """y as (n_L, m); ValueError as in `cost`."""
    computed = tuple(len(a) for a in fwd.a.values())
    if computed != net.sizes:
        raise refusal("sizes of fwd", computed, f"those of net, {net.sizes}")
    target = columns("y", y, net.sizes[-1], samples=fwd.a[1].shape[1])
    loss = LOSSES[net.loss]
    if not loss.targets.accepts(target):
        raise refusal("y", y, f"with {loss.name}: {loss.targets.accepted}")
    return target
