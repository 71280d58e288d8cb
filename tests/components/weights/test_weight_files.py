"""Weight files: exact there and back, foreign networks understood, dangerous ones refused."""

import io
from base64 import b64decode, b64encode
from itertools import pairwise

import numpy as np
import pytest
from safetensors.numpy import save

from app import create_app
from components import ids
from components.requests.reading import read_stage
from components.requests.weights import answer_weights_read, answer_weights_write
from components.weights.files import FORMATS, read_arrays
from components.weights.layers import arrange_layers
from components.weights.refusal import WeightFileError
from tests.english import answered, english

RNG = np.random.default_rng(5)
SIZES = (4, 7, 5, 3)
W = [RNG.normal(size=(n, k)) for k, n in pairwise(SIZES)]
B = [RNG.normal(size=n) for n in SIZES[1:]]


def torch_file(names=("0", "2", "10"), bias=True):
    arrays = {f"{name}.weight": w for name, w in zip(names, W, strict=True)}
    if bias:
        arrays |= {f"{name}.bias": b for name, b in zip(names, B, strict=True)}
    return arrays


def keras_file(names=("dense", "dense_1", "dense_2"), ends=("kernel", "bias")):
    kernels = {f"{n}/{ends[0]}": np.ascontiguousarray(w.T) for n, w in zip(names, W, strict=True)}
    return kernels | {f"{n}/{ends[1]}": b for n, b in zip(names, B, strict=True)}


def arranged(arrays):
    return arrange_layers(read_arrays(save(arrays)))


def assert_understood(layers):
    assert layers.sizes == SIZES
    assert all(np.array_equal(one, other) for one, other in zip(layers.w, W, strict=True))
    assert all(np.array_equal(one[:, 0], b) for one, b in zip(layers.b, B, strict=True))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sizes", ["3-3-2", "1-1", "5-128-128-128-2"])
def test_what_is_written_reads_back_bit_for_bit(form, sizes):
    body = {"fields": {ids.LAYER_SIZES: sizes, ids.HIDDEN_ACTIVATION: "tanh", ids.SEED: "3"}}
    stage = read_stage(body)
    file = answer_weights_write({**body, "format": form})
    assert file["name"] == f"deltaflow-{sizes}.{form}"
    other = {"fields": {ids.HIDDEN_ACTIVATION: "tanh"}}
    answer = answered(answer_weights_read, {**other, **file})
    assert answer["fields"][ids.LAYER_SIZES] == sizes
    again = read_stage({"fields": answer["fields"], "weights": answer["weights"]})
    assert not again.fresh and again.config.hidden_activation == "tanh"
    for l in stage.net.w:
        assert np.array_equal(again.net.w[l], stage.net.w[l])
        assert np.array_equal(again.net.b[l], stage.net.b[l])
    if form == "npz":
        with np.load(io.BytesIO(b64decode(file["content"])), allow_pickle=False) as loaded:
            assert set(loaded) == {f"{s}{l}" for s in "wb" for l in stage.net.w}


@pytest.mark.parametrize(
    "names",
    [("0", "2", "10"), ("fc1", "fc2", "fc3"), ("net.layers.0", "net.layers.2", "net.layers.4"),
     ("z_in", "hidden", "a_out")],
)  # fmt: skip
def test_a_network_of_pytorch_is_understood(names):
    assert_understood(arranged(torch_file(names)))


@pytest.mark.parametrize(
    ("names", "ends"),
    [(("dense", "dense_1", "dense_2"), ("kernel", "bias")),
     (("dense_9", "dense_10", "dense_11"), ("kernel:0", "bias:0")),
     (("layers/dense", "layers/dense_1", "layers/dense_2"), ("vars/0", "vars/1"))],
)  # fmt: skip
def test_a_network_of_keras_is_understood(names, ends):
    layers = arranged(keras_file(names, ends))
    assert_understood(layers)
    assert "as Keras" in english(layers.told[0])


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_narrower_numbers_are_taken_as_they_are(dtype):
    layers = arranged({name: array.astype(dtype) for name, array in torch_file().items()})
    assert layers.w[1].dtype == float
    assert np.array_equal(layers.w[1], W[1].astype(dtype).astype(float))


def test_layers_without_bias_have_0():
    layers = arranged(torch_file(bias=False))
    assert not np.any(layers.b[0]) and "no bias" in " ".join(english(layers.told))


def test_squares_are_read_by_their_names_and_it_is_said():
    squares = [RNG.normal(size=(3, 3)) for _ in range(2)]
    torch = arranged({f"{i}.weight": w for i, w in enumerate(squares)})
    keras = arranged({f"d_{i}/kernel": w for i, w in enumerate(squares)})
    assert np.array_equal(torch.w[0], squares[0]) and np.array_equal(keras.w[0], squares[0].T)
    assert "fit both ways" in english(torch.told[1]) and "Keras" in english(keras.told[1])


def test_what_was_understood_and_kept_is_told():
    body = {"fields": {ids.OUTPUT_ACTIVATION: "tanh"}, "name": "mlp.safetensors"}
    answer = answered(
        answer_weights_read, {**body, "content": b64encode(save(torch_file())).decode()}
    )
    told = " ".join(answer["told"])
    assert told.startswith("mlp.safetensors is on the stage as 4-7-5-3.")
    assert "0.weight → 2.weight → 10.weight" in told
    assert "Activations are not in such files: sigmoid, then tanh are kept." in told


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"a.weight": np.ones((3, 2)), "b.weight": np.ones((5, 4))}, "no order of them chains"),
        ({"a.weight": np.ones((3, 2)), "a.bias": np.ones(4)}, "no order"),
        ({"a.bias": np.ones(3)}, "without its matrix"),
        ({"conv": np.ones((3, 3))}, "not known"),
        ({"a.weight": np.ones(3)}, "vector"),
        ({"a.weight": np.ones((3, 3)), "a.bias": np.ones((3, 3))}, "bias is expected"),
        ({"a.weight": np.ones((3, 3)), "a/kernel": np.ones((3, 3))}, "another matrix"),
    ],
)
def test_what_is_no_network_is_refused_with_its_shapes(arrays, words):
    with pytest.raises(WeightFileError, match=words):
        arranged(arrays)


def test_the_routes_answer():
    client = create_app().server.test_client()
    file = client.post("/weights/write", json={"format": "safetensors"}).json
    assert set(file) == {"name", "content"}
    answer = client.post("/weights/read", json=file).json
    assert answer["fields"][ids.LAYER_SIZES] == "3-3-2"
