"""The derivation around J: the loss, the product ⊙, and δ where it begins, at the output."""

from typing import Final

import engine
from components.conventions import build_convention
from components.derivation_blocks import (
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
from components.fields import ACTIVATIONS
from components.formula_parts import ABOUT, EQUAL, TAKEN_AS_ONE, factor_tex
from components.notation import tex

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


def _loss_in_numbers(at: Stage, s: int = 1) -> str:
    """J of sample s with its numbers, term by term."""
    n, L = at.size(at.last), at.last

    def term(j: int) -> str:
        a, y = at.number("a", L, j, s), at.number("y", L, j, s)
        if at.config.loss == "cross_entropy":
            return rf"{y}\ln({a})"
        if at.config.loss == "binary_cross_entropy":
            return rf"{y}\ln({a}) + (1-{y})\ln(1-{a})"
        return f"({a} - {y})^2"

    sign = "-" if at.config.loss in TAKEN_AS_ONE else factor_tex(at.config.loss, n)
    return rf"{sign}\left[{total(term, n)}\right]"


def _loss(at: Stage) -> Section:
    L = at.last
    convention = build_convention(at.config)
    relation = ABOUT if at.config.loss in TAKEN_AS_ONE else EQUAL
    value = at.number("J" if at.m == 1 else "J_sample", L, 1, 1)
    name = "J" if at.m == 1 else "J_1"
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
        formula(aligned("J", ("=", engine.LOSSES[at.config.loss].tex))),
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
        paragraph(*convention["others"]),
        stage_button("Show J on the stage", "loss", L),
    )


def _scaled_in_numbers(at: Stage, l: int) -> Block:
    """(w^{l+1})ᵀ ⊙ σ′(z^l) entry by entry."""
    left = rf"({tex('w', l + 1)})^{{\mathsf T}} \odot \sigma'({tex('z', l)})"
    if not at.readable(l, l + 1):
        slope = at.number("slope", l, 1, 1)
        entry = f"({at.number('w', l + 1, 1, 1)})({slope})"
        name = (
            r"\text{row 1, column 1:}\quad "
            + f"{tex('w', l + 1, 1, 1)}\\,\\sigma'({tex('z', l, 1)})"
        )
        return numbers(aligned(name, (EQUAL, entry), *at.scaled_value(l)))
    n, after = at.size(l), at.size(l + 1)
    lines = [(EQUAL, rf"{at.weights_back(l + 1)} \odot {at.column('slope', l)}")]
    if at.m == 1:
        lines.append((EQUAL, matrix(lambda j, i: at.number("scaled", l, j, i), n, after)))
    return numbers(aligned(left, *lines))


def _product(at: Stage) -> Section:
    l = at.hidden
    here: list[Block | None] = []
    if l:
        here = [
            paragraph(
                f"In BP2 it will be $(w^{{{l + 1}}})^{{\\mathsf T}}$ whose rows are scaled, each "
                f"by the slope $\\sigma'(z_j^{{{l}}})$ of one neuron of layer {l}."
            ),
            at.only_first(l, l + 1),
            _scaled_in_numbers(at, l),
        ]
    return section(
        "product",
        "The product ⊙",
        paragraph(
            r"""One tool is still missing. An activation acts on each neuron alone, so its
            derivatives are a column of factors, one for each row of whatever stands beside it.
            Scaling row $i$ of a matrix $P$ by the entry $q_i$ of a column is written ⊙:"""
        ),
        formula(
            r"\underset{n\times k}{P} \odot \underset{n\times 1}{q} = \begin{bmatrix}"
            r"p_{11}q_1 & p_{12}q_1 & \cdots & p_{1k}q_1 \\ p_{21}q_2 & p_{22}q_2 & \cdots & "
            r"p_{2k}q_2 \\ \vdots & \vdots & \ddots & \vdots \\ p_{n1}q_n & p_{n2}q_n & \cdots & "
            r"p_{nk}q_n \end{bmatrix} = \operatorname{diag}(q)\,P"
        ),
        paragraph(
            r"""If $P$ is a column too, this is the familiar product entry by entry. And since
            row $i$ may be scaled before its entries are summed up or after, the factor can be
            moved past a product with any column $v$ of $k$ entries:"""
        ),
        formula(r"(P \odot q)\,v = (P\,v) \odot q"),
        *here,
        stage_button(f"Show δ of layer {at.back} on the stage", "backward", at.back),
    )


def _output_in_numbers(at: Stage) -> Block:
    L, config = at.last, at.config
    front = factor_tex(config.loss, at.size(L), power=1)
    as_one = config.loss in TAKEN_AS_ONE
    if at.readable(L):
        slope = "" if as_one else rf" \odot {at.column('slope', L)}"
        difference = rf"\left({at.column('a', L)} - {at.column('y', L)}\right)"
        lines = [(EQUAL, front + difference + slope), (EQUAL, at.column("delta", L))]
        return numbers(aligned(tex("delta", L), *lines))
    slope = "" if as_one else f"({at.number('slope', L, 1, 1)})"
    difference = f"({at.number('a', L, 1, 1)} - {at.number('y', L, 1, 1)})"
    lines = [(EQUAL, front + difference + slope), (EQUAL, at.number("delta", L, 1, 1))]
    return numbers(aligned(tex("delta", L, 1), *lines))


def _bp1(at: Stage) -> Section:
    L, loss = at.last, engine.LOSSES[at.config.loss]
    name = at.config.output_activation
    own = (
        f"On the stage $J'(a^L) = {loss.derivative_tex}$, and the output layer is "
        f"{ACTIVATIONS[name]}, with $\\sigma' = {engine.ACTIVATIONS[name].derivative_tex}$."
    )
    if loss.delta:
        own = f"On the stage the two are taken as one, $\\delta^L = {loss.delta_tex}$; see below."
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
    return [_loss(at), _product(at), _bp1(at)]
