import math
import warnings

import numpy as np
import pytest

from engine import ACTIVATIONS

REFERENCE = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "bipolar_sigmoid": lambda z: 2 / (1 + math.exp(-z)) - 1,
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "selu": lambda z: 1.0507009873554805 * (z if z > 0 else 1.6732632423543772 * math.expm1(z)),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "silu": lambda z: z / (1 + math.exp(-z)),
    "gelu": lambda z: z / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "mish": lambda z: z * math.tanh(math.log1p(math.exp(z))),
    "linear": lambda z: z,
}
Z = np.array([-40.0, -3.0, -1.1, -0.5, -1e-3, 1e-3, 0.7, 2.0, 3.5, 40.0])
EXTREME = np.array([-1e308, -1e200, -1e103, -1e3, -0.0, 0.0, 1e3, 1e103, 1e200, 1e308])


def test_the_table_holds_the_promised_activations():
    assert [*ACTIVATIONS] == [*REFERENCE, "softmax"]
    assert all(row.name == name for name, row in ACTIVATIONS.items())


@pytest.mark.parametrize("name", REFERENCE)
def test_f_is_its_definition(name):
    everywhere = np.append(Z, [-1e-9, 1e-9])
    expected = [REFERENCE[name](z) for z in everywhere]
    # 2/(1+e^−z) − 1 as it is written cancels for a small z.
    np.testing.assert_allclose(ACTIVATIONS[name].f(everywhere), expected, rtol=1e-12, atol=2e-16)


@pytest.mark.parametrize("name", REFERENCE)
def test_derivative_is_the_slope_of_f(name):
    row, h = ACTIVATIONS[name], 1e-5
    slope = (row.f(Z + h) - row.f(Z - h)) / (2 * h)
    np.testing.assert_allclose(row.derivative(Z), slope, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "at_zero"),
    [
        ("relu", 0.0),
        ("leaky_relu", 0.01),
        ("elu", 1.0),
        ("selu", 1.0507009873554805 * 1.6732632423543772),
        ("sigmoid", 0.25),
        ("bipolar_sigmoid", 0.5),
        ("mish", 0.6),
    ],
)
def test_derivative_at_zero(name, at_zero):
    np.testing.assert_array_equal(ACTIVATIONS[name].derivative(np.array([0.0, -0.0])), at_zero)


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("sigmoid", 40.0, math.exp(-40)),
        ("sigmoid", -700.0, math.exp(-700)),
        ("tanh", 30.0, 4 * math.exp(-60)),
        ("bipolar_sigmoid", 60.0, 2 * math.exp(-60)),
        ("bipolar_sigmoid", -700.0, 2 * math.exp(-700)),
        ("mish", -50.0, -49 * math.exp(-50)),
        ("selu", -50.0, 1.0507009873554805 * 1.6732632423543772 * math.exp(-50)),
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


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        # f and σ′ by arithmetic of 60 digits on the definitions.
        ("mish", -30.0, (-2.807286890651921e-12, -2.713710660963392e-12)),
        ("mish", -2.25, (-0.22471311922296616, -0.11252390292835687)),
        ("mish", -0.5, (-0.22074377465173, 0.2895106779135122)),
        ("mish", 1.0, (0.8650983882673103, 1.0490362200997922)),
        ("mish", 3.75, (3.7460423929964595, 1.0066739006015477)),
        ("selu", -30.0, (-1.7580993408472123, 1.6451630773416185e-13)),
        ("selu", -2.25, (-1.5727970336193384, 0.18530230722803834)),
        ("selu", -0.5, (-0.6917581878028713, 1.0663411530445055)),
        ("selu", 3.75, (3.940128702583052, 1.0507009873554805)),
        ("bipolar_sigmoid", -30.0, (-0.9999999999998128, 1.8715245937676846e-13)),
        ("bipolar_sigmoid", -0.5, (-0.24491866240370913, 0.470007424403189)),
        ("bipolar_sigmoid", 1.0, (0.46211715726000974, 0.3932238664829637)),
    ],
)
def test_f_and_derivative_to_the_last_digits(name, z, expected):
    row, at = ACTIVATIONS[name], np.array([z])
    assert (row.f(at)[0], row.derivative(at)[0]) == pytest.approx(expected, rel=1e-15, abs=0)


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
        ("bipolar_sigmoid", -1.0, 1.0, 0.0, 0.0),
        ("tanh", -1.0, 1.0, 0.0, 0.0),
        ("relu", 0.0, 1e308, 0.0, 1.0),
        ("leaky_relu", -1e306, 1e308, 0.01, 1.0),
        ("elu", -1.0, 1e308, 0.0, 1.0),
        ("softplus", 0.0, 1e308, 0.0, 1.0),
        ("silu", 0.0, 1e308, 0.0, 1.0),
        ("gelu", 0.0, 1e308, 0.0, 1.0),
        ("mish", 0.0, 1e308, 0.0, 1.0),
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
