"""What there is to say about a loss: the class of the rows of the table."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from engine.arguments import Array
from engine.expressions import fraction_tex

__all__ = ["ANY_TARGETS", "InZ", "Loss", "Number", "Targets", "Total"]

Text: TypeAlias = Callable[[str, str], str]
Number: TypeAlias = Callable[[str, int], str]
Total: TypeAlias = Callable[[Callable[[int], str], int], str]


@dataclass(frozen=True)
class Targets:
    """The targets y (n_L, m) that a loss is defined for, and how others become such.

    accepts(y) says whether y is; `accepted` says in words which are; fitted(y) is y where it is
    accepted and something near to it that is where not. coupled: one target of a sample cannot
    change alone.
    """

    accepts: Callable[[Array], bool]
    accepted: str
    fitted: Callable[[Array], Array]
    coupled: bool


ANY_TARGETS: Final = Targets(lambda y: True, "finite numbers", lambda y: y, coupled=False)


@dataclass(frozen=True)
class InZ:
    """J of one sample from z^L, where the digits of a say nothing any more.

    lost(a): whether they do not, a (n_L, 1); tex(l): J in symbols, with the number of the last
    layer put in; numbers(number, total, n): the same with numbers, where number(symbol, j) is
    that of y, of z or of gap, by which z_j is below the largest, and total(term, n) is Σ term(j).
    """

    lost: Callable[[Array], bool]
    tex: Callable[[str], str]
    numbers: Callable[[Number, Total, int], str]


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One loss: cost(z, a, y) is J per sample, z, a and y of the last layer (n_L, m) to (m,).

    derivative(a, y) is ∂J/∂a^L (n_L, m); of a loss that is taken as one with the only output
    activation it stands with, it is ∂J/∂z^L = δ^L. No field has a default: a row that lacks one
    is a TypeError at import.

    output: the activation that it is taken as one with, else None.
    factor(n_L), term(a, y, near): J = factor · Σ_j term, the term of one output as TeX; `near`
        says whether |a_j − y_j| ≤ knot, on which it may depend; where it is None, because that is
        not known, the term is written with the letters of `tex`.
    knot: the |a_j − y_j| beyond which the term has another form, None where it has but one.
    squares: the term is (a_j − y_j)², so that such losses differ by their factors alone.
    tex(l, n): J with the number of the last layer, and of its neurons, put in.
    in_z: how J is written where a loses it; None where it does not.
    slope(a, y): `derivative` of one output but for its factor, as TeX.
    slope_signs: what stands before and after a − y where the same is written with matrices.
    torch, numpy: J per sample as Python expressions in z, a and y.
    numpy_derivative(a, y): `derivative` as such an expression.
    rational: J takes decimals to decimals; the values of the others are always rounded.
    """

    name: str
    cost: Callable[[Array, Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    output: str | None
    factor: Callable[[int], Fraction]
    term: Callable[[str, str, bool | None], str]
    knot: float | None
    squares: bool
    tex: Text
    in_z: InZ | None
    slope: Text
    slope_signs: tuple[str, str]
    torch: str
    numpy: str
    numpy_derivative: Text
    rational: bool
    targets: Targets

    @property
    def taken_as_one(self) -> bool:
        """Whether `derivative` is δ^L at once, the activation's own derivative included."""
        return self.output is not None

    @property
    def slope_is_rational(self) -> bool:
        """Whether `derivative` takes decimals to decimals."""
        return self.rational or self.taken_as_one

    def slope_factor(self, n: int) -> Fraction:
        """What stands before `slope` where layer L has n neurons."""
        if self.taken_as_one:
            return Fraction(1)
        return 2 * self.factor(n) if self.squares else self.factor(n)

    def derivative_tex(self, a: str, y: str, n: int, multiplied: bool = False) -> str:
        """`derivative` as TeX, in brackets where it is a sum that is to be multiplied."""
        factor, slope = fraction_tex(self.slope_factor(n)), self.slope(a, y)
        is_sum = self.squares or self.taken_as_one
        return f"{factor}({slope})" if is_sum and (factor or multiplied) else factor + slope
