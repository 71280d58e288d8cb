"""Each formula of the text that the derivation follows stands in it, in both languages."""

import re

import pytest

from tests.components.told import derivation_of
from tests.components.wire import config_of

# The text's formulas as this page spells them: w for W, σ′ for σ^{(1)}, J for J(W, b, x, y).
TEXT = {
    "a weighted sum": r"z = \sum_i w_i x_i + b",
    "one neuron": r"a_{1}^{2} = \sigma(z_{1}^{2}) = \sigma(w_{11}^{2} x_{1} + w_{12}^{2} x_{2}"
    r" + w_{13}^{2} x_{3} + b_{1}^{2})",
    "one neuron of the next layer": r"a_{1}^{3} = \sigma(z_{1}^{3}) = \sigma(w_{11}^{3} a_{1}^{2}"
    r" + w_{12}^{3} a_{2}^{2} + w_{13}^{3} a_{3}^{2} + b_{1}^{3})",
    "any neuron": r"a_j^l = \sigma(z_j^l)"
    r" = \sigma(\sum_{k=1}^{n_{l-1}} w_{jk}^l a_k^{l-1} + b_j^l)",
    "z as a column": r"z^{l} = \underset{n_l\times 1}{\begin{bmatrix} z_1^{l} \\ z_2^{l} \\ \vdots"
    r" \\ z_{n_l}^{l} \end{bmatrix}}",
    "w as a matrix": r"w^l = \underset{n_l\times n_{l-1}}{\begin{bmatrix} w_{11}^l & w_{12}^l &"
    r" \cdots & w_{1n_{l-1}}^l \\ w_{21}^l & w_{22}^l & \cdots & w_{2n_{l-1}}^l \\ \vdots & \vdots"
    r" & \ddots & \vdots \\ w_{n_l1}^l & w_{n_l2}^l & \cdots & w_{n_ln_{l-1}}^l \end{bmatrix}}",
    "a as a column": r"a^{l-1} = \underset{n_{l-1}\times 1}{\begin{bmatrix} a_1^{l-1} \\ a_2^{l-1}"
    r" \\ \vdots \\ a_{n_{l-1}}^{l-1} \end{bmatrix}}",
    "b as a column": r"b^{l} = \underset{n_l\times 1}{\begin{bmatrix} b_1^{l} \\ b_2^{l} \\ \vdots"
    r" \\ b_{n_l}^{l} \end{bmatrix}}",
    "a layer": r"z^l = w^l a^{l-1} + b^l, \qquad a^l = \sigma(z^l)",
    "J": r"J = \tfrac12\lVert a^L - y\rVert^2",
    "the output": r"a^L = \sigma(z^L) = \sigma(w^L a^{L-1} + b^L)",
    "J with the output put in": r"= \tfrac12\lVert \sigma(w^L a^{L-1} + b^L) - y\rVert^2",
    "the product ⊙": r"\begin{bmatrix} p_{11}q_1 & p_{12}q_1 & \cdots & p_{1k}q_1 \\"
    r" p_{21}q_2 & p_{22}q_2 & \cdots & p_{2k}q_2 \\ \vdots & \vdots & \ddots & \vdots \\"
    r" p_{n1}q_n & p_{n2}q_n & \cdots & p_{nk}q_n \end{bmatrix}",
    "the gradient of w at the output": r"\frac{\partial J}{\partial w^L} ="
    r" \frac{\partial J}{\partial z^L}\frac{\partial z^L}{\partial w^L}"
    r" = (a^L-y) \odot \sigma'(z^L) (a^{L-1})^{\mathsf T}",
    "the gradient of b at the output": r"\frac{\partial J}{\partial b^L} ="
    r" \frac{\partial J}{\partial z^L}\frac{\partial z^L}{\partial b^L}"
    r" = (a^L-y) \odot \sigma'(z^L)",
    "δ at the output": r"\frac{\partial J}{\partial b^L} = (a^L-y) \odot \sigma'(z^L)",
    "its shape": r"\operatorname{shape}(\delta^L) = (n_L, 1)",
    "δ through b": r"\frac{\partial J}{\partial b^l} ="
    r" \frac{\partial J}{\partial z^l}\frac{\partial z^l}{\partial b^l} = \delta^l",
    "δ as a long chain": r"\frac{\partial J}{\partial z^L} \frac{\partial z^L}{\partial z^{L-1}}"
    r" \frac{\partial z^{L-1}}{\partial z^{L-2}} \cdots \frac{\partial z^{l+1}}{\partial z^l}",
    "the gradient of w": r"\frac{\partial J}{\partial w^l} ="
    r" \frac{\partial J}{\partial z^l}\frac{\partial z^l}{\partial w^l}"
    r" = \delta^l (a^{l-1})^{\mathsf T}",
    "δ from the layer after": r"(\delta^{l+1})^{\mathsf T} \frac{\partial z^{l+1}}{\partial z^l}",
    "the new factor": r"\frac{\partial z^{l+1}}{\partial z^l} ="
    r" \frac{\partial z^{l+1}}{\partial a^l} \odot \frac{\partial a^l}{\partial z^l}"
    r" = (w^{l+1})^{\mathsf T} \odot \sigma'(z^l), \operatorname{shape} = (n_l, n_{l+1})",
    "the order that does not fit": r"\delta^{l+1}((w^{l+1})^{\mathsf T} \odot \sigma'(z^l))",
    "δ in the order that fits": r"\delta^l = ((w^{l+1})^{\mathsf T} \odot \sigma'(z^l))"
    r" \delta^{l+1} = ((w^{l+1})^{\mathsf T} \delta^{l+1}) \odot \sigma'(z^l)",
    "the four equations": r"\delta^L = J'(a^L) \odot \sigma'(z^L) \\"
    r"\delta^l = (w^{l+1})^{\mathsf T} \delta^{l+1} \odot \sigma'(z^l) \\"
    r"\frac{\partial J}{\partial w^l} = \delta^l (a^{l-1})^{\mathsf T} \\"
    r"\frac{\partial J}{\partial b^l} = \delta^l",
}
# How else the text spells them.
SPELLED = [r"\sigma^{(1)}", r"J^{(1)}", r"\delta w^L", "J(W,b,x,y)", r"\rVert_2^2", "w_{24}^{32}"]


def plain(tex):
    """TeX without what only sets it: blanks, sizes, alignment, the room between lines."""
    bare = re.sub(r"\\(?:Bigl|Bigr|bigl|bigr|left|right|qquad|quad|displaystyle)(?![a-z])", "", tex)
    bare = re.sub(r"\\\\\[\d+pt\]", r"\\\\", bare)
    rows = re.split(r"(\\begin\{bmatrix\}.*?\\end\{bmatrix\})", bare)
    bare = "".join(r if r.startswith(r"\begin{bmatrix}") else r.replace("&", "") for r in rows)
    return re.sub(r"\s|\\[,;]|\\(?:begin|end)\{aligned\}", "", bare)


def told(language):
    """All TeX of the derivation of the first network, set plainly, a formula a line."""
    found = []
    for part in derivation_of(config_of(), language):
        for block in part["blocks"]:
            found += [block[kind] for kind in ("tex", "numbers") if kind in block]
            texts = [block.get("text", ""), block.get("label", "")]
            texts += [words for _, words in block.get("terms", [])]
            found += [symbol for symbol, _ in block.get("terms", [])]
            found += [piece for text in texts for piece in text.split("$")[1::2]]
    return "\n".join(plain(tex) for tex in found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_formula_of_the_text_is_told(language):
    said = told(language).replace("\\\\=", "=")
    assert [name for name, tex in TEXT.items() if plain(tex) not in said] == []
    assert [tex for tex in SPELLED if plain(tex) not in said] == []


def test_a_formula_that_is_not_there_is_missed():
    assert plain(r"\delta^l = (w^l)^{\mathsf T} \delta^{l+1}") not in told("en")


@pytest.mark.parametrize("sizes", ["3-3-2", "4-8-8-3", "2-1", "12-2-4-1"])
def test_the_three_figures_mark_what_the_network_has(sizes):
    n = [int(size) for size in sizes.split("-")]
    config = config_of(
        layer_sizes=sizes, sample_x=", ".join("1" * n[0]), sample_y=", ".join("1" * n[-1])
    )
    figures = [
        b["figure"] for part in derivation_of(config) for b in part["blocks"] if "figure" in b
    ]
    assert [figure["mark"]["symbol"] for figure in figures] == ["w", "b", "a"]
    assert all(figure["sizes"] == n for figure in figures)
    for figure in figures:
        layer = figure["mark"]["layer"]
        places = zip(figure["mark"]["indices"], (layer, layer - 1), strict=False)
        assert all(j <= n[l - 1] for j, l in places)


def test_a_large_enough_network_has_the_figures_of_the_text():
    config = config_of(layer_sizes="3-4-2", sample_x="1, 2, 3", sample_y="0, 1")
    names = [
        b["figure"]["name"] for p in derivation_of(config) for b in p["blocks"] if "figure" in b
    ]
    assert names == ["w₂₄³", "b₃²", ""]
