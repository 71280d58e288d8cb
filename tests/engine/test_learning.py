"""Small problems are learnt."""

import numpy as np
import pytest
from runs import run as engine_run

import engine


def accuracy(net, x, labels):
    return (engine.forward(net, x).a[net.L].argmax(axis=0) == labels).mean()


@pytest.mark.parametrize("seed", range(5))
def test_xor_is_learnt(seed):
    x, y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])
    net = engine.init_network([2, 4, 1], ["tanh", "sigmoid"], "binary_cross_entropy", seed=seed)
    run = engine_run(
        net, x, y, batches=4000, batch_size=4, learning_rate=0.5, seed=seed, target_loss=0.02
    )
    assert run.reached
    assert ((engine.forward(run.network, x).a[3] > 0.5) == y).all()


def test_a_sine_is_fitted():
    x = np.linspace(-np.pi, np.pi, 100)[np.newaxis]
    net = engine.init_network([1, 16, 1], ["tanh", "linear"], seed=1)
    options = {"batches": 10_000, "batch_size": 10, "learning_rate": 0.005}
    run = engine_run(net, x, np.sin(x), optimiser="adam", **options)
    assert np.abs(engine.forward(run.network, x).a[3] - np.sin(x)).max() < 0.05


def test_spirals_are_told_apart_by_two_layers_of_eight():
    rng = np.random.default_rng(0)
    r, labels = np.tile(np.linspace(0.05, 1, 100), 2), np.repeat([0, 1], 100)
    angle = 1.5 * np.pi * r + np.pi * labels
    x = np.stack([r * np.cos(angle), r * np.sin(angle)]) + rng.normal(0, 0.01, (2, 200))
    net = engine.init_network([2, 8, 8, 2], ["tanh", "tanh", "softmax"], "cross_entropy", seed=3)
    run = engine_run(
        net, x, np.eye(2)[:, labels], batches=8000, batch_size=20, learning_rate=0.01,
        optimiser="adam",
    )  # fmt: skip
    assert accuracy(run.network, x, labels) >= 0.98
