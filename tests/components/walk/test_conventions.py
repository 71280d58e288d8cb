"""What is said of other conventions, held against both of them computed."""

from fractions import Fraction

import numpy as np
import pytest

import engine
from components.config.texts import make_network
from components.walk.conventions import SQUARED
from components.walk.conventions import build_convention as build
from tests.components.wire import config_of
from tests.english import english

SIZED = {
    1: {"layer_sizes": "3-3-1", "sample_y": "0.5"},
    2: {},
    3: {"layer_sizes": "3-4-3", "sample_y": "1, 0, 0.5"},
}
WORDS = {2.0: "twice as large", 0.5: "half as large", 1.0: "the same"}
BATCH = {"sample_x": "1, 2, 3; -1, 0, 0.5; 0, 0, 0", "sample_y": "1, 0; 0, 1; 0, 0"}


def build_convention(config):
    return english(build(config))


def computed(config, x=None, y=None, loss=None):
    """The forward pass, J and the backward pass of the configuration's network."""
    net = make_network(config)
    net = engine.Network(
        list(net.w.values()), list(net.b.values()), config.activations, loss or net.loss
    )
    columns = config.columns()
    x, y = columns if x is None else (x, y)
    fwd = engine.forward(net, x)
    return net, fwd, engine.cost(net, fwd, y), engine.backward(net, fwd, y)


def gradients(bwd):
    return [array for layers in (bwd.dw, bwd.db) for array in layers.values()]


SUMS = {
    "half_squared_error": "½Σ",
    "squared_error": "Σ",
    "mean_squared_error": "the mean over the outputs",
}


@pytest.mark.parametrize("n", SIZED)
@pytest.mark.parametrize("loss", SQUARED)
def test_the_factor_between_squared_errors(loss, n):
    config = config_of(**SIZED[n], loss=loss)
    said = build_convention(config)["others"]
    _, _, J, bwd = computed(config)
    others = [name for name in SQUARED if name != loss]
    for other, sentence in zip(others, said, strict=False):
        _, _, J_other, bwd_other = computed(config, loss=other)
        ratio = J_other / J
        pairs = [*zip(gradients(bwd), gradients(bwd_other), strict=True)]
        pairs += [(bwd.delta[l], bwd_other.delta[l]) for l in bwd.delta]
        for one, another in pairs:
            assert np.allclose(another, ratio * one, rtol=1e-12)
        fraction = Fraction(ratio).limit_denominator(9)
        assert sentence.endswith(f" {WORDS.get(float(fraction), f'{fraction} times as large')}.")
        assert sentence.startswith(f"With {SUMS[other]} instead of {SUMS[loss]}, J and every δ")


def test_the_sum_over_samples_is_m_times_the_mean():
    config = config_of(**BATCH)
    x, y = config.columns()
    _, _, J, bwd = computed(config)
    single = [computed(config, x[:, [s]], y[:, [s]]) for s in range(3)]
    assert sum(J_s for _, _, J_s, _ in single) == pytest.approx(3 * J, rel=1e-12)
    for mean, *each in zip(gradients(bwd), *(gradients(b) for *_, b in single), strict=True):
        assert np.allclose(sum(each), 3 * mean, rtol=1e-12)
    for l in bwd.delta:
        assert np.allclose(np.hstack([b.delta[l] for *_, b in single]), bwd.delta[l], rtol=1e-12)
    said = build_convention(config)
    assert "batch of 3 samples" in said["now"]
    assert any(
        "J and every gradient would be 3 times as large, each δ the same" in s
        for s in said["others"]
    )


def test_one_sample_keeps_its_delta_in_a_batch():
    config = config_of()
    x, y = config.columns()
    *_, bwd = computed(config)
    *_, batch = computed(config, np.hstack([x, 2 * x]), np.hstack([y, y]))
    assert np.allclose(batch.delta[2][:, [0]], bwd.delta[2], rtol=1e-12)
    assert not np.allclose(batch.dw[2], bwd.dw[2])
    said = build_convention(config)
    assert "one sample" in said["now"]
    assert any("means over its samples" in s and "δ of its own" in s for s in said["others"])


@pytest.mark.parametrize("moving", ["true", "false"])
def test_frozen_biases_change_nothing_but_b(moving):
    config = config_of(update_biases=moving)
    net, _, _, bwd = computed(config)
    free, frozen = (engine.sgd_step(net, bwd, 0.5, biases) for biases in (True, False))
    for l in net.w:
        assert np.array_equal(free.w[l], frozen.w[l])
        assert np.array_equal(frozen.b[l], net.b[l])
        assert not np.array_equal(free.b[l], net.b[l])
    said = build_convention(config)
    assert ("the biases are frozen" in said["now"]) == (moving == "false")
    other = "With frozen biases" if moving == "true" else "With moving biases"
    assert any(
        s.startswith(f"{other} this step's J, δ and gradients would be the same")
        for s in said["others"]
    )


def test_binary_cross_entropy_loses_the_slope_that_half_squared_error_keeps():
    config = config_of(loss="binary_cross_entropy")
    _, fwd, _, bwd = computed(config)
    slope = engine.ACTIVATIONS["sigmoid"].derivative(fwd.z[3])
    _, y = config.columns()
    *_, half = computed(config, loss="half_squared_error")
    assert np.allclose(half.delta[3], bwd.delta[3] * slope, rtol=1e-12)
    assert np.allclose(bwd.delta[3], fwd.a[3] - y, rtol=1e-12)
    assert slope.max() <= 0.25
    assert any(
        "σ′(z³) times as large, a quarter at most" in s for s in build_convention(config)["others"]
    )
    assert any(
        "δ³ = a − y, without any factor" in s for s in build_convention(config_of())["others"]
    )
    wide = config_of(sample_y="2, 0")
    assert not any("binary" in s for s in build_convention(wide)["others"])


def test_softmax_taken_apart_gives_the_same_delta():
    config = config_of(output_activation="softmax", loss="cross_entropy", sample_y="0.25, 0.75")
    _, fwd, _, bwd = computed(config)
    a, (_, y) = fwd.a[3], config.columns()
    jacobian = np.diagflat(a) - a @ a.T
    assert np.allclose(jacobian.T @ (-y / a), bwd.delta[3], rtol=1e-12)
    assert any("would give the same δ³" in s for s in build_convention(config)["others"])


def test_where_train_differs_from_the_walked_update_it_is_told():
    plain = build_convention(config_of())["others"]
    assert not any("Train" in sentence for sentence in plain)
    told = build_convention(config_of(optimiser="adam", l2="0.1"))["others"][0]
    assert told.startswith("Train moves the weights with Adam and L2; ")
