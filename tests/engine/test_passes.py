import itertools
import math
import re
import warnings

import numpy as np
import pytest
from hypothesis import given
from random_networks import COMBINATIONS, HIDDEN, cases, random_case

import engine


def test_a_network_by_hand():
    """3-3-2 sigmoid against sums written out neuron by neuron."""
    net = engine.init_network([3, 3, 2], ["sigmoid", "sigmoid"], seed=7)
    x, y, neurons = [1, 0.5, -0.5], [1, 0], {1: range(3), 2: range(3), 3: range(2)}
    a, delta = {1: x}, {}
    for l in (2, 3):
        z = [
            sum(net.w[l][j, k] * a[l - 1][k] for k in neurons[l - 1]) + net.b[l][j, 0]
            for j in neurons[l]
        ]
        a[l] = [1 / (1 + math.exp(-value)) for value in z]
    delta[3] = [(a[3][j] - y[j]) * a[3][j] * (1 - a[3][j]) for j in neurons[3]]
    delta[2] = [
        sum(net.w[3][j, k] * delta[3][j] for j in neurons[3]) * a[2][k] * (1 - a[2][k])
        for k in neurons[2]
    ]
    fwd = engine.forward(net, x)
    bwd = engine.backward(net, fwd, y)
    half_norm = sum((a[3][j] - y[j]) ** 2 for j in neurons[3]) / 2
    assert engine.cost(net, fwd, y) == pytest.approx(half_norm, rel=1e-14)
    for l in (2, 3):
        dw = [[delta[l][j] * a[l - 1][k] for k in neurons[l - 1]] for j in neurons[l]]
        np.testing.assert_allclose(fwd.a[l][:, 0], a[l], rtol=1e-14)
        np.testing.assert_allclose(bwd.delta[l][:, 0], delta[l], rtol=1e-13)
        np.testing.assert_allclose(bwd.db[l][:, 0], delta[l], rtol=1e-13)
        np.testing.assert_allclose(bwd.dw[l], dw, rtol=1e-13)


@given(cases())
def test_shapes_are_those_of_the_text(case):
    net, m = case.net, case.x.shape[1]
    fwd = engine.forward(net, case.x)
    bwd = engine.backward(net, fwd, case.y)
    assert fwd.a[1].shape == (net.sizes[0], m)
    for l in range(2, net.L + 1):
        n, n_before = net.sizes[l - 1], net.sizes[l - 2]
        assert fwd.z[l].shape == fwd.a[l].shape == bwd.delta[l].shape == (n, m)
        assert bwd.dw[l].shape == (n, n_before) and bwd.db[l].shape == (n, 1)
    assert isinstance(engine.cost(net, fwd, case.y), float)


@given(cases())
def test_a_batch_is_the_mean_of_its_samples(case):
    net, m = case.net, case.x.shape[1]
    fwd = engine.forward(net, case.x)
    bwd = engine.backward(net, fwd, case.y)
    singles = []
    for x, y in zip(case.x.T, case.y.T, strict=True):
        one = engine.forward(net, x)
        singles.append((engine.cost(net, one, y), engine.backward(net, one, y)))
    close = {"rtol": 1e-11, "atol": 1e-13}
    mean_cost = sum(J for J, _ in singles) / m
    np.testing.assert_allclose(engine.cost(net, fwd, case.y), mean_cost, **close)
    for l in net.w:
        delta = np.hstack([one.delta[l] for _, one in singles])
        np.testing.assert_allclose(bwd.delta[l], delta, **close)
        np.testing.assert_allclose(bwd.dw[l], sum(o.dw[l] for _, o in singles) / m, **close)
        np.testing.assert_allclose(bwd.db[l], sum(o.db[l] for _, o in singles) / m, **close)


@given(cases())
def test_both_groupings_of_bp2_agree(case):
    """((w^{l+1})ᵀ ⊙ σ′(z^l)) δ^{l+1}, rows scaled, is (w^{l+1})ᵀ δ^{l+1} ⊙ σ′(z^l)."""
    net = case.net
    fwd = engine.forward(net, case.x[:, 0])
    bwd = engine.backward(net, fwd, case.y[:, 0])
    for l in range(2, net.L):
        slope = engine.ACTIVATIONS[net.activation(l)].derivative(fwd.z[l])
        jacobian = net.w[l + 1].T * slope
        np.testing.assert_allclose(jacobian @ bwd.delta[l + 1], bwd.delta[l], rtol=1e-9, atol=1e-14)


@given(cases())
def test_nothing_handed_in_changes_and_nothing_handed_out_can(case):
    net, x, y = case.net, case.x.copy(), case.y.copy()
    before = engine.Network(net.w, net.b, net.activations, net.loss)
    fwd = engine.forward(net, x)
    bwd = engine.backward(net, fwd, y)
    assert net == before
    np.testing.assert_array_equal(x, case.x)
    np.testing.assert_array_equal(y, case.y)
    x[:] = 9.0
    np.testing.assert_array_equal(fwd.a[1], case.x)
    parts = (fwd.z, fwd.a, bwd.delta, bwd.dw, bwd.db)
    assert not any(array.flags.writeable for part in parts for array in part.values())


@pytest.mark.parametrize("hidden", HIDDEN)
def test_large_z_gives_neither_warning_nor_nan(hidden):
    for (output, loss), size in itertools.product(COMBINATIONS, (1e3, 1e308)):
        # 2(a − y) itself must stay a float64.
        size = min(size, 5e307) if loss == "squared_error" else size
        hold_large(engine.Network(*LARGE, [hidden, output], loss), size)


LARGE = ([[[1.0], [-1.0]], np.eye(2)], [[0, 0], [0, 0]])


def hold_large(net, size):
    case = (net.activations, net.loss, size)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fwd = engine.forward(net, [size])
        J = engine.cost(net, fwd, [1, 0])
        bwd = engine.backward(net, fwd, [1, 0])
    assert [*fwd.z[2][:, 0]] == [size, -size] and not math.isnan(J), case
    for part in (fwd.z, fwd.a, bwd.delta):
        assert all(np.isfinite(array).all() for array in part.values()), case
    assert not any(np.isnan(a).any() for part in (bwd.dw, bwd.db) for a in part.values()), case


def test_overflow_is_told_by_the_value_and_not_by_a_warning():
    net = engine.Network([[[1e308, 1e308]], [[1.0]]], [[0], [0]], ["linear", "linear"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fwd = engine.forward(net, [10, 10])
        bwd = engine.backward(net, fwd, [0])
        assert engine.cost(net, fwd, [0]) == math.inf
    assert fwd.a[3][0, 0] == bwd.delta[3][0, 0] == math.inf


@pytest.mark.parametrize(
    ("sizes", "m"), [([1, 1], 1), ([1, 1], 50), ([2] * 10, 3), ([4, 1, 4], 1), ([128, 128, 1], 2)]
)
def test_from_one_neuron_to_ten_layers(sizes, m):
    case = random_case(sizes, ["tanh"] * (len(sizes) - 2) + ["linear"], "squared_error", m, 4)
    fwd = engine.forward(case.net, case.x)
    bwd = engine.backward(case.net, fwd, case.y)
    L = len(sizes)
    slope = 2 * (fwd.a[L] - case.y)
    np.testing.assert_allclose(bwd.delta[L], slope, rtol=1e-14)
    np.testing.assert_allclose(bwd.dw[L], slope @ fwd.a[L - 1].T / m, rtol=1e-11, atol=1e-14)
    assert list(bwd.delta) == list(range(2, L + 1))


BAD_X = [
    (5.0, "x of shape ()", "shape (2,) or shape (2, m)"),
    ([1.0], "x of shape (1,)", "shape (2,) or shape (2, m)"),
    ([[1.0, 2.0]], "x of shape (1, 2)", "shape (2,) or shape (2, m)"),
    (np.zeros((2, 0)), "x of shape (2, 0)", "shape (2, m)"),
    (np.zeros((2, 1, 1)), "x of shape (2, 1, 1)", "shape (2, m)"),
    ([1.0, np.nan], "x = [1.0, nan]", "finite real numbers"),
    ([1.0, -np.inf], "x = [1.0, -inf]", "finite real numbers"),
    ([[1.0], [2.0, 3.0]], "x = [[1.0], [2.0, 3.0]]", "without ragged rows"),
    (["1", "2"], "x = ['1', '2']", "finite real numbers"),
    ("12", "x = '12'", "finite real numbers"),
    (None, "x = None", "finite real numbers"),
    ({1.0, 2.0}, "x = {1.0, 2.0}", "finite real numbers"),
]


@pytest.mark.parametrize(("x", "got", "allowed"), BAD_X)
def test_a_bad_x_is_named_with_value_and_shape(x, got, allowed):
    net = engine.init_network([2, 2], ["linear"])
    with pytest.raises(ValueError, match=re.escape(got)) as raised:
        engine.forward(net, x)
    assert allowed in str(raised.value).partition("allowed: ")[2]


BAD_Y = [
    ("linear", "squared_error", [1.0], "y of shape (1,)", "shape (2, 3)"),
    ("linear", "squared_error", [1.0, 2.0], "y of shape (2,)", "shape (2, 3)"),
    ("linear", "squared_error", np.zeros((3, 2)), "y of shape (3, 2)", "shape (2, 3)"),
    ("linear", "squared_error", [[np.nan] * 3] * 2, "y = [[nan", "finite real numbers"),
    ("sigmoid", "binary_cross_entropy", [[1.5] * 3] * 2, "y = [[1.5", "from 0 to 1"),
    ("sigmoid", "binary_cross_entropy", [[-0.1] * 3] * 2, "y = [[-0.1", "from 0 to 1"),
    ("softmax", "cross_entropy", [[0.5] * 3, [0.6] * 3], "y = [[0.5", "sum to 1"),
    ("softmax", "cross_entropy", [[1.5] * 3, [-0.5] * 3], "y = [[1.5", "not below 0"),
    ("softmax", "cross_entropy", [[1, 1, 1], [0, 0, 1e-8]], "y = [[1", "sum to 1"),
]


@pytest.mark.parametrize("function", [engine.cost, engine.backward])
@pytest.mark.parametrize(("output", "loss", "y", "got", "allowed"), BAD_Y)
def test_a_bad_y_is_named_with_value_and_limits(function, output, loss, y, got, allowed):
    net = engine.init_network([2, 2], [output], loss)
    fwd = engine.forward(net, np.ones((2, 3)))
    with pytest.raises(ValueError, match=re.escape(got)) as raised:
        function(net, fwd, y)
    assert allowed in str(raised.value).partition("allowed: ")[2]


def test_targets_within_rounding_of_a_distribution_are_taken():
    net = engine.init_network([1, 3], ["softmax"], "cross_entropy")
    fwd = engine.forward(net, [1.0])
    assert engine.cost(net, fwd, [0.1, 0.2, 0.7]) > 0
    assert engine.cost(net, fwd, [1 / 3, 1 / 3, 1 / 3 + 1e-10]) > 0


def test_a_pass_of_another_network_is_refused():
    fwd = engine.forward(engine.init_network([2, 3, 2], ["relu", "linear"]), [1, 2])
    net = engine.init_network([2, 2], ["linear"])
    with pytest.raises(ValueError, match=re.escape("sizes of fwd = (2, 3, 2)")):
        engine.cost(net, fwd, [1, 2])
