"""The beginning of the derivation: the notation, and the forward pass of a neuron and a layer."""

import engine
from components.config.fields import ACTIVATIONS
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
    terms,
    total,
)
from components.formulas.parts import ABOUT, EQUAL
from components.notation import tex

__all__ = ["build_forward"]


def _notation(at: Stage) -> Section:
    k = min(2, at.size(1))
    sizes = ", ".join(f"$n_{{{l}}} = {n}$" for l, n in enumerate(at.config.sizes, 1))
    batch = (
        f"The stage holds {at.m} samples. Each is one column of $x$, which is then a matrix; where "
        "numbers of $z$, $a$ or $\\delta$ stand below, they are those of sample 1."
    )
    return section(
        "notation",
        "Notation",
        paragraph(
            r"""A neuron does two things. It adds up what reaches it, each input times a weight,
            and a bias on top: $z = \sum_i w_i x_i + b$. Then it bends the sum: $a = \sigma(z)$.
            A network is many of these in layers, so that most of the difficulty is in the
            indices. They come first."""
        ),
        paragraph(
            r"""Layers are counted from $1$, the input, to $L$, the output. What stands above a
            symbol always names its layer, what stands below counts neurons."""
        ),
        terms(
            ("n_l", "the number of neurons in layer $l$"),
            ("w_{jk}^l", "the weight from neuron $k$ of layer $l-1$ to neuron $j$ of layer $l$"),
            ("b_j^l", "the bias of neuron $j$ of layer $l$"),
            ("z_j^l", "what arrives in that neuron: the weighted sum, bias included"),
            ("a_j^l", "what leaves it, its activation; in layer $1$ the input, $a^1 = x$"),
            (r"\sigma,\;\sigma'", "the activation function and its derivative"),
        ),
        paragraph(
            r"""The indices of a weight look reversed: where it ends, $j$, stands before where it
            begins, $k$. That is on purpose. It makes $j$ the row and $k$ the column of $w^l$,
            and the forward pass will read $w^l a^{l-1}$ without a transpose."""
        ),
        paragraph(
            f"On the stage $L = {at.last}$ and {sizes}. The weight "
            f"${tex('w', 2, 1, k)} {EQUAL} {at.number('w', 2, 1, k)}$ leads from neuron {k} of "
            "layer 1 to neuron 1 of layer 2.",
            batch if at.m > 1 else "",
        ),
        stage_button("Show the input on the stage", "input", 1),
    )


def _sum_in_symbols(at: Stage, l: int) -> str:
    def term(k: int) -> str:
        a = tex("x", None, k) if l == 2 else tex("a", l - 1, k)
        return f"{tex('w', l, 1, k)}\\,{a}"

    return f"{total(term, at.size(l - 1))} + {tex('b', l, 1)}"


def _sum_in_numbers(at: Stage, l: int) -> str:
    def term(k: int) -> str:
        return f"({at.number('w', l, 1, k)})({at.number('a', l - 1, k, 1)})"

    return f"{total(term, at.size(l - 1))} + ({at.number('b', l, 1)})"


def _one_neuron(at: Stage, l: int) -> list[Block]:
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


def _activation_names(at: Stage) -> str:
    """Which σ the layers of this network have, written out."""

    def written(name: str) -> str:
        activation = engine.ACTIVATIONS[name]
        return f"{ACTIVATIONS[name]}, ${activation.defined(activation.tex)}$"

    hidden, output = at.config.hidden_activation, at.config.output_activation
    if at.last == 2 or hidden == output:
        return f"On the stage $\\sigma(z)$ is {written(output)}."
    return (
        f"On the stage $\\sigma(z)$ is, in hidden layers, {written(hidden)}; "
        f"in the output layer, {written(output)}."
    )


def _forward_neuron(at: Stage) -> Section:
    deeper: list[Block] = []
    if at.last > 2:
        deeper = [
            paragraph(
                r"""One layer on the same happens again; only the inputs are now the activations
                of layer 2, and their upper index has to say so: $a_1^2$ is not $a_1^3$."""
            ),
            *_one_neuron(at, 3),
        ]
    whole = "Softmax alone looks at its whole layer: each $a_j^L$ needs every $z_k^L$."
    coupled = engine.ACTIVATIONS[at.config.output_activation].couples_rows
    return section(
        "forward-neuron",
        "Forward: one neuron",
        paragraph(
            r"""Follow the input to the first neuron that it meets. Neuron 1 of layer 2 is
            connected to every component of $x$, each through a weight of its own."""
        ),
        *_one_neuron(at, 2),
        *deeper,
        paragraph(
            r"""So whatever the layer, a neuron takes the output of every neuron of the layer
            before, weighs them, adds its own bias and bends the result. The bending matters:
            without it, layers of weighted sums would be no more than one weighted sum."""
        ),
        formula(
            aligned(
                "a_j^l",
                ("=", r"\sigma(z_j^l)"),
                ("=", r"\sigma\Bigl(\sum_{k=1}^{n_{l-1}} w_{jk}^l\,a_k^{l-1} + b_j^l\Bigr)"),
            )
        ),
        paragraph(_activation_names(at), whole if coupled else ""),
        stage_button("Show layer 2 on the stage", "forward", 2),
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


def _layer_in_numbers(at: Stage, l: int) -> str:
    if not at.readable(l, l - 1):
        value = (EQUAL, at.number("z", l, 1, 1))
        return aligned(tex("z", l, 1), (EQUAL, _sum_in_numbers(at, l)), value)
    product = rf"{at.weights(l)} {at.column('a', l - 1)} + {at.column('b', l)}"
    return aligned(tex("z", l), (EQUAL, product), (EQUAL, at.column("z", l)))


def _forward_layer(at: Stage) -> Section:
    return section(
        "forward-layer",
        "Forward: a whole layer",
        paragraph(
            r"""A layer has $n_l$ such sums, and all of them read the same $a^{l-1}$; only the
            weights and the bias change from one to the next. Stack them, neuron under neuron:"""
        ),
        formula(rf"{_stacked('z', 'l', 'n_l')}, \quad {_stacked('b', 'l', 'n_l')}"),
        formula(rf"{WEIGHTS}, \quad {_stacked('a', 'l-1', 'n_{l-1}')}"),
        paragraph(
            r"""Row $j$ of $w^l$ holds the weights that end in neuron $j$. Row times column is
            the sum of the last section, and so the whole layer is one product:"""
        ),
        formula(aligned("z^l", ("=", "w^l a^{l-1} + b^l")) + r", \qquad a^l = \sigma(z^l)"),
        paragraph(
            "Here $\\sigma$ is taken entry by entry. Read the shapes: $n_l \\times n_{l-1}$ times "
            "$n_{l-1} \\times 1$ gives $n_l \\times 1$, one number for each neuron of layer $l$.",
            f"With {at.m} samples $a^{{l-1}}$ has {at.m} columns, $z^l$ too, and $b^l$ is added to "
            "each of them."
            if at.m > 1
            else "",
        ),
        at.only_first(1, 2),
        numbers(_layer_in_numbers(at, 2)),
        stage_button("Show layer 2 on the stage", "forward", 2),
    )


def build_forward(at: Stage) -> list[Section]:
    """Notation, one neuron, a whole layer."""
    return [_notation(at), _forward_neuron(at), _forward_layer(at)]
