"""None"""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import COMBINATIONS, HIDDEN, cases, random_case

import engine
from tests.engine.numerical import RIGHT

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
    wrong = dataclasses.replace(row, derivative=lambda a, y: row.derivative(a, y) + 0.01)
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


def slowly(net, x, y, part, l, index):
    """∂J/∂θ with the whole network built anew for each end."""

    def J(theta):
        arrays = {"w": dict(net.w), "b": dict(net.b)}
        arrays[part][l] = net.w[l].copy() if part == "w" else net.b[l].copy()
        arrays[part][l][index] = theta
        moved = engine.Network(
            list(arrays["w"].values()), list(arrays["b"].values()), net.activations, net.loss
        )
        return engine.cost(moved, engine.forward(moved, x), y)

    theta = getattr(net, part)[l][index]
    h = 1e-5 * max(1.0, abs(theta))
    return (J(theta + h) - J(theta - h)) / ((theta + h) - (theta - h))


@pytest.mark.parametrize(("output", "loss"), COMBINATIONS)
def test_many_parameters_at_once_give_what_one_at_a_time_gives(monkeypatch, output, loss):
    case = random_case([3, 4, 3, 2], ["relu", "gelu", output], loss, 3, 21)
    # Chunks of two neurons, so that their seams lie within each layer.
    monkeypatch.setattr("engine.differences.CHUNK", 2 * 2 * 3 * 4)
    table = engine.gradient_table(case.net, case.x, case.y)
    for part, numerical in (("w", table.dw_numerical), ("b", table.db_numerical)):
        for l, found in numerical.items():
            for index in np.ndindex(found.shape):
                expected = slowly(case.net, case.x, case.y, part, l, index)
                assert found[index] == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_the_numerical_derivative_knows_nothing_of_the_backward_pass(monkeypatch):
    case = random_case([3, 4, 2], ["tanh", "sigmoid"], "half_squared_error", 2, 5)
    before = engine.gradient_table(case.net, case.x, case.y)
    for name, row in engine.ACTIVATIONS.items():
        monkeypatch.setitem(engine.ACTIVATIONS, name, dataclasses.replace(row, derivative=np.sign))
    after = engine.gradient_table(case.net, case.x, case.y)
    assert after.dw_numerical == before.dw_numerical and after.db_numerical == before.db_numerical
    assert after.dw != before.dw


@pytest.mark.parametrize("sizes", [[128, 128, 128, 128], [74] * 10])
def test_the_largest_networks_are_checked_whole(sizes):
    """Two weights of every layer against the slow way, and the work below what the page allows."""
    net = engine.init_network(sizes, ["tanh"] * (len(sizes) - 1), seed=3)
    x, y = np.linspace(-1, 1, sizes[0]), np.linspace(0, 1, sizes[-1])
    table = engine.gradient_table(net, x, y)
    assert table.largest_relative_error < RIGHT
    for l, found in table.dw_numerical.items():
        for index in [(0, 1), (found.shape[0] - 1, found.shape[1] - 2)]:
            expected = slowly(net, x, y, "w", l, index)
            assert found[index] == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_the_work_grows_with_samples_and_layers():
    small, large = (engine.init_network(sizes, ["tanh"] * 2) for sizes in ([3, 3, 2], [9, 9, 9]))
    assert engine.gradient_work(small, 3) == 3 * engine.gradient_work(small, 1)
    assert engine.gradient_work(large, 1) > 10 * engine.gradient_work(small, 1)
    # 2(2·60) at the output, 3(3·60 + 2·3 + 2·60) before it, two ends of twelve steps each.
    assert engine.gradient_work(small, 1) == 24 * (240 + 3 * 306)
