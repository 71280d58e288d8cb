"""The formulas of every position: the equation in symbols, with the numbers put in, the value.

Numbers are references (see `notation`). ⟦=⟧ stands for = as long as everything to its right and
left is shown whole, and for ≈ from there on, which only the page knows; ⟦≈⟧ is ≈ always.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import engine
from components.config import Config
from components.fields import number_text
from components.focus import Focus
from components.notation import literal, plain, reference, tex

__all__ = ["Known", "build_formula"]

MOST_TERMS: Final = 4
MOST_NEURONS: Final = 8
EQUAL: Final = "⟦=⟧"
ABOUT: Final = "⟦≈⟧"
CASES: Final = re.compile(r"\\begin\{cases\}(.*?) & z>0\\\\ (.*?) & z\\le 0\\end\{cases\}")
TAKEN_AS_ONE: Final = ("cross_entropy", "binary_cross_entropy")
FACTOR: Final = {"half_squared_error": "", "squared_error": "2", "mean_squared_error": None}
# Functions of z that take a decimal to a decimal; of the others every value is rounded.
RATIONAL: Final = ("linear", "relu", "leaky_relu")

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
class _Place:
    """Where a formula stands: neuron j of layer l, input k, sample s."""

    config: Config
    known: Known
    focus: Focus
    l: int
    j: int
    k: int

    @property
    def s(self) -> int:
        return self.focus.sample

    @property
    def before(self) -> int:
        return self.config.sizes[self.l - 2]

    @property
    def name(self) -> str:
        return self.config.activations[self.l - 2]

    def a_before(self, k: int, s: int | None = None) -> str:
        return reference("x" if self.l == 2 else "a", self.l - 1, k, s or self.s)

    def number(self, symbol: str) -> str:
        """The neuron's own z, a, y, delta or slope of the sample in focus."""
        return reference(symbol, self.l, self.j, self.s)

    def total(self, term: Callable[[int], str], n: int, most: int = MOST_TERMS) -> str:
        """Σ over 1…n written out, the middle of a long sum left to ⋯."""
        if n <= most or self.focus.whole:
            return " + ".join(term(i) for i in range(1, n + 1))
        return " + ".join([term(1), term(2), r"\cdots", term(n)])


def _piece(
    name: str,
    anchor: str,
    left: str,
    lines: Sequence[Line],
    note: str = "",
    between: str = r" \\ &",
) -> Formula:
    """One formula: its name, its place in the derivation, and (relation, right-hand side) pairs.

    They stand below each other, aligned, or in one line with `between` a space.
    """
    body = between.join(rf"{relation} \textstyle {right}" for relation, right in lines)
    return {
        "name": name,
        "anchor": f"derivation-{anchor}",
        "tex": rf"\begin{{aligned}} {left} &{body} \end{{aligned}}",
        "note": note,
    }


def _put_in(formula: str, z: float, z_number: str, a_number: str) -> str:
    """An activation's or derivative's TeX with the numbers put in, the branch of z taken."""
    formula = CASES.sub(lambda match: match[1] if z > 0 else match[2], formula)
    formula = formula.replace("^z", "^{z}")
    formula = re.sub(r"(?<![A-Za-z\\_])z(?![A-Za-z_])", lambda _: f"({z_number})", formula)
    return re.sub(r"(?<![A-Za-z\\_])a(?![A-Za-z_])", lambda _: f"({a_number})", formula)


def _z(p: _Place) -> Formula:
    l, j = p.l, p.j
    product = rf"{tex('w', l, j, 'k')}\,{tex('a', l - 1, 'k')}"
    symbols = rf"\sum_{{k=1}}^{{{p.before}}} {product} + {tex('b', l, j)}"
    terms = p.total(lambda k: f"({reference('w_before', l, j, k)})({p.a_before(k)})", p.before)
    numbers = f"{terms} + ({reference('b_before', l, j)})"
    lines = [("=", symbols), (EQUAL, numbers), (EQUAL, p.number("z"))]
    return _piece("z", "forward-neuron", tex("z", l, j), lines)


def _softmax(p: _Place) -> Formula:
    n = p.config.sizes[-1]
    z = [reference("z", p.l, i, p.s) for i in range(1, n + 1)]
    symbols = rf"\frac{{e^{{{tex('z', p.l, p.j)}}}}}{{\sum_k e^{{{tex('z', p.l, 'k')}}}}}"
    below = p.total(lambda i: f"e^{{{z[i - 1]}}}", n)
    numbers = rf"\frac{{e^{{{z[p.j - 1]}}}}}{{{below}}}"
    lines = [("=", symbols), (EQUAL, numbers), (ABOUT, p.number("a"))]
    return _piece("a", "forward-neuron", tex("a", p.l, p.j), lines)


def _a(p: _Place) -> Formula:
    if p.name == "softmax":
        return _softmax(p)
    z = p.known.at("z", p.l, p.j, p.s)
    formula = engine.ACTIVATIONS[p.name].tex.replace(r"\frac", r"\dfrac")
    numbers = _put_in(formula, z, p.number("z"), "")
    exact = p.name in RATIONAL or z == 0
    lines = [
        ("=", rf"\sigma({tex('z', p.l, p.j)}),\quad \sigma(z) = {formula}"),
        (EQUAL, numbers),
        (EQUAL if exact else ABOUT, p.number("a")),
    ]
    return _piece("a", "forward-neuron", tex("a", p.l, p.j), lines)


def _one_loss(p: _Place, s: int) -> str:
    """J of sample s with its numbers, term by term."""
    n = p.config.sizes[-1]

    def a(j: int) -> str:
        return reference("a", p.l, j, s)

    def y(j: int) -> str:
        return reference("y", p.l, j, s)

    if p.config.loss == "cross_entropy":
        return r"-\left[" + p.total(lambda j: rf"{y(j)}\ln({a(j)})", n) + r"\right]"
    if p.config.loss == "binary_cross_entropy":
        terms = p.total(lambda j: rf"{y(j)}\ln({a(j)})+(1-{y(j)})\ln(1-{a(j)})", n)
        return rf"-\left[{terms}\right]"
    factor = {"half_squared_error": r"\tfrac{1}{2}", "mean_squared_error": rf"\tfrac{{1}}{{{n}}}"}
    terms = p.total(lambda j: f"({a(j)} - {y(j)})^2", n)
    return rf"{factor.get(p.config.loss, '')}\left[{terms}\right]"


def _loss(p: _Place) -> Formula:
    last, m = p.l, len(p.config.x)
    row = engine.LOSSES[p.config.loss]
    symbols = row.tex.replace("^L", f"^{{{last}}}").replace("n_L", str(p.config.sizes[-1]))
    relation = ABOUT if p.config.loss in TAKEN_AS_ONE else EQUAL
    value = reference("J", last, 1)
    if m == 1:
        return _piece(
            "J", "loss", "J", [("=", symbols), (EQUAL, _one_loss(p, 1)), (relation, value)]
        )
    each = p.total(lambda s: f"({reference('J_sample', last, 1, s)})", m)
    lines = [
        ("=", rf"\tfrac{{1}}{{{m}}}\sum_{{s=1}}^{{{m}}} J_s,\quad J_s = {symbols}"),
        (relation, rf"\tfrac{{1}}{{{m}}}\left[{each}\right]"),
        (relation, value),
    ]
    return _piece("J", "loss", "J", lines)


def _slope(p: _Place) -> Formula:
    """σ′(z_j^l): the derivative of the chosen activation, written out and evaluated."""
    derivative = engine.ACTIVATIONS[p.name].derivative_tex
    z = p.known.at("z", p.l, p.j, p.s)
    numbers = _put_in(derivative, z, p.number("z"), p.number("a"))
    relation = EQUAL if p.name in RATIONAL or z == 0 else ABOUT
    put_in = [(EQUAL, numbers)] if "⟦" in numbers else []
    lines = [("=", derivative), *put_in, (relation, p.number("slope"))]
    left = rf"\sigma'({tex('z', p.l, p.j)})"
    return _piece("σ′", "bp1", left, lines, _slope_note(p), between=r"\; ")


def _slope_note(p: _Place) -> str:
    slope = p.known.at("slope", p.l, p.j, p.s)
    if p.name == "relu" and slope == 0:
        return (
            f"{plain('z', p.l, p.j)} ≤ 0, so σ′ = 0 and δ = 0: for this sample nothing that leads "
            "into this ReLU neuron is changed. It learns nothing here."
        )
    if slope < 0.01 and p.name in ("sigmoid", "tanh"):
        return f"σ′ is only {literal(slope)}: the neuron is saturated and learns slowly."
    return ""


def _bp1(p: _Place) -> Formula:
    a, y = tex("a", p.l, p.j), tex("y", None, p.j)
    difference = f"({p.number('a')} - {p.number('y')})"
    value = (EQUAL, p.number("delta"))
    delta = tex("delta", p.l, p.j)
    if p.config.loss in TAKEN_AS_ONE:
        return _piece("BP1", "bp1", delta, [("=", f"{a} - {y}"), (EQUAL, difference), value])
    n = p.config.sizes[-1]
    factor = FACTOR[p.config.loss]
    factor = rf"\tfrac{{2}}{{{n}}}" if factor is None else factor
    symbols = rf"{factor}({a} - {y})\,\sigma'({tex('z', p.l, p.j)})"
    numbers = rf"{factor}{difference}({p.number('slope')})"
    return _piece("BP1", "bp1", delta, [("=", symbols), (EQUAL, numbers), value])


def _paths_note(p: _Place) -> str:
    """Which way back from the next layer brings most of δ_j^l."""
    after = p.config.sizes[p.l]
    slope = p.known.at("slope", p.l, p.j, p.s)
    parts = {
        i: p.known.at("w", p.l + 1, i, p.j) * p.known.at("delta", p.l + 1, i, p.s) * slope
        for i in range(1, after + 1)
    }
    if slope == 0 or after == 1:
        return ""
    most = max(parts, key=lambda i: abs(parts[i]))
    delta = plain("δ", p.l, p.j)
    listed = ", ".join(f"through {plain('δ', p.l + 1, i)}: {literal(v)}" for i, v in parts.items())
    if after > MOST_TERMS and not p.focus.whole:
        listed = f"through {plain('δ', p.l + 1, most)}: {literal(parts[most])}"
    return f"Shares of {delta}: {listed}. Most comes through {plain('δ', p.l + 1, most)}."


def _bp2(p: _Place) -> Formula:
    l, j, after = p.l, p.j, p.config.sizes[p.l]
    product = rf"{tex('w', l + 1, 'i', j)}\,{tex('delta', l + 1, 'i')}"
    symbols = rf"\Bigl(\sum_{{i=1}}^{{{after}}} {product}\Bigr)\,\sigma'({tex('z', l, j)})"
    terms = p.total(
        lambda i: f"({reference('w_before', l + 1, i, j)})({reference('delta', l + 1, i, p.s)})",
        after,
    )
    numbers = rf"\bigl[{terms}\bigr]({p.number('slope')})"
    lines = [("=", symbols), (EQUAL, numbers), (EQUAL, p.number("delta"))]
    return _piece("BP2", "bp2", tex("delta", l, j), lines, _paths_note(p))


def _chain(p: _Place) -> list[Formula]:
    """δ_j^l and what it is made of: BP1 or BP2, and σ′ where it does not cancel."""
    if p.l == len(p.config.sizes) and p.config.loss in TAKEN_AS_ONE:
        return [_bp1(p)]
    return [_bp1(p) if p.l == len(p.config.sizes) else _bp2(p), _slope(p)]


def _mean(p: _Place, one: Callable[[int], str], symbols: str, name: str) -> list[Line]:
    """The lines of a gradient: one sample's product, or the mean over the samples."""
    m = len(p.config.x)
    value = reference(name, p.l, p.j, *([p.k] if name == "dw" else []))
    if m == 1:
        return [("=", symbols), *([(EQUAL, one(1))] if name == "dw" else []), (EQUAL, value)]
    mean = rf"\tfrac{{1}}{{{m}}}"
    return [
        ("=", rf"{mean}\sum_{{s=1}}^{{{m}}} {symbols}"),
        (EQUAL, rf"{mean}\bigl[{p.total(one, m)}\bigr]"),
        (EQUAL, value),
    ]


def _bp4(p: _Place) -> Formula:
    l, j, k = p.l, p.j, p.k
    delta = tex("delta", l, j)
    lines = _mean(
        p,
        lambda s: f"({reference('delta', l, j, s)})({p.a_before(k, s)})",
        rf"{delta}\,{tex('a', l - 1, k)}",
        "dw",
    )
    return _piece("BP4", "bp4", tex("dw", l, j, k), lines)


def _bp3(p: _Place) -> Formula:
    lines = _mean(p, lambda s: f"({reference('delta', p.l, p.j, s)})", tex("delta", p.l, p.j), "db")
    return _piece("BP3", "bp3", tex("db", p.l, p.j), lines)


def _gradients(p: _Place) -> Formula:
    """BP4 and BP3 as one formula: side by side, or below each other where means make them long."""
    dw, db = _bp4(p), _bp3(p)
    between = r"& \quad" if len(p.config.x) == 1 else r"\\[4pt]"
    both = rf"\begin{{array}}{{ll}} {dw['tex']} {between} {db['tex']} \end{{array}}"
    return {**dw, "name": "BP4 BP3", "tex": both}


def _update(p: _Place) -> list[Formula]:
    l, j, k = p.l, p.j, p.k
    eta = number_text(p.config.learning_rate)

    def moved(symbol: str, gradient: str, *place: int) -> Formula:
        old = reference(f"{symbol}_before", l, *place)
        step = reference(gradient, l, *place)
        lines = [
            (r"\leftarrow", rf"{tex(symbol, l, *place)} - \eta\,{tex(gradient, l, *place)}"),
            (EQUAL, rf"{old} - {eta}\cdot({step})"),
            (EQUAL, reference(symbol, l, *place)),
        ]
        return _piece("update", "update", tex(symbol, l, *place), lines)

    pieces = [moved("w", "dw", j, k)]
    if p.config.update_biases:
        pieces.append(moved("b", "db", j))
    else:
        frozen = [("=", rf"{reference('b', l, j)}\quad\text{{(biases are frozen)}}")]
        pieces.append(_piece("update", "update", tex("b", l, j), frozen))
    return pieces


def _of_neuron(p: _Place, position: int, kind: str) -> list[Formula]:
    """The formulas of one neuron, as far as the walk has come."""
    if p.l == 1:
        lines = [("=", tex("x", None, p.j)), (EQUAL, reference("x", 1, p.j, p.s))]
        return [_piece("input", "notation", tex("a", 1, p.j), lines)]
    if kind == "update":
        return _update(p)
    if p.known.has("delta", p.l, p.j, position):
        return [*_chain(p), _gradients(p)]
    pieces = []
    if p.known.has("z", p.l, p.j, position):
        pieces.append(_z(p))
    if p.known.has("a", p.l, p.j, position):
        pieces.append(_a(p))
    return pieces


def _of_weight(p: _Place, position: int, kind: str) -> list[Formula]:
    """The formulas of w_jk^l: its share of z forward, the chain from it to J backward."""
    if kind == "update":
        return _update(p)[:1]
    if p.known.has("delta", p.l, p.j, position):
        chain = _bp4(p)
        chain["note"] = (
            f"{plain('w', p.l, p.j, p.k)} moves {plain('z', p.l, p.j)} {plain('a', p.l - 1, p.k)} "
            f"times as much, and that moves J {plain('δ', p.l, p.j)} times as much, "
            "along every lit path."
        )
        return [chain, *_chain(p)]
    return [_z(p)] if p.known.has("z", p.l, p.j, position) else []


def _merged(groups: Sequence[list[Formula]]) -> list[Formula]:
    """The formulas of several neurons, kind by kind: at most as many as one neuron has."""
    merged: dict[str, Formula] = {}
    for formula in (formula for group in groups for formula in group):
        kind = formula["name"]
        if kind not in merged:
            merged[kind] = dict(formula)
        else:
            merged[kind]["tex"] += r" \\[6pt] " + formula["tex"]
            merged[kind]["note"] = " ".join(filter(None, (merged[kind]["note"], formula["note"])))
    for formula in merged.values():
        formula["tex"] = rf"\begin{{array}}{{l}} {formula['tex']} \end{{array}}"
    return list(merged.values())


def build_formula(
    step: engine.Step, position: int, config: Config, known: Known, focus: Focus
) -> list[Formula]:
    """The formulas at one position: `name`, `anchor` in the derivation, `tex` and a `note`.

    At most three, whatever the focus; none in mode click until something is in focus.
    """
    layer = focus.layer or step.layer or 2
    if focus.layer is None and focus.mode == "click":
        return []
    if step.kind == "loss" and focus.layer is None:
        return [_loss(_Place(config, known, focus, len(config.sizes), 1, 1))]
    neuron = focus.neuron if focus.layer else (step.neuron or 1)

    def place(j: int) -> _Place:
        return _Place(config, known, focus, layer, j, focus.input or 1)

    if focus.input and focus.layer:
        return _of_weight(place(neuron), position, step.kind)
    if focus.mode == "all" and step.neuron is None and not focus.layer:
        shown = range(1, min(config.sizes[layer - 1], MOST_NEURONS) + 1)
        return _merged([_of_neuron(place(j), position, step.kind) for j in shown])
    pieces = _of_neuron(place(neuron), position, step.kind)
    if step.kind == "forward" and step.neuron is None and step.z is None:
        return pieces[-1:]
    return pieces
