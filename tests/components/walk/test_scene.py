"""The drawing's numbers: proportional to the weights, and within their scales."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from components.walk.scene import build_scene, drawn_rows, round_up

ROUNDING = 0.5e-4 * (1 + 1e-9)


@pytest.fixture(scope="module", params=["3-3-2", "1-1", "20-17-30"])
def drawing(request):
    sizes = [int(n) for n in request.param.split("-")]
    names = ["tanh"] * (len(sizes) - 1)
    net = engine.init_network(sizes, activations=names, init="normal", seed=3)
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=sizes[0]), rng.normal(size=sizes[-1])
    fwd = engine.forward(net, x)
    bwd = engine.backward(net, fwd, y)
    after = engine.sgd_step(net, bwd, 0.5)
    values = {("x", 1): fwd.a[1]}
    values |= {("a", l): fwd.a[l] for l in net.w}
    values |= {("delta", l): bwd.delta[l] for l in net.w}
    return build_scene(net, after, values), net, after, values


def test_edges_are_proportional_to_the_weights_with_their_sign(drawing):
    scene, before, after, _ = drawing
    for moment, net in (("before", before), ("after", after)):
        for source, layer in pairwise(scene["layers"]):
            w = net.w[layer["layer"]]
            edges = np.array(layer[moment]["edges"])
            assert edges.shape == (len(layer["rows"]), len(source["rows"]))
            for i, j in enumerate(layer["rows"]):
                for c, k in enumerate(source["rows"]):
                    strength = w[j - 1, k - 1] / scene["scale"]["w"]
                    assert abs(edges[i, c] - strength) <= ROUNDING
    assert scene["layers"][0]["before"] is None


def test_areas_are_proportional_to_the_norms_of_the_incoming_weights(drawing):
    scene, before, after, _ = drawing
    largest = 0.0
    for moment, net in (("before", before), ("after", after)):
        for layer in scene["layers"][1:]:
            rows = net.w[layer["layer"]][np.array(layer["rows"]) - 1]
            norms = np.sqrt((rows**2).sum(axis=1))
            largest = max(largest, norms.max())
            assert np.abs(layer[moment]["areas"] - norms / scene["scale"]["norm"]).max() <= ROUNDING
    assert scene["scale"]["norm"] >= largest * (1 - 1e-12)


def test_scales_are_at_least_every_value_also_of_what_is_folded(drawing):
    scene, before, after, values = drawing
    for net in (before, after):
        for l in net.w:
            assert scene["scale"]["w"] >= np.abs(net.w[l]).max()
            assert scene["scale"]["b"] >= np.abs(net.b[l]).max()
    for (symbol, _), array in values.items():
        scale = "delta" if symbol == "delta" else "a"
        assert scene["scale"][scale] >= np.abs(array).max()


@pytest.mark.parametrize("n", range(1, 129))
def test_at_most_sixteen_places_are_drawn_and_the_rest_is_counted(n):
    net = engine.init_network([n, 1], activations=["linear"], seed=1)
    layer = build_scene(net, None, {("x", 1): np.zeros((n, 1))})["layers"][0]
    rows = layer["rows"]
    assert rows == drawn_rows(n) == sorted(set(rows))
    assert (rows[0], rows[-1]) == (1, n)
    assert len(rows) + layer["hidden"] == n
    assert len(rows) + (layer["hidden"] > 0) == min(n, 16)
    assert sum(b - a > 1 for a, b in pairwise(rows)) == (layer["hidden"] > 0)


def test_of_zero_weights_nothing_is_divided_by_zero():
    net = engine.init_network([2, 2, 1], activations=["tanh", "tanh"], init="zeros")
    scene = build_scene(net, None, {("x", 1): np.zeros((2, 1))})
    assert all(value > 0 for value in scene["scale"].values())
    assert scene["layers"][1]["before"] == {"edges": [[0, 0], [0, 0]], "areas": [0, 0]}


@given(st.floats(1e-300, 1e300))
@settings(deadline=None, derandomize=True)
def test_round_up_is_the_next_step_of_1_2_5(value):
    steps = [
        float(f"{step}e{power}")
        for power in range(int(np.log10(value)) - 2, int(np.log10(value)) + 3)
        for step in (1, 2, 5)
    ]
    assert round_up(value) == min(step for step in steps if step >= value)


@pytest.mark.parametrize("value", [1.0, 2.0, 5.0, 0.1, 1e-3, 5e7])
def test_round_up_keeps_a_step(value):
    assert round_up(value) == value


def test_round_up_of_the_largest_number_is_finite():
    assert np.isfinite(round_up(np.finfo(float).max))
