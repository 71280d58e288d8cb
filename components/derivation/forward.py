"""The beginning of the derivation: the notation, and the forward pass of a neuron and a layer."""

from typing import Final

import engine
from components.derivation.blocks import (
    Block,
    Section,
    StageView,
    aligned,
    figure,
    formula,
    numbers,
    paragraph,
    section,
    stage_button,
    terms,
    total,
)
from components.formulas.parts import ABOUT, EQUAL
from components.messages import Message, message, require
from components.notation import tex

__all__ = ["build_forward"]


# What is explained before all else: the symbol of each, as TeX.
TERMS: Final = {
    "n": "n_l",
    "w": "w_{jk}^l",
    "b": "b_j^l",
    "z": "z_j^l",
    "a": "a_j^l",
    "sigma": r"\sigma,\;\sigma'",
}
require(*(f"derivation.term.{name}" for name in TERMS))


def _notation(at: StageView) -> Section:
    k = min(2, at.size(1))
    sizes = ", ".join(f"$n_{{{l}}} = {n}$" for l, n in enumerate(at.config.sizes, 1))
    weight = f"{tex('w', 2, 1, k)} {EQUAL} {at.number('w', 2, 1, k)}"
    return section(
        "notation",
        paragraph(message("derivation.notation.neuron")),
        paragraph(message("derivation.notation.layers")),
        paragraph(message("derivation.notation.names")),
        terms(*((symbol, message(f"derivation.term.{name}")) for name, symbol in TERMS.items())),
        _weight_figure(at),
        _bias_figure(at),
        paragraph(message("derivation.notation.indices")),
        paragraph(
            message("derivation.notation.stage", L=at.last, sizes=sizes, weight=weight, k=k),
            message("derivation.notation.batch", m=at.m) if at.m > 1 else None,
        ),
        stage_button(message("derivation.show.input"), "input", 1),
    )


def _weight_figure(at: StageView) -> Block:
    """The weight of the text, w_{24}^3, or the one nearest to it that this network has."""
    l = min(3, at.last)
    j, k = min(2, at.size(l)), min(4, at.size(l - 1))
    caption = message(
        "derivation.figure.weight",
        symbol=f"${tex('w', l, j, k)}$",
        whole=f"$w_{{{j}{k}}}^{{{l}{l - 1}}}$",
        value=f"${at.number('w', l, j, k)}$",
        j=j,
        k=k,
        l=l,
        before=l - 1,
    )
    return figure(at, caption, "w", l, j, k)


def _bias_figure(at: StageView) -> Block:
    """The bias of the text, b_3^2, or that of the last neuron before."""
    j = min(3, at.size(2))
    symbol, value = f"${tex('b', 2, j)}$", f"${at.number('b', 2, j)}$"
    caption = message("derivation.figure.bias", symbol=symbol, value=value, j=j, l=2)
    return figure(at, caption, "b", 2, j)


def _sum_in_symbols(at: StageView, l: int) -> str:
    def term(k: int) -> str:
        a = tex("x", None, k) if l == 2 else tex("a", l - 1, k)
        return f"{tex('w', l, 1, k)}\\,{a}"

    return f"{total(term, at.size(l - 1))} + {tex('b', l, 1)}"


def _sum_in_numbers(at: StageView, l: int) -> str:
    def term(k: int) -> str:
        return f"({at.number('w', l, 1, k)})({at.number('a', l - 1, k, 1)})"

    return f"{total(term, at.size(l - 1))} + ({at.number('b', l, 1)})"


def _one_neuron(at: StageView, l: int) -> list[Block]:
    """z and a of neuron 1 of layer l, in symbols and in numbers."""
    z, a, name = tex("z", l, 1), tex("a", l, 1), at.config.activations[l - 2]
    sum_in_numbers = aligned(z, (EQUAL, _sum_in_numbers(at, l)), (EQUAL, at.number("z", l, 1, 1)))
    row = engine.ACTIVATIONS[name]
    if row.couples_rows:
        return [formula(aligned(z, ("=", _sum_in_symbols(at, l)))), numbers(sum_in_numbers)]
    relation = EQUAL if row.rational else ABOUT
    value = (relation, at.number("a", l, 1, 1))
    bent = (EQUAL, rf"\sigma({at.number('z', l, 1, 1)})")
    return [
        formula(aligned(a, ("=", rf"\sigma({z})"), ("=", rf"\sigma({_sum_in_symbols(at, l)})"))),
        numbers(sum_in_numbers),
        numbers(aligned(a, ("=", rf"\sigma({z})"), bent, value)),
    ]


def _activation_names(at: StageView) -> Message:
    """Which σ the layers of this network have, written out."""

    def written(name: str) -> Message:
        activation = engine.ACTIVATIONS[name]
        defined = f"${activation.defined(activation.tex)}$"
        named = message(f"activation.{name}")
        return message("derivation.forward-neuron.named", name=named, tex=defined)

    hidden, output = at.config.hidden_activation, at.config.output_activation
    if at.last == 2 or hidden == output:
        return message("derivation.forward-neuron.activation", sigma=written(output))
    return message(
        "derivation.forward-neuron.activations", hidden=written(hidden), output=written(output)
    )


def _forward_neuron(at: StageView) -> Section:
    deeper: list[Block] = []
    if at.last > 2:
        deeper = [
            paragraph(message("derivation.forward-neuron.deeper")),
            *_one_neuron(at, 3),
        ]
    coupled = engine.ACTIVATIONS[at.config.output_activation].couples_rows
    return section(
        "forward-neuron",
        paragraph(message("derivation.forward-neuron.first")),
        figure(at, message("derivation.figure.forward", L=at.last), "a", at.last),
        *_one_neuron(at, 2),
        *deeper,
        paragraph(message("derivation.forward-neuron.any")),
        formula(
            aligned(
                "a_j^l",
                ("=", r"\sigma(z_j^l)"),
                ("=", r"\sigma\Bigl(\sum_{k=1}^{n_{l-1}} w_{jk}^l\,a_k^{l-1} + b_j^l\Bigr)"),
            )
        ),
        paragraph(
            _activation_names(at),
            message("derivation.forward-neuron.softmax") if coupled else None,
        ),
        stage_button(message("derivation.show.layer", l=2), "forward", 2),
    )


def _stacked(symbol: str, layer: str, size: str) -> str:
    column = rf"{symbol}_1^{{{layer}}} \\ {symbol}_2^{{{layer}}} \\ \vdots \\ "
    column += rf"{symbol}_{{{size}}}^{{{layer}}}"
    return (
        rf"{symbol}^{{{layer}}} = \underset{{{size}\times 1}}"
        rf"{{\begin{{bmatrix}} {column} \end{{bmatrix}}}}"
    )


WEIGHTS = (
    r"w^l = \underset{n_l\times n_{l-1}}{\begin{bmatrix}"
    r"w_{11}^l & w_{12}^l & \cdots & w_{1n_{l-1}}^l \\ w_{21}^l & w_{22}^l & \cdots & "
    r"w_{2n_{l-1}}^l \\ \vdots & \vdots & \ddots & \vdots \\ w_{n_l1}^l & w_{n_l2}^l & \cdots & "
    r"w_{n_ln_{l-1}}^l \end{bmatrix}}"
)


def _layer_in_numbers(at: StageView, l: int) -> str:
    if not at.readable(l, l - 1):
        value = (EQUAL, at.number("z", l, 1, 1))
        return aligned(tex("z", l, 1), (EQUAL, _sum_in_numbers(at, l)), value)
    product = rf"{at.weights(l)} {at.column('a', l - 1)} + {at.column('b', l)}"
    return aligned(tex("z", l), (EQUAL, product), (EQUAL, at.column("z", l)))


def _forward_layer(at: StageView) -> Section:
    return section(
        "forward-layer",
        paragraph(message("derivation.forward-layer.stacked")),
        formula(rf"{_stacked('z', 'l', 'n_l')}, \quad {_stacked('b', 'l', 'n_l')}"),
        formula(rf"{WEIGHTS}, \quad {_stacked('a', 'l-1', 'n_{l-1}')}"),
        paragraph(message("derivation.forward-layer.product")),
        formula(aligned("z^l", ("=", "w^l a^{l-1} + b^l")) + r", \qquad a^l = \sigma(z^l)"),
        paragraph(
            message("derivation.forward-layer.shapes"),
            message("derivation.forward-layer.batch", m=at.m) if at.m > 1 else None,
        ),
        at.only_first(1, 2),
        numbers(_layer_in_numbers(at, 2)),
        stage_button(message("derivation.show.layer", l=2), "forward", 2),
    )


def build_forward(at: StageView) -> list[Section]:
    """Notation, one neuron, a whole layer."""
    return [_notation(at), _forward_neuron(at), _forward_layer(at)]
