"""The end of the derivation: the gradients of b and w, the four equations, the update."""

from typing import Final

from components.derivation.blocks import (
    Block,
    Section,
    StageView,
    aligned,
    formula,
    numbers,
    paragraph,
    section,
    stage_button,
    total,
)
from components.formulas.parts import EQUAL
from components.messages import message
from components.notation import given, tex

__all__ = ["build_gradients"]


def _mean(at: StageView) -> str:
    return rf"\tfrac{{1}}{{{at.m}}}" if at.m > 1 else ""


def _bias_in_numbers(at: StageView, l: int) -> Block:
    name = tex("db", l)
    if at.m == 1 and at.readable(l):
        return numbers(aligned(name, ("=", tex("delta", l)), (EQUAL, at.column("db", l))))
    deltas = total(lambda s: f"({at.number('delta', l, 1, s)})", at.m)
    mean = rf"{_mean(at)}\bigl[{deltas}\bigr]" if at.m > 1 else deltas
    value = (EQUAL, at.number("db", l, 1))
    return numbers(aligned(tex("db", l, 1), (EQUAL, mean), value))


def _through(at: StageView, symbol: str) -> str:
    """The gradient of w^l or b^l as a product through z^l."""
    J, own = rf"\partial {at.J}", rf"\partial {symbol}^l"
    through = rf"\frac{{{J}}}{{\partial z^l}}\,\frac{{\partial z^l}}{{{own}}}"
    return rf"\frac{{{J}}}{{{own}}} = {through}"


def _bp3(at: StageView) -> Section:
    l = at.last
    return section(
        "bp3",
        paragraph(message("derivation.bp3.moves", J=at.J)),
        formula(rf"{_through(at, 'b')} = \delta^l \qquad \text{{(BP3)}}"),
        paragraph(message("derivation.bp3.batch")),
        formula(r"\frac{\partial J}{\partial b^l} = \frac{1}{m} \sum_{s=1}^{m} \delta^l_{(s)}"),
        at.only_first(l),
        _bias_in_numbers(at, l),
        stage_button(message("derivation.show.gradients", l=l), "backward", l),
    )


def _weights_in_numbers(at: StageView, l: int) -> Block:
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


def _bp4(at: StageView) -> Section:
    return section(
        "bp4",
        paragraph(message("derivation.bp4.moves")),
        formula(rf"\frac{{\partial {at.J}}}{{\partial w_{{jk}}^l}} = \delta_j^l\,a_k^{{l-1}}"),
        paragraph(message("derivation.bp4.shape")),
        formula(
            rf"{_through(at, 'w')} = \delta^l (a^{{l-1}})^{{\mathsf T}} "
            r"\qquad \text{(BP4)}"
        ),
        paragraph(message("derivation.bp4.batch")),
        at.only_first(1, 2),
        _weights_in_numbers(at, 2),
        stage_button(message("derivation.show.gradients", l=2), "backward", 2),
    )


# Those of one sample, w before b.
IN_ORDER: Final = (
    r"\begin{aligned}"
    r"\delta^L &= J'(a^L) \odot \sigma'(z^L) \\[6pt]"
    r"\delta^l &= (w^{l+1})^{\mathsf T} \delta^{l+1} \odot \sigma'(z^l) \\[6pt]"
    r"\frac{\partial J}{\partial w^l} &= \delta^l (a^{l-1})^{\mathsf T} \\[6pt]"
    r"\frac{\partial J}{\partial b^l} &= \delta^l"
    r"\end{aligned}"
)


def _equations(at: StageView) -> Section:
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
        paragraph(message("derivation.equations.all")),
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
        paragraph(message("derivation.equations.text")),
        formula(IN_ORDER),
        paragraph(message("derivation.equations.stage")),
        at.only_first(*range(2, at.last + 1)),
        *columns,
        stage_button(message("derivation.show.end"), "backward", 2),
    )


def _update(at: StageView) -> Section:
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
        paragraph(message("derivation.update.against")),
        formula(
            r"w^l \leftarrow w^l - \eta\,\frac{\partial J}{\partial w^l}, \qquad "
            r"b^l \leftarrow b^l - \eta\,\frac{\partial J}{\partial b^l}"
        ),
        paragraph(message("derivation.update.frozen")) if not at.config.update_biases else None,
        *moved,
        paragraph(message("derivation.update.order"), message("derivation.update.loop")),
        stage_button(message("derivation.show.update"), "update", None),
    )


def build_gradients(at: StageView) -> list[Section]:
    """BP3, BP4, all four together, and the update."""
    return [_bp3(at), _bp4(at), _equations(at), _update(at)]
