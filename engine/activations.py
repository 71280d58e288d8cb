"""Activation functions σ and their derivatives σ′, one row of a table each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.arguments import Array

__all__ = ["ACTIVATIONS", "Activation", "Inner", "softplus"]

LEAKY_SLOPE: Final = 0.01
GELU_SCALE: Final = float(np.sqrt(2 / np.pi))
GELU_CUBIC: Final = 0.044715

# A symbol of one letter in TeX: no part of a word or a command.
LETTER: Final = re.compile(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])")


@dataclass(frozen=True)
class Inner:
    """What the formulas of an activation are shortened by: `symbol` = f(z), of `tex` in z."""

    symbol: str
    f: Callable[[Array], Array]
    tex: str


@dataclass(frozen=True)
class Activation:
    """One activation: a = f(z) and σ′ = derivative(z), both (n_l, m) to (n_l, m).

    `tex` is f(z) in z; `derivative_tex` is σ′ in z and a; both may use the symbol of `inner`.
    Without a derivative the function couples its rows and stands only where a loss brings its own
    δ (softmax).
    """

    name: str
    f: Callable[[Array], Array]
    derivative: Callable[[Array], Array] | None
    tex: str
    derivative_tex: str
    inner: Inner | None = None

    def defined(self, tex: str) -> str:
        """`tex` or `derivative_tex` with what its inner symbol stands for."""
        inner = self.inner
        used = inner is not None and inner.symbol in LETTER.findall(tex)
        return rf"{tex},\; {inner.symbol}={inner.tex}" if inner and used else tex


def _cases(positive: str, otherwise: str) -> str:
    return rf"\begin{{cases}}{positive} & z>0\\ {otherwise} & z\le 0\end{{cases}}"


def _sigmoid(z: Array) -> Array:
    # e^{-|z|} never overflows, and e/(1+e) keeps the small values that 1 - 1/(1+e) loses.
    e: Array = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def _sigmoid_derivative(z: Array) -> Array:
    # σ(z)σ(−z): a(1−a) would cancel to 0 from z = 37 on.
    e: Array = np.exp(-np.abs(z))
    return e / np.square(1 + e)


def _tanh_derivative(z: Array) -> Array:
    # 1/cosh²z: 1 − a² would cancel to 0 from z = 19 on, and cosh overflows.
    e: Array = np.exp(-np.abs(z))
    return np.square(2 * e / (1 + e * e))


def _relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def _relu_derivative(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


def _leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, LEAKY_SLOPE * z)


def _leaky_relu_derivative(z: Array) -> Array:
    return np.where(z > 0, 1.0, LEAKY_SLOPE)


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _elu_derivative(z: Array) -> Array:
    return np.exp(np.minimum(z, 0.0))


def softplus(z: Array) -> Array:
    """ln(1 + e^z) without overflow, any shape (Dugas et al. 2001)."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _silu(z: Array) -> Array:
    return z * _sigmoid(z)


def _silu_derivative(z: Array) -> Array:
    return _sigmoid(z) + z * _sigmoid_derivative(z)


def _gelu_inner(z: Array) -> tuple[Array, Array]:
    # (1 + tanh u)/2 = σ(2u) keeps the negative tail. σ(2u) is exactly 0 or 1 beyond |z| = 30,
    # so that cutting z there changes nothing and keeps z³ from overflowing.
    cut = np.clip(z, -30.0, 30.0)
    twice_u = 2 * GELU_SCALE * (cut + GELU_CUBIC * cut * cut * cut)
    return twice_u, 2 * GELU_SCALE * (1 + 3 * GELU_CUBIC * cut * cut)


def _gelu_u(z: Array) -> Array:
    # Within ±1e100 the cube is finite, and beyond no digit of it matters.
    cut = np.clip(z, -1e100, 1e100)
    u: Array = GELU_SCALE * (cut + GELU_CUBIC * cut * cut * cut)
    return u


def _gelu(z: Array) -> Array:
    return z * _sigmoid(_gelu_inner(z)[0])


def _gelu_derivative(z: Array) -> Array:
    twice_u, slope = _gelu_inner(z)
    return _sigmoid(twice_u) + z * (_sigmoid_derivative(twice_u) * slope)


def _softmax(z: Array) -> Array:
    # The distance between two finite z may overflow to −inf, whose exponential is the right 0.
    with np.errstate(over="ignore"):
        e: Array = np.exp(z - z.max(axis=0))
    total: Array = e.sum(axis=0)
    return e / total


_TABLE = (
    Activation("linear", np.positive, np.ones_like, "z", "1"),
    Activation("sigmoid", _sigmoid, _sigmoid_derivative, r"\frac{1}{1+e^{-z}}", r"a\,(1-a)"),
    Activation("tanh", np.tanh, _tanh_derivative, r"\tanh z", "1-a^2"),
    Activation("relu", _relu, _relu_derivative, r"\max(0,z)", _cases("1", "0")),
    Activation(
        "leaky_relu",
        _leaky_relu,
        _leaky_relu_derivative,
        _cases("z", f"{LEAKY_SLOPE}\\,z"),
        _cases("1", f"{LEAKY_SLOPE}"),
    ),
    Activation("elu", _elu, _elu_derivative, _cases("z", "e^z-1"), _cases("1", "e^z")),
    Activation("softplus", softplus, _sigmoid, r"\ln(1+e^z)", r"\frac{1}{1+e^{-z}}"),
    Activation(
        "silu",
        _silu,
        _silu_derivative,
        r"\frac{z}{1+e^{-z}}",
        r"s+a\,(1-s)",
        Inner("s", _sigmoid, r"\frac{1}{1+e^{-z}}"),
    ),
    Activation(
        "gelu",
        _gelu,
        _gelu_derivative,
        r"\tfrac{z}{2}(1+\tanh u)",
        r"\tfrac12(1+\tanh u)+\tfrac{z}{2}(1-\tanh^2u)\sqrt{\tfrac{2}{\pi}}\,"
        rf"(1+{3 * GELU_CUBIC:.6g}\,z^2)",
        Inner("u", _gelu_u, rf"\sqrt{{\tfrac{{2}}{{\pi}}}}\,(z+{GELU_CUBIC}\,z^3)"),
    ),
    Activation(
        "softmax",
        _softmax,
        None,
        r"\frac{e^{z_j}}{\sum_k e^{z_k}}",
        r"\frac{\partial a_j}{\partial z_k}=a_j\,([j=k]-a_k)",
    ),
)

ACTIVATIONS: Final[Mapping[str, Activation]] = {row.name: row for row in _TABLE}
