"""The squared errors c Σ (a_j − y_j)², which differ by c alone."""

from fractions import Fraction
from typing import Final

import numpy as np

from engine.arguments import Array
from engine.losses.loss import ANY_TARGETS, Loss

__all__ = [
    "HALF_SQUARED_ERROR",
    "MEAN_SQUARED_ERROR",
    "SQUARED_ERROR",
    "difference",
    "difference_tex",
]


def difference(a: Array, y: Array) -> Array:
    return a - y


def difference_tex(a: str, y: str) -> str:
    return f"{a} - {y}"


def squared_error(z: Array, a: Array, y: Array) -> Array:
    return np.asarray(np.square(a - y).sum(axis=0))


def half_squared_error(z: Array, a: Array, y: Array) -> Array:
    return 0.5 * squared_error(z, a, y)


def mean_squared_error(z: Array, a: Array, y: Array) -> Array:
    return squared_error(z, a, y) / len(a)


def squared_error_derivative(a: Array, y: Array) -> Array:
    return 2 * (a - y)


def mean_squared_error_derivative(a: Array, y: Array) -> Array:
    # n/2 is exact, 2(a − y) may overflow.
    return (a - y) / (len(a) / 2)


def _square(a: str, y: str, near: bool | None) -> str:
    return f"({a} - {y})^2"


HALF_SQUARED_ERROR: Final = Loss(
    name="half_squared_error",
    cost=half_squared_error,
    derivative=difference,
    output=None,
    factor=lambda n: Fraction(1, 2),
    term=_square,
    knot=None,
    squares=True,
    tex=lambda l, n: rf"\tfrac12\lVert a^{l}-y\rVert^2",
    in_z=None,
    slope=difference_tex,
    slope_signs=("(", ")"),
    torch="0.5 * ((a - y) ** 2).sum(0)",
    numpy="0.5 * ((a - y) ** 2).sum(0)",
    numpy_derivative=lambda a, y: f"{a} - {y}",
    rational=True,
    targets=ANY_TARGETS,
)

SQUARED_ERROR: Final = Loss(
    name="squared_error",
    cost=squared_error,
    derivative=squared_error_derivative,
    output=None,
    factor=lambda n: Fraction(1),
    term=_square,
    knot=None,
    squares=True,
    tex=lambda l, n: rf"\lVert a^{l}-y\rVert^2",
    in_z=None,
    slope=difference_tex,
    slope_signs=("(", ")"),
    torch="((a - y) ** 2).sum(0)",
    numpy="((a - y) ** 2).sum(0)",
    numpy_derivative=lambda a, y: f"2 * ({a} - {y})",
    rational=True,
    targets=ANY_TARGETS,
)

MEAN_SQUARED_ERROR: Final = Loss(
    name="mean_squared_error",
    cost=mean_squared_error,
    derivative=mean_squared_error_derivative,
    output=None,
    factor=lambda n: Fraction(1, n),
    term=_square,
    knot=None,
    squares=True,
    tex=lambda l, n: rf"\tfrac{{1}}{{{n}}}\lVert a^{l}-y\rVert^2",
    in_z=None,
    slope=difference_tex,
    slope_signs=("(", ")"),
    torch="((a - y) ** 2).mean(0)",
    numpy="((a - y) ** 2).mean(0)",
    numpy_derivative=lambda a, y: f"2 / len({y}) * ({a} - {y})",
    rational=True,
    targets=ANY_TARGETS,
)
