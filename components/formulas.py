"""The formula of every position: in symbols with its shapes, and with the numbers put in.

Numbers are references (see `notation`); ⟦=⟧ stands for = where every number of the piece is shown
whole and for ≈ elsewhere, which only the page knows.
"""

from collections.abc import Callable
from typing import Any, Final

import engine
from components.config import Config
from components.fields import number_text
from components.notation import reference, tex

__all__ = ["build_formula"]

MOST_IN_MATRIX: Final = 4
MOST_TERMS: Final = 4
EQUAL: Final = "⟦=⟧"

Formula = dict[str, Any]


def _shaped(symbol: str, rows: int, cols: int) -> str:
    return rf"\underset{{{rows}\times {cols}}}{{{symbol}}}"


def _transposed(symbol: str) -> str:
    return rf"({symbol})^{{\mathsf T}}"


def _matrix(symbol: str, layer: int, rows: int, cols: int | None = None) -> str:
    """A matrix of references; `cols` None is a vector."""
    lines = (
        reference(symbol, layer, j)
        if cols is None
        else " & ".join(reference(symbol, layer, j, k) for k in range(1, cols + 1))
        for j in range(1, rows + 1)
    )
    return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}"


def _row(symbol: str, layer: int, n: int) -> str:
    numbers = " & ".join(reference(symbol, layer, k) for k in range(1, n + 1))
    return rf"\begin{{bmatrix}}{numbers}\end{{bmatrix}}"


def _column(symbol: str, layer: int, n: int) -> str:
    """A column vector on one line, as the transpose of a row."""
    return _row(symbol, layer, n) + r"^{\mathsf T}"


def _input(layer: int) -> str:
    """The symbol under which a^{l} is kept: layer 1 is x."""
    return "x" if layer == 1 else "a"


def _sum(term: Callable[[int], str], n: int) -> str:
    """Σ over 1…n written out, the middle of a long sum left to ⋯."""
    if n <= MOST_TERMS:
        return " + ".join(term(k) for k in range(1, n + 1))
    return " + ".join([term(1), term(2), r"\cdots", term(n)])


def _piece(symbols: str, numbers: str | None = None, name: str = "") -> Formula:
    return {"name": name, "symbols": symbols, "numbers": numbers}


def _fits(*sizes: int) -> bool:
    return max(sizes) <= MOST_IN_MATRIX


def _definition(name: str) -> str:
    left = r"\operatorname{softmax}(z)_j" if name == "softmax" else r"\sigma(z)"
    return f"{left} = {engine.ACTIVATIONS[name].tex}"


def _forward_layer(config: Config, l: int) -> list[Formula]:
    n, k = config.sizes[l - 1], config.sizes[l - 2]
    name = config.activations[l - 2]
    sigma = r"\operatorname{softmax}" if name == "softmax" else r"\sigma"
    z = (
        f"{_shaped(tex('z', l), n, 1)} = {_shaped(tex('w', l), n, k)}\\;"
        f"{_shaped(tex('a', l - 1), k, 1)} + {_shaped(tex('b', l), n, 1)}"
    )
    z_numbers = a_numbers = None
    if _fits(n, k):
        z_numbers = (
            f"{tex('z', l)} {EQUAL} {_matrix('w', l, n, k)} {_matrix(_input(l - 1), l - 1, k)} + "
            f"{_matrix('b', l, n)} {EQUAL} {_matrix('z', l, n)}"
        )
        a_numbers = f"{tex('a', l)} {EQUAL} {_column('a', l, n)}"
    a = rf"{tex('a', l)} = {sigma}({tex('z', l)}),\quad {_definition(name)}"
    return [_piece(z, z_numbers, "z"), _piece(a, a_numbers, "a")]


def _forward_neuron(config: Config, step: engine.Step, l: int) -> list[Formula]:
    k = config.sizes[l - 2]
    if step.neuron is None:
        return _forward_layer(config, l)[1:]
    j = step.neuron
    before = _input(l - 1)
    z = (
        rf"{tex('z', l, j)} = \sum_{{k=1}}^{{{k}}} {tex('w', l, j, 'k')} {tex('a', l - 1, 'k')}"
        rf" + {tex('b', l, j)}"
    )
    terms = _sum(lambda i: rf"({reference('w', l, j, i)})({reference(before, l - 1, i)})", k)
    sum_and_bias = f"{terms} + ({reference('b', l, j)})"
    numbers = f"{tex('z', l, j)} {EQUAL} {sum_and_bias} {EQUAL} {reference('z', l, j)}"
    pieces = [_piece(z, numbers, "z")]
    if step.a is not None:
        definition = _definition(config.activations[l - 2])
        a = rf"{tex('a', l, j)} = \sigma({tex('z', l, j)}),\quad {definition}"
        sigma = rf"\sigma({reference('z', l, j)})"
        a_numbers = f"{tex('a', l, j)} {EQUAL} {sigma} {EQUAL} {reference('a', l, j)}"
        pieces.append(_piece(a, a_numbers, "a"))
    return pieces


def _loss(config: Config) -> list[Formula]:
    last = len(config.sizes)
    n = config.sizes[-1]
    numbers = f"J {EQUAL} {reference('J', last, 1)}"
    factor = {
        "half_squared_error": r"\tfrac{1}{2}",
        "squared_error": "",
        "mean_squared_error": rf"\tfrac{{1}}{{{n}}}",
    }.get(config.loss)
    if factor is not None:
        terms = _sum(lambda j: f"({reference('a', last, j)} - {reference('y', last, j)})^2", n)
        wrapped = rf"\left({terms}\right)" if factor and n > 1 else terms
        numbers = f"J {EQUAL} {factor}{wrapped} {EQUAL} {reference('J', last, 1)}"
    symbols = engine.LOSSES[config.loss].tex.replace("^L", f"^{{{last}}}")
    return [_piece(f"J = {symbols}", numbers, "J")]


def _delta_output(config: Config, l: int, j: tuple[int, ...]) -> str:
    delta, a, z, y = tex("delta", l, *j), tex("a", l, *j), tex("z", l, *j), tex("y", None, *j)
    if config.loss in ("cross_entropy", "binary_cross_entropy"):
        return f"{delta} = {a} - {y}"
    factor = {"squared_error": "2", "mean_squared_error": rf"\tfrac{{2}}{{{config.sizes[-1]}}}"}
    times = r"\,\sigma'" if j else r"\odot\sigma'"
    return f"{delta} = {factor.get(config.loss, '')}({a} - {y}){times}({z})"


def _delta_hidden(config: Config, l: int, j: tuple[int, ...]) -> str:
    n, m = config.sizes[l - 1], config.sizes[l]
    if j:
        return (
            rf"{tex('delta', l, *j)} = \Bigl(\sum_{{i=1}}^{{{m}}} {tex('w', l + 1, 'i', *j)} "
            rf"{tex('delta', l + 1, 'i')}\Bigr)\,\sigma'({tex('z', l, *j)})"
        )
    slope = rf"\sigma'({tex('z', l)})"
    return (
        rf"{_shaped(tex('delta', l), n, 1)} = {_shaped(_transposed(tex('w', l + 1)), n, m)}\;"
        rf"{_shaped(tex('delta', l + 1), m, 1)} \odot {_shaped(slope, n, 1)}"
    )


def _backward(config: Config, step: engine.Step, l: int) -> list[Formula]:
    n, k = config.sizes[l - 1], config.sizes[l - 2]
    j = () if step.neuron is None else (step.neuron,)
    output = l == len(config.sizes)
    delta = _delta_output(config, l, j) if output else _delta_hidden(config, l, j)
    if j:
        number = f"{tex('delta', l, *j)} {EQUAL} {reference('delta', l, *j)}"
        dw = f"{tex('dw', l, *j, 'k')} = {tex('delta', l, *j)}\\,{tex('a', l - 1, 'k')}"
        db = f"{tex('db', l, *j)} = {tex('delta', l, *j)}"
        row = ",\\; ".join(reference("dw", l, *j, i) for i in range(1, k + 1)) if _fits(k) else None
        return [
            _piece(delta, number, "BP1" if output else "BP2"),
            _piece(
                f"{dw},\\quad {db}", row and f"{tex('dw', l, *j, 'k')} {EQUAL} {row}", "BP4, BP3"
            ),
        ]
    numbers = dw_numbers = None
    if _fits(n, k):
        numbers = f"{tex('delta', l)} {EQUAL} {_column('delta', l, n)}"
        dw_numbers = (
            f"{tex('dw', l)} {EQUAL} {_matrix('delta', l, n)} {_row(_input(l - 1), l - 1, k)} "
            f"{EQUAL} {_matrix('dw', l, n, k)}"
        )
    dw = (
        rf"{_shaped(tex('dw', l), n, k)} = {_shaped(tex('delta', l), n, 1)}\;"
        rf"{_shaped(_transposed(tex('a', l - 1)), 1, k)},\quad {tex('db', l)} = {tex('delta', l)}"
    )
    return [
        _piece(delta, numbers, "BP1" if output else "BP2"),
        _piece(dw, dw_numbers, "BP4, BP3"),
    ]


def _update(config: Config) -> list[Formula]:
    w = rf"w^{{l}} \leftarrow w^{{l}} - \eta\,{tex('dw', 'l')}"
    b = rf"b^{{l}} \leftarrow b^{{l}} - \eta\,{tex('db', 'l')}"
    layers = rf",\qquad l = 2,\dots,{len(config.sizes)}"
    old, gradient, new = (reference(symbol, 2, 1, 1) for symbol in ("w_before", "dw", "w"))
    eta = number_text(config.learning_rate)
    numbers = rf"{tex('w', 2, 1, 1)} \leftarrow {old} - {eta}\cdot({gradient}) {EQUAL} {new}"
    return [
        _piece(w + layers, numbers, "update"),
        _piece(
            b if config.update_biases else r"b^{l}\ \text{stays: biases are frozen}", None, "update"
        ),
    ]


def build_formula(step: engine.Step, config: Config) -> list[Formula]:
    """The formulas of one position: `name`, `symbols` and, where they fit, `numbers` (both TeX)."""
    l = step.layer
    if step.kind == "input" or l is None:
        n = config.sizes[0]
        numbers = f"a^{{1}} {EQUAL} {_matrix('x', 1, n)}" if _fits(n) else None
        return _update(config) if l is None else [_piece("a^{1} = x", numbers, "input")]
    if step.kind == "loss":
        return _loss(config)
    if step.kind == "backward":
        return _backward(config, step, l)
    neurons = config.granularity == "neuron"
    return _forward_neuron(config, step, l) if neurons else _forward_layer(config, l)
