"""The files of a training step, read back: numbers, programs that run, worksheets that typeset."""

import ast
import csv
import io
import json
import re
import subprocess
import sys
from base64 import b64encode

import numpy as np
import pytest

import engine
from components import ids
from components.export.formats import FORMATS
from components.messages import DEFAULT, LANGUAGES, render
from components.refusal import RequestError
from components.requests.export import answer_export
from components.requests.reading import read_stage

NETWORKS = {
    "the first network": {},
    "softmax batch": {
        ids.LAYER_SIZES: "2-4-3",
        ids.HIDDEN_ACTIVATION: "tanh",
        ids.OUTPUT_ACTIVATION: "softmax",
        ids.LOSS: "cross_entropy",
        ids.SAMPLE_X: "1, 2; 0.3, -4; 0, 1",
        ids.SAMPLE_Y: "1, 0, 0; 0, 0.5, 0.5; 0, 0, 1",
    },
    "binary gelu batch": {
        ids.LAYER_SIZES: "2-3-2",
        ids.HIDDEN_ACTIVATION: "gelu",
        ids.LOSS: "binary_cross_entropy",
        ids.SAMPLE_X: "1, -0.7; 3, 0.2",
        ids.SAMPLE_Y: "1, 0; 0.25, 1",
    },
    "deep relu": {
        ids.LAYER_SIZES: "2-4-4-1",
        ids.HIDDEN_ACTIVATION: "relu",
        ids.OUTPUT_ACTIVATION: "linear",
        ids.LOSS: "mean_squared_error",
        ids.SAMPLE_X: "1, 2",
        ids.SAMPLE_Y: "1",
    },
    "wide": {ids.LAYER_SIZES: "12-10-9", ids.LOSS: "mean_squared_error"},
    "exact": {
        ids.LAYER_SIZES: "1-2-1",
        ids.HIDDEN_ACTIVATION: "linear",
        ids.OUTPUT_ACTIVATION: "linear",
        ids.INIT: "constant",
        ids.SAMPLE_X: "0.5",
        ids.SAMPLE_Y: "1",
    },
}
NETWORKS |= {
    name: {
        ids.HIDDEN_ACTIVATION: name,
        ids.OUTPUT_ACTIVATION: name,
        ids.LOSS: "squared_error",
        ids.SAMPLE_X: "1, -0.5, 3; -2, 5, 1",
        ids.SAMPLE_Y: "1, 0; 0.5, 2",
    }
    for name in ("leaky_relu", "elu", "softplus", "silu")
}
SATURATED = {
    ids.LAYER_SIZES: "2-2-1",
    ids.INIT: "constant",
    ids.SAMPLE_X: "60, 60; -50, -60",
    ids.SAMPLE_Y: "0.3; 0.1",
}
NETWORKS |= {
    f"saturated {name}": {**SATURATED, ids.HIDDEN_ACTIVATION: name}
    for name in ("sigmoid", "tanh", "gelu")
}
every_network = pytest.mark.parametrize("fields", NETWORKS.values(), ids=NETWORKS)
worksheets = pytest.mark.parametrize("form", ("markdown", "latex"))


def computed(fields):
    stage = read_stage({"fields": fields})
    x, y = stage.config.columns()
    fwd = engine.forward(stage.net, x)
    bwd = engine.backward(stage.net, fwd, y)
    after = engine.sgd_step(stage.net, bwd, stage.config.learning_rate)
    layers = {
        **{"z": fwd.z, "a": fwd.a, "delta": bwd.delta, "dw": bwd.dw, "db": bwd.db},
        **{"w": stage.net.w, "b": stage.net.b, "w_after": after.w, "b_after": after.b},
    }
    return engine.cost(stage.net, fwd, y), layers


def text_of(form, fields, **more):
    return answer_export({"fields": fields, "format": form, **more})["text"]


@every_network
def test_csv_holds_every_number_whole(fields):
    J, layers = computed(fields)
    rows = list(csv.DictReader(io.StringIO(text_of("csv", fields))))
    for row in rows:
        value, j = float(row["value"]), int(row["row"]) - 1
        at = int(row["col"] or row["sample"] or 1) - 1
        if row["symbol"] == "J":
            assert value == J
        elif row["symbol"] not in ("x", "y"):
            assert value == layers[row["symbol"]][int(row["layer"])][j, at]
    asked = read_stage({"fields": fields}).config
    given = sum(len(sample) for sample in (*asked.x, *asked.y))
    # a^1 = x stands there once, as x.
    everything = sum(array.size for of in layers.values() for l, array in of.items())
    assert len(rows) == 1 + given + everything - layers["a"][1].size


@every_network
def test_json_holds_every_number_whole(fields):
    J, layers = computed(fields)
    content = json.loads(text_of("json", fields))
    assert content["J"] == J
    for symbol, of in layers.items():
        for layer, array in content[symbol].items():
            assert np.array_equal(array, of[int(layer)])


def printed_by(program):
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stderr == ""
    return {
        name: np.array(ast.literal_eval(value))
        for name, value in (line.split(" = ") for line in ran.stdout.splitlines())
    }


def agrees(program, fields, smallest):
    J, layers = computed(fields)
    printed = printed_by(program)
    wanted = {"J": np.array(J)}
    for symbol in ("w", "b"):
        wanted |= {f"dJ/d{symbol}[{l}]": g for l, g in layers[f"d{symbol}"].items()}
    assert printed.keys() == wanted.keys()
    for name, value in wanted.items():
        np.testing.assert_allclose(printed[name], value, rtol=1e-12, atol=smallest, err_msg=name)


def smallest(fields):
    """What may be lost to rounding: of saturated neurons, whose gradients are tiny, nothing."""
    return 0 if SATURATED.items() <= fields.items() else 1e-12


@every_network
def test_the_numpy_program_prints_j_and_the_gradients(fields):
    agrees(text_of("numpy", fields), fields, smallest(fields))


@every_network
def test_the_pytorch_program_compiles(fields):
    compile(text_of("torch", fields), "program", "exec")


@every_network
def test_the_pytorch_program_prints_j_and_the_gradients(fields):
    pytest.importorskip("torch")
    agrees(text_of("torch", fields), fields, smallest(fields))


def assert_balanced(latex):
    """Braces, environments and growing brackets close in the order in which they open."""
    opened = []
    for token in re.findall(r"\\(?:begin|end)\{[^}]*\}|\\[{}]|\\(?:left|right)\b|[{}]", latex):
        if token in (r"\{", r"\}"):
            continue
        if token in ("{", r"\left") or token.startswith(r"\begin"):
            opened.append(token)
        elif token == "}":
            assert opened.pop() == "{"
        elif token == r"\right":
            assert opened.pop() == r"\left"
        else:
            assert opened.pop() == token.replace("end", "begin")
    assert opened == []


@pytest.mark.parametrize("solutions", (False, True))
@every_network
def test_latex_worksheets_can_be_typeset(fields, solutions):
    latex = text_of("latex", fields, solutions=solutions)
    assert latex.isascii()
    assert_balanced(latex)
    for line in re.findall(r"\\begin\{align\*\}(.*?)\\end\{align\*\}", latex, re.DOTALL):
        inner = re.sub(r"\\begin\{(\w+)\}.*?\\end\{\1\}", "", line, flags=re.DOTALL)
        assert all(row.count("&") == 1 for row in inner.split(r"\\"))
    # pmatrix holds ten columns.
    for matrix in re.findall(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", latex):
        assert max(row.count("&") for row in matrix.split(r"\\")) < 10
    prose = re.sub(r"\\begin\{align\*\}.*?\\end\{align\*\}|\$[^$]*\$", "", latex, flags=re.DOTALL)
    assert not re.search(r"[_^&#%~]", prose)


@worksheets
def test_what_is_asked_is_blank_without_the_solutions_and_given_with_them(form):
    J, layers = computed({})
    asked = [
        array for symbol in ("z", "delta", "dw", "w_after") for array in layers[symbol].values()
    ]
    numbers = [f"{value:.6g}" for array in asked for value in array.flat] + [f"{J:.6g}"]
    blank, solved = (text_of(form, {}, solutions=solutions) for solutions in (False, True))
    assert [number for number in numbers if number in blank] == []
    assert [number for number in numbers if number not in solved] == []
    assert "underline" in blank
    assert "underline" not in solved


@worksheets
def test_what_is_given_stands_on_both(form):
    _, layers = computed({})
    for solutions in (False, True):
        text = text_of(form, {}, solutions=solutions, digits=17)
        for value in (*layers["w"][2].flat, *layers["w"][3].flat):
            assert repr(float(value)) in text


def test_equality_is_written_only_where_it_is_exact():
    rounded = text_of("latex", {}, solutions=True)
    assert r"&\approx 0.248366" in rounded
    exact = text_of("latex", NETWORKS["exact"], solutions=True)
    assert r"\approx" not in exact.replace(r"$\approx$ is rounded", "")
    few = text_of("latex", NETWORKS["exact"] | {ids.SAMPLE_X: "0.123456"}, solutions=True, digits=3)
    assert r"x &\approx \begin{pmatrix} 0.123 \end{pmatrix}" in few
    saturated = NETWORKS["exact"] | {ids.HIDDEN_ACTIVATION: "sigmoid", ids.SAMPLE_X: "1000"}
    text = text_of("latex", saturated, solutions=True)
    assert "a_{1}^{2} &= \\sigma(z_{1}^{2}) \\\\\n&\\approx 1\n" in text


def test_files_are_named_after_network_and_step():
    stage = {"fields": {ids.LAYER_SIZES: "3-3-2"}}
    names = {form: answer_export({**stage, "format": form})["name"] for form in FORMATS}
    assert names["csv"] == "deltaflow-3-3-2-step1.csv"
    assert names["latex"] == "deltaflow-3-3-2-step1-worksheet.tex"
    assert len(set(names.values())) == len(FORMATS)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"format": "docx"}, 'format: "docx"'),
        ({"format": None}, "format: null"),
        ({"format": ["csv"]}, "format: "),
        ({"format": "latex", "digits": 1}, "digits: 1"),
        ({"format": "latex", "digits": True}, "digits: true"),
        ({"format": "markdown", "solutions": "yes"}, 'solutions: "yes"'),
        ({"format": "markdown", "language": "fr"}, 'language: "fr"'),
        ({"format": "markdown", "language": "zh-Hans"}, 'language: "zh-Hans"'),
        ({"format": "csv", "language": "../en"}, 'language: "../en"'),
        ({"format": "latex", "language": None}, "language: null"),
        ({"format": "latex", "language": ["zh"]}, 'language: ["zh"]'),
    ],
)
def test_what_no_page_sends_is_refused(asked, named):
    with pytest.raises(RequestError, match=re.escape(named)):
        answer_export(asked)


def test_what_is_allowed_as_a_language_is_told():
    with pytest.raises(RequestError, match=", ".join(LANGUAGES)):
        answer_export({"format": "markdown", "language": ""})


@pytest.mark.parametrize("form", FORMATS)
def test_words_are_those_of_the_language_and_names_of_columns_stay(form):
    texts = {language: text_of(form, {}, language=language) for language in LANGUAGES}
    assert texts[DEFAULT] == text_of(form, {})
    has_words = FORMATS[form].group != "numbers"
    assert len(set(texts.values())) == (len(LANGUAGES) if has_words else 1)


@pytest.mark.parametrize("form", FORMATS)
def test_a_step_that_overflows_is_told_instead(form):
    fields = {
        ids.LAYER_SIZES: "-".join(["1"] + ["128"] * 3 + ["1"]),
        ids.HIDDEN_ACTIVATION: "linear",
        ids.OUTPUT_ACTIVATION: "linear",
        ids.SAMPLE_X: "1000000",
        ids.SAMPLE_Y: "0",
    }
    stage = read_stage({"fields": fields})
    huge = {
        symbol: {
            str(l): b64encode(np.full(array.shape, 1e200).tobytes()).decode()
            for l, array in getattr(stage.net, symbol).items()
        }
        for symbol in ("w", "b")
    }
    answer = answer_export({"fields": fields, "weights": huge, "format": form})
    assert "z³" in render(answer["refused"]["text"])
