"""Wrong backward passes and wrong derivatives, each a mistake that people make."""

import dataclasses

import numpy as np

import engine
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES

# As they are before a test breaks them.
SIGMOID = ACTIVATIONS["sigmoid"]


def slope(net, l, z):
    return ACTIVATIONS[net.activation(l)].derivative(z)


def passed(
    net,
    fwd,
    y,
    *,
    output=lambda net, fwd, y: (fwd.a[net.L] - y) * slope(net, net.L, fwd.z[net.L]),
    back=lambda net, fwd, l, d: (net.w[l + 1].T @ d) * slope(net, l, fwd.z[l]),
    dw=lambda fwd, l, d: d @ fwd.a[l - 1].T / d.shape[1],
    db=lambda fwd, l, d: d.mean(axis=1, keepdims=True),
):
    """The backward pass of half_squared_error, right unless one of its parts is replaced."""
    delta = {net.L: output(net, fwd, y)}
    for l in range(net.L - 1, 1, -1):
        delta[l] = back(net, fwd, l, delta[l + 1])
    layers = sorted(delta)
    return engine.Backward(
        engine.Layers([delta[l] for l in layers], 2),
        engine.Layers([dw(fwd, l, delta[l]) for l in layers], 2),
        engine.Layers([db(fwd, l, delta[l]) for l in layers], 2),
    )


def part(**replaced):
    return lambda net, fwd, y: passed(net, fwd, y, **replaced)


def changed(change, parts=("dw", "db")):
    """The right pass with change(l, g, w) in place of g."""

    def wrong(net, fwd, y):
        bwd = passed(net, fwd, y)
        found = {
            name: engine.Layers([change(l, g, net) for l, g in getattr(bwd, name).items()], 2)
            for name in parts
        }
        return dataclasses.replace(bwd, **found)

    return wrong


def moved_too_early(net, fwd, y):
    """δ of the layers before by weights that the step has moved already, by about a tenth."""
    bwd = passed(net, fwd, y)
    moved = {l: w - 0.1 * bwd.dw[l] * np.ptp(w) / np.ptp(bwd.dw[l]) for l, w in net.w.items()}
    return passed(
        net, fwd, y, back=lambda net, fwd, l, d: (moved[l + 1].T @ d) * slope(net, l, fwd.z[l])
    )


def one_off(l, g, net):
    g = g.copy()
    g[-1, 0] *= 1.01 if l == 2 else 1
    return g


def rows_swapped(l, g, net):
    return g[::-1] if l == 3 else g


BACKWARD = {
    "the right one": (part(), True),
    "all 0": changed(lambda l, g, net: 0 * g),
    "twice as large": changed(lambda l, g, net: 2 * g),
    "the other sign": changed(lambda l, g, net: -g),
    "a sum, not a mean": changed(lambda l, g, net: 3 * g),
    "b without a gradient": changed(lambda l, g, net: 0 * g, ["db"]),
    "b summed": part(db=lambda fwd, l, d: d.sum(axis=1, keepdims=True)),
    "one number off by 1 %": changed(one_off, ["dw"]),
    "one bias off by 1 %": changed(one_off, ["db"]),
    "layer 2 forgotten": changed(lambda l, g, net: 0 * g if l == 2 else g),
    "rows of a layer swapped": changed(rows_swapped),
    "∂J/∂w transposed": changed(lambda l, g, net: g.T, ["dw"]),
    "magnitudes only": changed(lambda l, g, net: np.abs(g)),
    "clipped": changed(lambda l, g, net: np.clip(g, -np.abs(g).mean(), np.abs(g).mean())),
    "the direction alone": changed(lambda l, g, net: g / np.linalg.norm(g)),
    "decay of 1 %": changed(lambda l, g, net: g + 0.01 * np.abs(g).mean() * net.w[l], ["dw"]),
    "half precision": changed(
        lambda l, g, net: (g / np.abs(g).max()).astype(np.float16) * np.abs(g).max()
    ),
    "y forgotten": part(output=lambda net, fwd, y: fwd.a[net.L] * slope(net, 4, fwd.z[net.L])),
    "σ′ at a, not at z": part(
        back=lambda net, fwd, l, d: (net.w[l + 1].T @ d) * slope(net, l, fwd.a[l])
    ),
    "σ′ forgotten": part(back=lambda net, fwd, l, d: net.w[l + 1].T @ d),
    "σ, not σ′": part(back=lambda net, fwd, l, d: (net.w[l + 1].T @ d) * fwd.a[l]),
    "w, not its transpose": part(
        back=lambda net, fwd, l, d: (net.w[l + 1] @ d) * slope(net, l, fwd.z[l])
    ),
    "w forgotten": part(back=lambda net, fwd, l, d: d * slope(net, l, fwd.z[l])),
    "w of the layer before": part(
        back=lambda net, fwd, l, d: (net.w[l].T @ d) * slope(net, l, fwd.z[l])
    ),
    "σ′ of the layer after": part(
        back=lambda net, fwd, l, d: (net.w[l + 1].T @ d) * slope(net, l, fwd.z[l + 1])
    ),
    "a of the layer after": part(dw=lambda fwd, l, d: d @ fwd.a[l].T / d.shape[1]),
    "σ of a once more": part(dw=lambda fwd, l, d: d @ np.tanh(fwd.a[l - 1]).T / d.shape[1]),
    "the first sample alone": part(dw=lambda fwd, l, d: d[:, :1] @ fwd.a[l - 1][:, :1].T),
    "samples in another order": part(
        dw=lambda fwd, l, d: d @ np.roll(fwd.a[l - 1], 1, axis=1).T / d.shape[1]
    ),
    "means multiplied": part(
        dw=lambda fwd, l, d: (
            d.mean(axis=1, keepdims=True) @ fwd.a[l - 1].mean(axis=1, keepdims=True).T
        )
    ),
    "weights moved too early": moved_too_early,
}
RIGHT_PASS = BACKWARD.pop("the right one")[0]

DERIVATIVES = {
    **{f"{name}: 1 % too steep": (name, None) for name in ACTIVATIONS if name != "softmax"},
    "linear: z": ("linear", lambda z: z),
    "sigmoid: a": ("sigmoid", SIGMOID.f),
    "sigmoid: of a": ("sigmoid", lambda z: SIGMOID.derivative(SIGMOID.f(z))),
    "tanh: 1 − a": ("tanh", lambda z: 1 - np.tanh(z)),
    "tanh: 1 − z²": ("tanh", lambda z: 1 - z * z),
    "relu: 1 everywhere": ("relu", np.ones_like),
    "relu: a": ("relu", lambda z: np.maximum(z, 0)),
    "relu: of −z": ("relu", lambda z: np.where(z < 0, 1.0, 0.0)),
    "leaky_relu: slope 0.1": ("leaky_relu", lambda z: np.where(z > 0, 1.0, 0.1)),
    "leaky_relu: slope 0": ("leaky_relu", lambda z: np.where(z > 0, 1.0, 0.0)),
    "elu: a": ("elu", ACTIVATIONS["elu"].f),
    "elu: 1 everywhere": ("elu", np.ones_like),
    "softplus: e^z": ("softplus", np.exp),
    "softplus: tanh": ("softplus", np.tanh),
    "silu: sigmoid alone": ("silu", SIGMOID.f),
    "gelu: that of silu": ("gelu", ACTIVATIONS["silu"].derivative),
    "gelu: without its inner slope": ("gelu", lambda z: 0.5 * (1 + np.tanh(z))),
}

LOSS_DERIVATIVES = {
    **{f"{name}: 1 % too steep": (name, lambda right: 1.01 * right) for name in LOSSES},
    **{f"{name}: the other sign": (name, np.negative) for name in LOSSES},
}
