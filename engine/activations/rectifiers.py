"""Activations that leave a large z as it is: linear, and those that bend or cut what is below 0."""

from typing import Final

import numpy as np

from engine.activations.activation import INFINITE, Activation
from engine.activations.sigmoids import SIGMOID_TEX, logistic_code, sigmoid
from engine.arguments import Array
from engine.expressions import Expression

__all__ = [
    "ELU",
    "LEAKY_RELU",
    "LEAKY_SLOPE",
    "LINEAR",
    "RELU",
    "SELU",
    "SELU_ALPHA",
    "SELU_LAMBDA",
    "SOFTPLUS",
    "softplus",
]

LEAKY_SLOPE: Final = 0.01
# Klambauer et al. 2017, eq. 14, with the digits of their code.
SELU_ALPHA: Final = 1.6732632423543772
SELU_LAMBDA: Final = 1.0507009873554805
SELU_LETTERS: Final = rf"\lambda\approx {SELU_LAMBDA:.5g},\; \alpha\approx {SELU_ALPHA:.5g}"


LINEAR: Final = Activation(
    name="linear",
    f=np.positive,
    derivative=np.ones_like,
    tex=Expression(lambda z, a, i: z),
    inner=None,
    saturated=None,
    derivative_tex=Expression(lambda z, a, i: "1"),
    torch="z",
    numpy="z",
    numpy_derivative="np.ones_like(z)",
    rational=True,
    kinks=(),
    corners=(),
    range=(-INFINITE, INFINITE),
    steepest=1.0,
    dies=False,
)


def relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def relu_derivative(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


RELU: Final = Activation(
    name="relu",
    f=relu,
    derivative=relu_derivative,
    tex=Expression(lambda z, a, i: rf"\max(0,{z})"),
    inner=None,
    saturated=None,
    derivative_tex=Expression(lambda z, a, i: "1", lambda z, a, i: "0"),
    torch="torch.relu(z)",
    numpy="np.maximum(z, 0)",
    numpy_derivative="np.where(z > 0, 1.0, 0.0)",
    rational=True,
    kinks=(0.0,),
    corners=(),
    range=(0.0, INFINITE),
    steepest=1.0,
    dies=True,
)


def leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, LEAKY_SLOPE * z)


def leaky_relu_derivative(z: Array) -> Array:
    return np.where(z > 0, 1.0, LEAKY_SLOPE)


LEAKY_RELU: Final = Activation(
    name="leaky_relu",
    f=leaky_relu,
    derivative=leaky_relu_derivative,
    tex=Expression(lambda z, a, i: z, lambda z, a, i: rf"{LEAKY_SLOPE}\,{z}"),
    inner=None,
    saturated=None,
    derivative_tex=Expression(lambda z, a, i: "1", lambda z, a, i: f"{LEAKY_SLOPE}"),
    torch=f"torch.nn.functional.leaky_relu(z, {LEAKY_SLOPE})",
    numpy=f"np.where(z > 0, z, {LEAKY_SLOPE} * z)",
    numpy_derivative=f"np.where(z > 0, 1.0, {LEAKY_SLOPE})",
    rational=True,
    kinks=(0.0,),
    corners=(),
    range=(-INFINITE, INFINITE),
    steepest=1.0,
    dies=False,
)


def elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def elu_derivative(z: Array) -> Array:
    return np.exp(np.minimum(z, 0.0))


ELU: Final = Activation(
    name="elu",
    f=elu,
    derivative=elu_derivative,
    tex=Expression(lambda z, a, i: z, lambda z, a, i: f"e^{{{z}}}-1"),
    inner=None,
    saturated=None,
    derivative_tex=Expression(lambda z, a, i: "1", lambda z, a, i: f"e^{{{z}}}"),
    torch="torch.nn.functional.elu(z)",
    numpy="np.where(z > 0, z, np.expm1(np.minimum(z, 0)))",
    numpy_derivative="np.exp(np.minimum(z, 0))",
    rational=False,
    kinks=(),
    corners=(0.0,),
    range=(-1.0, INFINITE),
    steepest=1.0,
    dies=False,
)


def selu(z: Array) -> Array:
    """λz, or λα(e^z − 1) where z ≤ 0 (Klambauer et al. 2017, eq. 2)."""
    negative = SELU_LAMBDA * SELU_ALPHA * np.expm1(np.minimum(z, 0.0))
    return np.where(z > 0, SELU_LAMBDA * z, negative)


def selu_derivative(z: Array) -> Array:
    negative = SELU_LAMBDA * SELU_ALPHA * np.exp(np.minimum(z, 0.0))
    return np.where(z > 0, SELU_LAMBDA, negative)


SELU: Final = Activation(
    name="selu",
    f=selu,
    derivative=selu_derivative,
    tex=Expression(
        lambda z, a, i: rf"\lambda\,{z}",
        lambda z, a, i: rf"\lambda\alpha\,(e^{{{z}}}-1)",
        SELU_LETTERS,
    ),
    inner=None,
    saturated=None,
    derivative_tex=Expression(
        lambda z, a, i: r"\lambda", lambda z, a, i: rf"\lambda\alpha\,e^{{{z}}}", SELU_LETTERS
    ),
    torch="torch.nn.functional.selu(z)",
    numpy=f"{SELU_LAMBDA} * np.where(z > 0, z, {SELU_ALPHA} * np.expm1(np.minimum(z, 0)))",
    numpy_derivative=f"{SELU_LAMBDA} * np.where(z > 0, 1, {SELU_ALPHA} * np.exp(np.minimum(z, 0)))",
    rational=False,
    kinks=(0.0,),
    corners=(),
    range=(-SELU_LAMBDA * SELU_ALPHA, INFINITE),
    steepest=SELU_LAMBDA * SELU_ALPHA,
    dies=False,
)


def softplus(z: Array) -> Array:
    """ln(1 + e^z) without overflow, any shape (Dugas et al. 2001)."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


SOFTPLUS: Final = Activation(
    name="softplus",
    f=softplus,
    derivative=sigmoid,
    tex=Expression(lambda z, a, i: rf"\ln(1+e^{{{z}}})"),
    inner=None,
    saturated=None,
    derivative_tex=SIGMOID_TEX,
    # torch's own softplus takes z for it beyond 20, which is off by e^-20.
    torch="torch.logaddexp(z, torch.zeros_like(z))",
    numpy="np.logaddexp(0, z)",
    numpy_derivative=logistic_code("z"),
    rational=False,
    kinks=(),
    corners=(),
    range=(0.0, INFINITE),
    steepest=1.0,
    dies=False,
)
