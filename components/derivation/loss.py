"""The derivation around J: the loss, the product ⊙, and δ where it begins, at the output."""

from typing import Final

import engine
from components.derivation.blocks import (
    Block,
    Section,
    StageView,
    aligned,
    formula,
    matrix,
    numbers,
    paragraph,
    section,
    stage_button,
    total,
)
from components.derivation.product import build_product
from components.formulas.activation import Neuron, inner_lines, slope_lines
from components.formulas.parts import ABOUT, EQUAL
from components.messages import Message, message
from components.notation import tex
from components.walk.conventions import build_convention

__all__ = ["build_loss"]

# The loss of the text, with what it becomes when the forward pass is put in.
HALF: Final = r"\tfrac12\lVert a^L-y\rVert^2"
PUT_IN: Final = r"\tfrac12\lVert \sigma(w^L a^{L-1} + b^L)-y\rVert^2"
FIRST: Final = r"(a^L-y) \odot \sigma'(z^L)"

AS_ONE: Final = (
    paragraph(message("derivation.bp1.as_one")),
    formula(
        aligned(
            r"\text{sigmoid:}\quad \delta_j^L",
            ("=", r"\frac{a_j^L-y_j}{a_j^L(1-a_j^L)}\,a_j^L(1-a_j^L) = a_j^L - y_j"),
        )
    ),
    formula(
        aligned(
            r"\text{softmax:}\quad \delta_j^L",
            ("=", r"\sum_k \Bigl(-\frac{y_k}{a_k^L}\Bigr)\,a_k^L\,\bigl([j=k]-a_j^L\bigr)"),
            ("=", r"-y_j + a_j^L \sum_k y_k = a_j^L - y_j"),
        )
    ),
    paragraph(message("derivation.bp1.certain")),
)


def _loss_in_numbers(at: StageView, s: int = 1) -> str:
    """J of sample s with its numbers, term by term."""
    n, L, row = at.size(at.last), at.last, engine.LOSSES[at.config.loss]

    def term(j: int) -> str:
        return row.term(at.number("a", L, j, s), at.number("y", L, j, s), None)

    if row.in_z:
        return row.in_z.numbers(lambda symbol, j: at.number(symbol, L, j, s), total, n)
    return rf"{engine.fraction_tex(row.factor(n))}\left[{total(term, n)}\right]"


def _loss(at: StageView) -> Section:
    L, row = at.last, engine.LOSSES[at.config.loss]
    convention = build_convention(at.config)
    relation = EQUAL if row.rational else ABOUT
    value = at.number("J" if at.m == 1 else "J_sample", L, 1, 1)
    name = "J" if at.m == 1 else "J_1"
    in_z: list[Block] = []
    if row.in_z:
        in_z = [
            paragraph(message("derivation.loss.in_z")),
            formula(aligned("J", ("=", row.in_z.tex("L")))),
        ]
    lines = [numbers(aligned(name, (EQUAL, _loss_in_numbers(at)), (relation, value)))]
    if at.m > 1:
        each = total(lambda s: at.number("J_sample", L, 1, s), at.m)
        mean = (relation, rf"\tfrac{{1}}{{{at.m}}}\left[{each}\right]")
        lines.append(numbers(aligned("J", mean, (relation, at.number("J", L, 1)))))
    return section(
        "loss",
        paragraph(message("derivation.loss.how_far")),
        formula(aligned("J", ("=", row.tex("L", "n_L")))),
        *in_z,
        *lines,
        paragraph(message("derivation.loss.weights")),
        formula(aligned("a^L", ("=", r"\sigma(z^L) = \sigma(w^L a^{L-1} + b^L)"))),
        paragraph(message("derivation.loss.put_in")),
        formula(aligned("J", ("=", f"{HALF} = {PUT_IN}"))),
        paragraph(message("derivation.loss.question")),
        paragraph(message("derivation.loss.stage", convention=convention["now"])),
        paragraph(*convention["others"]),
        stage_button(message("derivation.show.loss"), "loss", L),
    )


def _output_in_numbers(at: StageView) -> Block:
    L, config = at.last, at.config
    row, n = engine.LOSSES[config.loss], at.size(L)
    rational = engine.ACTIVATIONS[config.output_activation].rational
    near, value = (EQUAL if whole else ABOUT for whole in (rational, row.slope_is_rational))

    def felt(j: int) -> str:
        return row.slope(at.number("a", L, j, 1), at.number("y", L, j, 1))

    front = engine.fraction_tex(row.slope_factor(n))
    if at.readable(L):
        slope = "" if row.taken_as_one else rf" \odot {at.column('slope', L)}"
        column = rf"{front}\left({matrix(lambda j, _: felt(j), n, 1)}\right)"
        lines = [(near, column + slope), (value, at.column("delta", L))]
        return numbers(aligned(tex("delta", L), *lines))
    slope = "" if row.taken_as_one else f"({at.number('slope', L, 1, 1)})"
    lines = [(near, f"{front}({felt(1)}){slope}"), (value, at.number("delta", L, 1, 1))]
    return numbers(aligned(tex("delta", L, 1), *lines))


def _slope_in_numbers(at: StageView) -> list[Block]:
    """σ′ of the first output where its formula needs a number that stands nowhere else."""
    L, row = at.last, engine.ACTIVATIONS[at.config.output_activation]
    z, a, slope, inner = (at.number(s, L, 1, 1) for s in ("z", "a", "slope", "inner"))
    neuron = Neuron(row, z, a, slope, inner, sign=1)
    found = inner_lines(neuron)
    if found is None:
        return []
    symbol, lines = found
    left = rf"\sigma'({tex('z', L, 1)})"
    return [
        numbers(aligned(tex(symbol, L, 1), *lines)),
        numbers(aligned(left, *slope_lines(neuron))),
    ]


def _own_slopes(at: StageView) -> Message:
    """J′ and σ′ of this loss and output layer, or that the two are taken as one."""
    loss, name = engine.LOSSES[at.config.loss], at.config.output_activation
    activation = engine.ACTIVATIONS[name]
    felt = loss.derivative_tex("a^L", "y", at.size(at.last))
    if loss.taken_as_one:
        return message("derivation.bp1.stage_as_one", felt=rf"$\delta^L = {felt}$")
    return message(
        "derivation.bp1.stage",
        felt=f"$J'(a^L) = {felt}$",
        name=message(f"activation.{name}"),
        slope=f"$\\sigma' = {activation.defined(activation.derivative_tex)}$",
    )


def _both_gradients(at: StageView) -> list[Block]:
    """The gradients of w^L and b^L as the chain rule gives them, and what they share."""
    L, J = at.last, rf"\partial {at.J}"
    through = rf"\frac{{{J}}}{{\partial z^L}}\,\frac{{\partial z^L}}"
    own_loss = message("derivation.bp1.own_loss", m=at.m)
    return [
        paragraph(
            message("derivation.bp1.both", J=at.J),
            own_loss if at.m > 1 else None,
        ),
        formula(
            r"\begin{aligned}"
            rf"\frac{{{J}}}{{\partial w^L}} &= {through}{{\partial w^L}} = {FIRST}\,"
            r"(a^{L-1})^{\mathsf T} \\[6pt]"
            rf"\frac{{{J}}}{{\partial b^L}} &= {through}{{\partial b^L}} = {FIRST}"
            r"\end{aligned}"
        ),
        paragraph(message("derivation.bp1.overlap", J=at.J)),
        formula(
            rf"\delta^L = \frac{{{J}}}{{\partial z^L}} = \frac{{{J}}}{{\partial b^L}} = {FIRST}, "
            rf"\qquad \operatorname{{shape}}(\delta^L) = (n_L, 1) = ({at.size(L)}, 1)"
        ),
        paragraph(message("derivation.bp1.shared")),
        formula(
            rf"\frac{{{J}}}{{\partial w^L}} = \delta^L (a^{{L-1}})^{{\mathsf T}}, "
            rf"\qquad \frac{{{J}}}{{\partial b^L}} = \delta^L"
        ),
    ]


def _bp1(at: StageView) -> Section:
    L = at.last
    return section(
        "bp1",
        *_both_gradients(at),
        paragraph(message("derivation.bp1.begin", J=at.J)),
        formula(
            aligned(
                rf"\delta_j^L = \frac{{\partial {at.J}}}{{\partial z_j^L}}",
                ("=", rf"\frac{{\partial {at.J}}}{{\partial a_j^L}}\,\sigma'(z_j^L)"),
            )
        ),
        formula(r"\delta^L = J'(a^L) \odot \sigma'(z^L) \qquad \text{(BP1)}"),
        paragraph(_own_slopes(at)),
        at.only_first(L),
        _output_in_numbers(at),
        *_slope_in_numbers(at),
        *AS_ONE,
        stage_button(message("derivation.show.delta", l=L), "backward", L),
    )


def build_loss(at: StageView) -> list[Section]:
    """J, ⊙ and BP1."""
    return [_loss(at), build_product(at), _bp1(at)]
