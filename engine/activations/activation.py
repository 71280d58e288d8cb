"""What there is to say about an activation: the class of the rows of the table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.arguments import Array
from engine.expressions import Expression

__all__ = ["INFINITE", "Activation"]

INFINITE: Final = float("inf")


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One activation: a = f(z) and σ′ = derivative(z), both (n_l, m) to (n_l, m).

    Without a derivative the function couples its rows and stands only where a loss is taken as
    one with it (softmax). No field has a default: a row that lacks one is a TypeError at import.

    tex, derivative_tex: f in z, and σ′ in z and a.
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
