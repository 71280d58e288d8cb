"""The stage as a program of its own: PyTorch with automatic differentiation, and NumPy by hand.

Both read alike line by line and print J, every ∂J/∂w^l and every ∂J/∂b^l whole.
"""

from typing import Final

import engine
from components.export.training_step import TrainingStep
from components.messages import DEFAULT, message, render

__all__ = ["numpy_program", "torch_program"]


TORCH: Final = '''"""{summary}

{conventions}
"""

import torch

{told}{data}


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

NUMPY: Final = '''"""{summary}

{conventions}
"""

import numpy as np

{told}{data}


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


def _told(step: TrainingStep, language: str) -> str:
    """What was done to a table of own data, as comments; names in them are one line each."""
    if not step.data_steps:
        return ""
    lines = [message("program.data"), *step.data_steps]
    return "".join(f"# {render(line, language)}\n" for line in lines)


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
    row = engine.LOSSES[net.loss]
    error, taken_as_one = row.numpy_derivative(f"a[{L}]", "y"), row.taken_as_one
    slope = "" if taken_as_one else f" * {net.activation(L)}_derivative(z[{L}])"
    lines = [f"delta[{L}] = {error if taken_as_one else f'({error})'}{slope}"]
    for l in range(L - 1, 1, -1):
        slope = f"{net.activation(l)}_derivative(z[{l}])"
        lines.append(f"delta[{l}] = w[{l + 1}].T @ delta[{l + 1}] * {slope}")
    return "\n".join(lines)


def _docstring(library: str, step: TrainingStep, language: str) -> dict[str, str]:
    """What the program says of itself."""
    return {
        "summary": render(message(f"program.{library}", sizes=step.sizes), language),
        "conventions": render(message("program.conventions"), language),
    }


def torch_program(step: TrainingStep, language: str = DEFAULT) -> str:
    """A PyTorch program that prints J and its gradients on the stage's weights and samples."""
    names = sorted(set(step.net.activations))
    return TORCH.format(
        **_docstring("torch", step, language),
        told=_told(step, language),
        data=_data(step, "torch.tensor", ", dtype=torch.float64", ", requires_grad=True"),
        functions="\n\n\n".join(_function(name, engine.ACTIVATIONS[name].torch) for name in names),
        loss=engine.LOSSES[step.net.loss].torch,
        forward=_forward(step.net),
        last=step.net.L,
    )


def numpy_program(step: TrainingStep, language: str = DEFAULT) -> str:
    """The same in NumPy with BP1 to BP4 written out (Nielsen ch. 2)."""
    functions = []
    for name in sorted(set(step.net.activations)):
        code = engine.ACTIVATIONS[name]
        functions.append(_function(name, code.numpy))
        if code.numpy_derivative:
            functions.append(_function(f"{name}_derivative", code.numpy_derivative))
    return NUMPY.format(
        **_docstring("numpy", step, language),
        told=_told(step, language),
        data=_data(step, "np.array"),
        functions="\n\n\n".join(functions),
        loss=engine.LOSSES[step.net.loss].numpy,
        forward=_forward(step.net),
        backward=_backward(step.net),
        last=step.net.L,
    )
