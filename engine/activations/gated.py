"""Activations that are z times a gate between 0 and 1."""

from typing import Final

import numpy as np

from engine.activations.activation import INFINITE, Activation, Inner, Saturated
from engine.activations.sigmoids import (
    SIGMOID_TEX,
    logistic_code,
    sigmoid,
    sigmoid_derivative,
    torch_logistic_code,
)
from engine.arguments import Array
from engine.expressions import Expression

__all__ = ["GELU", "GELU_CUBIC", "GELU_SCALE", "MISH", "SILU"]

GELU_SCALE: Final = float(np.sqrt(2 / np.pi))
GELU_CUBIC: Final = 0.044715
TORCH_U: Final = f"(2 / torch.pi) ** 0.5 * (z + {GELU_CUBIC} * z**3)"
TWICE_U: Final = f"2 * np.sqrt(2 / np.pi) * (z + {GELU_CUBIC} * z**3)"


def silu(z: Array) -> Array:
    return z * sigmoid(z)


def silu_derivative(z: Array) -> Array:
    return sigmoid(z) + z * sigmoid_derivative(z)


SILU: Final = Activation(
    name="silu",
    f=silu,
    derivative=silu_derivative,
    tex=Expression(lambda z, a, i: rf"\frac{{{z}}}{{1+e^{{-{z}}}}}"),
    inner=Inner("s", sigmoid, SIGMOID_TEX),
    saturated=None,
    derivative_tex=Expression(lambda z, a, i: rf"{i}+{a}\,(1-{i})"),
    torch="z * torch.sigmoid(z)",
    numpy=f"z * {logistic_code('z')}",
    numpy_derivative=f"{logistic_code('z')} * (1 + z * {logistic_code('(-z)')})",
    rational=False,
    kinks=(),
    corners=(),
    range=(-0.27846454276107385, INFINITE),
    steepest=1.0998393201288672,
    dies=False,
)


def _gelu_inner(z: Array) -> tuple[Array, Array]:
    # (1 + tanh u)/2 = σ(2u) keeps the negative tail. σ(2u) is exactly 0 or 1 beyond |z| = 30,
    # so that cutting z there changes nothing and keeps z³ from overflowing.
    cut = np.clip(z, -30.0, 30.0)
    twice_u = 2 * GELU_SCALE * (cut + GELU_CUBIC * cut * cut * cut)
    return twice_u, 2 * GELU_SCALE * (1 + 3 * GELU_CUBIC * cut * cut)


def gelu(z: Array) -> Array:
    return z * sigmoid(_gelu_inner(z)[0])


def gelu_derivative(z: Array) -> Array:
    twice_u, slope = _gelu_inner(z)
    return sigmoid(twice_u) + z * (sigmoid_derivative(twice_u) * slope)


def _gelu_u(z: Array) -> Array:
    # Within ±1e100 the cube is finite, and beyond no digit of it matters.
    cut = np.clip(z, -1e100, 1e100)
    u: Array = GELU_SCALE * (cut + GELU_CUBIC * cut * cut * cut)
    return u


def _gelu_slope_tex(z: str) -> str:
    return rf"\sqrt{{\tfrac{{2}}{{\pi}}}}\,(1+{3 * GELU_CUBIC:.6g}\,{z}^2)"


def _half_tex(u: str) -> str:
    # (1 + tanh u)/2 = e^{2u}/(1 + e^{2u}), and 1 − tanh²u = 4e^{2u}/(1 + e^{2u})².
    return rf"\frac{{e^{{2{u}}}}}{{1+e^{{2{u}}}}}"


GELU: Final = Activation(
    name="gelu",
    f=gelu,
    derivative=gelu_derivative,
    tex=Expression(lambda z, a, u: rf"\tfrac{{{z}}}{{2}}(1+\tanh {u})"),
    derivative_tex=Expression(
        lambda z, a, u: (
            rf"\tfrac12(1+\tanh {u})+\tfrac{{{z}}}{{2}}(1-\tanh^2{u}){_gelu_slope_tex(z)}"
        )
    ),
    inner=Inner(
        "u",
        _gelu_u,
        Expression(lambda z, a, u: rf"\sqrt{{\tfrac{{2}}{{\pi}}}}\,({z}+{GELU_CUBIC}\,{z}^3)"),
    ),
    saturated=Saturated(
        below=-3,
        above=INFINITE,
        value={-1: Expression(lambda z, a, u: rf"{z}\,{_half_tex(u)}")},
        slope={
            -1: Expression(
                lambda z, a, u: (
                    rf"{_half_tex(u)}+2{z}\,\frac{{e^{{2{u}}}}}{{(1+e^{{2{u}}})^2}}"
                    + _gelu_slope_tex(z)
                )
            )
        },
    ),
    torch=f"z * {torch_logistic_code(f'-2 * {TORCH_U}')}",
    numpy=f"z * {logistic_code(f'({TWICE_U})')}",
    numpy_derivative=f"{logistic_code(f'({TWICE_U})')} + z * {logistic_code(f'({TWICE_U})')}"
    f" * {logistic_code(f'(-{TWICE_U})')}"
    f" * 2 * np.sqrt(2 / np.pi) * (1 + 3 * {GELU_CUBIC} * z**2)",
    rational=False,
    kinks=(),
    corners=(),
    range=(-0.17004075057125412, INFINITE),
    steepest=1.1289930686587717,
    dies=False,
)


def _tanh_of_softplus(z: Array) -> tuple[Array, Array]:
    # t = ((1+e^z)² − 1)/((1+e^z)² + 1) and 1 − t, in e^{-|z|}: neither cancels.
    e: Array = np.exp(-np.abs(z))
    whole = np.where(z > 0, 1 + 2 * e + 2 * e * e, 2 + 2 * e + e * e)
    t = np.where(z > 0, 1 + 2 * e, e * (2 + e)) / whole
    return t, np.where(z > 0, 2 * e * e, 2.0) / whole


def mish(z: Array) -> Array:
    """z·tanh(ln(1 + e^z)) (Misra 2019, eq. 1)."""
    return z * _tanh_of_softplus(z)[0]


def mish_derivative(z: Array) -> Array:
    t, rest = _tanh_of_softplus(z)
    return t + z * (rest * (1 + t) * sigmoid(z))


MISH: Final = Activation(
    name="mish",
    f=mish,
    derivative=mish_derivative,
    tex=Expression(lambda z, a, t: rf"{z}\,{t}"),
    derivative_tex=Expression(lambda z, a, t: rf"{t}+{z}\,(1-{t}^2)\,\frac{{1}}{{1+e^{{-{z}}}}}"),
    inner=Inner(
        "t",
        lambda z: _tanh_of_softplus(z)[0],
        Expression(lambda z, a, t: rf"\tanh(\ln(1+e^{{{z}}}))"),
    ),
    saturated=None,
    torch="torch.nn.functional.mish(z)",
    numpy="z * np.tanh(np.logaddexp(0, z))",
    numpy_derivative="np.tanh(np.logaddexp(0, z)) + z * "
    f"{logistic_code('z')} / np.cosh(np.minimum(np.logaddexp(0, z), 350)) ** 2",
    rational=False,
    kinks=(),
    corners=(),
    range=(-0.3088434130172505, INFINITE),
    steepest=1.0884981612517276,
    dies=False,
)
