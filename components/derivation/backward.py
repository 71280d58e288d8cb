"""The middle of the derivation: how δ comes back from layer to layer, and why by a transpose."""

from components.derivation.blocks import (
    DISPLAY,
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
from components.formulas.parts import EQUAL
from components.messages import message
from components.notation import tex

__all__ = ["build_backward"]

BACK = r"(w^{l+1})^{\mathsf T}"
SLOPE = r"\sigma'(z^l)"
PATHS = (
    r"\sum_{i=1}^{n_{l+1}} \frac{\partial J}{\partial z_i^{l+1}}"
    r"\frac{\partial z_i^{l+1}}{\partial z_j^l} = \sum_{i=1}^{n_{l+1}} "
    r"\delta_i^{l+1}\,\frac{\partial z_i^{l+1}}{\partial z_j^l}"
)
SWAPPED = rf"$\delta^{{l+1}}\bigl({BACK} \odot {SLOPE}\bigr)$"
JACOBIAN = (
    r"\frac{\partial z^{l+1}}{\partial z^l} = w^{l+1}\,\operatorname{diag}"
    r"\bigl(\sigma'(z^l)\bigr)"
)
NO_HIDDEN = message("derivation.no_hidden")


def _chain(at: StageView) -> Section:
    l = at.hidden
    here: list[Block] = [paragraph(NO_HIDDEN)]
    if l:
        terms = total(
            lambda i: (
                f"({at.number('delta', l + 1, i, 1)})({at.number('w', l + 1, i, 1)})"
                f"({at.number('slope', l, 1, 1)})"
            ),
            at.size(l + 1),
        )
        product = rf"\frac{{\partial {tex('z', l + 1, 'i')}}}{{\partial {tex('z', l, 1)}}}"
        symbols = rf"\sum_{{i=1}}^{{{at.size(l + 1)}}} {tex('delta', l + 1, 'i')}\,{product}"
        value = (EQUAL, at.number("delta", l, 1, 1))
        here = [numbers(aligned(tex("delta", l, 1), ("=", symbols), (EQUAL, terms), value))]
    return section(
        "chain",
        paragraph(
            message("derivation.chain.hidden", J=at.J),
            message("derivation.chain.same"),
        ),
        paragraph(message("derivation.chain.paths")),
        formula(
            aligned(
                rf"\delta_j^l = \frac{{\partial {at.J}}}{{\partial z_j^l}}",
                ("=", PATHS.replace("J", at.J)),
            )
        ),
        *here,
        paragraph(message("derivation.chain.product", J=at.J)),
        formula(
            rf"(\delta^l)^{{\mathsf T}} = \frac{{\partial {at.J}}}{{\partial z^L}}\,"
            r"\frac{\partial z^L}{\partial z^{L-1}}\,\frac{\partial z^{L-1}}{\partial z^{L-2}}"
            r"\cdots\frac{\partial z^{l+1}}{\partial z^l}"
            r" = (\delta^{l+1})^{\mathsf T}\,\frac{\partial z^{l+1}}{\partial z^l}"
        ),
        paragraph(message("derivation.chain.backward")),
        stage_button(message("derivation.show.delta", l=at.back), "backward", at.back),
    )


def _jacobian_in_numbers(at: StageView, l: int) -> Block | None:
    n, after = at.size(l), at.size(l + 1)
    if not at.readable(l, l + 1):
        entry = rf"\frac{{\partial {tex('z', l + 1, 1)}}}{{\partial {tex('z', l, 1)}}}"
        product = f"({at.number('w', l + 1, 1, 1)})({at.number('slope', l, 1, 1)})"
        return numbers(aligned(entry, (EQUAL, product), *at.scaled_value(l)))
    left = rf"\frac{{\partial {tex('z', l + 1)}}}{{\partial {tex('z', l)}}}"

    def entry_of(i: int, j: int) -> str:
        if at.m == 1:
            return at.number("scaled", l, j, i)
        return f"({at.number('w', l + 1, i, j)})({at.number('slope', l, j, 1)})"

    return numbers(aligned(left, (EQUAL, matrix(entry_of, after, n))))


def _shapes_here(at: StageView, l: int) -> list[Block | None]:
    """The shapes of this network in the right order and in the wrong one."""
    n, after = at.size(l), at.size(l + 1)
    delta, w, z = tex("delta", l + 1), tex("w", l + 1), tex("z", l)
    scaled = (
        rf"\underset{{{n}\times {after}}}{{\bigl(({w})^{{\mathsf T}} \odot \sigma'({z})\bigr)}}"
    )
    column = rf"\underset{{{after}\times 1}}{{{delta}}}"
    if n > 1 and after > 1:
        why = message("derivation.shapes.misfit", n=n)
    elif n > 1:
        why = message("derivation.shapes.misfit_number", n=n, delta=delta)
    elif after > 1:
        why = message("derivation.shapes.fits", l=l)
    else:
        why = message("derivation.shapes.luck")
    return [
        at.only_first(l, l + 1),
        _jacobian_in_numbers(at, l),
        formula(rf"\underset{{{n}\times 1}}{{{tex('delta', l)}}} = {scaled}\,{column}"),
        paragraph(why),
        formula(rf"{column}\,{scaled}", wrong=n > 1 or after > 1),
    ]


def _transposed(at: StageView) -> str:
    """The Jacobian in the layout of the text, of shape (n_l, n_{l+1})."""
    here = f" = ({at.size(at.hidden)}, {at.size(at.hidden + 1)})" if at.hidden else ""
    return aligned(
        r"\frac{\partial z^{l+1}}{\partial z^l}",
        ("=", r"\frac{\partial z^{l+1}}{\partial a^l} \odot \frac{\partial a^l}{\partial z^l}"),
        ("=", rf"{BACK} \odot {SLOPE}, \qquad \operatorname{{shape}} = (n_l, n_{{l+1}}){here}"),
    )


def _shapes(at: StageView) -> Section:
    l = at.hidden
    return section(
        "shapes",
        paragraph(message("derivation.shapes.factor")),
        formula(message("derivation.shapes.jacobian", lines=DISPLAY + JACOBIAN)),
        paragraph(message("derivation.shapes.directions")),
        formula(
            aligned(
                r"\delta^l",
                (
                    "=",
                    r"\Bigl(\frac{\partial z^{l+1}}{\partial z^l}\Bigr)^{\mathsf T} \delta^{l+1}",
                ),
                ("=", rf"\bigl({BACK} \odot {SLOPE}\bigr)\,\delta^{{l+1}}"),
            )
        ),
        paragraph(message("derivation.shapes.swapping", tex=SWAPPED)),
        *(_shapes_here(at, l) if l else [paragraph(NO_HIDDEN)]),
        paragraph(message("derivation.shapes.layouts")),
        formula(_transposed(at)),
        stage_button(message("derivation.show.delta", l=at.back), "backward", at.back),
    )


def _hidden_in_numbers(at: StageView, l: int) -> list[Block]:
    delta = at.column("delta", l)
    if not at.readable(l, l + 1):
        terms = total(
            lambda i: f"({at.number('w', l + 1, i, 1)})({at.number('delta', l + 1, i, 1)})",
            at.size(l + 1),
        )
        product = rf"\bigl[{terms}\bigr]({at.number('slope', l, 1, 1)})"
        value = (EQUAL, at.number("delta", l, 1, 1))
        return [numbers(aligned(tex("delta", l, 1), (EQUAL, product), value))]
    blocks = []
    if at.m == 1:
        scaled = matrix(lambda j, i: at.number("scaled", l, j, i), at.size(l), at.size(l + 1))
        first = (EQUAL, rf"{scaled} {at.column('delta', l + 1)}")
        blocks.append(numbers(aligned(tex("delta", l), first, (EQUAL, delta))))
    product = rf"\left({at.weights_back(l + 1)} {at.column('delta', l + 1)}\right)"
    slope = rf" \odot {at.column('slope', l)}"
    back = (EQUAL, at.column("back", l) + slope)
    lines = [(EQUAL, product + slope), back, (EQUAL, delta)]
    return [*blocks, numbers(aligned(tex("delta", l), *lines))]


def _bp2(at: StageView) -> Section:
    l = at.hidden
    here: list[Block | None] = [paragraph(NO_HIDDEN)]
    if l:
        here = [at.only_first(l, l + 1), *_hidden_in_numbers(at, l)]
    return section(
        "bp2",
        paragraph(message("derivation.bp2.grouping")),
        formula(
            aligned(
                r"\delta^l",
                ("=", rf"\bigl({BACK} \odot {SLOPE}\bigr)\,\delta^{{l+1}}"),
                ("=", rf"\bigl({BACK} \delta^{{l+1}}\bigr) \odot {SLOPE} \qquad \text{{(BP2)}}"),
            )
        ),
        *here,
        paragraph(
            message("derivation.bp2.flat"),
            message("derivation.bp2.batch") if at.m > 1 else None,
        ),
        stage_button(message("derivation.show.delta", l=at.back), "backward", at.back),
    )


def build_backward(at: StageView) -> list[Section]:
    """The chain rule, the shape argument and BP2."""
    return [_chain(at), _shapes(at), _bp2(at)]
