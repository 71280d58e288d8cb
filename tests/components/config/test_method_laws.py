"""The formulas beside the fields: those of the engine, with their constants, and true elsewhere."""

import inspect

import numpy as np
import pytest

import engine
from components import ids
from components.config.method_laws import CONSTANTS, ELSEWHERE, LAWS
from components.data.samples import load_samples
from components.data.sources import SOURCES
from components.messages import render
from components.page.controls import HELP, build_controls
from tests.components.wire import config_of


def test_the_page_shows_every_law_under_its_field():
    page = str(build_controls())
    tables = {ids.OPTIMISER: engine.OPTIMISERS, ids.INIT: engine.INITIALISATIONS}
    assert set(LAWS) == set(tables)
    for name, table in tables.items():
        said, rows = LAWS[name]
        assert str(said) in page and len(rows) == len(table)
        for (label, law), row in zip(rows, map(table.get, table), strict=True):
            assert str(label) in page and render(law) in page
            assert render(law).startswith(row.formula)


def test_constants_are_those_of_the_engine():
    assert CONSTANTS["β"] == f"β = {engine.BETA}" == "β = 0.9"
    assert CONSTANTS["β₂"] == f"β₂ = {engine.BETA_2}" == "β₂ = 0.999"
    assert CONSTANTS["ε"] == "ε = 10⁻⁸" and engine.EPSILON == 1e-8
    laws = {str(label): render(law) for label, law in LAWS[ids.OPTIMISER][1]}
    assert " with " not in laws["SGD"]
    assert " with β = 0.9. " in laws["momentum"] and " with β = 0.9. " in laws["Nesterov"]
    assert " with β = 0.9, ε = 10⁻⁸. " in laws["RMSProp"]
    assert " with β = 0.9, β₂ = 0.999, ε = 10⁻⁸. " in laws["Adam"]


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_eta_within_v_is_the_same_while_eta_stays(name):
    """v ← βv − ηg, then θ ← θ + v, or with Nesterov θ + βv − ηg, as Keras writes it."""
    rule, rng = engine.OPTIMISERS[name], np.random.default_rng(2)
    ours, theirs, slots, v = np.ones(3), np.ones(3), [np.zeros(3)], np.zeros(3)
    for t in range(1, 6):
        g = rng.normal(size=3)
        rule.step(ours, g.copy(), slots, 0.1, t)
        v = engine.BETA * v - 0.1 * g
        theirs = theirs + (v if name == "momentum" else engine.BETA * v - 0.1 * g)
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    assert "puts η into v, which is the same while η stays" in str(ELSEWHERE[name])


def test_what_pytorch_takes_unless_told_otherwise():
    optim = pytest.importorskip("torch").optim

    def defaults(rule):
        return {name: p.default for name, p in inspect.signature(rule).parameters.items()}

    assert defaults(optim.RMSprop)["alpha"] == 0.99 and defaults(optim.RMSprop)["eps"] == 1e-8
    assert defaults(optim.Adam)["betas"] == (0.9, 0.999) and defaults(optim.Adam)["eps"] == 1e-8


def test_what_keras_takes_unless_told_otherwise():
    optimisers = pytest.importorskip("keras").optimizers
    assert optimisers.RMSprop().epsilon == optimisers.Adam().epsilon == 1e-7
    assert optimisers.RMSprop().rho == 0.9


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.made])
def test_noise_is_added_where_the_help_says(name):
    of_y = name in ("sine", "plane")
    inputs = "1" if name == "sine" else "2"
    fields = {"dataset": name, "layer_sizes": f"{inputs}-2-1", "points": "2000", "classes": "2"}
    clean, noisy = (
        load_samples(config_of(**fields, noise=noise).data).raw for noise in ("0", "0.3")
    )
    moved, still = ("targets", "x") if of_y else ("x", "labels")
    added = getattr(noisy, moved) - getattr(clean, moved)
    assert added.std() == pytest.approx(0.3, rel=0.05) and abs(added.mean()) < 0.03
    assert np.array_equal(getattr(noisy, still), getattr(clean, still))
    on_x, on_y = str(HELP[ids.NOISE]).split("spirals, on y")
    assert name in (on_y if of_y else on_x + "spirals")
