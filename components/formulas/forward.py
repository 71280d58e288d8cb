"""The formulas of the forward pass and of the loss: symbols, numbers put in, value."""

from typing import Final

import engine
from components.formulas.activation import neuron_of, value_lines, with_inner
from components.formulas.parts import (
    ABOUT,
    EQUAL,
    Formula,
    Place,
    make_formula,
)
from components.messages import message
from components.notation import reference, tex

__all__ = ["a_of", "loss_of", "not_yet", "z_of"]


def not_yet(p: Place) -> list[Formula]:
    """z_j^l and a_j^l in symbols alone, while their numbers are not known."""
    l, j = p.l, p.j
    terms = p.total(lambda k: rf"{tex('w', l, j, k)}\,{tex('a', l - 1, k)}", p.before)
    z = make_formula(
        "z",
        "forward-neuron",
        tex("z", l, j),
        [("=", f"{terms} + {tex('b', l, j)}")],
        message("note.not_yet"),
    )
    of_z = _softmax_symbols(p) if p.activation.couples_rows else rf"\sigma({tex('z', l, j)})"
    return [z, make_formula("a", "forward-neuron", tex("a", l, j), [("=", of_z)])]


def _softmax_symbols(p: Place) -> str:
    below = rf"\sum_k e^{{{tex('z', p.l, 'k')}}}"
    return rf"\frac{{e^{{{tex('z', p.l, p.j)}}}}}{{{below}}}"


def z_of(p: Place) -> Formula:
    """z_j^l = Σ_k w_jk^l a_k^{l−1} + b_j^l."""
    l, j = p.l, p.j
    product = rf"{tex('w', l, j, 'k')}\,{tex('a', l - 1, 'k')}"
    symbols = rf"\sum_{{k=1}}^{{{p.before}}} {product} + {tex('b', l, j)}"
    terms = p.total(lambda k: f"({reference('w_before', l, j, k)})({p.a_before(k)})", p.before)
    numbers = f"{terms} + ({reference('b_before', l, j)})"
    lines = [("=", symbols), (EQUAL, numbers), (EQUAL, p.number("z"))]
    return make_formula("z", "forward-neuron", tex("z", l, j), lines)


def _softmax(p: Place) -> Formula:
    n = p.outline.sizes[-1]
    z = [reference("z", p.l, i, p.s) for i in range(1, n + 1)]
    symbols = _softmax_symbols(p)
    below = p.total(lambda i: f"e^{{{z[i - 1]}}}", n)
    numbers = rf"\frac{{e^{{{z[p.j - 1]}}}}}{{\begin{{split}} &{below} \end{{split}}}}"
    lines = [("=", symbols), (EQUAL, numbers), (ABOUT, p.number("a"))]
    return make_formula("a", "forward-neuron", tex("a", p.l, p.j), lines)


def a_of(p: Place) -> Formula:
    """a_j^l = σ(z_j^l), σ written out; of softmax over the whole layer."""
    if p.activation.couples_rows:
        return _softmax(p)
    (_, symbols), *evaluated = value_lines(neuron_of(p))
    first = ("=", rf"\sigma({tex('z', p.l, p.j)}),\quad \sigma(z) = {symbols}")
    made = make_formula("a", "forward-neuron", tex("a", p.l, p.j), [first, *evaluated])
    return with_inner(p, made)


SATURATED_NOTE: Final = message("note.certain")


def _one_loss(p: Place, s: int) -> str:
    """J of sample s with its numbers, term by term."""
    n = p.outline.sizes[-1]

    def a(j: int) -> str:
        return reference("a", p.l, j, s)

    def y(j: int) -> str:
        return reference("y", p.l, j, s)

    row = p.loss
    if p.saturated and row.in_z:
        return row.in_z.numbers(lambda symbol, j: reference(symbol, p.l, j, s), p.total, n)
    terms = p.total(lambda j: row.term(a(j), y(j), j not in p.far), n)
    return rf"{engine.fraction_tex(row.factor(n))}\bigl[{terms}\bigr]"


def loss_of(p: Place) -> Formula:
    """J term by term, or as the mean of J_s over the samples of a batch."""
    last, m = p.l, p.outline.samples
    row = p.loss
    symbols = row.tex(f"{{{last}}}", str(p.outline.sizes[-1]))
    relation = EQUAL if row.rational else ABOUT
    value = reference("J", last, 1)
    if m == 1:
        if p.saturated and row.in_z:
            symbols += rf" \\ &= {row.in_z.tex(f'{{{last}}}')}"
        lines = [("=", symbols), (EQUAL, _one_loss(p, 1)), (relation, value)]
        return make_formula("J", "loss", "J", lines, SATURATED_NOTE if p.saturated else "")
    each = p.total(lambda s: f"({reference('J_sample', last, 1, s)})", m)
    lines = [
        ("=", rf"\tfrac{{1}}{{{m}}}\sum_{{s=1}}^{{{m}}} J_s,\quad J_s = {symbols}"),
        (relation, rf"\tfrac{{1}}{{{m}}}\bigl[{each}\bigr]"),
        (relation, value),
    ]
    return make_formula("J", "loss", "J", lines)
