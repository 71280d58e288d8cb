"""Files that PyTorch, Keras, scikit-learn, Flax and Haiku wrote give the outputs that those give.

They are made by tests/frameworks/make_weight_files.py, together with the outputs.
"""

from pathlib import Path

import numpy as np
import orjson
import pytest

import engine
from components.weights.files import keeps_order, read_arrays
from components.weights.foreign_files import ForeignFileError
from components.weights.layers import ArrangedLayers, Choice, Question, arrange_layers
from tests.components.weights.orders import asked_of

MADE = Path(__file__).with_name("made")
FOREIGN = {
    "state_dict.pt": "PyTorch",
    "checkpoint.pth": "PyTorch",
    "legacy.pt": "PyTorch",
    "module.pt": "PyTorch",
    "script.pt": "PyTorch",
    "model.keras": "Keras",
    "model.h5": "HDF5",
    "model.weights.h5": "HDF5",
    "net.onnx": "ONNX",
    "net.joblib": "scikit-learn",
    "compressed.joblib": "scikit-learn",
}
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


def test_a_file_of_another_kind_is_known_by_its_content_and_has_lines_that_convert_it():
    for name, called in FOREIGN.items():
        with pytest.raises(ForeignFileError, match=f"a file of {called}") as caught:
            read_arrays((MADE / name).read_bytes())
        assert len(caught.value.lines) == 3
        # What the lines made is among the files above.
        assert f"from_{name}.npz" in OUTPUTS


def test_the_lines_name_the_file_and_never_what_its_name_might_run():
    content = (MADE / "state_dict.pt").read_bytes()
    for name, told in (("my net.pt", '"my net.pt"'), ('a"); import os #.pt', '"file"'),
                       ("a\\.pt", '"file"'), ("netz-ä_(2).pt", '"netz-ä_(2).pt"')):  # fmt: skip
        refused = asked_of(content, name=name)["refused"]
        assert refused["text"].startswith(f"{name}: This is a file of PyTorch")
        load = f'state = torch.load({told}, map_location="cpu", weights_only=True)'
        assert refused["lines"][1] == load


def test_no_made_file_tells_where_it_was_made():
    told = [path.name for path in MADE.iterdir() if b"site-packages" in path.read_bytes()]
    assert told == []
