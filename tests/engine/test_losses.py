import math
import warnings

import numpy as np
import pytest
from random_networks import COMBINATIONS, random_targets

from engine import ACTIVATIONS, LOSSES, goes_together

REFERENCE = {
    "half_squared_error": lambda a, y: sum((p - t) ** 2 for p, t in zip(a, y, strict=True)) / 2,
    "squared_error": lambda a, y: sum((p - t) ** 2 for p, t in zip(a, y, strict=True)),
    "mean_squared_error": lambda a, y: (
        sum((p - t) ** 2 for p, t in zip(a, y, strict=True)) / len(a)
    ),
    "huber": lambda a, y: sum(
        abs(p - t) - 0.5 if abs(p - t) > 1 else (p - t) ** 2 / 2 for p, t in zip(a, y, strict=True)
    ),
    "log_cosh": lambda a, y: sum(math.log(math.cosh(p - t)) for p, t in zip(a, y, strict=True)),
    "binary_cross_entropy": lambda a, y: (
        -sum(t * math.log(p) + (1 - t) * math.log(1 - p) for p, t in zip(a, y, strict=True))
    ),
    "cross_entropy": lambda a, y: -sum(t * math.log(p) for p, t in zip(a, y, strict=True)),
}


def output_layer(activation, loss, seed=0):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(3, 4))
    return z, ACTIVATIONS[activation].f(z), random_targets(loss, 3, 4, rng)


def test_the_table_holds_the_promised_losses():
    assert list(LOSSES) == list(REFERENCE)
    assert all(row.name == name for name, row in LOSSES.items())


@pytest.mark.parametrize(("activation", "loss"), COMBINATIONS)
def test_cost_is_its_definition(activation, loss):
    z, a, y = output_layer(activation, loss)
    expected = [REFERENCE[loss](*pair) for pair in zip(a.T, y.T, strict=True)]
    np.testing.assert_allclose(LOSSES[loss].cost(z, a, y), expected, rtol=1e-13)


@pytest.mark.parametrize("loss", [name for name, row in LOSSES.items() if not row.taken_as_one])
def test_derivative_is_the_slope_in_a(loss):
    z, a, y = output_layer("linear", loss)
    row, h = LOSSES[loss], 1e-5
    for j in range(len(a)):
        step = np.zeros_like(a)
        step[j] = h
        slope = (row.cost(z, a + step, y) - row.cost(z, a - step, y)) / (2 * h)
        np.testing.assert_allclose(row.derivative(a, y)[j], slope, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("loss", [name for name, row in LOSSES.items() if row.taken_as_one])
def test_delta_is_the_slope_in_z(loss):
    row, h = LOSSES[loss], 1e-5
    f = ACTIVATIONS[row.output].f
    z, a, y = output_layer(row.output, loss)
    for j in range(len(z)):
        step = np.zeros_like(z)
        step[j] = h
        above, below = (row.cost(moved, f(moved), y) for moved in (z + step, z - step))
        np.testing.assert_allclose(row.derivative(a, y)[j], (above - below) / (2 * h), atol=1e-9)


@pytest.mark.parametrize(
    ("activation", "loss", "together"),
    [
        ("softmax", "cross_entropy", True),
        ("softmax", "half_squared_error", False),
        ("softmax", "binary_cross_entropy", False),
        ("sigmoid", "cross_entropy", False),
        ("sigmoid", "binary_cross_entropy", True),
        ("tanh", "binary_cross_entropy", False),
        ("relu", "mean_squared_error", True),
    ],
)
def test_goes_together(activation, loss, together):
    assert goes_together(activation, loss) is together


@pytest.mark.parametrize("size", [1e3, 1e308])
@pytest.mark.parametrize("loss", ["binary_cross_entropy", "cross_entropy"])
def test_a_certain_and_right_output_costs_nothing(loss, size):
    z = np.array([[size], [-size]])
    a, y = ACTIVATIONS[LOSSES[loss].output].f(z), np.array([[1.0], [0.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(LOSSES[loss].cost(z, a, y), [0.0])


@pytest.mark.parametrize(
    ("loss", "size", "expected"),
    [
        ("binary_cross_entropy", 1e3, 2e3),
        ("binary_cross_entropy", 5e307, 1e308),
        ("cross_entropy", 1e3, 2e3),
        ("cross_entropy", 5e307, 1e308),
        ("cross_entropy", 1e308, math.inf),
    ],
)
def test_a_certain_and_wrong_output_costs_the_distance(loss, size, expected):
    z = np.array([[size], [-size]])
    a, y = ACTIVATIONS[LOSSES[loss].output].f(z), np.array([[0.0], [1.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(LOSSES[loss].cost(z, a, y), [expected], rtol=1e-15)


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_the_factor_stands_before_the_squared_differences(n):
    a, y = np.linspace(-1, 2, n)[:, None], np.linspace(3, -1, n)[:, None]
    squares = [row for row in LOSSES.values() if row.squares]
    assert [row.name for row in squares] == [name for name in LOSSES if "squared" in name]
    for row in squares:
        assert row.cost(a, a, y)[0] == pytest.approx(float(row.factor(n)) * ((a - y) ** 2).sum())
        np.testing.assert_allclose(row.derivative(a, y), 2 * float(row.factor(n)) * (a - y))


@pytest.mark.parametrize(
    ("loss", "error", "J", "slope"),
    [
        # By arithmetic of 60 digits on the definitions.
        ("log_cosh", 1e-9, 5e-19, 1e-9),
        ("log_cosh", 0.5, 0.12011450695827752, 0.46211715726000974),
        ("log_cosh", 1.0, 0.4337808304830272, 0.7615941559557649),
        ("log_cosh", 1.5, 0.8554401710137968, 0.9051482536448664),
        ("log_cosh", 20.0, 19.306852819440056, 1.0),
        ("log_cosh", 800.0, 799.3068528194401, 1.0),
        ("log_cosh", 1e308, 1e308, 1.0),
        ("huber", 0.5, 0.125, 0.5),
        ("huber", 1.0, 0.5, 1.0),
        ("huber", 3.0, 2.5, 1.0),
        ("huber", 1e308, 1e308, 1.0),
        ("huber", 1e-200, 0.0, 1e-200),
    ],
)
def test_a_robust_loss_to_the_last_digits(loss, error, J, slope):
    row = LOSSES[loss]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for sign in (1.0, -1.0):
            a, y = np.array([[0.0], [sign * error]]), np.zeros((2, 1))
            assert row.cost(a, a, y)[0] == pytest.approx(J, rel=4e-16, abs=0)
            np.testing.assert_allclose(row.derivative(a, y), [[0], [sign * slope]], rtol=4e-16)


def test_huber_is_the_half_squared_error_of_small_errors_and_a_sum_over_the_outputs():
    a, y = np.array([[0.5, -1.0], [0.25, 1.0]]), np.array([[1.5, -0.25], [0.0, 0.5]])
    half = LOSSES["half_squared_error"]
    np.testing.assert_array_equal(LOSSES["huber"].cost(a, a, y), half.cost(a, a, y))
    np.testing.assert_array_equal(LOSSES["huber"].derivative(a, y), half.derivative(a, y))
    far = np.array([[3.0], [-1.0], [0.5]])
    assert LOSSES["huber"].cost(far, far, np.zeros((3, 1)))[0] == 2.5 + 0.5 + 0.125


@pytest.mark.parametrize("loss", ["huber", "log_cosh"])
def test_robust_losses_agree_with_pytorch(loss):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(4)
    a, y = rng.normal(0, 3, (3, 50)), rng.normal(0, 3, (3, 50))
    theirs = {
        "huber": torch.nn.HuberLoss(reduction="sum"),
        "log_cosh": lambda a, y: (
            (a - y).abs() + torch.nn.functional.softplus(-2 * (a - y).abs()) - math.log(2)
        ).sum(),
    }[loss]
    given = torch.tensor(a, requires_grad=True)
    J = theirs(given, torch.tensor(y))
    J.backward()
    assert LOSSES[loss].cost(a, a, y).sum() == pytest.approx(J.item(), rel=1e-12)
    np.testing.assert_allclose(LOSSES[loss].derivative(a, y), given.grad.numpy(), rtol=1e-12)
