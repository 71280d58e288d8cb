"""Activations between two ends: the logistic sigmoid, its two-sided kin, and softmax."""

from typing import Final

import numpy as np

from engine.activations.activation import INFINITE, Activation, Saturated
from engine.arguments import Array
from engine.expressions import Expression

__all__ = [
    "BIPOLAR_SIGMOID",
    "SIGMOID",
    "SIGMOID_TEX",
    "SOFTMAX",
    "TANH",
    "logistic_code",
    "sigmoid",
    "sigmoid_derivative",
    "torch_logistic_code",
]

SIGMOID_TEX: Final = Expression(lambda z, a, i: rf"\frac{{1}}{{1+e^{{-{z}}}}}")


def logistic_code(z: str) -> str:
    """σ(z) as NumPy code, safe for every z."""
    return f"np.exp(-np.logaddexp(0, -{z}))"


def torch_logistic_code(minus_z: str) -> str:
    """σ(z) as PyTorch code of −z.

    torch's own sigmoid, tanh and GELU are differentiated from a, which is rounded to 1, so that
    what is left of their slopes at large z would come out as 0.
    """
    return f"torch.exp(-torch.logaddexp(torch.zeros_like(z), {minus_z}))"


def sigmoid(z: Array) -> Array:
    # e^{-|z|} never overflows, and e/(1+e) keeps the small values that 1 - 1/(1+e) loses.
    e: Array = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(z: Array) -> Array:
    # σ(z)σ(−z): a(1−a) would cancel to 0 from z = 37 on.
    e: Array = np.exp(-np.abs(z))
    return e / np.square(1 + e)


SIGMOID: Final = Activation(
    name="sigmoid",
    f=sigmoid,
    derivative=sigmoid_derivative,
    tex=SIGMOID_TEX,
    inner=None,
    saturated=Saturated(
        below=-INFINITE,
        above=8,
        value={},
        slope={1: Expression(lambda z, a, i: rf"\frac{{e^{{-{z}}}}}{{(1+e^{{-{z}}})^2}}")},
    ),
    derivative_tex=Expression(lambda z, a, i: rf"{a}\,(1-{a})"),
    torch=torch_logistic_code("-z"),
    numpy=logistic_code("z"),
    numpy_derivative=f"{logistic_code('z')} * {logistic_code('(-z)')}",
    rational=False,
    kinks=(),
    corners=(),
    range=(0.0, 1.0),
    steepest=0.25,
    dies=False,
)


def bipolar_sigmoid(z: Array) -> Array:
    # 2σ(z) − 1 would lose the digits of a small z.
    return np.tanh(0.5 * z)


def bipolar_sigmoid_derivative(z: Array) -> Array:
    return 2 * sigmoid_derivative(z)


BIPOLAR_SIGMOID: Final = Activation(
    name="bipolar_sigmoid",
    f=bipolar_sigmoid,
    derivative=bipolar_sigmoid_derivative,
    tex=Expression(lambda z, a, i: rf"\frac{{2}}{{1+e^{{-{z}}}}}-1"),
    inner=None,
    saturated=Saturated(
        below=-8,
        above=8,
        value={},
        slope={
            1: Expression(lambda z, a, i: rf"\frac{{2e^{{-{z}}}}}{{(1+e^{{-{z}}})^2}}"),
            -1: Expression(lambda z, a, i: rf"\frac{{2e^{{{z}}}}}{{(1+e^{{{z}}})^2}}"),
        },
    ),
    derivative_tex=Expression(lambda z, a, i: rf"\tfrac12\,(1-{a}^2)"),
    # tanh |z/2| = 1 − 2σ(−|z|), which next to 0 would lose the digits of a.
    torch="torch.where(z.abs() < 2, torch.tanh(z / 2), "
    f"z.sign() * (1 - 2 * {torch_logistic_code('z.abs()')}))",
    numpy="np.tanh(z / 2)",
    numpy_derivative="0.5 / np.cosh(np.clip(z / 2, -350, 350)) ** 2",
    rational=False,
    kinks=(),
    corners=(),
    range=(-1.0, 1.0),
    steepest=0.5,
    dies=False,
)


def tanh_derivative(z: Array) -> Array:
    # 1/cosh²z: 1 − a² would cancel to 0 from z = 19 on, and cosh overflows.
    e: Array = np.exp(-np.abs(z))
    return np.square(2 * e / (1 + e * e))


TANH: Final = Activation(
    name="tanh",
    f=np.tanh,
    derivative=tanh_derivative,
    tex=Expression(lambda z, a, i: rf"\tanh {z}"),
    inner=None,
    saturated=Saturated(
        below=-4,
        above=4,
        value={},
        slope={
            1: Expression(lambda z, a, i: rf"\frac{{4e^{{-2{z}}}}}{{(1+e^{{-2{z}}})^2}}"),
            -1: Expression(lambda z, a, i: rf"\frac{{4e^{{2{z}}}}}{{(1+e^{{2{z}}})^2}}"),
        },
    ),
    derivative_tex=Expression(lambda z, a, i: f"1-{a}^2"),
    # tanh |z| = 1 − 2σ(−2|z|), which next to 0 would lose the digits of a.
    torch="torch.where(z.abs() < 1, torch.tanh(z), "
    f"z.sign() * (1 - 2 * {torch_logistic_code('2 * z.abs()')}))",
    numpy="np.tanh(z)",
    numpy_derivative="1 / np.cosh(np.clip(z, -350, 350)) ** 2",
    rational=False,
    kinks=(),
    corners=(),
    range=(-1.0, 1.0),
    steepest=1.0,
    dies=False,
)


def softmax(z: Array) -> Array:
    # The distance between two finite z may overflow to −inf, whose exponential is the right 0.
    with np.errstate(over="ignore"):
        e: Array = np.exp(z - z.max(axis=0))
    total: Array = e.sum(axis=0)
    return e / total


SOFTMAX: Final = Activation(
    name="softmax",
    f=softmax,
    derivative=None,
    tex=Expression(lambda z, a, i: rf"\frac{{e^{{{z}_j}}}}{{\sum_k e^{{{z}_k}}}}"),
    inner=None,
    saturated=None,
    derivative_tex=Expression(
        lambda z, a, i: rf"\frac{{\partial {a}_j}}{{\partial {z}_k}}={a}_j\,([j=k]-{a}_k)"
    ),
    torch="torch.softmax(z, 0)",
    numpy="np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0)",
    numpy_derivative=None,
    rational=False,
    kinks=(),
    corners=(),
    range=(0.0, 1.0),
    steepest=0.25,
    dies=False,
)
