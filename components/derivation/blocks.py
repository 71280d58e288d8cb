"""What the derivation is made of: sections, their blocks, and TeX that carries a pass's numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from components.config.texts import Config
from components.formulas.parts import EQUAL
from components.messages import Message, message
from components.notation import plain, reference

__all__ = [
    "DISPLAY",
    "Block",
    "Section",
    "StageView",
    "aligned",
    "figure",
    "formula",
    "matrix",
    "numbers",
    "paragraph",
    "section",
    "stage_button",
    "terms",
    "total",
]

MOST_SHOWN: Final = 4
DISPLAY: Final = r"\displaystyle "

Block = dict[str, Any]
Section = dict[str, Any]


def paragraph(*sentences: Message | None) -> Block:
    """Words with inline TeX between dollar signs; sentences that are None are left out."""
    return {"text": [sentence for sentence in sentences if sentence is not None]}


def terms(*pairs: tuple[str, Message]) -> Block:
    """A list of symbols (TeX) and what each of them means."""
    return {"terms": [list(pair) for pair in pairs]}


def formula(tex: str | Message, wrong: bool = False) -> Block:
    """A formula in symbols, a message where it has words; a wrong one is marked as such."""
    return {"tex": tex if isinstance(tex, Message) else DISPLAY + tex, "wrong": wrong}


def numbers(tex: str | Message, position: str = "backward") -> Block:
    """A formula with references, shown with what is known at the last position of that kind."""
    return {"numbers": tex, "position": position}


def figure(at: "StageView", caption: Message, symbol: str, l: int, *indices: int) -> Block:
    """The network as a small drawing; the weight or bias of these indices is marked and named.

    Without indices the layers up to l are marked, as a forward pass reaches them.
    """
    mark = {"symbol": symbol, "layer": l, "indices": list(indices)}
    name = plain(symbol, l, *indices) if indices else ""
    return {
        "figure": {"sizes": list(at.config.sizes), "mark": mark, "name": name},
        "label": caption,
    }


def stage_button(label: Message, kind: str, layer: int | None) -> Block:
    """A button that takes the walk to the last position of this kind and layer."""
    return {"stage": {"kind": kind, "layer": layer}, "label": label}


def section(anchor: str, *blocks: Block | None) -> Section:
    """A section with its anchor, which also names its title; blocks that are None are left out."""
    kept = [block for block in blocks if block is not None]
    title = message(f"derivation.{anchor}.title")
    return {"id": f"derivation-{anchor}", "title": title, "blocks": kept}


def aligned(left: str, *lines: tuple[str, str]) -> str:
    """Lines of (relation, right-hand side), aligned at the relation."""
    body = r" \\[4pt] ".join(f"&{relation} {right}" for relation, right in lines)
    return rf"\begin{{aligned}} {left} {body} \end{{aligned}}"


def matrix(entry: Callable[[int, int], str], rows: int, cols: int) -> str:
    """A matrix of entry(i, k), both counted from 1, with its shape below."""
    lines = (" & ".join(entry(i, k) for k in range(1, cols + 1)) for i in range(1, rows + 1))
    body = r" \\ ".join(lines) + (r"\vphantom{\Big|}" if rows == 1 else "")
    return rf"\underset{{{rows}\times {cols}}}{{\begin{{bmatrix}} {body} \end{{bmatrix}}}}"


@dataclass(frozen=True)
class StageView:
    """The configuration on the stage, as the derivation looks at it."""

    config: Config

    @property
    def last(self) -> int:
        """L, the output layer."""
        return len(self.config.sizes)

    @property
    def hidden(self) -> int | None:
        """The hidden layer next to the output, if there is one."""
        return self.last - 1 if self.last > 2 else None

    @property
    def back(self) -> int:
        """The layer whose δ is looked at where one is brought back: hidden, or else the output."""
        return self.hidden or self.last

    @property
    def m(self) -> int:
        """How many samples the stage holds."""
        return len(self.config.x)

    @property
    def J(self) -> str:
        """What δ is a derivative of: J, in a batch the loss J_s of one sample."""
        return "J" if self.m == 1 else "J_s"

    def size(self, l: int) -> int:
        """n_l."""
        return self.config.sizes[l - 1]

    def readable(self, *layers: int) -> bool:
        """Whether matrices between these layers are small enough to be written out."""
        return all(self.size(l) <= MOST_SHOWN for l in layers)

    def only_first(self, *layers: int) -> Block | None:
        """The paragraph for layers that are too large to be written out."""
        if self.readable(*layers):
            return None
        largest = max(layers, key=self.size)
        return paragraph(message("derivation.too_large", l=largest, n=self.size(largest)))

    def number(self, symbol: str, l: int, *indices: int) -> str:
        """The reference to one number; a^1 is kept as x, and old weights as such."""
        known = {"w": "w_before", "b": "b_before"}.get(symbol, symbol)
        return reference("x" if symbol == "a" and l == 1 else known, l, *indices)

    def scaled_value(self, l: int) -> list[tuple[str, str]]:
        """The line with the first entry of (w^{l+1})ᵀ ⊙ σ′(z^l), which no batch has."""
        return [(EQUAL, self.number("scaled", l, 1, 1))] if self.m == 1 else []

    def column(self, symbol: str, l: int) -> str:
        """The column of a layer for sample 1, (n_l, 1)."""
        return self.samples(symbol, l, 1)

    def samples(self, symbol: str, l: int, m: int, transposed: bool = False) -> str:
        """The first m columns of a layer, (n_l, m), or their transpose."""
        if transposed:
            return matrix(lambda s, j: self.number(symbol, l, j, s), m, self.size(l))
        return matrix(lambda j, s: self.number(symbol, l, j, s), self.size(l), m)

    def weights(self, l: int, symbol: str = "w") -> str:
        """w^l or its gradient, (n_l, n_{l-1})."""
        return matrix(lambda j, k: self.number(symbol, l, j, k), self.size(l), self.size(l - 1))

    def weights_back(self, l: int) -> str:
        """The transpose of w^l, (n_{l-1}, n_l)."""
        return matrix(lambda k, j: self.number("w", l, j, k), self.size(l - 1), self.size(l))


def total(term: Callable[[int], str], n: int) -> str:
    """Σ over 1…n written out, the middle of a long sum left to ⋯."""
    if n <= MOST_SHOWN:
        return " + ".join(term(i) for i in range(1, n + 1))
    return " + ".join([term(1), term(2), r"\cdots", term(n)])
