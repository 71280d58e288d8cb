"""The pictures of a network in training, held against what the engine says."""

from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

import engine
from components import ids
from components.config.texts import read_config
from components.training.evaluation import Evaluation, build_metrics
from components.training.views import GRID, VIEWS, build_views
from tests.components.training.evaluated import made


def view(name, **fields):
    _, net, data = made(**fields)
    return build_views([name], Evaluation(net, data))[name], net, data


def idle(kind, count, of):
    return {"kind": kind, "count": count, "of": of}


def levels(text):
    return np.frombuffer(b64decode(text), dtype=np.uint8)


def test_the_boundary_is_the_output_over_the_plane():
    found, net, _ = view("boundary", dataset="xor", layer_sizes="2-4-1")
    left, right, bottom, top = found["box"]
    assert left < 0 < 1 < right and bottom < 0 < 1 < top
    picture = levels(found["values"]).reshape(GRID, GRID)
    for corner, x in ((picture[0, 0], [left, top]), (picture[-1, -1], [right, bottom])):
        a = engine.forward(net, x).a[net.L][0, 0]
        assert corner == round(255 * a)


def test_of_several_classes_the_winner_and_its_lead():
    fields = {"dataset": "xor", "layer_sizes": "2-4-2", "output_activation": "softmax"}
    found, net, _ = view("boundary", loss="cross_entropy", **fields)
    a = engine.forward(net, [found["box"][0], found["box"][3]]).a[net.L][:, 0]
    assert levels(found["classes"])[0] == a.argmax()
    assert levels(found["lead"])[0] == round(255 * abs(a[0] - a[1]))


def test_of_one_input_the_curve():
    found, net, _ = view("boundary", layer_sizes="1-3-1", sample_x="0; 1", sample_y="0; 1")
    assert found["x"][0] < 0 and found["x"][-1] > 1
    at = 40
    assert found["curves"][0][at] == engine.forward(net, [found["x"][at]]).a[3][0, 0]


@pytest.mark.parametrize("name", ["boundary", "maps"])
def test_of_more_inputs_there_is_no_plane(name):
    assert view(name)[0] is None


def test_a_map_is_the_activation_of_its_neuron():
    found, net, _ = view("maps", dataset="xor", layer_sizes="2-4-1")
    assert list(found["layers"]) == ["1", "2", "3"]
    a = engine.forward(net, [found["box"][1], found["box"][2]]).a[2][:, 0]
    pictures = [levels(text) for text in found["layers"]["2"]]
    # Positive activations lie in the upper half of the bytes, the largest near its end.
    assert [bool(p[-1] > 127) for p in pictures] == [bool(v > 0) for v in a]
    assert max(p.max() for p in pictures) == 255


def test_the_map_of_a_single_output_is_its_boundary():
    fields = {"dataset": "xor", "layer_sizes": "2-4-1"}
    assert view("maps", **fields)[0]["layers"]["3"][0] == view("boundary", **fields)[0]["values"]


def test_norms_of_the_layers():
    found, net, data = view("layers", dataset="xor", layer_sizes="2-4-1")
    bwd = engine.backward(net, engine.forward(net, data.x), data.y)
    for l in (2, 3):
        assert found["dw"][str(l)] == pytest.approx(np.linalg.norm(bwd.dw[l]), rel=1e-12)
        mean_square = np.square(bwd.delta[l]).sum() / 4
        assert found["delta"][str(l)] == pytest.approx(np.sqrt(mean_square), rel=1e-12)
    assert found["flow"] is None


def test_a_vanishing_delta_is_told():
    deep = {"dataset": "xor", "layer_sizes": "2-3-3-3-3-3-3-1"}
    assert view("layers", **deep)[0]["flow"]["kind"] == "vanishing"
    exploding = {**deep, "hidden_activation": "linear", "init": "constant"}
    wide = {**exploding, "layer_sizes": "2-20-20-20-20-20-1"}
    assert view("layers", **wide)[0]["flow"]["kind"] == "exploding"


def test_a_delta_that_ends_says_where_and_whether_that_layer_is_dead():
    fields = {"dataset": "xor", "layer_sizes": "2-3-3-1"}
    assert view("layers", **fields, init="zeros")[0]["flow"] == {"kind": "zero", "layer": 3}
    _, net, data = made(**fields, hidden_activation="relu")
    # Inputs of 0 and 1 times what is below 0: σ′ = 0 in the first hidden layer alone.
    w = {2: -np.ones((3, 2)), 3: net.w[3], 4: net.w[4]}
    b = [np.zeros((3, 1)), np.ones((3, 1)), net.b[4]]
    dead = engine.Network([*w.values()], b, net.activations, net.loss)
    assert VIEWS["layers"](Evaluation(dead, data))["flow"] == {"kind": "dead", "layer": 2}


@pytest.mark.parametrize(
    "values", [[1e18, 1e18 + 256], [-1.7e308, 1.7e308], [1.79e308], [5e-324, 0], [3.0, 3.0]]
)
def test_a_histogram_counts_values_of_any_size(values):
    _, net, data = made(dataset="xor", layer_sizes="2-4-1")
    w2 = np.resize(values, net.w[2].shape)
    sized = engine.Network([w2, net.w[3]], list(net.b.values()), net.activations, net.loss)
    found = VIEWS["histograms"](Evaluation(sized, data))["layers"]["2"]["w"]
    assert sum(found["counts"]) == w2.size
    assert -np.inf < found["low"] <= w2.min() <= w2.max() <= found["high"] < np.inf


def test_histograms_count_every_weight_and_tell_dead_neurons():
    found, net, _ = view("histograms", dataset="xor", layer_sizes="2-4-1")
    assert sum(found["layers"]["2"]["w"]["counts"]) == net.w[2].size
    assert sum(found["layers"]["3"]["a"]["counts"]) == 4
    dead = {"dataset": "xor", "layer_sizes": "2-4-1", "hidden_activation": "relu"}
    _, net, data = made(**dead)
    sunk = engine.Network(net.w, [net.b[2] - 100, net.b[3]], net.activations, net.loss)
    assert VIEWS["histograms"](Evaluation(sunk, data))["layers"]["2"]["idle"] == idle("dead", 4, 4)
    flooded = engine.Network(net.w, [net.b[2], net.b[3] + 50], net.activations, net.loss)
    assert VIEWS["histograms"](Evaluation(flooded, data))["layers"]["3"]["idle"] == idle(
        "saturated", 1, 1
    )


def test_the_confusion_table_counts_every_sample_once():
    found, net, data = view("confusion", dataset="xor", layer_sizes="2-4-1")
    table = np.array(found["counts"])
    assert table.sum() == 4 and found["part"] == "train"
    assert table.sum(axis=1).tolist() == [2, 2]
    right = np.trace(table) / 4
    config, _ = read_config({ids.DATASET: "xor", ids.LAYER_SIZES: "2-4-1"})
    assert build_metrics(Evaluation(net, data), config)["train_score"] == right
    assert view("confusion")[0] is None


def test_the_penalty_is_apart_and_nothing_is_tested_by_hand():
    config, net, data = made(sample_x="1, 0, 0; 0, 1, 0", sample_y="1, 0; 0, 1", l1="0.5", l2="2")
    metrics = build_metrics(Evaluation(net, data), config)
    assert metrics["penalty"] == engine.penalty(net, 0.5, 2)
    assert metrics["test_loss"] is None


@pytest.mark.parametrize("name", VIEWS)
def test_views_are_plain_and_finite_where_activations_overflow(name):
    fields = {"layer_sizes": "2-3-3-1", "hidden_activation": "relu", "output_activation": "linear"}
    _, net, data = made(dataset="xor", **fields)
    huge = engine.Network([w * 1e200 for w in net.w.values()], net.b, net.activations, net.loss)
    numbers = []

    def walk(part):
        if isinstance(part, dict):
            [walk(value) for value in part.values()]
        elif isinstance(part, list):
            [walk(value) for value in part]
        elif part is not None:
            assert type(part) in (float, int, str), "orjson writes no number of NumPy's"
            numbers.extend([part] if type(part) is float else [])

    walk(VIEWS[name](Evaluation(huge, data)))
    assert np.isfinite(numbers).all()


MANY = {"dataset": "digits", "layer_sizes": "64-6-10", "hidden_activation": "relu"}
MANY |= {"output_activation": "softmax", "loss": "cross_entropy"}


def test_norms_of_many_samples_are_those_of_the_gradient_of_the_whole_train_part():
    found, net, data = view("layers", **MANY)
    assert len(data.train) > 1000
    fwd = engine.forward(net, data.x_train)
    bwd = engine.backward(net, fwd, data.y_train)
    for l in (2, 3):
        assert found["dw"][str(l)] == pytest.approx(np.linalg.norm(bwd.dw[l]), rel=1e-12)
        norms = np.linalg.norm(bwd.delta[l], axis=0)
        assert found["delta"][str(l)] == pytest.approx(np.sqrt(np.square(norms).mean()), rel=1e-12)


@pytest.mark.parametrize("place", [0, 1, 2, -1])
def test_a_neuron_that_one_sample_alone_reaches_is_not_dead(place):
    _, net, data = made(**MANY)
    reach = (net.w[2] @ data.x_train)[0]
    net = engine.Network(net.w, [net.b[2] - 1e4, net.b[3]], net.activations, net.loss)
    assert VIEWS["histograms"](Evaluation(net, data))["layers"]["2"]["idle"] == idle("dead", 6, 6)
    # The order of the train samples is the data's own: the one that is reached comes to `place`.
    order = np.delete(data.train, reach.argmax())
    order = np.insert(order, place % (len(order) + 1), data.train[reach.argmax()])
    b = np.array(net.b[2])
    b[0] = -np.sort(reach)[-2:].mean()
    awake = engine.Network(net.w, [b, net.b[3]], net.activations, net.loss)
    seen = Evaluation(awake, replace(data, train=order))
    assert VIEWS["histograms"](seen)["layers"]["2"]["idle"] == idle("dead", 5, 6)


def test_all_views_and_metrics_together_take_one_pass_of_each_part(monkeypatch):
    config, net, data = made(**MANY)
    passes = []

    def forward(net, x):
        passes.append(np.shape(x)[1])
        return right(net, x)

    right = engine.forward
    monkeypatch.setattr(engine, "forward", forward)
    seen = Evaluation(net, data)
    build_metrics(seen, config)
    build_views(["layers", "histograms", "confusion"], seen)
    assert sorted(passes) == sorted([len(data.train), len(data.test)])
