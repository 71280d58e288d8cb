"""The product ⊙ of the derivation, which scales the rows of a matrix."""

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
)
from components.formulas.parts import EQUAL
from components.notation import tex

__all__ = ["build_product"]


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


def build_product(at: Stage) -> Section:
    """What ⊙ is, with the matrix on the stage whose rows it will scale."""
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
