"""A whole pass: which value is known at which position, exactly, once, and finite to the last."""

import numpy as np
import orjson
import pytest

import engine
from components.config.texts import make_network
from components.walk.training_pass import build_pass
from tests.components.wire import array_of, config_of, entries, numbers_in, pass_of, read
from tests.english import english

CONFIGS = {
    "default": {},
    "one weight": {"layer_sizes": "1-1", "sample_x": "2", "sample_y": "1"},
    "neuron": {"granularity": "neuron"},
    "deep": {"layer_sizes": "3-4-2-3-2", "hidden_activation": "gelu", "granularity": "neuron"},
    "softmax": {"output_activation": "softmax", "loss": "cross_entropy", "granularity": "neuron"},
    "binary": {"loss": "binary_cross_entropy", "hidden_activation": "relu"},
    "frozen": {"update_biases": "false"},
    "batch": {"sample_x": "1, 2, 3; -1, 0, 0.5", "sample_y": "1, 0; 0, 1"},
}
MAY_BE_NONE = ("neuron", "layer", "to", "flow", "stopped", "before", "after")


@pytest.fixture(scope="module", params=CONFIGS)
def case(request):
    config = config_of(**CONFIGS[request.param])
    return config, pass_of(config)


def walk_of(config):
    """(kind, layer, neuron) of every position, written down from the timeline's definition."""
    sizes, last = config.sizes, len(config.sizes)
    by_neuron = config.granularity == "neuron"

    def rows(layer):
        return range(1, sizes[layer - 1] + 1) if by_neuron else [None]

    walk = [("input", 1, None)]
    for layer in range(2, last + 1):
        walk += [("forward", layer, j) for j in rows(layer)]
        if by_neuron and layer == last and config.output_activation == "softmax":
            walk.append(("forward", layer, None))
    walk.append(("loss", last, None))
    for layer in range(last, 1, -1):
        walk += [("backward", layer, j) for j in rows(layer)]
    return [*walk, ("update", None, None)]


def since(config, walk, symbol, layer, row):
    """The first position at which a value is known."""
    if symbol in ("x", "y", "w", "b"):
        return 0
    if symbol == "J":
        return walk.index(("loss", layer, None))
    kind = "forward" if symbol in ("z", "a") else "backward"
    at_once = symbol == "a" and (kind, layer, None) in walk
    neuron = row if config.granularity == "neuron" and not at_once else None
    return walk.index((kind, layer, neuron))


def results(config):
    """Every array that the table shows, by (symbol, layer), and w and b after the update."""
    net = make_network(config)
    x, y = config.columns()
    fwd = engine.forward(net, x)
    bwd = engine.backward(net, fwd, y)
    new = engine.sgd_step(net, bwd, config.learning_rate, config.update_biases)
    last = len(config.sizes)
    found = {("x", 1): x, ("y", last): y, ("J", last): np.array([[engine.cost(net, fwd, y)]])}
    for l in net.w:
        found |= {("w", l): net.w[l], ("b", l): net.b[l], ("z", l): fwd.z[l], ("a", l): fwd.a[l]}
        found |= {("delta", l): bwd.delta[l], ("dw", l): bwd.dw[l], ("db", l): bwd.db[l]}
    moved = {(symbol, l): getattr(new, symbol)[l] for symbol in "wb" for l in new.w}
    return found, moved


def test_positions_are_those_of_the_timeline(case):
    config, built = case
    walk = [(p["kind"], p["layer"], p["neuron"]) for p in built["positions"]]
    assert walk == walk_of(config)
    assert built["stopped"] is None


def test_a_value_is_known_exactly_from_its_position_to_its_end(case):
    config, built = case
    walk = walk_of(config)
    final = len(walk) - 1
    found, moved = results(config)
    for (symbol, layer), array in found.items():
        for row in range(1, len(array) + 1):
            start = since(config, walk, symbol, layer, row)
            for position in range(len(walk)):
                value = read(built, position, symbol, layer, row)
                if position == final and symbol in ("w", "b"):
                    assert value == moved[symbol, layer][row - 1, 0]
                elif position < start or (position == final and symbol in ("z", "a")):
                    assert value is None, (symbol, layer, row, position)
                else:
                    assert value == array[row - 1, 0], (symbol, layer, row, position)


def test_every_array_is_sent_once_and_reads_back_exactly(case):
    config, built = case
    found, moved = results(config)
    for key, array in found.items():
        sent = [array_of(entry) for entry in entries(built, *key)]
        expected = [array, moved[key]] if key in moved else [array]
        assert len(sent) == len(expected)
        for mine, theirs in zip(sent, expected, strict=True):
            assert np.array_equal(mine, theirs)


def test_the_old_weights_stay_readable_at_update(case):
    config, built = case
    net = make_network(config)
    final = len(built["positions"]) - 1
    for l in net.w:
        assert read(built, final, "w_before", l, 1) == net.w[l][0, 0]
        assert read(built, final, "b_before", l, 1) == net.b[l][0, 0]


def test_frozen_biases_do_not_move():
    built = pass_of(config_of(**CONFIGS["frozen"]))
    for layer in (2, 3):
        before, after = entries(built, "b", layer)
        assert before["data"] == after["data"]
        before, after = entries(built, "w", layer)
        assert before["data"] != after["data"]


def test_one_stepping_button_acts_at_a_time(case):
    _, built = case
    control = {"forward": "step-forward", "loss": "step-forward"}
    control |= {"backward": "step-backward", "update": "apply-update", "input": "step-forward"}
    kinds = [position["kind"] for position in built["positions"]]
    for position, following in zip(built["positions"], [*kinds[1:], "input"], strict=True):
        enabled = [name for name, b in position["buttons"].items() if b["enabled"]]
        assert enabled == [control[following]]


def test_the_flow_follows_the_direction_of_the_pass(case):
    _, built = case
    for position in built["positions"]:
        kind, layer, flow = position["kind"], position["layer"], position["flow"]
        if kind in ("input", "update"):
            assert flow is None
        else:
            into = layer if kind == "forward" else layer + 1
            way = "backward" if kind == "backward" else "forward"
            assert flow == {"into": into, "neuron": position["neuron"], "way": way}


def test_the_update_makes_j_smaller(case):
    config, _ = case
    found, moved = results(config)
    last = len(config.sizes)
    net = make_network(config)
    layers = sorted(net.w)
    after = engine.Network(
        [moved["w", l] for l in layers], [moved["b", l] for l in layers], net.activations, net.loss
    )
    again = build_pass(config, after, 1)
    assert array_of(entries(again, "J", last)[0])[0, 0] < found["J", last][0, 0]


def network_of(weights, config):
    """One neuron in every layer."""
    w, b = [[[value]] for value in weights], [[0.0] for _ in weights]
    return engine.Network(w, b, config.activations, config.loss)


def assert_finite(built):
    for path, value in numbers_in(built):
        if value is None:
            assert path.rpartition(".")[2] in MAY_BE_NONE, path
        else:
            assert np.isfinite(value), path
    for entry in built["values"]:
        assert np.isfinite(array_of(entry)).all()
    assert english(orjson.loads(orjson.dumps(built))) == english(built)


def test_a_pass_survives_the_wire(case):
    _, built = case
    assert_finite(built)


STOPS = {
    "z": ({"sample_x": "1e6"}, (1e154, 1e154), ("forward", 2), "z³"),
    "J": ({"sample_x": "1e3"}, (1e154, 1), ("forward", 3), "J"),
    "dw": ({"sample_x": "1e3"}, (1e153, 1e-3), ("loss", 3), "dw³"),
    "w": ({"sample_x": "1", "learning_rate": "1000"}, (1e154, 0.1), ("backward", 2), "w³"),
}


@pytest.mark.parametrize("iteration", [0, 41])
@pytest.mark.parametrize("name", STOPS)
def test_what_is_not_finite_stops_the_walk_naming_layer_and_step(name, iteration):
    fields, weights, last, symbol = STOPS[name]
    texts = {"layer_sizes": "1-1-1", "sample_y": "0"} | fields
    config = config_of(**texts, hidden_activation="linear", output_activation="linear")
    built = build_pass(config, network_of(weights, config), iteration)
    position = built["positions"][-1]
    assert (position["kind"], position["layer"]) == last
    for part in (symbol, "layer 3", f"step {iteration + 1}"):
        assert part in english(built["stopped"])
    assert not any(button["enabled"] for button in position["buttons"].values())
    assert len(entries(built, "w", 3)) == 1
    assert_finite(built)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("w", [1e160, 1.7e308, -1.7e308])
def test_the_largest_weights_of_a_finite_pass_are_drawn_finite(w):
    config = config_of(layer_sizes="1-1", sample_x="1", sample_y="0")
    built = build_pass(config, network_of([w], config), 0)
    assert built["stopped"] is None
    assert_finite(built)


def test_a_walk_that_diverges_is_finite_until_it_stops():
    config = config_of(
        layer_sizes="2-2-1",
        hidden_activation="linear",
        output_activation="linear",
        sample_x="1, 1",
        sample_y="0",
        learning_rate="1000",
        init="constant",
    )
    net = make_network(config)
    x, y = config.columns()
    for iteration in range(100):
        built = build_pass(config, net, iteration)
        assert_finite(built)
        if built["stopped"]:
            break
        steps = engine.trace(net, x, y, config.learning_rate)
        net = steps[-1].network
    assert f"step {iteration + 1}" in english(built["stopped"]) and iteration > 0


def test_a_pass_is_made_of_nothing_but_its_arguments():
    config = config_of(**CONFIGS["deep"])
    assert orjson.dumps(pass_of(config)) == orjson.dumps(pass_of(config))
    reseeded = config_of(**CONFIGS["deep"], seed="8")
    assert pass_of(config)["values"] != pass_of(reseeded)["values"]
