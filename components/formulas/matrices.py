"""The same step as matrices: which arrays stand in a row, with the signs between them, and why.

An item is an array by name ({"array", "layer", "transposed", "named"}) or a sign ({"sign"}); the
page shows its symbol, its shape and, unless it is only named, its entries. A sign may be a message
or refer to a number.
"""

from functools import lru_cache
from typing import Any

import numpy as np

import engine
from components.config.value import Outline
from components.formulas.parts import Known
from components.messages import Message, Told, message
from components.notation import given, literal, plain

__all__ = ["build_matrices", "side_values"]

Row = dict[str, Any]


def _array(
    symbol: str, layer: int, transposed: bool = False, named: bool = False
) -> dict[str, Any]:
    name = "x" if symbol == "a" and layer == 1 else symbol
    return {"array": name, "layer": layer, "transposed": transposed, "named": named}


def _sign(text: str | Message) -> dict[str, Any]:
    return {"sign": text}


def _row(
    label: str | Message,
    *items: dict[str, Any] | str | Message,
    text: Told = "",
    wrong: bool = False,
) -> Row:
    made = [_sign(item) if isinstance(item, str | Message) else item for item in items]
    return {"label": label, "items": made, "text": text, "wrong": wrong}


def side_values(
    outline: Outline, net: engine.Network, values: dict[tuple[str, int], engine.Array]
) -> dict[tuple[str, int], tuple[engine.Array, tuple[str, int]]]:
    """Arrays that only the explanation shows, by (symbol, layer), with the array that knows them.

    slope σ′(z^l) (n_l, m), scaled (w^{l+1})ᵀ ⊙ σ′(z^l) (n_l, n_{l+1}) for one sample and
    back (w^{l+1})ᵀ δ^{l+1} (n_l, m); inner (n_l, m), what the formulas of an activation are
    shortened by, and gap (n_L, m), how far each z^L is below the largest, of softmax.
    """
    side = _of_forward(outline, values)
    last = len(outline.sizes)
    for l in range(2, last + 1):
        derivative = engine.ACTIVATIONS[outline.activations[l - 2]].derivative
        if ("delta", l) not in values or derivative is None:
            continue
        if l == last and engine.LOSSES[outline.loss].taken_as_one:
            continue
        slope = derivative(values["z", l])
        side["slope", l] = (slope, ("delta", l))
        if l < last:
            side["back", l] = (net.w[l + 1].T @ values["delta", l + 1], ("delta", l))
            if outline.samples == 1:
                side["scaled", l] = (net.w[l + 1].T * slope, ("delta", l))
    return side


def _of_forward(
    outline: Outline, values: dict[tuple[str, int], engine.Array]
) -> dict[tuple[str, int], tuple[engine.Array, tuple[str, int]]]:
    """inner and gap, as far as z is known."""
    side: dict[tuple[str, int], tuple[engine.Array, tuple[str, int]]] = {}
    for l, name in enumerate(outline.activations, 2):
        if ("z", l) not in values:
            continue
        z, row = values["z", l], engine.ACTIVATIONS[name]
        if row.inner is not None:
            side["inner", l] = (row.inner.f(z), ("z", l))
        if row.couples_rows and len(z) == outline.sizes[-1]:
            with np.errstate(over="ignore"):
                gap = np.minimum(z.max(axis=0) - z, np.finfo(float).max)
            side["gap", l] = (gap, ("z", l))
    return side


def _forward(l: int) -> list[Row]:
    z, a = _array("z", l), _array("a", l)
    return [
        _row("z", z, "=", _array("w", l), _array("a", l - 1), "+", _array("b", l)),
        _row("a", a, "=", "σ(", z, ")"),
    ]


def _gradients(outline: Outline, l: int) -> list[Row]:
    m = outline.samples
    mean = [f"1/{m} ·"] if m > 1 else []
    why = message("matrices.mean") if m > 1 else ""
    return [
        _row(
            "BP4",
            _array("dw", l),
            "=",
            *mean,
            _array("delta", l),
            _array("a", l - 1, True),
            text=why,
        ),
        _row("BP3", _array("db", l), "=", _array("delta", l))
        if m == 1
        else _row(
            "BP3", _array("db", l), "=", message("matrices.mean_of_columns"), _array("delta", l)
        ),
    ]


def _output(outline: Outline, l: int) -> list[Row]:
    row = engine.LOSSES[outline.loss]
    factor, (before, after) = row.slope_factor(outline.sizes[-1]), row.slope_signs
    items: list[Any] = [_array("delta", l), "=", *([f"{factor} ·"] if factor != 1 else [])]
    items += [before, _array("a", l), "−", _array("y", l), after]
    if row.taken_as_one:
        return [_row("BP1", *items, text=message("matrices.together"))]
    return [_row("BP1", *items, "⊙", _array("slope", l))]


def _hidden(outline: Outline, l: int) -> list[Row]:
    """BP2 in both groupings side by side, and the order of plain numbers, with the reason."""
    w, delta, slope = _array("w", l + 1, True), _array("delta", l + 1), _array("slope", l)
    back, result = _array("back", l), _array("delta", l)
    if outline.samples > 1:
        product = _row("BP2", result, "=", "(", w, delta, ")", "⊙", slope, "=", back, "⊙", slope)
        return [{**product, "text": message("matrices.batch")}, _row("", text=_reason(outline, l))]
    scales = message("matrices.scales", w=plain("w", l + 1), z=plain("z", l))
    return [
        _row("BP2", _array("scaled", l), delta, "=", result, "=", back, "⊙", slope),
        _row(message("matrices.with"), w, text=scales),
        _plain_order(outline, l),
        _row("", text=_reason(outline, l)),
    ]


def _agreement(l: int, known: Known) -> Message:
    """How the grouping that scales w first comes out beside δ^l, which the other one made."""
    names = {"w": plain("w", l + 1), "z": plain("z", l), "delta": plain("δ", l + 1)}
    first = known.values["scaled", l] @ known.values["delta", l + 1]
    shown = known.values["delta", l]
    apart = float(np.abs(first[: len(shown)] - shown).max())
    if apart == 0:
        return message("matrices.agreement.exact", **names)
    return message("matrices.agreement.rounding", **names, apart=literal(apart))


def _plain_order(outline: Outline, l: int) -> Row:
    """δ^{l+1} before (w^{l+1})ᵀ ⊙ σ′(z^l): wrong, unless both layers have one neuron."""
    n, after = outline.sizes[l - 1], outline.sizes[l]
    delta, product = _array("delta", l + 1, named=True), _array("scaled", l, named=True)
    items = (delta, "(", product, ")")
    if n == after == 1:
        text = message("matrices.order.any", delta=plain("δ", l))
        return _row(message("matrices.also"), *items, text=text)
    fits = "matrices.order.fits" if n == 1 else "matrices.order.unfit"
    said = [message(fits, n=n, after=after)]
    if after == 1:
        said.append(message("matrices.order.number", delta=plain("δ", l + 1)))
    return _row(message("matrices.wrong"), *items, text=said, wrong=True)


def _reason(outline: Outline, l: int) -> Message:
    return message(
        "matrices.reason",
        z_after=plain("z", l + 1),
        w=plain("w", l + 1),
        z=plain("z", l),
        n=outline.sizes[l - 1],
        after=outline.sizes[l],
    )


def _update(outline: Outline) -> list[Row]:
    eta = given(outline.learning_rate)
    rows = []
    for l in range(2, len(outline.sizes) + 1):
        for symbol, gradient in (("w", "dw"), ("b", "db")):
            if symbol == "w" or outline.update_biases:
                old, new = _array(f"{symbol}_before", l), _array(symbol, l)
                rows.append(
                    _row(
                        message("formula.update"), new, "=", old, f"− {eta} ·", _array(gradient, l)
                    )
                )
    return rows


@lru_cache(maxsize=512)
def _rows(kind: str, l: int | None, outline: Outline) -> list[Row]:
    """All of it that depends on no number: the same in every pass of a walk."""
    if l is None:
        return _update(outline)
    if kind == "input":
        return [_row(message("formula.input"), _array("a", 1))]
    if kind == "forward":
        return _forward(l)
    if kind == "loss":
        signs = (message("matrices.and"), message("matrices.give"))
        return [_row("J", _array("a", l), signs[0], _array("y", l), signs[1], _array("J", l))]
    rows = _output(outline, l) if l == len(outline.sizes) else _hidden(outline, l)
    return rows + _gradients(outline, l)


def build_matrices(step: engine.Step, outline: Outline, known: Known) -> list[Row]:
    """The rows of matrices of one position; `wrong` marks an order that must not be used.

    They are shared between passes: who changes one copies it first.
    """
    rows = _rows(step.kind, step.layer, outline)
    if step.kind == "backward" and ("scaled", step.layer) in known.values:
        assert step.layer is not None
        return [{**rows[0], "text": _agreement(step.layer, known)}, *rows[1:]]
    return rows
