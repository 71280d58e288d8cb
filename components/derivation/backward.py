"""The middle of the derivation: how δ comes back from layer to layer, and why by a transpose."""

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
from components.formulas.parts import EQUAL
from components.notation import tex

__all__ = ["build_backward"]

BACK = r"(w^{l+1})^{\mathsf T}"
SLOPE = r"\sigma'(z^l)"
NO_HIDDEN = (
    "The network on the stage has no hidden layer, so there is nothing to bring back here. Add a "
    "layer (+ under Layer sizes) and this section has numbers too."
)


def _chain(at: Stage) -> Section:
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
        "The chain rule",
        paragraph(
            "A hidden neuron has no target to be compared with. Still, its $z_j^l$ moves "
            f"${at.J}$: it moves every neuron of the next layer, these move the layer after, and "
            rf"so on to the output. Let $\delta_j^l = \partial {at.J}/\partial z_j^l$ stand for "
            "all of these paths together.",
            r"""Then the last section holds for each layer: once $\delta^l$ is known, the gradients
            of $w^l$ and $b^l$ are one step away, as $z^l = w^l a^{l-1} + b^l$ is the same formula
            everywhere.""",
        ),
        paragraph(
            r"""The paths sort themselves by the neuron $i$ of the next layer that they pass.
            That is the chain rule, a sum over all $i$:"""
        ),
        formula(
            aligned(
                rf"\delta_j^l = \frac{{\partial {at.J}}}{{\partial z_j^l}}",
                (
                    "=",
                    rf"\sum_{{i=1}}^{{n_{{l+1}}}} \frac{{\partial {at.J}}}{{\partial z_i^{{l+1}}}}"
                    r"\frac{\partial z_i^{l+1}}{\partial z_j^l} = \sum_{i=1}^{n_{l+1}} "
                    r"\delta_i^{l+1}\,\frac{\partial z_i^{l+1}}{\partial z_j^l}",
                ),
            )
        ),
        *here,
        paragraph(
            "Written out down to the output it is a product of one Jacobian for each layer, "
            f"with the derivatives of ${at.J}$ as a row on the left:"
        ),
        formula(
            rf"(\delta^l)^{{\mathsf T}} = \frac{{\partial {at.J}}}{{\partial z^L}}\,"
            r"\frac{\partial z^L}{\partial z^{L-1}}\,\frac{\partial z^{L-1}}{\partial z^{L-2}}"
            r"\cdots\frac{\partial z^{l+1}}{\partial z^l}"
        ),
        paragraph(
            r"""Going backward, all of it but the last factor is already known: it is
            $\delta^{l+1}$. One new factor for each layer, and all gradients cost about as much
            as a forward pass or two. The walk stops at $\delta^2$. No weight leads into layer 1,
            it has no $z$, and so there is no $\delta^1$."""
        ),
        stage_button(f"Show δ of layer {at.back} on the stage", "backward", at.back),
    )


def _jacobian_in_numbers(at: Stage, l: int) -> Block | None:
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


def _shapes_here(at: Stage, l: int) -> list[Block | None]:
    """The shapes of this network in the right order and in the wrong one."""
    n, after = at.size(l), at.size(l + 1)
    delta, w, z = tex("delta", l + 1), tex("w", l + 1), tex("z", l)
    scaled = (
        rf"\underset{{{n}\times {after}}}{{\bigl(({w})^{{\mathsf T}} \odot \sigma'({z})\bigr)}}"
    )
    column = rf"\underset{{{after}\times 1}}{{{delta}}}"
    if n > 1:
        why = f"does not fit, since $1 \\ne {n}$"
        why += f", unless ${delta}$ is taken as a plain number" if after == 1 else ""
    elif after > 1:
        why = f"even fits, since $n_{{{l}}} = 1$, and is still wrong: it makes a matrix"
    else:
        why = "is right by luck: with one neuron on both sides everything is a plain number"
    return [
        at.only_first(l, l + 1),
        _jacobian_in_numbers(at, l),
        formula(rf"\underset{{{n}\times 1}}{{{tex('delta', l)}}} = {scaled}\,{column}"),
        paragraph(f"The order of plain numbers {why}:"),
        formula(rf"{column}\,{scaled}", wrong=n > 1 or after > 1),
    ]


def _shapes(at: Stage) -> Section:
    l = at.hidden
    return section(
        "shapes",
        "Why the transpose",
        paragraph(
            r"""What remains is the one new factor. Between $z_j^l$ and $z_i^{l+1}$ lie an
            activation and a weight, $z_i^{l+1} = \sum_j w_{ij}^{l+1} \sigma(z_j^l) + b_i^{l+1}$,
            so its derivative is $w_{ij}^{l+1} \sigma'(z_j^l)$. All of them together are the
            Jacobian: a row for each $i$ that is moved, a column for each $j$ that moves it."""
        ),
        formula(
            r"\frac{\partial z^{l+1}}{\partial z^l} = w^{l+1}\,\operatorname{diag}"
            r"\bigl(\sigma'(z^l)\bigr), \qquad \text{shape } (n_{l+1},\, n_l)"
        ),
        paragraph(
            r"""Going forward, it takes a small change of $z^l$, a column of $n_l$ numbers, to
            the change of $z^{l+1}$. Going back, the sum of the last section runs over $i$, down
            a column of the Jacobian. A matrix product runs along rows. To sum down the columns,
            multiply by the transpose:"""
        ),
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
        paragraph(
            "It is tempting to write the chain as for plain numbers, "
            f"$\\delta^{{l+1}}\\bigl({BACK} \\odot {SLOPE}\\bigr)$, to see that the dimensions "
            "seldom fit, and to swap the factors until they do. That ends at the right formula, "
            "but shapes that do not fit are only the symptom. The reason is the transpose: "
            "$\\delta$ is kept as a column, and a column is brought back by the transposed "
            "Jacobian from the left."
        ),
        *(_shapes_here(at, l) if l else [paragraph(NO_HIDDEN)]),
        stage_button(f"Show δ of layer {at.back} on the stage", "backward", at.back),
    )


def _hidden_in_numbers(at: Stage, l: int) -> list[Block]:
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


def _bp2(at: Stage) -> Section:
    l = at.hidden
    batch = (
        "In a batch every sample has a $\\sigma'(z^l)$ of its own, so only the second grouping "
        "brings all samples back in one matrix product."
    )
    here: list[Block | None] = [paragraph(NO_HIDDEN)]
    if l:
        here = [at.only_first(l, l + 1), *_hidden_in_numbers(at, l)]
    return section(
        "bp2",
        "The hidden layers (BP2)",
        paragraph(
            r"""Scaling the rows of a matrix before a product or scaling the rows of its result
            is the same. So there are two ways to group, and the second is the one to remember:
            fetch $\delta^{l+1}$ back through the weights, then let each neuron scale what
            arrives by its own slope."""
        ),
        formula(
            aligned(
                r"\delta^l",
                ("=", rf"\bigl({BACK} \odot {SLOPE}\bigr)\,\delta^{{l+1}}"),
                ("=", rf"\bigl({BACK} \delta^{{l+1}}\bigr) \odot {SLOPE} \qquad \text{{(BP2)}}"),
            )
        ),
        *here,
        paragraph(
            "A neuron whose slope is 0, such as a ReLU with $z \\le 0$, gets $\\delta = 0$ "
            "whatever comes back to it: for this sample it learns nothing, and passes nothing on.",
            batch if at.m > 1 else "",
        ),
        stage_button(f"Show δ of layer {at.back} on the stage", "backward", at.back),
    )


def build_backward(at: Stage) -> list[Section]:
    """The chain rule, the shape argument and BP2."""
    return [_chain(at), _shapes(at), _bp2(at)]
