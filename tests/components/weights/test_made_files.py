"""Files that PyTorch, Keras, scikit-learn, Flax and Haiku wrote give the outputs that those give.

They are made by tests/frameworks/make_weight_files.py, together with the outputs.
"""

from pathlib import Path

import numpy as np
import orjson
import pytest

import engine
from components.weights.files import keeps_order, read_arrays
from components.weights.layers import ArrangedLayers, Choice, Question, arrange_layers

MADE = Path(__file__).with_name("made")
OUTPUTS = orjson.loads((MADE / "outputs.json").read_bytes())


def arranged(name, order=None, columns=False):
    """The layers of a file; those that were chosen where it asks."""
    content = (MADE / name).read_bytes()
    arrays, in_order = read_arrays(content), keeps_order(content)
    found = arrange_layers(arrays, in_order)
    if order is None:
        return found
    assert isinstance(found, Question)
    chosen = Choice(tuple(order), columns)
    assert chosen in [choice for choice, _ in found.choices]
    return arrange_layers(arrays, in_order, chosen)


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_gives_the_outputs_of_the_framework_that_wrote_it(name):
    made = OUTPUTS[name]
    layers = arranged(name, made.get("order"), made.get("columns", False))
    assert isinstance(layers, ArrangedLayers)
    hidden, output = made["activations"]
    activations = [hidden] * (len(layers.w) - 1) + [output]
    loss = "cross_entropy" if output == "softmax" else "half_squared_error"
    net = engine.Network(list(layers.w), list(layers.b), activations, loss)
    given = engine.forward(net, np.array(made["x"])).a[net.L]
    assert np.allclose(given.ravel(), made["y"], rtol=0, atol=made.get("near", 1e-6))


def test_every_framework_is_there():
    begun = {name.split("_")[0].split(".")[0] for name in OUTPUTS}
    assert begun == {"torch", "keras", "from", "sklearn", "flax", "haiku"}
