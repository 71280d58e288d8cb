"""The code of the exported programs at any z, also where an activation is all but flat."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

import engine

ELEMENTWISE = [name for name, row in engine.ACTIVATIONS.items() if not row.couples_rows]
MAGNITUDES = [1e-12, 1e-6, 0.01, 0.5, 0.999, 1.001, 3, 6, 10, 19, 30, 37, 60, 100, 300]
Z = np.array([sign * z for sign in (1.0, -1.0) for z in MAGNITUDES])


class Dual:
    """A value with its derivative by z, by the rules that PyTorch's derivatives.yaml has."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        other = dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        other = dual(other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __neg__(self):
        return Dual(-self.value, -self.slope)

    def __sub__(self, other):
        return self + -dual(other)

    def __rsub__(self, other):
        return dual(other) - self

    def __pow__(self, n):
        return Dual(self.value**n, self.slope * n * self.value ** (n - 1))

    def __lt__(self, limit):
        return self.value < limit

    def __truediv__(self, number):
        return Dual(self.value / number, self.slope / number)

    __radd__, __rmul__ = __add__, __mul__

    def clamp(self, low, high):
        inside = (self.value >= low) & (self.value <= high)
        return Dual(np.clip(self.value, low, high), self.slope * inside)

    def abs(self):
        return Dual(np.abs(self.value), self.slope * np.sign(self.value))

    def sign(self):
        return Dual(np.sign(self.value))

    def sum(self, axis):
        return self


def dual(number):
    return number if isinstance(number, Dual) else Dual(number)


def by_result(f, slope):
    """A function whose derivative PyTorch takes from its result, as rounded as that is."""

    def applied(z):
        result = f(z.value)
        return Dual(result, z.slope * slope(result))

    return applied


def logaddexp(a, b):
    slope = a.slope / (1 + np.exp(b.value - a.value)) + b.slope / (1 + np.exp(a.value - b.value))
    return Dual(np.logaddexp(a.value, b.value), slope)


def where(chosen, one, other):
    pairs = ((one.value, other.value), (one.slope, other.slope))
    return Dual(*(np.where(chosen, *pair) for pair in pairs))


def elu(z):
    below = np.minimum(z.value, 0)
    value = np.where(z.value > 0, z.value, np.expm1(below))
    return Dual(value, z.slope * np.where(z.value > 0, 1, np.exp(below)))


def selu(z):
    grown, alpha = 1.0507009873554805, 1.6732632423543772
    below = np.minimum(z.value, 0)
    value = grown * np.where(z.value > 0, z.value, alpha * np.expm1(below))
    return Dual(value, z.slope * grown * np.where(z.value > 0, 1, alpha * np.exp(below)))


def mish(z):
    t, sigmoid = np.tanh(np.log1p(np.exp(z.value))), 1 / (1 + np.exp(-z.value))
    return Dual(z.value * t, z.slope * (t + z.value * sigmoid * (1 - t * t)))


def huber_loss(a, y, reduction):
    d, far = a.value - y, np.abs(a.value - y) > 1
    value = np.where(far, np.abs(d) - 0.5, 0.5 * d * d)
    return Dual(value, a.slope * np.where(far, np.sign(d), d))


def smooth(f, slope):
    return lambda z: Dual(f(z.value), z.slope * slope(z.value))


TORCH = SimpleNamespace(
    exp=by_result(np.exp, lambda a: a),
    sigmoid=by_result(lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a)),
    tanh=by_result(np.tanh, lambda a: 1 - a * a),
    relu=by_result(lambda z: np.maximum(z, 0), lambda a: 1.0 * (a > 0)),
    logaddexp=logaddexp,
    where=where,
    log=smooth(np.log, lambda v: 1 / v),
    log1p=smooth(np.log1p, lambda v: 1 / (1 + v)),
    sinh=smooth(np.sinh, np.cosh),
    full_like=lambda z, v: Dual(0 * z.value + v),
    zeros_like=lambda z: Dual(0 * z.value),
    pi=math.pi,
    nn=SimpleNamespace(
        functional=SimpleNamespace(
            elu=elu,
            huber_loss=huber_loss,
            mish=mish,
            selu=selu,
            leaky_relu=lambda z, c: Dual(
                np.where(z.value > 0, z.value, c * z.value),
                z.slope * np.where(z.value > 0, 1, c),
            ),
        )
    ),
)


def close(found, wanted, rtol=1e-12):
    np.testing.assert_allclose(found, wanted, rtol=rtol, atol=1e-300)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_torch_code_keeps_the_slope_of_a_saturated_activation(name):
    with np.errstate(all="ignore"):
        a = eval(engine.ACTIVATIONS[name].torch, {"torch": TORCH, "z": Dual(Z, np.ones_like(Z))})
    close(a.value, engine.ACTIVATIONS[name].f(Z), rtol=2e-13)
    # σ′ of SiLU passes 0 near z = −1.28, where its digits cancel in any form.
    close(a.slope, engine.ACTIVATIONS[name].derivative(Z))


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_numpy_code_keeps_the_slope_of_a_saturated_activation(name):
    row = engine.ACTIVATIONS[name]
    close(eval(row.numpy, {"np": np, "z": Z}), row.f(Z), rtol=2e-13)
    close(eval(row.numpy_derivative, {"np": np, "z": Z}), row.derivative(Z))


@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_binary_cross_entropy_keeps_a_small_loss(y):
    z, a = Dual(Z, np.ones_like(Z)), engine.ACTIVATIONS["sigmoid"].f(Z)
    code, targets = engine.LOSSES["binary_cross_entropy"], np.full((1, Z.size), y)
    wanted = code.cost(Z[np.newaxis], a[np.newaxis], targets)
    close(eval(code.torch, {"torch": TORCH, "z": z, "y": y}).value, wanted)
    close(eval(code.numpy, {"np": np, "z": Z[np.newaxis], "y": targets}), wanted)
    slope = eval(code.torch, {"torch": TORCH, "z": z, "y": y}).slope
    np.testing.assert_allclose(slope, a - y, rtol=1e-12, atol=2e-16)


@pytest.mark.parametrize("name", ["huber", "log_cosh"])
def test_a_robust_loss_keeps_a_small_and_a_large_error(name):
    row, y = engine.LOSSES[name], np.zeros((1, Z.size))
    J = eval(row.torch, {"torch": TORCH, "a": Dual(Z, np.ones_like(Z)), "y": 0.0})
    wanted = row.cost(Z[np.newaxis], Z[np.newaxis], y)
    close(J.value, wanted)
    close(J.slope, row.derivative(Z, 0.0))
    close(eval(row.numpy, {"np": np, "a": Z[np.newaxis], "y": y}), wanted)
