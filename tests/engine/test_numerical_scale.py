"""The gradient check tells right from wrong whatever the size of its numbers."""

import dataclasses
from functools import cache

import numpy as np
import pytest
from random_networks import Case, random_case
from right_gradients import AGREED, drawn, judged
from wrong_gradients import BACKWARD, DERIVATIVES, LOSS_DERIVATIVES, RIGHT_PASS

import engine
from tests.engine.numerical import RIGHT


def scaled_case(hidden, output, loss, scale, seed=4):
    """3-3-3-3 with x of the size `scale`, first weights of 1/scale and, of linear, y of scale."""
    case = random_case([3, 3, 3, 3], [*hidden, output], loss, 3, seed)
    (w2, w3, w4), (b2, b3, b4), y = case.net.w.values(), case.net.b.values(), case.y
    if output == "linear":
        w4, b4, y = scale * w4, scale * b4, scale * y
    w, b = [w2 / scale, w3, w4], [b2, b3, b4]
    net = engine.Network(w, b, case.net.activations, loss)
    return Case(net, scale * case.x, y)


SCALES = [1e-8, 1e-4, 1.0, 1e6, 1e9]


def doubted(case):
    return not engine.gradient_check(case.net, case.x, case.y) < RIGHT


@cache
def believed(activation, output, loss, scale):
    """A case whose right gradient is believed, which is asked once for all that is made wrong."""
    case = scaled_case([activation, activation], output, loss, scale)
    assert not doubted(case)
    return case


@pytest.mark.parametrize("scale", SCALES)
def test_a_wrong_backward_pass_turns_it_red_at_every_scale(monkeypatch, scale):
    case = scaled_case(["softplus", "tanh"], "linear", "half_squared_error", scale)
    monkeypatch.setattr("engine.numerical.backward", RIGHT_PASS)
    assert not doubted(case)
    for name, wrong in BACKWARD.items():
        monkeypatch.setattr("engine.numerical.backward", wrong)
        assert doubted(case), name


@pytest.mark.parametrize("name", DERIVATIVES)
def test_a_wrong_derivative_turns_it_red_at_every_scale(monkeypatch, name):
    activation, wrong = DERIVATIVES[name]
    row = engine.ACTIVATIONS[activation]
    cases = [believed(activation, "linear", "half_squared_error", scale) for scale in SCALES]
    wrong = wrong or (lambda z: 1.01 * row.derivative(z))
    monkeypatch.setitem(engine.ACTIVATIONS, activation, dataclasses.replace(row, derivative=wrong))
    assert [scale for scale, case in zip(SCALES, cases, strict=True) if not doubted(case)] == []


@pytest.mark.parametrize("name", LOSS_DERIVATIVES)
def test_a_wrong_derivative_of_the_loss_turns_it_red_at_every_scale(monkeypatch, name):
    loss, change = LOSS_DERIVATIVES[name]
    row = engine.LOSSES[loss]
    cases = [believed("tanh", row.output or "linear", loss, scale) for scale in SCALES]
    wrong = dataclasses.replace(row, derivative=lambda a, y: change(row.derivative(a, y)))
    monkeypatch.setitem(engine.LOSSES, loss, wrong)
    assert [scale for scale, case in zip(SCALES, cases, strict=True) if not doubted(case)] == []


def test_no_right_gradient_is_doubted_whatever_the_size_of_the_inputs():
    """A sample of what right_gradients.py draws by the thousand."""
    undecided = 0
    for seed in range(150):
        error, kink = judged(drawn(seed))
        undecided += kink
        assert error <= AGREED or kink or np.isnan(error), seed
    assert undecided < 15


@pytest.mark.parametrize(
    ("sizes", "init", "x"),
    [([1, 1], "zeros", [2000.0]), ([2, 3, 1], "xavier", [500.0, 3000.0])],
)
def test_unscaled_inputs_are_no_fault_of_the_gradient(sizes, init, x):
    activations = ["tanh"] * (len(sizes) - 2) + ["tanh" if len(sizes) == 2 else "linear"]
    net = engine.init_network(sizes, activations, init=init, seed=7)
    assert engine.gradient_check(net, x, [1.0]) < RIGHT


def test_a_hand_computed_derivative_of_a_large_input():
    """1-1-1 with x = 1000 against 34 digits of mpmath."""
    net = engine.Network([[[0.0007]], [[0.8]]], [[0], [0]], ["tanh", "linear"])
    table = engine.gradient_table(net, [1000.0], [1.0])
    assert table.dw_numerical[2][0, 0] == pytest.approx(-262.27733275655358, rel=1e-11)
    assert table.largest_relative_error < 1e-11


def test_a_kink_is_told_where_the_steps_cross_it_and_nowhere_else():
    def kinks(z):
        net = engine.Network([[[1.0], [1.0]], [[1.0, 1.0]]], [[z, 1], [0]], ["relu", "linear"])
        return engine.gradient_table(net, [0.0], [5.0]).kinks[2].tolist()

    assert kinks(0.0) == kinks(1e-9) == kinks(-1e-9) == [True, False]
    assert kinks(1e-6) == kinks(-1e-6) == [False, False]
