"""The product ⊙ of the derivation, which scales the rows of a matrix."""

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
)
from components.formulas.parts import EQUAL
from components.messages import message
from components.notation import tex

__all__ = ["build_product"]


def _scaled_in_numbers(at: StageView, l: int) -> Block:
    """(w^{l+1})ᵀ ⊙ σ′(z^l) entry by entry."""
    left = rf"({tex('w', l + 1)})^{{\mathsf T}} \odot \sigma'({tex('z', l)})"
    if not at.readable(l, l + 1):
        slope = at.number("slope", l, 1, 1)
        entry = f"({at.number('w', l + 1, 1, 1)})({slope})"
        name = f"{tex('w', l + 1, 1, 1)}\\,\\sigma'({tex('z', l, 1)})"
        written = aligned(name, (EQUAL, entry), *at.scaled_value(l))
        return numbers(message("derivation.product.entry", lines=written))
    n, after = at.size(l), at.size(l + 1)
    lines = [(EQUAL, rf"{at.weights_back(l + 1)} \odot {at.column('slope', l)}")]
    if at.m == 1:
        lines.append((EQUAL, matrix(lambda j, i: at.number("scaled", l, j, i), n, after)))
    return numbers(aligned(left, *lines))


def build_product(at: StageView) -> Section:
    """What ⊙ is, with the matrix on the stage whose rows it will scale."""
    l = at.hidden
    here: list[Block | None] = []
    if l:
        here = [
            paragraph(message("derivation.product.stage", l=l, after=l + 1)),
            at.only_first(l, l + 1),
            _scaled_in_numbers(at, l),
        ]
    return section(
        "product",
        paragraph(message("derivation.product.what")),
        formula(
            r"\underset{n\times k}{P} \odot \underset{n\times 1}{q} = \begin{bmatrix}"
            r"p_{11}q_1 & p_{12}q_1 & \cdots & p_{1k}q_1 \\ p_{21}q_2 & p_{22}q_2 & \cdots & "
            r"p_{2k}q_2 \\ \vdots & \vdots & \ddots & \vdots \\ p_{n1}q_n & p_{n2}q_n & \cdots & "
            r"p_{nk}q_n \end{bmatrix} = \operatorname{diag}(q)\,P"
        ),
        paragraph(message("derivation.product.moved")),
        formula(r"(P \odot q)\,v = (P\,v) \odot q"),
        *here,
        stage_button(message("derivation.show.delta", l=at.back), "backward", at.back),
    )
