import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import COMBINATIONS, HIDDEN, cases, random_case

import engine

RIGHT = 1e-5
WRONG = 1e-3


@pytest.mark.parametrize(("output", "loss"), COMBINATIONS)
def test_every_activation_with_every_loss(output, loss):
    @settings(max_examples=8)
    @given(cases(output, loss, smooth=True))
    def check(case):
        assert engine.gradient_check(case.net, case.x, case.y) < RIGHT

    check()


@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_hidden_activation(hidden):
    case = random_case([3, 4, 3, 2], [hidden, hidden, "linear"], "squared_error", 2, 11)
    assert engine.gradient_check(case.net, case.x, case.y) < RIGHT


@given(cases(smooth=True), st.integers(0, 2**32 - 1))
def test_a_random_directional_derivative(case, seed):
    """Along one random direction v: d/dt J(θ + t v) at 0 is Σ ∂J/∂θ · v."""
    net, rng = case.net, np.random.default_rng(seed)
    v = [rng.normal(size=array.shape) / 10 for part in (net.w, net.b) for array in part.values()]
    old = [*net.w.values(), *net.b.values()]
    bwd = engine.backward(net, engine.forward(net, case.x), case.y)
    slope = sum((g * d).sum() for g, d in zip([*bwd.dw.values(), *bwd.db.values()], v, strict=True))

    def J(t):
        moved = [array + t * d for array, d in zip(old, v, strict=True)]
        there = engine.Network(moved[: net.L - 1], moved[net.L - 1 :], net.activations, net.loss)
        return engine.cost(there, engine.forward(there, case.x), case.y)

    h = 1e-5
    assert (J(h) - J(-h)) / (2 * h) == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_wrong_activation_derivative_turns_it_red(monkeypatch, hidden):
    case = random_case([3, 4, 2], [hidden, "linear"], "half_squared_error", 2, 5)
    assert engine.gradient_check(case.net, case.x, case.y) < RIGHT
    row = engine.ACTIVATIONS[hidden]
    wrong = dataclasses.replace(row, derivative=lambda z: 1.01 * row.derivative(z))
    monkeypatch.setitem(engine.ACTIVATIONS, hidden, wrong)
    assert engine.gradient_check(case.net, case.x, case.y) > WRONG


@pytest.mark.parametrize("loss", engine.LOSSES)
def test_a_wrong_loss_derivative_turns_it_red(monkeypatch, loss):
    row = engine.LOSSES[loss]
    case = random_case([3, 4, 2], ["tanh", row.output or "linear"], loss, 2, 5)
    assert engine.gradient_check(case.net, case.x, case.y) < RIGHT
    name = "delta" if row.delta else "derivative"
    right = getattr(row, name)
    wrong = dataclasses.replace(row, **{name: lambda a, y: right(a, y) + 0.01})
    monkeypatch.setitem(engine.LOSSES, loss, wrong)
    assert engine.gradient_check(case.net, case.x, case.y) > WRONG


@pytest.mark.parametrize("part", ["dw", "db"])
@pytest.mark.parametrize("layer", [2, 3])
def test_one_wrong_number_turns_it_red(monkeypatch, part, layer):
    case = random_case([3, 4, 2], ["tanh", "linear"], "half_squared_error", 2, 5)

    def wrong(net, fwd, y):
        bwd = engine.backward(net, fwd, y)
        arrays = [array.copy() for array in getattr(bwd, part).values()]
        arrays[layer - 2][1, 0] += 0.01
        return dataclasses.replace(bwd, **{part: engine.Layers(arrays, 2)})

    monkeypatch.setattr("engine.numerical.backward", wrong)
    assert engine.gradient_check(case.net, case.x, case.y) > WRONG


def test_a_gradient_that_is_not_finite_is_never_green():
    net = engine.Network([[[1e100]], [[1e100]]], [[0], [0]], ["linear", "linear"])
    assert not engine.gradient_check(net, [1.0], [0.0]) < WRONG


def test_the_table_holds_both_gradients_and_leaves_the_network_alone():
    case = random_case([2, 3, 2], ["sigmoid", "softmax"], "cross_entropy", 3, 8)
    before = engine.Network(case.net.w, case.net.b, case.net.activations, case.net.loss)
    table = engine.gradient_table(case.net, case.x, case.y)
    bwd = engine.backward(case.net, engine.forward(case.net, case.x), case.y)
    assert case.net == before
    assert table.dw == bwd.dw and table.db == bwd.db
    assert table.largest_relative_error == engine.gradient_check(case.net, case.x, case.y)
    for analytic, numerical in ((table.dw, table.dw_numerical), (table.db, table.db_numerical)):
        for l in analytic:
            assert (analytic[l] != numerical[l]).any()
            np.testing.assert_allclose(numerical[l], analytic[l], rtol=1e-6, atol=1e-9)
    for part in (case.net.w, case.net.b, table.dw_numerical, table.db_numerical):
        assert not any(array.flags.writeable for array in part.values())
