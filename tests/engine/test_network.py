import re

import numpy as np
import pytest

import engine

W = [[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[1.0, 2.0, 3.0]]]
B = [[0.1, 0.2, 0.3], [0.4]]
NAMES = ["sigmoid", "linear"]


def test_lists_become_layer_numbered_float64_columns():
    net = engine.Network(W, B, NAMES)
    assert net.sizes == (2, 3, 1) and net.L == 3
    assert net.loss == "half_squared_error" and net.activations == ("sigmoid", "linear")
    assert net.activation(2) == "sigmoid" and net.activation(3) == "linear"
    np.testing.assert_array_equal(net.w[2], W[0])
    np.testing.assert_array_equal(net.b[2], [[0.1], [0.2], [0.3]])
    assert {array.dtype for part in (net.w, net.b) for array in part.values()} == {np.dtype(float)}


def test_bias_columns_and_layers_are_taken_too():
    net = engine.Network(W, [np.array([[0.1], [0.2], [0.3]]), [[0.4]]], NAMES)
    assert net == engine.Network(W, B, NAMES) == engine.Network(net.w, net.b, net.activations)


def test_the_arrays_are_copied():
    w = [np.array(matrix) for matrix in W]
    net = engine.Network(w, B, NAMES)
    w[0][0, 0] = 99.0
    assert net.w[2][0, 0] == 1.0


@pytest.mark.parametrize("layer", [1, 0, 4, -1])
def test_a_layer_without_activation(layer):
    with pytest.raises(KeyError, match="2 to 3"):
        engine.Network(W, B, NAMES).activation(layer)


BAD = [
    ({"w": 3}, "w = 3", "one array for each layer"),
    ({"w": "abc"}, "w = 'abc'", "one array for each layer"),
    ({"w": None}, "w = None", "one array for each layer"),
    ({"w": np.array(1.0)}, "w = array(1.)", "one array for each layer"),
    ({"w": [], "b": []}, "(w, b) = (0, 0)", "at least one"),
    ({"b": B[:1]}, "(w, b) = (2, 1)", "as many in b as in w"),
    ({"w": [W[0], [[1.0, 2.0]]]}, "w[3] = (1, 2)", "(1, 3), since layer 2 has 3 neurons"),
    ({"w": [[1.0, 2.0], W[1]]}, "w[2] of shape (2,) = [1.0, 2.0]", "(n_l, n_(l-1))"),
    ({"w": [[[1.0, 2.0], [3.0]], W[1]]}, "w[2] = [[1.0, 2.0], [3.0]]", "without ragged rows"),
    ({"w": [[[1.0, np.nan]] * 3, W[1]]}, "w[2] = [[1.0, nan]", "finite real numbers"),
    ({"w": [[[1.0, np.inf]] * 3, W[1]]}, "w[2] = [[1.0, inf]", "finite real numbers"),
    ({"w": [[["1", "2"]] * 3, W[1]]}, "w[2] = [['1', '2']", "finite real numbers"),
    ({"w": [[[1.0, None]] * 3, W[1]]}, "w[2] = [[1.0, None]", "finite real numbers"),
    ({"w": [[[1j, 1.0]] * 3, W[1]]}, "w[2] = [[1j, 1.0]", "finite real numbers"),
    ({"w": [[[True, False]] * 3, W[1]]}, "w[2] = [[True, False]", "finite real numbers"),
    ({"w": [[[10**5000, 1]] * 3, W[1]]}, "w[2] = list too long to print", "finite real numbers"),
    ({"w": [np.zeros((3, 0)), W[1]]}, "w[2] of shape (3, 0)", "(n_l, n_(l-1))"),
    ({"b": [[0.1, 0.2], [0.4]]}, "b[2] = (2, 1)", "(3, 1) or (3,)"),
    ({"b": [[[0.1, 0.2, 0.3]], [0.4]]}, "b[2] of shape (1, 3)", "(n_l,) or (n_l, 1)"),
    ({"b": [0.1, 0.4]}, "b[2] of shape () = 0.1", "(n_l,) or (n_l, 1)"),
    ({"b": [[0.1, 0.2, np.nan], [0.4]]}, "b[2] = [0.1, 0.2, nan]", "finite real numbers"),
    ({"activations": "sigmoid"}, "activations = 'sigmoid'", "a list of 2 names"),
    ({"activations": None}, "activations = None", "a list of 2 names"),
    ({"activations": ["relu"]}, "activations = ('relu',)", "2 names"),
    ({"activations": ["relu", "ReLU"]}, "layer 3, = 'ReLU'", "sigmoid, bipolar_sigmoid, tanh"),
    ({"activations": ["relu", 7]}, "layer 3, = 7", "sigmoid, bipolar_sigmoid, tanh"),
    ({"activations": ["softmax", "linear"]}, "layer 2, = 'softmax'", "last layer only"),
    ({"activations": ["relu", "softmax"]}, "loss = 'half_squared_error'", "cross_entropy"),
    ({"loss": "cross_entropy"}, "loss = 'cross_entropy'", "softmax only"),
    ({"loss": "binary_cross_entropy"}, "loss = 'binary_cross_entropy'", "sigmoid only"),
    ({"loss": "mse"}, "loss = 'mse'", "half_squared_error, squared_error, mean_squared_error"),
    ({"loss": ["cross_entropy"]}, "loss = ['cross_entropy']", "half_squared_error"),
]


@pytest.mark.parametrize(("change", "got", "allowed"), BAD)
def test_a_bad_argument_is_named_with_value_and_limits(change, got, allowed):
    arguments = {"w": W, "b": B, "activations": NAMES} | change
    with pytest.raises(ValueError, match=re.escape(got)) as raised:
        engine.Network(**arguments)
    _, _, said = str(raised.value).partition("allowed: ")
    assert allowed in said and len(str(raised.value)) < 400


def blank(sizes):
    w = [np.zeros(pair) for pair in zip(sizes[1:], sizes[:-1], strict=True)]
    return engine.Network(w, [np.zeros(n) for n in sizes[1:]], ["linear"] * len(w))


@pytest.mark.parametrize(
    "build", [blank, lambda s: engine.init_network(s, ["linear"] * (len(s) - 1))]
)
@pytest.mark.parametrize(
    ("sizes", "named"),
    [
        ([1] * (engine.MAX_LAYERS + 1), "2 to 10 layers"),
        ([1, engine.MAX_NEURONS + 1], "from 1 to 128"),
        ([engine.MAX_NEURONS + 1, 1], "from 1 to 128"),
        ([128, 128, 128, 24, 119, 95], "at most 50000 weights, here 50001"),
    ],
)
def test_the_limits_refuse(build, sizes, named):
    with pytest.raises(ValueError, match=named):
        build(sizes)


@pytest.mark.parametrize("sizes", [[1] * 10, [128, 128], [1, 1], [125, 125, 125, 125, 25]])
def test_the_limits_include_their_ends(sizes):
    assert blank(sizes).sizes == tuple(sizes)


def test_a_moved_network_takes_the_arrays_it_is_given_and_closes_them():
    net = engine.init_network([2, 3, 1], ["tanh", "linear"])
    w = [array + 1 for array in net.w.values()]
    b = [array + 2 for array in net.b.values()]
    moved = net.moved(w, b)
    assert moved == engine.Network(w, b, net.activations, net.loss)
    assert moved.w[2] is w[0] and not any(a.flags.writeable for a in [*w, *b])
    assert moved.sizes == net.sizes and net.b[2].max() == 0
