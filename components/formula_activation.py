"""σ(z) and σ′(z) in symbols and with numbers put in, so that the shown numbers give what is shown.

Where an activation is saturated its digits say nothing any more, (1)(1−(1)) for a slope of 10⁻⁷:
the same is then written in z, in a form that no rounding cancels.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import engine
from components.formula_parts import (
    ABOUT,
    EQUAL,
    RATIONAL,
    Formula,
    Line,
    Place,
    aligned_lines,
)
from components.notation import tex as symbol_tex

__all__ = [
    "Neuron",
    "inner_lines",
    "is_saturated",
    "neuron_of",
    "slope_lines",
    "value_lines",
    "with_inner",
]

# A letter that stands alone: no part of a word, a command or an index.
SYMBOL: Final = re.compile(r"(?<![A-Za-z\\_])[a-z](?![A-Za-z_])")


@dataclass(frozen=True)
class _Saturated:
    """Below and above which z an activation is written otherwise; the TeX of σ and σ′ there."""

    below: float
    above: float
    value: Mapping[int, str]
    slope: Mapping[int, str]


# (1 + tanh u)/2 = e^{2u}/(1 + e^{2u}), and 1 − tanh²u = 4e^{2u}/(1 + e^{2u})².
_HALF: Final = r"\frac{e^{2u}}{1+e^{2u}}"
_SATURATED: Final = {
    "sigmoid": _Saturated(-float("inf"), 8, {}, {1: r"\frac{e^{-z}}{(1+e^{-z})^2}"}),
    "tanh": _Saturated(
        -4,
        4,
        {},
        {1: r"\frac{4e^{-2z}}{(1+e^{-2z})^2}", -1: r"\frac{4e^{2z}}{(1+e^{2z})^2}"},
    ),
    "gelu": _Saturated(
        -3,
        float("inf"),
        {-1: rf"z\,{_HALF}"},
        {
            -1: rf"{_HALF}+2z\,\frac{{e^{{2u}}}}{{(1+e^{{2u}})^2}}"
            + engine.ACTIVATIONS["gelu"].derivative_tex.partition(r"(1-\tanh^2u)")[2]
        },
    ),
}


def is_saturated(name: str, z: float) -> bool:
    """Whether σ and σ′ at this z are written in z alone."""
    row = _SATURATED.get(name)
    return row is not None and not row.below <= z <= row.above


@dataclass(frozen=True)
class Neuron:
    """One neuron by references: its z, a, slope and inner number, and what z is like."""

    name: str
    z: str
    a: str
    slope: str
    inner: str
    sign: int = 0
    saturated: bool = False

    @property
    def exact(self) -> bool:
        """Whether the numbers may be more than rounded ones."""
        return self.name in RATIONAL or self.sign == 0

    def put_in(self, tex: str) -> str:
        """The TeX with the numbers put in, the branch of z's sign taken."""
        tex = _branch(tex, self.sign).replace("^z", "^{z}")
        inner = engine.ACTIVATIONS[self.name].inner
        numbers = {"z": self.z, "a": self.a, **({inner.symbol: self.inner} if inner else {})}
        put = {symbol: f"({number})" for symbol, number in numbers.items()}
        return SYMBOL.sub(lambda found: put.get(found[0], found[0]), tex)


def _branch(tex: str, sign: int) -> str:
    """The formula with the one of its cases for z > 0 and z ≤ 0 that z's sign takes."""
    before, _, rest = tex.partition(r"\begin{cases}")
    inside, _, after = rest.partition(r"\end{cases}")
    above, _, below = inside.partition(r" & z>0\\ ")
    return before + (above if sign > 0 else below.removesuffix(r" & z\le 0")) + after


def _evaluated(neuron: Neuron, tex: str, value: str) -> list[Line]:
    """The line with the numbers put in, if there are any, and that with the value."""
    numbers = neuron.put_in(tex)
    rounded = not neuron.exact and (neuron.a in numbers or neuron.inner in numbers)
    lines = [(ABOUT if rounded else EQUAL, numbers)] if "⟦" in numbers else []
    return [*lines, (EQUAL if neuron.exact else ABOUT, value)]


def _lines(neuron: Neuron, tex: str, otherwise: Mapping[int, str], value: str) -> list[Line]:
    form = otherwise.get(neuron.sign, tex) if neuron.saturated else tex
    symbols = tex if form == tex else f"{tex} = {form}"
    return [("=", symbols), *_evaluated(neuron, form, value)]


def value_lines(neuron: Neuron) -> list[Line]:
    """σ(z) in symbols, with numbers, and a."""
    tex = engine.ACTIVATIONS[neuron.name].tex.replace(r"\frac", r"\dfrac")
    row = _SATURATED.get(neuron.name)
    return _lines(neuron, tex, row.value if row else {}, neuron.a)


def slope_lines(neuron: Neuron) -> list[Line]:
    """σ′(z) in symbols, with numbers, and its value."""
    tex = engine.ACTIVATIONS[neuron.name].derivative_tex
    row = _SATURATED.get(neuron.name)
    return _lines(neuron, tex, row.slope if row else {}, neuron.slope)


def inner_lines(neuron: Neuron) -> tuple[str, list[Line]] | None:
    """The symbol that the formulas of this activation use, and the lines of its number."""
    inner = engine.ACTIVATIONS[neuron.name].inner
    if inner is None:
        return None
    return inner.symbol, [("=", inner.tex), *_evaluated(neuron, inner.tex, neuron.inner)]


def neuron_of(p: Place) -> Neuron:
    """The neuron at a place, of the sample in focus."""
    z, a, slope, inner = (p.number(symbol) for symbol in ("z", "a", "slope", "inner"))
    return Neuron(p.name, z, a, slope, inner, p.sign, p.saturated)


def with_inner(p: Place, formula: Formula) -> Formula:
    """The formula below that of the inner number which it uses."""
    inner = inner_lines(neuron_of(p))
    if inner is None:
        return formula
    above = aligned_lines(symbol_tex(inner[0], p.l, p.j), inner[1], r"\; ")
    both = rf"\begin{{array}}{{l}} {above} \\[4pt] {formula['tex']} \end{{array}}"
    return {**formula, "tex": both}
