"""The formulas of the backward pass (Nielsen ch. 2, BP1–BP4) and of the update."""

from collections.abc import Callable
from typing import Final

from components.formulas.activation import neuron_of, slope_lines, with_inner
from components.formulas.parts import (
    ABOUT,
    EQUAL,
    Formula,
    Line,
    Place,
    make_formula,
)
from components.messages import message, require
from components.notation import given, reference, tex

__all__ = ["bp4", "chain_of", "gradients_of", "update_of"]

UPDATE: Final = message("formula.update")
FROZEN: Final = "formula.biases_frozen"
require(FROZEN)


def _slope(p: Place) -> Formula:
    """σ′(z_j^l): the derivative of the chosen activation, written out and evaluated."""
    lines, left = slope_lines(neuron_of(p)), rf"\sigma'({tex('z', p.l, p.j)})"
    inner = p.activation.inner is not None
    between = r" \\ &" if inner or p.saturated else r"\; "
    return with_inner(p, make_formula("σ′", "bp1", left, lines, between=between))


def bp1(p: Place) -> Formula:
    """BP1, δ_j^L = ∂J/∂a_j^L σ′(z_j^L), or a_j^L − y_j where loss and output are taken as one."""
    row, n = p.loss, p.outline.sizes[-1]
    symbols = row.derivative_tex(tex("a", p.l, p.j), tex("y", None, p.j), n, not row.taken_as_one)
    numbers = row.derivative_tex(p.number("a"), p.number("y"), n, True)
    if not row.taken_as_one:
        symbols += rf"\,\sigma'({tex('z', p.l, p.j)})"
        numbers += f"({p.number('slope')})"
    # A saturated output may be written like the number that it only comes near to.
    near = EQUAL if p.activation.rational or p.sign == 0 else ABOUT
    value = EQUAL if row.slope_is_rational else ABOUT
    lines = [("=", symbols), (near, numbers), (value, p.number("delta"))]
    return make_formula("BP1", "bp1", tex("delta", p.l, p.j), lines)


def bp2(p: Place) -> Formula:
    """BP2, δ_j^l = (Σ_i w_ij^{l+1} δ_i^{l+1}) σ′(z_j^l)."""
    l, j, after = p.l, p.j, p.outline.sizes[p.l]
    product = rf"{tex('w', l + 1, 'i', j)}\,{tex('delta', l + 1, 'i')}"
    symbols = rf"\Bigl(\sum_{{i=1}}^{{{after}}} {product}\Bigr)\,\sigma'({tex('z', l, j)})"
    terms = p.total(
        lambda i: f"({reference('w_before', l + 1, i, j)})({reference('delta', l + 1, i, p.s)})",
        after,
    )
    numbers = rf"\bigl[{terms}\bigr]({p.number('slope')})"
    lines = [("=", symbols), (EQUAL, numbers), (EQUAL, p.number("delta"))]
    return make_formula("BP2", "bp2", tex("delta", l, j), lines)


def chain_of(p: Place) -> list[Formula]:
    """δ_j^l and what it is made of: BP1 or BP2, and σ′ where it does not cancel."""
    if p.taken_as_one:
        return [bp1(p)]
    return [bp1(p) if p.l == len(p.outline.sizes) else bp2(p), _slope(p)]


def _mean(p: Place, one: Callable[[int], str], symbols: str, name: str) -> list[Line]:
    """The lines of a gradient: one sample's product, or the mean over the samples."""
    m = p.outline.samples
    value = reference(name, p.l, p.j, *([p.k] if name == "dw" else []))
    if m == 1:
        return [("=", symbols), *([(EQUAL, one(1))] if name == "dw" else []), (EQUAL, value)]
    mean = rf"\tfrac{{1}}{{{m}}}"
    return [
        ("=", rf"{mean}\sum_{{s=1}}^{{{m}}} {symbols}"),
        (EQUAL, rf"{mean}\bigl[{p.total(one, m)}\bigr]"),
        (EQUAL, value),
    ]


def _of_sample(p: Place, symbol: str, layer: int, row: int) -> str:
    """The symbol, with the sample s that the mean of a batch runs over."""
    return tex(symbol, layer, row) if p.outline.samples == 1 else tex(symbol, layer, f"{row}(s)")


def bp4(p: Place) -> Formula:
    """BP4, ∂J/∂w_jk^l = δ_j^l a_k^{l−1}, the mean of it over a batch."""
    l, j, k = p.l, p.j, p.k
    lines = _mean(
        p,
        lambda s: f"({reference('delta', l, j, s)})({p.a_before(k, s)})",
        rf"{_of_sample(p, 'delta', l, j)}\,{_of_sample(p, 'a', l - 1, k)}",
        "dw",
    )
    return make_formula("BP4", "bp4", tex("dw", l, j, k), lines)


def bp3(p: Place) -> Formula:
    """BP3, ∂J/∂b_j^l = δ_j^l, the mean of it over a batch."""
    delta = _of_sample(p, "delta", p.l, p.j)
    lines = _mean(p, lambda s: f"({reference('delta', p.l, p.j, s)})", delta, "db")
    return make_formula("BP3", "bp3", tex("db", p.l, p.j), lines)


def gradients_of(p: Place) -> Formula:
    """BP4 and BP3 as one formula: side by side, or below each other where means make them long."""
    dw, db = bp4(p), bp3(p)
    between = r"& \quad" if p.outline.samples == 1 else r"\\[4pt]"
    both = rf"\begin{{array}}{{ll}} {dw['tex']} {between} {db['tex']} \end{{array}}"
    return {**dw, "name": "BP4 BP3", "tex": both}


def update_of(p: Place) -> list[Formula]:
    """w ← w − η ∂J/∂w and b ← b − η ∂J/∂b of one neuron, or that its bias is frozen."""
    l, j, k = p.l, p.j, p.k
    eta = given(p.outline.learning_rate)

    def moved(symbol: str, gradient: str, *place: int) -> Formula:
        old = reference(f"{symbol}_before", l, *place)
        step = reference(gradient, l, *place)
        lines = [
            (r"\leftarrow", rf"{tex(symbol, l, *place)} - \eta\,{tex(gradient, l, *place)}"),
            (EQUAL, rf"{old} - {eta}\cdot({step})"),
            (EQUAL, reference(symbol, l, *place)),
        ]
        return make_formula(UPDATE, "update", tex(symbol, l, *place), lines)

    pieces = [moved("w", "dw", j, k)]
    if p.outline.update_biases:
        pieces.append(moved("b", "db", j))
    else:
        frozen = [("=", rf"{reference('b', l, j)}\quad\text{{⟦text:{FROZEN}⟧}}")]
        pieces.append(make_formula(UPDATE, "update", tex("b", l, j), frozen))
    return pieces
