"""The derivation around J: the loss, the product ⊙, and δ where it begins, at the output."""

from typing import Final

import engine
from components.config.fields import ACTIVATIONS
from components.derivation.blocks import (
    Block,
    Section,
    Stage,
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
from components.notation import tex
from components.walk.conventions import build_convention

__all__ = ["build_loss"]

AS_ONE: Final = (
    paragraph(
        r"""Two losses are made for their activation, and each pair is differentiated as one.
        Binary cross-entropy divides by just what the slope of the sigmoid multiplies by. Softmax
        is the one activation where $z_j^L$ moves every output, so the chain rule is a sum over
        them; targets that add up to $1$ make it collapse."""
    ),
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
    paragraph(
        r"""An output that is certain and wrong therefore keeps a large δ, and nothing is divided
        by a number that may have been rounded to 0."""
    ),
)


IN_Z_WHY: Final = (
    "An output may be so near to $0$ or $1$ that it is rounded to it, and $\\ln 0$ is no number. "
    "So the same is computed from $z^L$, where nothing is lost:"
)


def _loss_in_numbers(at: Stage, s: int = 1) -> str:
    """J of sample s with its numbers, term by term."""
    n, L, row = at.size(at.last), at.last, engine.LOSSES[at.config.loss]

    def term(j: int) -> str:
        return row.term(at.number("a", L, j, s), at.number("y", L, j, s), None)

    if row.in_z:
        return row.in_z.numbers(lambda symbol, j: at.number(symbol, L, j, s), total, n)
    return rf"{engine.fraction_tex(row.factor(n))}\left[{total(term, n)}\right]"


def _loss(at: Stage) -> Section:
    L, row = at.last, engine.LOSSES[at.config.loss]
    convention = build_convention(at.config)
    relation = EQUAL if row.rational else ABOUT
    value = at.number("J" if at.m == 1 else "J_sample", L, 1, 1)
    name = "J" if at.m == 1 else "J_1"
    in_z: list[Block] = []
    if row.in_z:
        in_z = [paragraph(IN_Z_WHY), formula(aligned("J", ("=", row.in_z.tex("L"))))]
    lines = [numbers(aligned(name, (EQUAL, _loss_in_numbers(at)), (relation, value)))]
    if at.m > 1:
        each = total(lambda s: at.number("J_sample", L, 1, s), at.m)
        mean = (relation, rf"\tfrac{{1}}{{{at.m}}}\left[{each}\right]")
        lines.append(numbers(aligned("J", mean, (relation, at.number("J", L, 1)))))
    return section(
        "loss",
        "The loss J",
        paragraph(
            r"""The forward pass ends with an answer, $a^L$, which random weights will have made
            a poor one. To improve it, first say in one number how far it is from the target $y$:"""
        ),
        formula(aligned("J", ("=", row.tex("L", "n_L")))),
        *in_z,
        *lines,
        paragraph(
            r"""The weights do not appear in that formula, but they are in it. $a^L$ is made of
            $w^L$, $b^L$ and $a^{L-1}$, which is made of $w^{L-1}$, and so on down to $x$:"""
        ),
        formula(aligned("a^L", ("=", r"\sigma(z^L) = \sigma(w^L a^{L-1} + b^L)"))),
        paragraph(
            r"""All that follows answers one question: how much does $J$ change when one weight
            or one bias changes a little? The answers are the gradients of $w^l$ and $b^l$, for
            every layer $l$ that has them."""
        ),
        paragraph(f"On the stage: {convention['now']}"),
        paragraph(*map(str, convention["others"])),
        stage_button("Show J on the stage", "loss", L),
    )


def _output_in_numbers(at: Stage) -> Block:
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


def _slope_in_numbers(at: Stage) -> list[Block]:
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


def _bp1(at: Stage) -> Section:
    L, loss = at.last, engine.LOSSES[at.config.loss]
    name = at.config.output_activation
    activation = engine.ACTIVATIONS[name]
    felt = loss.derivative_tex("a^L", "y", at.size(L))
    own = (
        f"On the stage $J'(a^L) = {felt}$, and the output layer is "
        f"{ACTIVATIONS[name]}, with $\\sigma' = {activation.defined(activation.derivative_tex)}$."
    )
    if loss.taken_as_one:
        own = f"On the stage the two are taken as one, $\\delta^L = {felt}$; see below."
    own_loss = (
        f"Each of the {at.m} samples on the stage has its own loss $J_s$, and so a $\\delta$ of "
        "its own; $J$ is the mean of them, which the gradients will take and $\\delta$ does not."
    )
    return section(
        "bp1",
        "The output layer (BP1)",
        paragraph(
            f"Begin where ${at.J}$ is near. If $z_j^L$ changes a little, its own activation "
            rf"changes $\sigma'(z_j^L)$ times as much, and ${at.J}$ changes "
            rf"$\partial {at.J}/\partial a_j^L$ times as much as that. The product of the two "
            "deserves a name, because both gradients of the layer contain it: call it "
            rf"$\delta_j^L$, the derivative of ${at.J}$ with respect to $z_j^L$.",
            own_loss if at.m > 1 else "",
        ),
        formula(
            aligned(
                rf"\delta_j^L = \frac{{\partial {at.J}}}{{\partial z_j^L}}",
                ("=", rf"\frac{{\partial {at.J}}}{{\partial a_j^L}}\,\sigma'(z_j^L)"),
            )
        ),
        formula(r"\delta^L = J'(a^L) \odot \sigma'(z^L) \qquad \text{(BP1)}"),
        paragraph(own),
        at.only_first(L),
        _output_in_numbers(at),
        *_slope_in_numbers(at),
        paragraph(
            r"""Why both gradients contain it: $z_j^L = \sum_k w_{jk}^L a_k^{L-1} + b_j^L$
            changes $a_k^{L-1}$ times as much as $w_{jk}^L$, and exactly as much as $b_j^L$. So, for
            one sample:"""
        ),
        formula(
            rf"\frac{{\partial {at.J}}}{{\partial w^L}} = \delta^L (a^{{L-1}})^{{\mathsf T}}, "
            rf"\qquad \frac{{\partial {at.J}}}{{\partial b^L}} = \delta^L"
        ),
        *AS_ONE,
        stage_button(f"Show δ of layer {L} on the stage", "backward", L),
    )


def build_loss(at: Stage) -> list[Section]:
    """J, ⊙ and BP1."""
    return [_loss(at), build_product(at), _bp1(at)]
