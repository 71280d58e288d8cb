import math
import warnings

import numpy as np
import pytest

from engine import ACTIVATIONS

REFERENCE = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "silu": lambda z: z / (1 + math.exp(-z)),
    "gelu": lambda z: z / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
}
Z = np.array([-40.0, -3.0, -1.1, -0.5, -1e-3, 1e-3, 0.7, 2.0, 3.5, 40.0])
EXTREME = np.array([-1e308, -1e200, -1e103, -1e3, -0.0, 0.0, 1e3, 1e103, 1e200, 1e308])


def test_the_table_holds_the_promised_activations():
    assert list(ACTIVATIONS) == [*REFERENCE, "softmax"]
    assert all(row.name == name for name, row in ACTIVATIONS.items())


@pytest.mark.parametrize("name", REFERENCE)
def test_f_is_its_definition(name):
    everywhere = np.append(Z, [-1e-9, 1e-9])
    expected = [REFERENCE[name](z) for z in everywhere]
    np.testing.assert_allclose(ACTIVATIONS[name].f(everywhere), expected, rtol=1e-12)


@pytest.mark.parametrize("name", REFERENCE)
def test_derivative_is_the_slope_of_f(name):
    row, h = ACTIVATIONS[name], 1e-5
    slope = (row.f(Z + h) - row.f(Z - h)) / (2 * h)
    np.testing.assert_allclose(row.derivative(Z), slope, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "at_zero"), [("relu", 0.0), ("leaky_relu", 0.01), ("elu", 1.0), ("sigmoid", 0.25)]
)
def test_derivative_at_zero(name, at_zero):
    np.testing.assert_array_equal(ACTIVATIONS[name].derivative(np.array([0.0, -0.0])), at_zero)


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", 40.0, math.exp(-40)),
        ("sigmoid", -700.0, math.exp(-700)),
        ("tanh", 30.0, 4 * math.exp(-60)),
        ("softplus", -50.0, math.exp(-50)),
    ],
)
def test_derivative_keeps_its_digits_where_a_saturates(name, z, expected):
    assert ACTIVATIONS[name].derivative(np.array([z]))[0] == pytest.approx(
        expected, rel=1e-12, abs=0
    )


def test_gelu_keeps_its_negative_tail():
    z = -6.0
    u = math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)
    expected = z * math.exp(2 * u) / (1 + math.exp(2 * u))
    assert ACTIVATIONS["gelu"].f(np.array([z]))[0] == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("name", REFERENCE)
def test_large_z_gives_neither_warning_nor_nan(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = ACTIVATIONS[name].f(EXTREME), ACTIVATIONS[name].derivative(EXTREME)
    assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("name", "low", "high", "slope_low", "slope_high"),
    [
        ("sigmoid", 0.0, 1.0, 0.0, 0.0),
        ("tanh", -1.0, 1.0, 0.0, 0.0),
        ("relu", 0.0, 1e308, 0.0, 1.0),
        ("leaky_relu", -1e306, 1e308, 0.01, 1.0),
        ("elu", -1.0, 1e308, 0.0, 1.0),
        ("softplus", 0.0, 1e308, 0.0, 1.0),
        ("silu", 0.0, 1e308, 0.0, 1.0),
        ("gelu", 0.0, 1e308, 0.0, 1.0),
    ],
)
def test_large_z_gives_the_limits(name, low, high, slope_low, slope_high):
    ends = np.array([-1e308, 1e308])
    np.testing.assert_allclose(ACTIVATIONS[name].f(ends), [low, high], rtol=1e-15)
    np.testing.assert_array_equal(ACTIVATIONS[name].derivative(ends), [slope_low, slope_high])


def test_softmax_is_its_definition_per_column():
    z = np.array([[0.3, -2.0], [1.2, 0.5], [-0.7, 3.0]])
    for column, a in zip(z.T, ACTIVATIONS["softmax"].f(z).T, strict=True):
        e = [math.exp(value) for value in column]
        np.testing.assert_allclose(a, np.array(e) / math.fsum(e), rtol=1e-14)


@pytest.mark.parametrize("size", [1e3, 1e200, 1e308])
def test_softmax_of_large_z(size):
    z = np.array([[size, size, -size], [-size, size, -size], [0.0, -size, -size]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a = ACTIVATIONS["softmax"].f(z)
    np.testing.assert_allclose(a.T, [[1, 0, 0], [0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-15)
