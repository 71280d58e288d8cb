import numpy as np
import pytest
from hypothesis import given
from random_networks import cases

import engine

DEFAULT = ([1, 0.5, -0.5], [1, 0], 0.5)


@pytest.fixture
def net():
    return engine.init_network([3, 3, 2], ["sigmoid", "sigmoid"], seed=7)


def places(steps):
    return [(step.kind, step.layer, step.neuron) for step in steps]


def known(step):
    fields = ("z", "a", "J", "delta", "dw", "db", "network")
    return {name for name in fields if getattr(step, name) is not None}


def test_positions_by_layer(net):
    steps = engine.trace(net, *DEFAULT)
    assert places(steps) == [
        ("input", 1, None),
        ("forward", 2, None),
        ("forward", 3, None),
        ("loss", 3, None),
        ("backward", 3, None),
        ("backward", 2, None),
        ("update", None, None),
    ]
    forward, backward = {"z", "a"}, {"delta", "dw", "db"}
    expected = [{"a"}, forward, forward, {"J"}, backward, backward, {"network"}]
    assert [known(step) for step in steps] == expected


def test_positions_by_neuron(net):
    assert places(engine.trace(net, *DEFAULT, granularity="neuron")) == [
        ("input", 1, None),
        *[("forward", 2, j) for j in (1, 2, 3)],
        *[("forward", 3, j) for j in (1, 2)],
        ("loss", 3, None),
        *[("backward", 3, j) for j in (1, 2)],
        *[("backward", 2, j) for j in (1, 2, 3)],
        ("update", None, None),
    ]


def test_softmax_by_neuron_gives_each_z_and_then_all_of_a():
    net = engine.init_network([2, 3], ["softmax"], "cross_entropy", seed=1)
    steps = engine.trace(net, [1, 2], [0, 1, 0], 0.5, granularity="neuron")
    forward = [step for step in steps if step.kind == "forward"]
    assert places(forward) == [("forward", 2, j) for j in (1, 2, 3, None)]
    assert [known(step) for step in forward] == [{"z"}, {"z"}, {"z"}, {"a"}]
    np.testing.assert_array_equal(forward[-1].a, engine.forward(net, [1, 2]).a[2])
    assert [step.neuron for step in steps if step.kind == "backward"] == [1, 2, 3]


@given(cases())
def test_steps_hold_what_the_passes_compute(case):
    net, x, y = case.net, case.x, case.y
    fwd = engine.forward(net, x)
    bwd = engine.backward(net, fwd, y)
    for granularity in engine.GRANULARITIES:
        steps = engine.trace(net, x, y, 0.1, granularity)
        np.testing.assert_array_equal(steps[0].a, x)
        assert [s.J for s in steps if s.kind == "loss"] == [engine.cost(net, fwd, y)]
        assert steps[-1].network == engine.sgd_step(net, bwd, 0.1)
        for l in net.w:
            here = [s for s in steps if s.layer == l]
            expected = {"z": fwd.z, "a": fwd.a, "delta": bwd.delta, "dw": bwd.dw, "db": bwd.db}
            for symbol, layers in expected.items():
                parts = [getattr(s, symbol) for s in here if getattr(s, symbol) is not None]
                np.testing.assert_array_equal(np.vstack(parts), layers[l])
                assert not any(part.flags.writeable for part in parts)


def test_a_neuron_is_its_row_alone(net):
    steps = engine.trace(net, np.ones((3, 4)), np.zeros((2, 4)), 0.5, granularity="neuron")
    forward = next(s for s in steps if (s.kind, s.layer, s.neuron) == ("forward", 2, 3))
    backward = next(s for s in steps if (s.kind, s.layer, s.neuron) == ("backward", 2, 3))
    assert forward.z.shape == forward.a.shape == backward.delta.shape == (1, 4)
    assert backward.dw.shape == (1, 3) and backward.db.shape == (1, 1)


def test_the_update_lowers_the_loss_and_keeps_biases_when_told(net):
    x, y, eta = DEFAULT
    steps = engine.trace(net, x, y, eta)
    after = engine.trace(steps[-1].network, x, y, eta)
    assert after[3].J < steps[3].J
    kept = engine.trace(net, x, y, eta, update_biases=False)[-1].network
    assert kept.b == net.b != steps[-1].network.b


def test_steps_are_frozen(net):
    steps = engine.trace(net, *DEFAULT)
    assert isinstance(steps, tuple)
    with pytest.raises(AttributeError):
        steps[0].a = None


@pytest.mark.parametrize("granularity", ["Layer", "", None, 1, ["layer"]])
def test_a_bad_granularity_is_named(net, granularity):
    with pytest.raises(ValueError, match=r"granularity = .* allowed: layer, neuron"):
        engine.trace(net, *DEFAULT, granularity=granularity)


OVERFLOWS = {
    "z": ([1e308, 1.0], [0, 0], [10.0], [0.0], 1.0, 2, "forward"),
    "J": ([1e100, 1e100], [0, 0], [1.0], [0.0], 1.0, 3, "loss"),
    "delta": ([1e-200, 1e300], [0, 0], [1.0], [0.0], 1.0, 2, "backward"),
    "dw": ([1e-308, 1.0], [0, 0], [1e308], [-99.0], 1.0, 2, "backward"),
    "db": ([1.0, 1e308], [0, 0], [[0.0, 0.0]], [[-1.0, -1.0]], 1.0, 2, "backward"),
    "w": ([1.0, 1.0], [0, 0], [1.0], [1e3], 1e308, 2, "update"),
    "b": ([1.0, 1.0], [0, 0], [0.0], [1e3], 1e308, 2, "update"),
}


@pytest.mark.parametrize("granularity", engine.GRANULARITIES)
@pytest.mark.parametrize("symbol", OVERFLOWS)
def test_the_first_value_that_is_not_finite_ends_the_trace(symbol, granularity):
    w, b, x, y, eta, layer, kind = OVERFLOWS[symbol]
    net = engine.Network([[[value]] for value in w], [[value] for value in b], ["linear", "linear"])
    with pytest.raises(
        engine.TraceStoppedError, match=f"{symbol} of layer {layer} .* {kind}"
    ) as raised:
        engine.trace(net, x, y, eta, granularity)
    error = raised.value
    assert (error.symbol, error.layer, error.kind) == (symbol, layer, kind)
    whole = engine.trace(
        engine.init_network([1, 1, 1], ["linear", "linear"]), [1.0], [1.0], 1.0, granularity
    )
    # The steps that were given are the timeline up to the one that failed.
    count = len(error.steps)
    assert places(error.steps) == places(whole)[:count]
    failed = whole[count]
    assert failed.kind == kind and failed.layer in (layer, None)
    assert all(np.isfinite(getattr(s, name)).all() for s in error.steps for name in known(s))
