"""What there is to say about an activation: the class of the rows of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.arguments import Array
from engine.expressions import Expression

__all__ = ["INFINITE", "Activation", "Inner", "Saturated"]

INFINITE: Final = float("inf")


@dataclass(frozen=True)
class Inner:
    """What the formulas of an activation are shortened by: `symbol` = f(z), of `tex` in z."""

    symbol: str
    f: Callable[[Array], Array]
    tex: Expression


@dataclass(frozen=True)
class Saturated:
    """Forms in z, which no rounding cancels, for z < below and z > above.

    value and slope: f and σ′ by the sign of z; where there is none, the usual one will do.
    """

    below: float
    above: float
    value: Mapping[int, Expression]
    slope: Mapping[int, Expression]


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One activation: a = f(z) and σ′ = derivative(z), both (n_l, m) to (n_l, m).

    Without a derivative the function couples its rows and stands only where a loss is taken as
    one with it (softmax). No field has a default: a row that lacks one is a TypeError at import.

    tex, derivative_tex: f in z, and σ′ in z and a; both may use the number of `inner`.
    saturated: how both are written where the digits of a say nothing any more.
    torch, numpy, numpy_derivative: the same as Python expressions in z.
    rational: takes decimals to decimals; the values of the others are always rounded.
    kinks: every z where σ′ jumps; corners: every other z where σ″ does.
    range: the largest lower and the smallest upper bound of a.
    steepest: the largest |σ′|; of softmax, the largest |∂a_j/∂z_k|.
    dies: σ′ is 0 for every z ≤ 0, so that a neuron can stop learning.
    """

    name: str
    f: Callable[[Array], Array]
    derivative: Callable[[Array], Array] | None
    tex: Expression
    derivative_tex: Expression
    inner: Inner | None
    saturated: Saturated | None
    torch: str
    numpy: str
    numpy_derivative: str | None
    rational: bool
    kinks: tuple[float, ...]
    corners: tuple[float, ...]
    range: tuple[float, float]
    steepest: float
    dies: bool

    @property
    def couples_rows(self) -> bool:
        """Whether a_j depends on more than z_j."""
        return self.derivative is None

    @property
    def saturates(self) -> bool:
        """Whether a is bounded on both sides, so that σ′ falls to 0 at both ends."""
        return bool(np.isfinite(self.range).all())

    def is_saturated(self, z: float) -> bool:
        """Whether the forms of `saturated` are to be taken at this z."""
        return self.saturated is not None and not (
            self.saturated.below <= z <= self.saturated.above
        )

    def symbols(self, tex: Expression) -> str:
        """One of its expressions in z, a and the inner symbol."""
        return tex("z", "a", self.inner.symbol if self.inner else "")

    def defined(self, tex: Expression) -> str:
        """The same with what the inner symbol stands for, if it is used."""
        text = self.symbols(tex)
        if self.inner is None or text == tex("z", "a", ""):
            return text
        return rf"{text},\; {self.inner.symbol}={self.inner.tex()}"
