"""The files of a training step, read back: numbers, programs that run, worksheets that typeset."""

import ast
import csv
import io
import json
import re
import subprocess
import sys

import numpy as np
import pytest

from components import ids
from components.requests.reading import read_stage
from tests.components.requests.exported import computed, text_of

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


def test_json_of_a_data_set_has_the_names_of_its_columns_and_classes():
    iris = json.loads(text_of("json", {ids.DATASET: "iris", ids.LAYER_SIZES: "4-2-3"}))["names"]
    assert iris["inputs"][0] == "sepal length (cm)"
    assert iris["outputs"] == ["setosa", "versicolor", "virginica"]
    assert "names" not in json.loads(text_of("json", {}))
