import re

import numpy as np
import pytest
from hypothesis import given
from random_networks import cases

import engine


def step_of(net, x, y, **options):
    return engine.sgd_step(net, engine.backward(net, engine.forward(net, x), y), **options)


@given(cases())
def test_the_rule(case):
    net = case.net
    bwd = engine.backward(net, engine.forward(net, case.x), case.y)
    before = engine.Network(net.w, net.b, net.activations, net.loss)
    new = engine.sgd_step(net, bwd, learning_rate=0.25)
    frozen = engine.sgd_step(net, bwd, learning_rate=0.25, update_biases=False)
    assert net == before and frozen.b == net.b and frozen.w == new.w
    for l in net.w:
        np.testing.assert_array_equal(new.w[l], net.w[l] - 0.25 * bwd.dw[l])
        np.testing.assert_array_equal(new.b[l], net.b[l] - 0.25 * bwd.db[l])
        assert not new.w[l].flags.writeable and not new.b[l].flags.writeable
    assert (new.activations, new.loss) == (net.activations, net.loss)
    assert engine.sgd_step(net, bwd, learning_rate=0) == net


def test_all_delta_come_before_any_weight_moves():
    net = engine.init_network([2, 2, 2], ["sigmoid", "sigmoid"], seed=3)
    x, y, eta = np.array([[0.05], [0.1]]), np.array([[0.01], [0.99]]), 0.5
    bwd = engine.backward(net, engine.forward(net, x), y)
    new = step_of(net, x, y, learning_rate=eta)
    a = engine.forward(net, x).a[2]
    with_old, with_new = (w.T @ bwd.delta[3] * a * (1 - a) @ x.T for w in (net.w[3], new.w[3]))
    np.testing.assert_allclose(new.w[2], net.w[2] - eta * with_old, rtol=1e-15)
    assert np.abs(new.w[2] - (net.w[2] - eta * with_new)).max() > 1e-8


@pytest.mark.parametrize(
    ("options", "got", "allowed"),
    [
        ({"learning_rate": -0.5}, "learning_rate = -0.5", "0 or more"),
        ({"learning_rate": np.nan}, "learning_rate = nan", "finite"),
        ({"learning_rate": np.inf}, "learning_rate = inf", "finite"),
        ({"learning_rate": 10**400}, "learning_rate = 1000", "finite"),
        ({"learning_rate": "0.5"}, "learning_rate = '0.5'", "finite"),
        ({"learning_rate": None}, "learning_rate = None", "finite"),
        ({"learning_rate": True}, "learning_rate = True", "finite"),
        ({"learning_rate": 0.5, "update_biases": 1}, "update_biases = 1", "True, False"),
        ({"learning_rate": 0.5, "update_biases": "no"}, "update_biases = 'no'", "True, False"),
    ],
)
def test_a_bad_argument_is_named_with_value_and_limits(options, got, allowed):
    net = engine.init_network([2, 1], ["linear"])
    for act in (step_of, engine.trace):
        with pytest.raises(ValueError, match=re.escape(got)) as raised:
            act(net, [1, 2], [1], **options)
        assert allowed in str(raised.value).partition("allowed: ")[2]


def test_gradients_of_another_network_are_refused():
    one, other = (engine.init_network([2, n], ["linear"]) for n in (1, 3))
    bwd = engine.backward(one, engine.forward(one, [1, 2]), [1])
    with pytest.raises(ValueError, match=re.escape("bwd.dw = {2: (1, 2)} is refused")):
        engine.sgd_step(other, bwd, learning_rate=0.5)


@pytest.mark.parametrize(("x", "symbol"), [(1.0, "w"), (0.0, "b")])
def test_overflow_names_symbol_and_layer(x, symbol):
    net = engine.init_network([1, 1, 1], ["linear", "linear"], init="constant", constant=1.0)
    with pytest.raises(engine.NonFiniteError, match=f"{symbol} of layer 2") as raised:
        step_of(net, [x], [1e3], learning_rate=1e308)
    error = raised.value
    assert (error.symbol, error.layer, error.kind) == (symbol, 2, "update")
    assert isinstance(error, ArithmeticError)
