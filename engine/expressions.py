"""What the rows of a table say as TeX: functions of texts that stand in for z and a."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

__all__ = ["Expression", "fraction_tex"]

Tex: TypeAlias = Callable[[str, str, str], str]


@dataclass(frozen=True)
class Expression:
    """A function of z, of z and a, or of an inner number too that shortens it, as TeX.

    positive(z, a, inner) is its text where z > 0 and otherwise(z, a, inner) that where z ≤ 0;
    without the second the first holds everywhere. `where` tells the letters of constants.
    """

    positive: Tex
    otherwise: Tex | None = None
    where: str = ""

    def __call__(self, z: str = "z", a: str = "a", inner: str = "") -> str:
        """The whole of it: both cases where there are two, and what its letters are."""
        text = self.positive(z, a, inner)
        if self.otherwise is not None:
            below = self.otherwise(z, a, inner)
            text = rf"\begin{{cases}}{text} & {z}>0\\ {below} & {z}\le 0\end{{cases}}"
        return rf"{text},\; {self.where}" if self.where else text

    def at(self, sign: int, z: str, a: str, inner: str) -> str:
        """The case that a z of this sign falls into."""
        taken = self.positive if sign > 0 or self.otherwise is None else self.otherwise
        return taken(z, a, inner)


def fraction_tex(factor: Fraction) -> str:
    """A factor as TeX: nothing where it is 1, a sign where it is −1."""
    if abs(factor) == 1:
        return "" if factor == 1 else "-"
    if factor.denominator == 1:
        return str(factor)
    return rf"\tfrac{{{factor.numerator}}}{{{factor.denominator}}}"
