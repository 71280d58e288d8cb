"""Arrays that do not travel: what the browser makes of their recipes, bit for bit."""

from base64 import b64encode

import numpy as np
import pytest

import engine
from components.config.texts import make_network
from components.walk.recipes import SMALLEST, recipe_of
from components.walk.training_pass import build_pass
from components.wire import write_weights
from tests.components.wire import config_of
from tests.node import run_node

OPENED = """
const { open, weights } = await import("./assets/core/pass.js");
return given.map(([wire, sent]) => {
  const pass = open(wire, sent);
  const values = [...pass.kept.values()].flat();
  // Numbers first, then texts: each way of asking first has to give the same.
  const arrays = values.map(({ array }) => Buffer.from(array.buffer).toString("base64"));
  return {
    arrays,
    texts: values.map(({ data }) => data),
    places: values.map(({ symbol, layer }) => [symbol, layer]),
    after: weights(open(wire, sent), "after"),
    before: weights(open(wire, sent), "before"),
  };
});
"""
NETWORKS = {
    "sigmoid": {"layer_sizes": "30-40-40-3"},
    "relu, whose dead neurons make zeros": {
        "layer_sizes": "40-50-40-20",
        "hidden_activation": "relu",
        "sample_x": ", ".join("-3" if k % 3 else "0" for k in range(40)),
    },
    "by neuron": {"layer_sizes": "24-32-20-2", "granularity": "neuron"},
    "frozen biases": {"layer_sizes": "24-32-20-2", "update_biases": "false"},
    "softmax": {"layer_sizes": "24-32-20", "output_activation": "softmax", "loss": "cross_entropy"},
    "a learning rate of many digits": {"layer_sizes": "24-32-2", "learning_rate": "0.1234567891"},
    "a batch": {
        "layer_sizes": "2-30-30-1",
        "dataset": "xor",
        "sample": "all",
        "hidden_activation": "tanh",
    },
    "small": {"layer_sizes": "3-3-2"},
}


def _text(array: np.ndarray) -> str:
    return b64encode(np.ascontiguousarray(array).tobytes()).decode()


def _config(**fields: str):
    # Texts of samples that fit the sizes are made by the repairs where a network says nothing.
    return config_of(**{**_samples(fields), **fields})


def _samples(fields: dict[str, str]) -> dict[str, str]:
    if "dataset" in fields:
        return {}
    first, *_, last = (int(n) for n in fields["layer_sizes"].split("-"))
    x = ", ".join(f"{np.sin(k + 1):.3f}" for k in range(first))
    return {"sample_x": x, "sample_y": ", ".join(["1", *["0"] * (last - 1)])}


@pytest.mark.parametrize("given", [True, False])
def test_both_sides_have_the_same_bits(given):
    configs = [_config(**fields) for fields in NETWORKS.values()]
    nets = [make_network(config) for config in configs]
    built = [
        build_pass(config, net, 0, given=given) for config, net in zip(configs, nets, strict=True)
    ]
    sent = [write_weights(net.w, net.b) if given else None for net in nets]
    opened = run_node(OPENED, *zip(built, sent, strict=True))
    for config, net, found in zip(configs, nets, opened, strict=True):
        assert found["arrays"] == found["texts"]
        texts = {}
        for (symbol, layer), text in zip(found["places"], found["texts"], strict=True):
            texts.setdefault((symbol, layer), []).append(text)
        fwd = engine.forward(net, config.columns()[0])
        bwd = engine.backward(net, fwd, config.columns()[1])
        new = engine.sgd_step(net, bwd, config.learning_rate, config.update_biases)
        for layer in net.w:
            assert texts["w", layer] == [_text(net.w[layer]), _text(new.w[layer])]
            assert texts["b", layer] == [_text(net.b[layer]), _text(new.b[layer])]
            assert texts["dw", layer] == [_text(bwd.dw[layer])]
            assert texts["delta", layer] == [_text(bwd.delta[layer])]
        assert found["before"] == write_weights(net.w, net.b)
        assert found["after"] == write_weights(new.w, new.b)


def _recipes(given: bool, **fields: str) -> dict[str, set[str]]:
    config = _config(**fields)
    built = build_pass(config, make_network(config), 0, given=given)
    found: dict[str, set[str]] = {}
    for value in built["values"]:
        assert ("data" in value) is not ("recipe" in value)
        if "recipe" in value:
            found.setdefault(value["recipe"], set()).add(f"{value['symbol']}{value['layer']}")
    return found


def test_what_follows_from_others_does_not_travel():
    one = {"layer_sizes": "30-40-40-3"}
    made = {"outer": {"dw2", "dw3"}, "scaled": {"scaled2"}, "step": {"w2", "w3"}}
    assert _recipes(True, **one) == {**made, "given": {"w2", "w3"}}
    assert _recipes(False, **one) == made
    # The gradient of a batch is a sum, whose order is the library's: it travels.
    assert _recipes(True, **NETWORKS["a batch"]) == {"given": {"w3"}, "step": {"w3"}}
    assert _recipes(True, layer_sizes="3-3-2") == {}


@pytest.mark.parametrize("wrong", [np.nextafter(2.0, 3), -2.0])
def test_a_recipe_that_misses_a_bit_is_not_sent(wrong):
    n = SMALLEST
    values = {
        ("x", 1): np.ones((n, 1)),
        ("delta", 2): np.full((1, 1), 2.0),
        ("w", 2): np.ones((1, n)),
    }
    right = np.full((1, n), 2.0)
    assert recipe_of(("dw", 2), right, values) == {"recipe": "outer"}
    off = right.copy()
    off[0, -1] = wrong
    assert recipe_of(("dw", 2), off, values) is None
    values["dw", 2] = right
    assert recipe_of(("w", 2), np.zeros((1, n)), values, eta=0.5) == {"recipe": "step", "eta": 0.5}
    # −0 is another number than 0.
    assert recipe_of(("w", 2), np.full((1, n), -0.0), values, eta=0.5) is None
