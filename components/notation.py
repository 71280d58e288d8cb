r"""Symbols with their indices as plain text (z₁²) and as TeX (z_{1}^{2}), numbers by reference.

A builder never rounds: where a sentence or a formula shows a number it carries a reference such as
⟦z:2:1⟧, which the page replaces by the value, rounded to the digits in force and whole on hover.
Where rounding would undo a formula, as in ⟦a:3:1⟧ - ⟦y:3:1⟧, 1-(⟦a:3:1⟧), 1-(⟦a:3:1⟧)^2 or
\ln(⟦a:3:1⟧), it takes as many digits as the difference or logarithm needs to be told.
"""

from functools import lru_cache
from typing import Final

__all__ = ["SHOWN_DIGITS", "given", "literal", "plain", "reference", "tex"]

# A pass names the same few symbols some hundred times.
_kept = lru_cache(maxsize=8192)
SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPT: Final = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
# The numbers of significant digits that the page offers.
SHOWN_DIGITS: Final = range(2, 9)
TEX: Final = {
    "delta": r"\delta",
    "dw": r"\partial J/\partial w",
    "db": r"\partial J/\partial b",
}


def _joined(indices: tuple[int | str, ...]) -> str:
    between = "," if any(isinstance(index, int) and index > 9 for index in indices) else ""
    return between.join(str(index) for index in indices)


@_kept
def plain(symbol: str, layer: int | None, *indices: int) -> str:
    """The symbol in Unicode, layer above and neuron indices below: `plain("z", 2, 1)` is z₁²."""
    above = "" if layer is None else str(layer)
    return symbol + _joined(indices).translate(SUBSCRIPT) + above.translate(SUPERSCRIPT)


@_kept
def tex(symbol: str, layer: int | str | None, *indices: int | str) -> str:
    """The symbol in TeX: `tex("dw", 3)` is ∂J/∂w³."""
    below = "_{" + _joined(indices) + "}" if indices else ""
    above = "" if layer is None else f"^{{{layer}}}"
    return TEX.get(symbol, symbol) + below + above


@_kept
def reference(symbol: str, layer: int, *indices: int) -> str:
    """A number by its place among the pass's values, to be shown by the page."""
    return "⟦" + ":".join([symbol, str(layer), *(str(index) for index in indices)]) + "⟧"


def literal(value: float) -> str:
    """A number that is not among the pass's values, whole; the page rounds it like the others."""
    return f"⟦#:{float(value)!r}⟧"


def given(value: float) -> str:
    """A number that a person has chosen, such as η: whole, whatever the digits in force."""
    return f"⟦!:{float(value)!r}⟧"
