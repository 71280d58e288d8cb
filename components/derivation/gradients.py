"""The end of the derivation: the gradients of b and w, the four equations, the update."""

from components.derivation.blocks import (
    Block,
    Section,
    Stage,
    aligned,
    formula,
    numbers,
    paragraph,
    section,
    stage_button,
    total,
)
from components.formulas.parts import EQUAL
from components.notation import given, tex

__all__ = ["build_gradients"]


def _mean(at: Stage) -> str:
    return rf"\tfrac{{1}}{{{at.m}}}" if at.m > 1 else ""


def _bias_in_numbers(at: Stage, l: int) -> Block:
    name = tex("db", l)
    if at.m == 1 and at.readable(l):
        return numbers(aligned(name, ("=", tex("delta", l)), (EQUAL, at.column("db", l))))
    deltas = total(lambda s: f"({at.number('delta', l, 1, s)})", at.m)
    mean = rf"{_mean(at)}\bigl[{deltas}\bigr]" if at.m > 1 else deltas
    value = (EQUAL, at.number("db", l, 1))
    return numbers(aligned(tex("db", l, 1), (EQUAL, mean), value))


def _bp3(at: Stage) -> Section:
    l = at.last
    return section(
        "bp3",
        "The gradient of b (BP3)",
        paragraph(
            r"""A bias is added to $z_j^l$ as it is. It moves $z_j^l$ by exactly its own change,
            and $z_j^l$ moves""",
            rf"${at.J}$ by $\delta_j^l$. Nothing else is to be done:",
        ),
        formula(rf"\frac{{\partial {at.J}}}{{\partial b^l}} = \delta^l \qquad \text{{(BP3)}}"),
        paragraph(
            r"""Over $m$ samples $J$ is the mean of their losses, hence the gradient is the mean
            of their δ. Each sample $s$ keeps its own column $\delta^l_{(s)}$, not divided by
            $m$; the mean is taken here."""
        ),
        formula(r"\frac{\partial J}{\partial b^l} = \frac{1}{m} \sum_{s=1}^{m} \delta^l_{(s)}"),
        at.only_first(l),
        _bias_in_numbers(at, l),
        stage_button(f"Show the gradients of layer {l} on the stage", "backward", l),
    )


def _weights_in_numbers(at: Stage, l: int) -> Block:
    if at.readable(l, l - 1) and at.m <= 4:
        product = at.samples("delta", l, at.m) + at.samples("a", l - 1, at.m, transposed=True)
        lines = [(EQUAL, _mean(at) + product), (EQUAL, at.weights(l, "dw"))]
        return numbers(aligned(tex("dw", l), *lines))

    def term(s: int) -> str:
        return f"({at.number('delta', l, 1, s)})({at.number('a', l - 1, 1, s)})"

    terms = total(term, at.m)
    product = rf"{_mean(at)}\bigl[{terms}\bigr]" if at.m > 1 else terms
    value = (EQUAL, at.number("dw", l, 1, 1))
    return numbers(aligned(tex("dw", l, 1, 1), (EQUAL, product), value))


def _bp4(at: Stage) -> Section:
    return section(
        "bp4",
        "The gradient of w (BP4)",
        paragraph(
            r"""A weight $w_{jk}^l$ moves $z_j^l$ by $a_k^{l-1}$ times its own change. So its
            gradient is a product of what leaves the neuron where it begins and of the δ of the
            neuron where it ends. A weight from a silent neuron cannot have been at fault."""
        ),
        formula(rf"\frac{{\partial {at.J}}}{{\partial w_{{jk}}^l}} = \delta_j^l\,a_k^{{l-1}}"),
        paragraph(
            r"""For all $j$ and $k$ this is a column times a row, $n_l \times 1$ times $1 \times
            n_{l-1}$, and has the shape of $w^l$, as it must to be subtracted from it:"""
        ),
        formula(
            rf"\frac{{\partial {at.J}}}{{\partial w^l}} = \delta^l (a^{{l-1}})^{{\mathsf T}} "
            r"\qquad \text{(BP4)}"
        ),
        paragraph(
            r"""With $m$ columns on both sides the same product adds up the samples, and $1/m$ in
            front of it makes their mean, the gradient of $J$."""
        ),
        at.only_first(1, 2),
        _weights_in_numbers(at, 2),
        stage_button("Show the gradients of layer 2 on the stage", "backward", 2),
    )


def _equations(at: Stage) -> Section:
    columns = [
        numbers(
            aligned(tex("delta", l), (EQUAL, at.column("delta", l)))
            if at.readable(l)
            else aligned(tex("delta", l, 1), (EQUAL, at.number("delta", l, 1, 1)))
        )
        for l in range(at.last, 1, -1)
    ]
    return section(
        "equations",
        "The four equations",
        paragraph(
            r"""This is all of backpropagation: where $\delta$ begins, how it comes back a layer,
            and how the gradients are read off it."""
        ),
        formula(
            r"\begin{aligned}"
            r"\delta^L &= J'(a^L) \odot \sigma'(z^L) && \text{(BP1)} \\[6pt]"
            r"\delta^l &= (w^{l+1})^{\mathsf T} \delta^{l+1} \odot \sigma'(z^l), "
            r"\quad l = L-1, \dots, 2 && \text{(BP2)} \\[6pt]"
            r"\frac{\partial J}{\partial b^l} &= \frac1m \sum_{s} \delta^l_{(s)}, "
            r"\quad l = L, \dots, 2 && \text{(BP3)} \\[6pt]"
            r"\frac{\partial J}{\partial w^l} &= \frac1m\, \delta^l (a^{l-1})^{\mathsf T}, "
            r"\quad l = L, \dots, 2 && \text{(BP4)} \end{aligned}"
        ),
        paragraph("On the stage, from the output back:"),
        at.only_first(*range(2, at.last + 1)),
        *columns,
        stage_button("Show the end of the backward pass on the stage", "backward", 2),
    )


def _update(at: Stage) -> Section:
    eta = given(at.config.learning_rate)
    pairs: list[tuple[str, str, tuple[int, ...]]] = [("w", "dw", (1, 1))]
    if at.config.update_biases:
        pairs.append(("b", "db", (1,)))
    moved = [
        numbers(
            aligned(
                tex(symbol, 2, *place),
                (r"\leftarrow", rf"{tex(symbol, 2, *place)} - \eta\,{tex(gradient, 2, *place)}"),
                (
                    EQUAL,
                    f"{at.number(symbol, 2, *place)} - {eta} ({at.number(gradient, 2, *place)})",
                ),
                (EQUAL, f"⟦{symbol}:2:{':'.join(str(i) for i in place)}⟧"),
            ),
            "update",
        )
        for symbol, gradient, place in pairs
    ]
    return section(
        "update",
        "The update",
        paragraph(
            r"""The gradient points to where $J$ grows fastest. So step against it, by $\eta$
            times its size; $\eta$ is the learning rate:"""
        ),
        formula(
            r"w^l \leftarrow w^l - \eta\,\frac{\partial J}{\partial w^l}, \qquad "
            r"b^l \leftarrow b^l - \eta\,\frac{\partial J}{\partial b^l}"
        ),
        paragraph("On the stage the biases are frozen: only the weights move.")
        if not at.config.update_biases
        else None,
        *moved,
        paragraph(
            r"""No weight moves before every δ is there. $\delta^l$ has to be brought back
            through the $w^{l+1}$ that the forward pass used; taking the new one is a mistake
            that has been copied from one worked example to many others. Then the next step
            begins, with the same input and a smaller $J$, unless $\eta$ was too large or every
            gradient is 0."""
        ),
        stage_button("Show the update on the stage", "update", None),
    )


def build_gradients(at: Stage) -> list[Section]:
    """BP3, BP4, all four together, and the update."""
    return [_bp3(at), _bp4(at), _equations(at), _update(at)]
