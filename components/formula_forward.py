"""The formulas of the forward pass and of the loss: symbols, numbers put in, value."""

from collections.abc import Callable
from typing import Final

import engine
from components.formula_activation import neuron_of, value_lines, with_inner
from components.formula_parts import (
    ABOUT,
    EQUAL,
    TAKEN_AS_ONE,
    Formula,
    Place,
    factor_tex,
    make_formula,
)
from components.notation import reference, tex

__all__ = ["IN_Z", "a_of", "is_certain", "loss_in_z", "loss_of", "z_of"]

Total = Callable[[Callable[[int], str], int], str]


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
    symbols = rf"\frac{{e^{{{tex('z', p.l, p.j)}}}}}{{\sum_k e^{{{tex('z', p.l, 'k')}}}}}"
    below = p.total(lambda i: f"e^{{{z[i - 1]}}}", n)
    numbers = rf"\frac{{e^{{{z[p.j - 1]}}}}}{{\begin{{split}} &{below} \end{{split}}}}"
    lines = [("=", symbols), (EQUAL, numbers), (ABOUT, p.number("a"))]
    return make_formula("a", "forward-neuron", tex("a", p.l, p.j), lines)


def a_of(p: Place) -> Formula:
    """a_j^l = σ(z_j^l), σ written out; of softmax over the whole layer."""
    if p.name == "softmax":
        return _softmax(p)
    (_, symbols), *evaluated = value_lines(neuron_of(p))
    first = ("=", rf"\sigma({tex('z', p.l, p.j)}),\quad \sigma(z) = {symbols}")
    made = make_formula("a", "forward-neuron", tex("a", p.l, p.j), [first, *evaluated])
    return with_inner(p, made)


# −ln a and −ln(1−a) in z, and the cross-entropy in the distances of all z from the largest: what
# is left of them when a is rounded to 0 or 1.
IN_Z: Final = {
    "binary_cross_entropy": r"\sum_j\left[y_j\ln(1+e^{-z_j^L})+(1-y_j)\ln(1+e^{z_j^L})\right]",
    "cross_entropy": r"\ln\sum_k e^{-d_k}+\sum_j y_j d_j,\quad d_j = \max_k z_k^L - z_j^L",
}
# How near to 0 or 1 an output is taken for certain: σ(−8).
NEAR: Final = 0.000335
SATURATED_NOTE: Final = (
    "An output is so near to 0 or 1 that ln of its shown digits would say nothing: the same is "
    "computed from z."
)


def is_certain(loss: str, a: engine.Array) -> bool:
    """Whether ln a or ln(1−a) of an output a (n_L, m) is lost in the digits of a."""
    if loss not in TAKEN_AS_ONE:
        return False
    near_0 = a.min() == 0 if loss == "cross_entropy" else a.min() < NEAR
    return bool(near_0 or a.max() > 1 - NEAR)


def loss_in_z(loss: str, number: Callable[[str, int], str], total: Total, n: int) -> str:
    """J of one sample with its numbers, in z instead of a; `number` gives y, z or gap of j."""

    def of_output(j: int) -> str:
        y, z = number("y", j), number("z", j)
        return rf"{y}\ln(1+e^{{-({z})}})+(1-{y})\ln(1+e^{{{z}}})"

    if loss == "binary_cross_entropy":
        return rf"\bigl[{total(of_output, n)}\bigr]"
    below = total(lambda k: f"e^{{-({number('gap', k)})}}", n)
    above = total(lambda j: f"({number('y', j)})({number('gap', j)})", n)
    return rf"\ln\bigl({below}\bigr) + {above}"


def _one_loss(p: Place, s: int) -> str:
    """J of sample s with its numbers, term by term."""
    n = p.outline.sizes[-1]

    def a(j: int) -> str:
        return reference("a", p.l, j, s)

    def y(j: int) -> str:
        return reference("y", p.l, j, s)

    if p.saturated:
        return loss_in_z(p.outline.loss, lambda symbol, j: reference(symbol, p.l, j, s), p.total, n)
    if p.outline.loss == "cross_entropy":
        return r"-\bigl[" + p.total(lambda j: rf"{y(j)}\ln({a(j)})", n) + r"\bigr]"
    if p.outline.loss == "binary_cross_entropy":
        terms = p.total(lambda j: rf"{y(j)}\ln({a(j)})+(1-{y(j)})\ln(1-{a(j)})", n)
        return rf"-\bigl[{terms}\bigr]"
    terms = p.total(lambda j: f"({a(j)} - {y(j)})^2", n)
    return rf"{factor_tex(p.outline.loss, n)}\bigl[{terms}\bigr]"


def loss_of(p: Place) -> Formula:
    """J term by term, or as the mean of J_s over the samples of a batch."""
    last, m = p.l, p.outline.samples
    row = engine.LOSSES[p.outline.loss]
    symbols = row.tex.replace("^L", f"^{{{last}}}").replace("n_L", str(p.outline.sizes[-1]))
    relation = ABOUT if p.outline.loss in TAKEN_AS_ONE else EQUAL
    value = reference("J", last, 1)
    if m == 1:
        if p.saturated:
            symbols += rf" \\ &= {IN_Z[p.outline.loss].replace('^L', f'^{{{last}}}')}"
        lines = [("=", symbols), (EQUAL, _one_loss(p, 1)), (relation, value)]
        return make_formula("J", "loss", "J", lines, SATURATED_NOTE if p.saturated else "")
    each = p.total(lambda s: f"({reference('J_sample', last, 1, s)})", m)
    lines = [
        ("=", rf"\tfrac{{1}}{{{m}}}\sum_{{s=1}}^{{{m}}} J_s,\quad J_s = {symbols}"),
        (relation, rf"\tfrac{{1}}{{{m}}}\bigl[{each}\bigr]"),
        (relation, value),
    ]
    return make_formula("J", "loss", "J", lines)
