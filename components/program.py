"""The stage as a program of its own: PyTorch with automatic differentiation, and NumPy by hand.

Both read alike line by line and print J, every ∂J/∂w^l and every ∂J/∂b^l whole.
"""

from dataclasses import dataclass
from typing import Final

import engine
from components.training_step import TrainingStep

__all__ = ["numpy_program", "torch_program"]


@dataclass(frozen=True)
class _Row:
    """One activation as code in z; σ′ too for NumPy, which has no automatic differentiation."""

    torch: str
    numpy: str
    numpy_derivative: str | None


SIGMOID: Final = "np.exp(-np.logaddexp(0, -{}))"
INNER: Final = "np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)"
# torch's own sigmoid, tanh and GELU are differentiated from a, which is rounded to 1, so that
# what is left of their slopes at large z would come out as 0.
TORCH_SIGMOID: Final = "torch.exp(-torch.logaddexp(torch.zeros_like(z), {}))"
TORCH_INNER: Final = "(2 / torch.pi) ** 0.5 * (z + 0.044715 * z**3)"

ACTIVATION_CODE: Final = {
    "linear": _Row("z", "z", "np.ones_like(z)"),
    "sigmoid": _Row(
        TORCH_SIGMOID.format("-z"),
        SIGMOID.format("z"),
        f"{SIGMOID.format('z')} * {SIGMOID.format('(-z)')}",
    ),
    # tanh |z| = 1 − 2σ(−2|z|), which next to 0 would lose the digits of a.
    "tanh": _Row(
        "torch.where(z.abs() < 1, torch.tanh(z), "
        f"z.sign() * (1 - 2 * {TORCH_SIGMOID.format('2 * z.abs()')}))",
        "np.tanh(z)",
        "1 / np.cosh(np.clip(z, -350, 350)) ** 2",
    ),
    "relu": _Row("torch.relu(z)", "np.maximum(z, 0)", "np.where(z > 0, 1.0, 0.0)"),
    "leaky_relu": _Row(
        "torch.nn.functional.leaky_relu(z, 0.01)",
        "np.where(z > 0, z, 0.01 * z)",
        "np.where(z > 0, 1.0, 0.01)",
    ),
    "elu": _Row(
        "torch.nn.functional.elu(z)",
        "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))",
        "np.exp(np.minimum(z, 0))",
    ),
    # torch's own softplus takes z for it beyond 20, which is off by e^-20.
    "softplus": _Row(
        "torch.logaddexp(z, torch.zeros_like(z))", "np.logaddexp(0, z)", SIGMOID.format("z")
    ),
    "silu": _Row(
        "z * torch.sigmoid(z)",
        f"z * {SIGMOID.format('z')}",
        f"{SIGMOID.format('z')} * (1 + z * {SIGMOID.format('(-z)')})",
    ),
    "gelu": _Row(
        f"z * {TORCH_SIGMOID.format(f'-2 * {TORCH_INNER}')}",
        f"z * {SIGMOID.format(f'(2 * {INNER})')}",
        f"{SIGMOID.format(f'(2 * {INNER})')} + z * {SIGMOID.format(f'(2 * {INNER})')}"
        f" * {SIGMOID.format(f'(-2 * {INNER})')}"
        " * 2 * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)",
    ),
    "softmax": _Row(
        "torch.softmax(z, 0)",
        "np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0)",
        None,
    ),
}


@dataclass(frozen=True)
class _Loss:
    """One loss as code: J per sample in z, a, y of layer L; ∂J/∂a, or δ^L where taken as one."""

    torch: str
    numpy: str
    derivative: str


LOSS_CODE: Final = {
    "half_squared_error": _Loss(
        "0.5 * ((a - y) ** 2).sum(0)", "0.5 * ((a - y) ** 2).sum(0)", "a - y"
    ),
    "squared_error": _Loss("((a - y) ** 2).sum(0)", "((a - y) ** 2).sum(0)", "2 * (a - y)"),
    "mean_squared_error": _Loss(
        "((a - y) ** 2).mean(0)", "((a - y) ** 2).mean(0)", "2 / len(y) * (a - y)"
    ),
    "binary_cross_entropy": _Loss(
        "(y * torch.logaddexp(torch.zeros_like(z), -z)"
        " + (1 - y) * torch.logaddexp(torch.zeros_like(z), z)).sum(0)",
        "(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)).sum(0)",
        "a - y",
    ),
    "cross_entropy": _Loss(
        "(y * (torch.logsumexp(z, 0) - z)).sum(0)",
        "(y * (z.max(0) + np.log(np.exp(z - z.max(0)).sum(0)) - z)).sum(0)",
        "a - y",
    ),
}

TORCH: Final = '''"""One pass of a {sizes} network: J and its gradients, differentiated by PyTorch.

All in float64; layers count from 1, the input, and samples are columns.
"""

import torch

{data}


{functions}


def loss(z, a, y):
    return {loss}


{forward}

J = loss(z[{last}], a[{last}], y).mean()
J.backward()

print("J =", J.item())
for l in w:
    print(f"dJ/dw[{{l}}] =", w[l].grad.tolist())
    print(f"dJ/db[{{l}}] =", b[l].grad.tolist())
'''

NUMPY: Final = '''"""One pass of a {sizes} network: J and its gradients by BP1 to BP4 in NumPy.

All in float64; layers count from 1, the input, and samples are columns.
"""

import numpy as np

{data}


{functions}


def loss(z, a, y):
    return {loss}


{forward}

J = loss(z[{last}], a[{last}], y).mean()

m = x.shape[1]
delta = {{}}
{backward}
dw = {{l: delta[l] @ a[l - 1].T / m for l in w}}
db = {{l: delta[l].sum(1, keepdims=True) / m for l in w}}

print("J =", J.item())
for l in w:
    print(f"dJ/dw[{{l}}] =", dw[l].tolist())
    print(f"dJ/db[{{l}}] =", db[l].tolist())
'''


def _literal(array: engine.Array, make: str, options: str) -> str:
    rows = "".join(f"        {row},\n" for row in array.tolist())
    return f"{make}([\n{rows}    ]{options})"


def _data(step: TrainingStep, make: str, kind: str = "", tracked: str = "") -> str:
    """w, b, x and y as code, one row a line, every number whole."""
    lines = []
    for symbol, layers in (("w", step.net.w), ("b", step.net.b)):
        lines.append(f"{symbol} = {{")
        for l, array in layers.items():
            lines.append(f"    {l}: {_literal(array, make, kind + tracked)},")
        lines.append("}")
    for symbol, layer in (("x", 1), ("y", step.net.L)):
        lines.append(f"{symbol} = {_literal(step.values[symbol, layer], make, kind)}")
    return "\n".join(lines)


def _function(name: str, body: str) -> str:
    return f"def {name}(z):\n    return {body}"


def _forward(net: engine.Network) -> str:
    lines = ["z, a = {}, {1: x}"]
    for l in net.w:
        lines.append(f"z[{l}] = w[{l}] @ a[{l - 1}] + b[{l}]")
        lines.append(f"a[{l}] = {net.activation(l)}(z[{l}])")
    return "\n".join(lines)


def _backward(net: engine.Network) -> str:
    """All δ as NumPy, from the last layer to the second."""
    L = net.L
    error = LOSS_CODE[net.loss].derivative.replace("a", f"a[{L}]")
    taken_as_one = engine.LOSSES[net.loss].delta is not None
    slope = "" if taken_as_one else f" * {net.activation(L)}_derivative(z[{L}])"
    lines = [f"delta[{L}] = {error if taken_as_one else f'({error})'}{slope}"]
    for l in range(L - 1, 1, -1):
        slope = f"{net.activation(l)}_derivative(z[{l}])"
        lines.append(f"delta[{l}] = w[{l + 1}].T @ delta[{l + 1}] * {slope}")
    return "\n".join(lines)


def torch_program(step: TrainingStep) -> str:
    """A PyTorch program that prints J and its gradients on the stage's weights and samples."""
    names = sorted(set(step.net.activations))
    return TORCH.format(
        sizes=step.sizes,
        data=_data(step, "torch.tensor", ", dtype=torch.float64", ", requires_grad=True"),
        functions="\n\n\n".join(_function(name, ACTIVATION_CODE[name].torch) for name in names),
        loss=LOSS_CODE[step.net.loss].torch,
        forward=_forward(step.net),
        last=step.net.L,
    )


def numpy_program(step: TrainingStep) -> str:
    """The same in NumPy with BP1 to BP4 written out (Nielsen ch. 2)."""
    functions = []
    for name in sorted(set(step.net.activations)):
        code = ACTIVATION_CODE[name]
        functions.append(_function(name, code.numpy))
        if code.numpy_derivative:
            functions.append(_function(f"{name}_derivative", code.numpy_derivative))
    return NUMPY.format(
        sizes=step.sizes,
        data=_data(step, "np.array"),
        functions="\n\n\n".join(functions),
        loss=LOSS_CODE[step.net.loss].numpy,
        forward=_forward(step.net),
        backward=_backward(step.net),
        last=step.net.L,
    )
