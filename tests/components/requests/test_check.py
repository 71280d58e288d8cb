"""The gradient check: green for the engine as it is, red for a wrong derivative."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

import engine
from app import create_app
from components import ids
from components.config.check_limits import MOST_WORK, THRESHOLD
from components.page import check
from components.requests.check import MOST_LISTED, answer_check
from components.requests.reading import read_stage
from engine import differences, numerical
from tests.english import answered, english


def break_derivative(monkeypatch, name):
    row = engine.ACTIVATIONS[name]
    wrong = replace(row, derivative=lambda z: 1.01 * row.derivative(z))
    monkeypatch.setitem(engine.ACTIVATIONS, name, wrong)


@pytest.fixture(scope="module")
def ask():
    client = create_app().server.test_client()
    return lambda body: client.post("/check", json=body).json


def test_the_engines_gradient_agrees_and_every_parameter_is_listed(ask):
    answer = ask({"fields": {}})
    assert answer["agree"]
    assert " agree: " in english(answer["verdict"])
    assert answer["count"] == len(answer["rows"]) == 20
    stage = read_stage({"fields": {}})
    largest = engine.gradient_check(stage.net, *stage.config.columns())
    assert max(row[-1] for row in answer["rows"]) == largest < THRESHOLD
    bwd = engine.backward(stage.net, engine.forward(stage.net, [1, 0.5, -0.5]), [1, 0])
    analytic = {row[0]: row[1] for row in answer["rows"]}
    assert analytic["∂J/∂w₂₃²"] == bwd.dw[2][1, 2]
    assert analytic["∂J/∂b₂³"] == bwd.db[3][1, 0]


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "gelu"])
def test_a_wrong_derivative_does_not_agree(monkeypatch, ask, name):
    fields = {ids.HIDDEN_ACTIVATION: name}
    assert ask({"fields": fields})["agree"]
    break_derivative(monkeypatch, name)
    answer = ask({"fields": fields})
    assert not answer["agree"]
    assert " do not agree: " in english(answer["verdict"])
    # Only what lies behind the broken σ′ is off.
    wrong = {row[0] for row in answer["rows"] if row[-1] > THRESHOLD}
    assert "∂J/∂w₁₁²" in wrong
    assert ("∂J/∂w₁₁³" in wrong) == (name == "sigmoid")


def test_of_many_parameters_the_worst_are_listed_and_all_are_in_the_file():
    answer = answered(answer_check, {"fields": {ids.LAYER_SIZES: "20-15-10"}})
    errors = [row[-1] for row in answer["rows"]]
    filed = list(csv.DictReader(io.StringIO(answer["text"])))
    assert len(filed) == answer["count"] == 20 * 15 + 15 + 15 * 10 + 10
    every = sorted((float(row["relative_error"]) for row in filed), reverse=True)
    assert errors == every[: len(errors)]
    assert len(errors) < len(filed)


def test_a_kink_is_named():
    fields = {
        ids.LAYER_SIZES: "2-2-1",
        ids.HIDDEN_ACTIVATION: "relu",
        ids.INIT: "zeros",
        ids.SAMPLE_X: "1, 2",
        ids.SAMPLE_Y: "1",
    }
    answer = answered(answer_check, {"fields": fields})
    assert answer["kinks"].startswith("z₁², z₂² are so close to 0")
    assert answered(answer_check, {"fields": fields | {ids.INIT: "constant"}})["kinks"] == ""
    assert (
        answered(answer_check, {"fields": fields | {ids.HIDDEN_ACTIVATION: "tanh"}})["kinks"] == ""
    )


def test_the_largest_network_is_checked_with_a_bounded_list_and_the_whole_file():
    answer = answered(answer_check, {"fields": {ids.LAYER_SIZES: "128-128-128-128"}})
    assert answer["agree"]
    assert answer["count"] == 3 * (128 * 128 + 128) == answer["text"].count("\r\n") - 1
    assert len(answer["rows"]) == MOST_LISTED


def test_too_much_work_is_refused_with_how_many_samples_would_do():
    wide = {ids.LAYER_SIZES: "-".join(["74"] * 10)}
    most = MOST_WORK // engine.gradient_work(read_stage({"fields": wide}).net, 1)
    assert most >= 1
    samples = "; ".join([", ".join(["1"] * 74)] * (most + 1))
    texts = {ids.SAMPLE_X: samples, ids.SAMPLE_Y: samples}
    text = answered(answer_check, {"fields": wide | texts})["refused"]["text"]
    assert f"with {most + 1} samples" in text
    assert f"use {most} sample" in text
    assert f"{MOST_WORK // 10**9}·10⁹" in text


def test_an_error_that_is_no_number_does_not_agree(monkeypatch):
    def overflowing(*arguments):
        errors = engine.Layers([np.full_like(e, np.nan) for e in table.db_error.values()], 2)
        return replace(table, db_error=errors)

    stage = read_stage({"fields": {}})
    table = engine.gradient_table(stage.net, *stage.config.columns())
    monkeypatch.setattr(engine, "gradient_table", overflowing)
    assert answered(answer_check, {"fields": {}})["agree"] is False


@pytest.mark.parametrize(
    "fields",
    [
        {ids.LAYER_SIZES: "1-1", ids.OUTPUT_ACTIVATION: "tanh", ids.SAMPLE_X: "2000"},
        {ids.LAYER_SIZES: "2-3-1", ids.SAMPLE_X: "500, 3000; 2999, 501; 0.001, 700"},
        {ids.LAYER_SIZES: "1-1-1", ids.INIT: "he", ids.SAMPLE_X: "-1000000"},
        {ids.LAYER_SIZES: "2-3-1", ids.INIT: "normal", ids.SAMPLE_X: "0.000001, 0.00001"},
    ],
)
@pytest.mark.parametrize("hidden", ["tanh", "softplus", "leaky_relu"])
def test_inputs_of_any_size_agree(fields, hidden):
    y = "; ".join(["1"] * (fields[ids.SAMPLE_X].count(";") + 1))
    activations = {ids.HIDDEN_ACTIVATION: hidden, ids.OUTPUT_ACTIVATION: "linear"}
    answer = answered(answer_check, {"fields": {**activations, **fields, ids.SAMPLE_Y: y}})
    assert answer["agree"]
    assert answer["kinks"] == ""


def test_what_the_dialog_says_of_the_steps_is_what_the_engine_takes():
    reason = str(check.REASON)
    assert f"max(1, |z|)/{1 / differences.LARGEST:.0f} " in reason
    assert differences.SHRINK == 4 and "each u a quarter of the one before" in reason
    assert numerical.ASSURED == 1e6 and "a million times what rounding can do" in reason
    assert "limit between them is 1e−5" in reason and THRESHOLD == 1e-5
    assert f"above {MOST_WORK // 10**9}·10⁹ products" in reason
