"""The derivation: its formulas are computed from their numbers, its links and places exist."""

import re
from itertools import pairwise

import numpy as np
import pytest

import engine
from components.config.texts import make_network
from components.formulas.parts import EQUAL
from tests.components.told import derivation_of
from tests.components.wire import REFERENCE, config_of, pass_of, read

CONFIGS = {
    "default": {},
    "neuron": {"granularity": "neuron"},
    "softmax": {
        "layer_sizes": "2-4-3",
        "hidden_activation": "tanh",
        "output_activation": "softmax",
        "loss": "cross_entropy",
        "sample_x": "1, 2",
        "sample_y": "1, 0, 0",
        "granularity": "neuron",
    },
    "linear": {
        "layer_sizes": "1-2-1",
        "output_activation": "linear",
        "sample_x": "0.5",
        "sample_y": "1",
    },
    "wide": {
        "layer_sizes": "4-8-8-3",
        "hidden_activation": "relu",
        "sample_x": "1, 2, 3, 4",
        "sample_y": "0, 0, 1",
        "loss": "mean_squared_error",
    },
    "no hidden layer": {"layer_sizes": "3-2", "loss": "squared_error"},
    "narrow": {"layer_sizes": "3-1-2", "update_biases": "false"},
    "binary": {"loss": "binary_cross_entropy"},
    "batch": {"sample_x": "1, 2, 3; -1, 0, 0.5; 0, 0, 0", "sample_y": "1, 0; 0, 1; 0, 0"},
    "large batch": {"dataset": "xor", "sample": "all", "layer_sizes": "2-2-1"}
    | {"loss": "binary_cross_entropy"},
}
MATRIX = re.compile(r"\\underset\{(\d+)\\times (\d+)\}\{\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}\}")


def blocks_of(config):
    return [(part["id"], block) for part in derivation_of(config) for block in part["blocks"]]


def put_in(built, kind, tex):
    """TeX with every number whole, and every relation as =."""
    positions = [i for i, p in enumerate(built["positions"]) if p["kind"] == kind]

    def number(match):
        if match[2] is None:
            return "="
        if match[1] == "!":
            return match[2]
        value = read(built, positions[-1], match[1], *map(int, match[2].split(":")))
        assert value is not None, match[0]
        return repr(value)

    return REFERENCE.sub(number, tex)


def _matrix(match):
    rows = [[f"({cell})" for cell in row.split("&")] for row in match[3].split(r"\\")]
    assert (len(rows), len(rows[0])) == (int(match[1]), int(match[2])), match[0]
    rows = [[re.sub(r"\)\s*\(", ")*(", cell) for cell in row] for row in rows]
    return "M([" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "])"


def value_of(tex, sigma):
    """The value of a line that holds numbers only, or None for one in symbols."""
    text = re.sub(r"\\(left|right|bigl|bigr)(?![a-z])\s*", "", tex)
    text = text.replace("[", "(").replace("]", ")").replace(r"\vphantom{\Big|}", "")
    text = MATRIX.sub(_matrix, text)
    text = re.sub(r"\\tfrac\{?(\d)\}?\{?(\d)\}?", r"(\1/\2)*", text)
    for command, python in (("^2", "**2"), (r"\odot", "*"), (r"\ln", "log"), (r"\sigma", "sigma")):
        text = text.replace(command, python)
    if re.search(r"[\\^_]", text):
        return None
    text = re.sub(r"\)\s*M", ")@M", text)
    text = re.sub(r"(?<=[\d)])\s*(?=\(|log)", "*", text)
    return eval(text, {"__builtins__": {}, "M": np.array, "log": np.log, "sigma": sigma})


@pytest.mark.parametrize("fields", CONFIGS.values(), ids=CONFIGS)
def test_each_line_in_numbers_has_the_value_of_the_next(fields):
    config = config_of(**fields)
    built = pass_of(config)
    compared = 0
    for anchor, block in blocks_of(config):
        if "numbers" not in block:
            continue
        tex = put_in(built, block["position"], block["numbers"])
        layer = re.search(r"a_\{1\}\^\{(\d+)\}", tex)
        name = config.activations[int(layer[1]) - 2 if layer else 0]
        lines = re.split(r" \\\\\[4pt\] ", tex.removesuffix(r" \end{aligned}"))
        rights = [re.split(r"&(?:=|\\leftarrow) ", line, maxsplit=1)[1] for line in lines]
        values = [value_of(right, lambda z, name=name: sigma_of(name, z)) for right in rights]
        for (one, first), (other, second) in pairwise(zip(rights, values, strict=True)):
            if first is not None and second is not None:
                assert np.allclose(first, second, rtol=1e-9, atol=1e-12), (anchor, one, other)
                compared += 1
    assert compared >= 8


def sigma_of(name, z):
    return engine.ACTIVATIONS[name].f(np.array([[z]]))[0, 0]


def test_a_wrong_line_is_found_out():
    line = r"\underset{1\times 2}{\begin{bmatrix} 1.0 & 2.0 \end{bmatrix}}"
    line += r"\underset{2\times 1}{\begin{bmatrix} 3.0 \\ -4.0 \end{bmatrix}}"
    assert value_of(line, None) == -5
    assert value_of(r"\tfrac12\left[(1.0 - 3.0)^2 + (-1.0)^2\right]", None) == 2.5
    assert value_of(r"-\left[1.0\ln(0.5) + (1-0.0)\ln(1-0.5)\right]", None) == 2 * np.log(2)


@pytest.mark.parametrize("fields", CONFIGS.values(), ids=CONFIGS)
def test_sentences_refer_to_what_is_known_and_close_their_formulas(fields):
    config = config_of(**fields)
    built = pass_of(config)
    for anchor, block in blocks_of(config):
        words = [block.get("text", "")] + [text for _, text in block.get("terms", [])]
        for text in words:
            assert text.count("$") % 2 == 0, (anchor, text)
            assert "⟦" not in put_in(built, "backward", text).replace(EQUAL, "")


@pytest.mark.parametrize("fields", CONFIGS.values(), ids=CONFIGS)
def test_every_button_has_its_position(fields):
    config = config_of(**fields)
    x, y = config.columns()
    steps = engine.trace(make_network(config), x, y, 0.5, config.granularity)
    places = {(step.kind, step.layer) for step in steps}
    for part in derivation_of(config):
        wanted = [block["stage"] for block in part["blocks"] if "stage" in block]
        assert [(stage["kind"], stage["layer"]) in places for stage in wanted] == [True]


@pytest.mark.parametrize("fields", CONFIGS.values(), ids=CONFIGS)
def test_what_the_formula_panel_links_to_exists(fields):
    config = config_of(**fields)
    anchors = {part["id"] for part in derivation_of(config)}
    positions = pass_of(config)["positions"]
    linked = {piece["anchor"] for position in positions for piece in position["formula"]}
    assert linked <= anchors
    assert len(linked) >= 5


def test_the_wrong_order_is_judged_by_the_shapes_of_the_stage():
    def judged(sizes):
        targets = ", ".join(["0"] * int(sizes[-1]))
        config = config_of(layer_sizes=sizes, sample_y=targets)
        blocks = [block for anchor, block in blocks_of(config) if anchor == "derivation-shapes"]
        said = next(b["text"] for b in blocks if "order of plain" in b.get("text", ""))
        return said, any(block.get("wrong") for block in blocks)

    assert judged("3-3-2")[1] and "does not fit" in judged("3-3-2")[0]
    assert judged("3-2-2")[1] and "does not fit" in judged("3-2-2")[0]
    assert judged("3-1-2")[1] and "even fits" in judged("3-1-2")[0]
    assert not judged("3-1-1")[1] and "right by luck" in judged("3-1-1")[0]


def test_wide_layers_show_neuron_1_and_say_so():
    config = config_of(**CONFIGS["wide"])
    blocks = blocks_of(config)
    said = [b["text"] for anchor, b in blocks if anchor == "derivation-bp2" and "text" in b]
    assert any("8 neurons" in text and "neuron 1" in text for text in said)
    largest = max(int(n) for _, b in blocks for n in re.findall(r"\\times (\d+)", str(b)))
    assert largest <= 8
    entries = [b["numbers"].count("&") for _, b in blocks if "numbers" in b]
    assert max(entries) <= 16


def test_without_a_hidden_layer_there_is_no_bp2_in_numbers():
    blocks = blocks_of(config_of(**CONFIGS["no hidden layer"]))
    for anchor in ("derivation-chain", "derivation-shapes", "derivation-bp2"):
        own = [block for name, block in blocks if name == anchor]
        assert not [block for block in own if "numbers" in block]
        assert any("no hidden layer" in block.get("text", "") for block in own)


WORDED = {  # where the words of a formula are others
    "en": {r"\text{row 1, column 1:}": "", r"\text{shape } (": "("},
    "zh": {r"(1,1)\text{:}": "", r"\mathrm{shape}=(": "("},
}
RELATED = re.compile(r"=|\\(?:times|partial|odot|le|ne|sigma'|ln)")


def formulas_in(config, language):
    """Every formula of the derivation: the blocks in order, and those within each paragraph.

    A symbol alone may be named in one language where the other says “it”.
    """
    found = []
    for part in derivation_of(config, language):
        for block in part["blocks"]:
            tex = block.get("tex") or block.get("numbers") or ""
            for words, instead in WORDED[language].items():
                tex = tex.replace(words, instead)
            pieces = [block.get("text", ""), *(words for _, words in block.get("terms", []))]
            inline = {piece for text in pieces for piece in text.split("$")[1::2]}
            found.append((part["id"], tex, {piece for piece in inline if RELATED.search(piece)}))
    return found


@pytest.mark.parametrize("fields", CONFIGS.values(), ids=CONFIGS)
def test_the_formulas_are_the_same_in_every_language(fields):
    config = config_of(**fields)
    assert len(formulas_in(config, "en")) > 50
    for ours, other in zip(formulas_in(config, "en"), formulas_in(config, "zh"), strict=True):
        assert ours == other
