"""σ(z) and σ′(z) in symbols and with numbers put in, so that the shown numbers give what is shown.

Where an activation is saturated its digits say nothing any more, (1)(1−(1)) for a slope of 10⁻⁷:
the same is then written in z, in a form that no rounding cancels.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import engine
from components.formulas.parts import (
    ABOUT,
    EQUAL,
    Formula,
    Line,
    Place,
    aligned_lines,
)
from components.notation import tex as symbol_tex

__all__ = [
    "Neuron",
    "inner_lines",
    "neuron_of",
    "slope_lines",
    "value_lines",
    "with_inner",
]


@dataclass(frozen=True)
class Neuron:
    """One neuron by references: its z, a, slope and inner number, and what z is like."""

    row: engine.Activation
    z: str
    a: str
    slope: str
    inner: str
    sign: int = 0
    saturated: bool = False

    @property
    def exact(self) -> bool:
        """Whether the numbers may be more than rounded ones."""
        return self.row.rational or self.sign == 0

    def put_in(self, tex: engine.Expression) -> str:
        """The TeX with the numbers put in, the branch of z's sign taken."""
        return tex.at(self.sign, f"({self.z})", f"({self.a})", f"({self.inner})")


def _evaluated(neuron: Neuron, tex: engine.Expression, value: str) -> list[Line]:
    """The line with the numbers put in, if there are any, and that with the value."""
    numbers = neuron.put_in(tex)
    rounded = not neuron.exact and (neuron.a in numbers or neuron.inner in numbers)
    lines = [(ABOUT if rounded else EQUAL, numbers)] if "⟦" in numbers else []
    return [*lines, (EQUAL if neuron.exact else ABOUT, value)]


def _lines(
    neuron: Neuron, tex: engine.Expression, forms: Mapping[int, engine.Expression], value: str
) -> list[Line]:
    form = forms.get(neuron.sign, tex) if neuron.saturated else tex
    symbols = neuron.row.symbols(tex)
    if form is not tex:
        symbols += f" = {neuron.row.symbols(form)}"
    return [("=", symbols), *_evaluated(neuron, form, value)]


def value_lines(neuron: Neuron) -> list[Line]:
    """σ(z) in symbols, with numbers, and a."""
    row = neuron.row
    lines = _lines(neuron, row.tex, row.saturated.value if row.saturated else {}, neuron.a)
    return [(relation, right.replace(r"\frac", r"\dfrac")) for relation, right in lines]


def slope_lines(neuron: Neuron) -> list[Line]:
    """σ′(z) in symbols, with numbers, and its value."""
    row = neuron.row
    forms = row.saturated.slope if row.saturated else {}
    return _lines(neuron, row.derivative_tex, forms, neuron.slope)


def inner_lines(neuron: Neuron) -> tuple[str, list[Line]] | None:
    """The symbol that the formulas of this activation use, and the lines of its number."""
    inner = neuron.row.inner
    if inner is None:
        return None
    return inner.symbol, [("=", inner.tex()), *_evaluated(neuron, inner.tex, neuron.inner)]


def neuron_of(p: Place) -> Neuron:
    """The neuron at a place, of the sample in focus."""
    z, a, slope, inner = (p.number(symbol) for symbol in ("z", "a", "slope", "inner"))
    return Neuron(p.activation, z, a, slope, inner, p.sign, p.saturated)


def with_inner(p: Place, formula: Formula) -> Formula:
    """The formula below that of the inner number which it uses."""
    inner = inner_lines(neuron_of(p))
    if inner is None:
        return formula
    above = aligned_lines(symbol_tex(inner[0], p.l, p.j), inner[1], r"\; ")
    both = rf"\begin{{array}}{{l}} {above} \\[4pt] {formula['tex']} \end{{array}}"
    return {**formula, "tex": both}
