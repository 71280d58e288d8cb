"""What every formula is made of: the numbers that are known, its place, aligned lines.

Numbers are references (see `notation`). ⟦=⟧ stands for = as long as everything to its right and
left is shown whole, and for ≈ from there on, which only the page knows; ⟦≈⟧ is ≈ always.
⟦text:key⟧ stands for the words of a key of the catalogs.
⟦/:5⟧ stands before the fifth term of a long sum: the page may begin a new row there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import engine
from components.config.value import Outline
from components.formulas.focus import Focus
from components.messages import Message, Told
from components.notation import reference

__all__ = [
    "ABOUT",
    "EQUAL",
    "MOST_TERMS",
    "Formula",
    "Known",
    "Line",
    "Place",
    "aligned_lines",
    "make_formula",
]

MOST_TERMS: Final = 4
EQUAL: Final = "⟦=⟧"
ABOUT: Final = "⟦≈⟧"

Formula = dict[str, Any]
Line = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """The arrays of a pass by (symbol, layer), and from which position on each row is known."""

    values: Mapping[tuple[str, int], engine.Array]
    since: Mapping[tuple[str, int], Sequence[int]]

    def at(self, symbol: str, layer: int, row: int, col: int = 1) -> float:
        """One number, rows and columns counted from 1."""
        return float(self.values[symbol, layer][row - 1, col - 1])

    def has(self, symbol: str, layer: int, row: int, position: int) -> bool:
        """Whether the number is known at a position."""
        rows = self.since.get((symbol, layer), ())
        return len(rows) >= row and rows[row - 1] <= position


@dataclass(frozen=True)
class Place:
    """Where a formula stands: neuron j of layer l, input k, sample s.

    `sign` is that of z_j^l, which decides on the branch of an activation and on what is exact;
    `saturated` tells that a or 1 − a is too small to be put in; `far` are the outputs whose error
    is beyond the knot of the loss. They are all that the wording of a formula takes from the
    numbers of a pass.
    """

    outline: Outline
    focus: Focus
    l: int
    j: int
    k: int
    sign: int = 0
    saturated: bool = False
    far: tuple[int, ...] = ()

    @property
    def s(self) -> int:
        return self.focus.sample

    @property
    def before(self) -> int:
        return self.outline.sizes[self.l - 2]

    @property
    def activation(self) -> engine.Activation:
        return engine.ACTIVATIONS[self.outline.activations[self.l - 2]]

    @property
    def loss(self) -> engine.Loss:
        return engine.LOSSES[self.outline.loss]

    @property
    def taken_as_one(self) -> bool:
        """Whether σ′ of this layer has cancelled: loss and output activation taken as one."""
        return self.l == len(self.outline.sizes) and self.loss.taken_as_one

    def a_before(self, k: int, s: int | None = None) -> str:
        return reference("x" if self.l == 2 else "a", self.l - 1, k, s or self.s)

    def number(self, symbol: str) -> str:
        """The neuron's own z, a, y, delta or slope of the sample in focus."""
        return reference(symbol, self.l, self.j, self.s)

    def total(self, term: Callable[[int], str], n: int, most: int = MOST_TERMS) -> str:
        """Σ over 1…n written out, the middle of a long sum left to ⋯."""
        if n <= most:
            return " + ".join(term(i) for i in range(1, n + 1))
        if self.focus.whole:
            return term(1) + "".join(f" + ⟦/:{i}⟧{term(i)}" for i in range(2, n + 1))
        return " + ".join([term(1), term(2), r"\cdots", term(n)])


def aligned_lines(left: str, lines: Sequence[Line], between: str = r" \\ &") -> str:
    """(relation, right-hand side) pairs below each other, or in one line."""
    body = between.join(rf"{relation} \textstyle {right}" for relation, right in lines)
    return rf"\begin{{aligned}} {left} &{body} \end{{aligned}}"


def make_formula(
    name: str | Message,
    anchor: str,
    left: str,
    lines: Sequence[Line],
    note: Told = "",
    between: str = r" \\ &",
) -> Formula:
    """One formula: its name, its place in the derivation, and (relation, right-hand side) pairs.

    They stand below each other, aligned, or in one line with `between` a space.
    """
    return {
        "name": name,
        "anchor": f"derivation-{anchor}",
        "tex": aligned_lines(left, lines, between),
        "note": note,
    }
