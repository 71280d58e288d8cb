"""The recipes of CONTRIBUTING.md: a toy of each kind does all that the others do."""

import dataclasses
import math
import re
from pathlib import Path

import numpy as np
import pytest

import engine
from components import ids, messages
from components.config import fields
from components.data.samples import load_samples
from components.data.sources import SOURCES, RawData
from components.export.formats import FORMATS, Format
from components.messages import render
from components.requests.check import answer_check
from components.requests.export import answer_export
from components.requests.passes import answer_pass
from components.requests.reading import read_stage
from components.requests.train import answer_turn
from engine.fast.activations import FAST_ACTIVATIONS
from engine.fast.losses import FAST_LOSSES
from tests.components.told import derivation_of

ROOT = Path(__file__).parents[1]
RECIPES = re.findall(
    r"^### (?:An?) (.+?)\n(.+?)(?=^##|\Z)",
    (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
TOY = "toy"


def test_there_is_a_recipe_for_each_table():
    kinds = [name for name, _ in RECIPES]
    assert kinds == ["activation", "loss", "optimiser", "data set", "export format", "lesson"]


@pytest.mark.parametrize(("kind", "text"), RECIPES, ids=[name for name, _ in RECIPES])
def test_a_recipe_names_files_that_are_there_and_at_most_three_of_them(kind, text):
    steps = re.findall(r"^\d\. (.+?)(?=^\d\. |^$|\Z)", text, re.MULTILINE | re.DOTALL)
    *files, words = steps
    assert 1 <= len(files) <= 3 and words.startswith("Words: ")
    for path in re.findall(r"`((?:engine|components|tests)/[^`]+)`", text):
        assert (ROOT / path).is_file(), path


@pytest.fixture
def words(monkeypatch):
    """Put a text under each key, in every language."""

    def put(*keys):
        for language in messages.LANGUAGES:
            for key in keys:
                monkeypatch.setitem(messages.catalog(language), key, key)

    return put


def softsign(z):
    return z / (1 + np.abs(z))


def softsign_derivative(z):
    return 1 / np.square(1 + np.abs(z))


SOFTSIGN = dataclasses.replace(
    engine.ACTIVATIONS["tanh"],
    name=TOY,
    f=softsign,
    derivative=softsign_derivative,
    tex=engine.Expression(lambda z, a, i: rf"\frac{{{z}}}{{1+\lvert {z}\rvert}}"),
    derivative_tex=engine.Expression(lambda z, a, i: rf"\frac{{1}}{{(1+\lvert {z}\rvert)^2}}"),
    saturated=None,
    torch="z / (1 + z.abs())",
    numpy="z / (1 + abs(z))",
    numpy_derivative="1 / (1 + abs(z)) ** 2",
)


def fast_softsign(z, a, d):
    below = np.empty_like(z)
    forward = [(np.absolute, (z, below)), (np.add, (below, 1.0, below)), (np.divide, (z, below, a))]
    return forward, [(np.divide, (d, below, d)), (np.divide, (d, below, d))]


def quartic(z, a, y):
    return np.asarray(((a - y) ** 4).sum(axis=0))


QUARTIC = dataclasses.replace(
    engine.LOSSES["log_cosh"],
    name=TOY,
    cost=quartic,
    derivative=lambda a, y: 4 * (a - y) ** 3,
    term=lambda a, y, near: f"({a} - {y})^4",
    tex=lambda l, n: rf"\sum_j(a_j^{l}-y_j)^4",
    slope=lambda a, y: rf"4({a} - {y})^3",
    slope_signs=("4 · (", ")³"),
    torch="((a - y) ** 4).sum(0)",
    numpy="((a - y) ** 4).sum(0)",
    numpy_derivative=lambda a, y: f"4 * ({a} - {y}) ** 3",
    rational=True,
)


def fast_quartic(d, scale):
    cube = np.empty_like(d)
    return [
        (np.multiply, (d, d, cube)),
        (np.multiply, (cube, d, d)),
        (np.multiply, (d, 4 * scale, d)),
    ]


@pytest.fixture
def activation(monkeypatch, words):
    words(f"activation.{TOY}")
    monkeypatch.setitem(engine.ACTIVATIONS, TOY, SOFTSIGN)
    monkeypatch.setitem(FAST_ACTIVATIONS, TOY, fast_softsign)
    for table in (fields.ACTIVATIONS, fields.HIDDEN_ACTIVATIONS):
        monkeypatch.setitem(table, TOY, TOY)
    return {ids.HIDDEN_ACTIVATION: TOY, ids.OUTPUT_ACTIVATION: TOY}


@pytest.fixture
def loss(monkeypatch, words):
    words(f"loss.{TOY}", f"loss.{TOY}.convention")
    monkeypatch.setitem(engine.LOSSES, TOY, QUARTIC)
    monkeypatch.setitem(FAST_LOSSES, TOY, fast_quartic)
    monkeypatch.setitem(fields.LOSSES, TOY, TOY)
    return {ids.LOSS: TOY, ids.OUTPUT_ACTIVATION: "tanh"}


@pytest.fixture(params=["activation", "loss"])
def asked(request):
    return request.getfixturevalue(request.param) | {ids.LAYER_SIZES: "3-4-2", ids.SEED: "3"}


def test_an_added_function_is_walked_and_derived(asked):
    built = answer_pass({"fields": asked})["pass"]
    formulas = " ".join(f["tex"] for p in built["positions"] for f in p["formula"])
    stage = read_stage({"fields": asked})
    told = str(derivation_of(stage.config))
    if ids.HIDDEN_ACTIVATION in asked:
        assert r"\lvert (⟦z:2:1:1⟧)\rvert" in formulas and repr(SOFTSIGN.tex())[1:-1] in told
    else:
        assert "(⟦a:3:1:1⟧ - ⟦y:3:1:1⟧)^4" in formulas and "4(⟦a:3:1:1⟧ - ⟦y:3:1:1⟧)^3" in formulas
        assert f"loss.{TOY}.convention" in told and built["convention"]["others"]


def test_an_added_function_is_checked(asked):
    answer = answer_check({"fields": asked})
    assert answer["agree"], answer


def test_an_added_function_is_trained_as_the_readable_engine_says(asked):
    body = {"fields": asked | {ids.LEARNING_RATE: "0.125"}, "batch": 0, "batches": 1}
    stage = read_stage(body)
    x, y = stage.config.columns()
    bwd = engine.backward(stage.net, engine.forward(stage.net, x), y)
    wanted = engine.sgd_step(stage.net, bwd, 0.125)
    settings = engine.Settings(batch_size=1, learning_rate=0.125)
    done = engine.train(stage.net, x, y, settings, batches=1).network
    for l in wanted.w:
        np.testing.assert_allclose(done.w[l], wanted.w[l], rtol=0, atol=1e-14)
    assert answer_turn(body)["stopped"] is None


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "torch"])
def test_an_added_function_is_exported(asked, form, capsys):
    text = answer_export({"fields": asked, "format": form, "solutions": True})["text"]
    if form != "numpy":
        assert len(text) > 100
        return
    exec(compile(text, "numpy_program", "exec"), {})
    stage = read_stage({"fields": asked})
    x, y = stage.config.columns()
    J = engine.cost(stage.net, engine.forward(stage.net, x), y)
    told = float(capsys.readouterr().out.splitlines()[0].removeprefix("J = "))
    assert told == pytest.approx(J, rel=1e-13)


def test_an_added_optimiser_trains(monkeypatch, words):
    def step(theta, g, slots, eta, t):
        np.sign(g, g)
        np.multiply(g, eta, g)
        np.subtract(theta, g, theta)

    rule = dataclasses.replace(engine.OPTIMISERS["momentum"], name=TOY, slots=(), step=step)
    words(f"optimiser.{TOY}")
    monkeypatch.setitem(engine.OPTIMISERS, TOY, rule)
    monkeypatch.setitem(fields.OPTIMISERS, TOY, TOY)
    answer = answer_turn({"fields": {ids.OPTIMISER: TOY}, "batch": 0, "batches": 3})
    assert answer["batch"] == 3 and answer["state"]["slots"] == {}
    built = answer_pass({"fields": {ids.OPTIMISER: TOY}})["pass"]
    assert any(TOY in render(sentence) for sentence in built["convention"]["others"])


def test_an_added_data_set_is_loaded_and_shown(monkeypatch, words):
    def make(points, classes, seed):
        x = np.linspace(0, 1, 9 * points).reshape(9, points)
        return RawData(x, tuple("abcdefghi"), np.arange(points) % 2, ("no", "yes"))

    words(f"dataset.{TOY}")
    row = dataclasses.replace(SOURCES["digits"], name=TOY, make=make, made=True, pixels=3)
    monkeypatch.setitem(SOURCES, TOY, row)
    monkeypatch.setitem(fields.DATASETS, TOY, TOY)
    asked = {ids.DATASET: TOY, ids.POINTS: "20", ids.NOISE: "0"}
    stage = read_stage({"fields": asked, "changed": ids.DATASET})
    assert stage.config.sizes[0] == 9 and load_samples(stage.config.data).x.shape == (9, 20)


def test_an_added_format_is_saved(monkeypatch, words):
    words(f"format.{TOY}")
    row = Format(name=TOY, group="numbers", ending=".txt", build=lambda step, *_: f"{step.J!r}")
    monkeypatch.setitem(FORMATS, TOY, row)
    answer = answer_export({"fields": {}, "format": TOY})
    assert answer["name"].endswith("step1.txt") and math.isfinite(float(answer["text"]))


@pytest.mark.parametrize("row", [SOURCES["blobs"], FORMATS["csv"]], ids=["data set", "format"])
def test_a_row_that_lacks_a_fact_is_an_error_that_names_it(row):
    facts = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    for fact in facts:
        rest = {name: value for name, value in facts.items() if name != fact}
        with pytest.raises(TypeError, match=f"missing 1 required .*'{fact}'"):
            type(row)(**rest)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("activation", engine.ACTIVATIONS),
        ("loss", engine.LOSSES),
        ("initialisation", engine.INITIALISATIONS),
        ("optimiser", engine.OPTIMISERS),
        ("dataset", SOURCES),
    ],
)
def test_a_row_without_words_is_an_error_that_names_them(kind, rows):
    assert fields._named(f"{kind}.", rows)
    with pytest.raises(KeyError, match=f"{kind}.{TOY}"):
        fields._named(f"{kind}.", [*rows, TOY])
