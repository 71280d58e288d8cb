"""The activations once more, as in-place operations on buffers that exist already."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from engine.activations import ACTIVATIONS
from engine.activations.gated import GELU_CUBIC, GELU_SCALE
from engine.activations.rectifiers import LEAKY_SLOPE, SELU_ALPHA, SELU_LAMBDA
from engine.arguments import Array
from engine.fast.operations import Operations, constant
from engine.tables import require_rows

__all__ = ["FAST_ACTIVATIONS", "identity"]

Pair: TypeAlias = tuple[Operations, Operations]

_ZERO, _HALF, _ONE, _TWO, _FOUR = (constant(value) for value in (0.0, 0.5, 1.0, 2.0, 4.0))
_SLOPE = constant(LEAKY_SLOPE)
_SELU_POSITIVE = constant(SELU_LAMBDA)
_SELU_NEGATIVE = constant(SELU_LAMBDA * SELU_ALPHA)
_SELU_JUMP = constant(SELU_LAMBDA - SELU_LAMBDA * SELU_ALPHA)
# e^z is finite up to 709.78; σ has long become 1. fmin and fmax call no slow status check of
# small arrays, as minimum and maximum do.
_LAST = constant(709.0)
# e^{2z} is finite up to 354.89.
_MISH_LAST = constant(354.0)
_GELU_FACTOR = constant(2 * GELU_SCALE)
_GELU_SQUARE = constant(2 * GELU_SCALE * GELU_CUBIC)
_GELU_SLOPE = constant(6 * GELU_SCALE * GELU_CUBIC)
_GELU_LAST = constant(900.0)


def identity(z: Array, a: Array, d: Array) -> Pair:
    """a = z, where a program need not have both."""
    return [(np.positive, (z, a))], []


def _logistic(z: Array, e: Array, total: Array, a: Array) -> Operations:
    # a = e/(1 + e) with e = e^z: small a keep their digits, and a/(1 + e) is all of σ′.
    return [
        (np.fmin, (z, _LAST, e)),
        (np.exp, (e, e)),
        (np.add, (e, _ONE, total)),
        (np.divide, (e, total, a)),
    ]


def _sigmoid(z: Array, a: Array, d: Array) -> Pair:
    total = np.empty_like(z)
    return _logistic(z, z, total, a), [(np.multiply, (d, a, d)), (np.divide, (d, total, d))]


def _bipolar_sigmoid(z: Array, a: Array, d: Array) -> Pair:
    # tanh(z/2), and ½/cosh²(z/2) as in tanh.
    c = np.empty_like(z)
    backward: Operations = [
        (np.cosh, (z, c)),
        (np.divide, (d, c, d)),
        (np.divide, (d, c, d)),
        (np.multiply, (d, _HALF, d)),
    ]
    return [(np.multiply, (z, _HALF, z)), (np.tanh, (z, a))], backward


def _tanh(z: Array, a: Array, d: Array) -> Pair:
    # 1/cosh²z, since 1 − a² would cancel; where cosh overflows, d/∞ is the right 0.
    c = np.empty_like(z)
    backward: Operations = [(np.cosh, (z, c)), (np.divide, (d, c, d)), (np.divide, (d, c, d))]
    return [(np.tanh, (z, a))], backward


def _relu(z: Array, a: Array, d: Array) -> Pair:
    slope = np.empty_like(z)
    return [(np.fmax, (z, _ZERO, a))], [(np.sign, (a, slope)), (np.multiply, (d, slope, d))]


def _leaky_relu(z: Array, a: Array, d: Array) -> Pair:
    slope = np.empty_like(z)
    forward: Operations = [(np.multiply, (z, _SLOPE, slope)), (np.fmax, (z, slope, a))]
    backward: Operations = [
        (np.heaviside, (z, _ZERO, slope)),
        (np.fmax, (slope, _SLOPE, slope)),
        (np.multiply, (d, slope, d)),
    ]
    return forward, backward


def _elu(z: Array, a: Array, d: Array) -> Pair:
    negative, e = np.empty_like(z), np.empty_like(z)
    forward: Operations = [
        (np.fmin, (z, _ZERO, negative)),
        (np.expm1, (negative, e)),
        (np.fmax, (z, e, a)),
    ]
    return forward, [(np.exp, (negative, e)), (np.multiply, (d, e, d))]


def _selu(z: Array, a: Array, d: Array) -> Pair:
    negative, e, step = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    forward: Operations = [
        (np.fmin, (z, _ZERO, negative)),
        (np.expm1, (negative, e)),
        (np.multiply, (e, _SELU_NEGATIVE, e)),
        (np.fmax, (z, _ZERO, a)),
        (np.multiply, (a, _SELU_POSITIVE, a)),
        (np.add, (a, e, a)),
    ]
    backward: Operations = [
        (np.exp, (negative, e)),
        (np.multiply, (e, _SELU_NEGATIVE, e)),
        (np.heaviside, (z, _ZERO, step)),
        (np.multiply, (step, _SELU_JUMP, step)),
        (np.add, (e, step, e)),
        (np.multiply, (d, e, d)),
    ]
    return forward, backward


def _softplus(z: Array, a: Array, d: Array) -> Pair:
    # σ(z) = e^{z − softplus(z)}.
    e, positive = np.empty_like(z), np.empty_like(z)
    forward: Operations = [
        (np.absolute, (z, e)),
        (np.negative, (e, e)),
        (np.exp, (e, e)),
        (np.log1p, (e, e)),
        (np.fmax, (z, _ZERO, positive)),
        (np.add, (e, positive, a)),
    ]
    return forward, [(np.subtract, (z, a, e)), (np.exp, (e, e)), (np.multiply, (d, e, d))]


def _silu(z: Array, a: Array, d: Array) -> Pair:
    # z·σ′(z) = a/(1 + e), where e stays at e^709 and a must stay as well.
    s, total = np.empty_like(z), np.empty_like(z)
    forward: Operations = [*_logistic(z, s, total, s), (np.multiply, (z, s, a))]
    backward: Operations = [
        (np.fmin, (a, _LAST, z)),
        (np.divide, (z, total, total)),
        (np.add, (total, s, total)),
        (np.multiply, (d, total, d)),
    ]
    return forward, backward


def _gelu(z: Array, a: Array, d: Array) -> Pair:
    # As in the readable table, z² is cut at 30², where σ(2u) has long become 0 or 1.
    square, s, total = np.empty_like(z), np.empty_like(z), np.empty_like(z)
    forward: Operations = [
        (np.multiply, (z, z, square)),
        (np.fmin, (square, _GELU_LAST, square)),
        (np.multiply, (square, _GELU_SQUARE, s)),
        (np.add, (s, _GELU_FACTOR, s)),
        (np.multiply, (s, z, s)),
        *_logistic(s, s, total, s),
        (np.multiply, (z, s, a)),
    ]
    backward: Operations = [
        (np.multiply, (square, _GELU_SLOPE, square)),
        (np.add, (square, _GELU_FACTOR, square)),
        (np.fmin, (a, _LAST, z)),
        (np.divide, (z, total, total)),
        (np.multiply, (total, square, total)),
        (np.add, (total, s, total)),
        (np.multiply, (d, total, d)),
    ]
    return forward, backward


def _mish(z: Array, a: Array, d: Array) -> Pair:
    # With e = e^z and n = e(e + 2): t = tanh(ln(1 + e)) = n/(n + 2), and (1 − t²)σ(z) is
    # 4·(1 + e)/(n + 2)·e/(n + 2), where e stays at e^354 and z must stay as well.
    cut, e, n, t = (np.empty_like(z) for _ in range(4))
    forward: Operations = [
        (np.fmin, (z, _MISH_LAST, cut)),
        (np.exp, (cut, e)),
        (np.add, (e, _TWO, n)),
        (np.multiply, (n, e, n)),
        (np.add, (n, _TWO, a)),
        (np.divide, (n, a, t)),
        (np.divide, (e, a, n)),
        (np.add, (e, _ONE, e)),
        (np.divide, (e, a, e)),
        (np.multiply, (z, t, a)),
    ]
    backward: Operations = [
        (np.multiply, (n, e, n)),
        (np.multiply, (n, cut, n)),
        (np.multiply, (n, _FOUR, n)),
        (np.add, (n, t, n)),
        (np.multiply, (d, n, d)),
    ]
    return forward, backward


def _softmax(z: Array, a: Array, d: Array) -> Pair:
    # A sum as a product with ones: half the time of add.reduce.
    row, ones = np.empty(z.shape[1]), np.ones(len(z))
    forward: Operations = [
        (np.maximum.reduce, (z, 0, None, row)),
        (np.subtract, (z, row, z)),
        (np.exp, (z, z)),
        (ones.dot, (z, row)),
        (np.divide, (z, row, a)),
    ]
    return forward, []


# name -> (z, a, d) -> operations that fill a from z (and may use z up), and those that multiply
# d by σ′(z) afterwards; all (n_l, m). softmax has no second part: its loss brings δ.
FAST_ACTIVATIONS: Final[Mapping[str, Callable[[Array, Array, Array], Pair]]] = {
    "linear": identity,
    "sigmoid": _sigmoid,
    "bipolar_sigmoid": _bipolar_sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "selu": _selu,
    "softplus": _softplus,
    "silu": _silu,
    "gelu": _gelu,
    "mish": _mish,
    "softmax": _softmax,
}
require_rows("FAST_ACTIVATIONS", FAST_ACTIVATIONS, ACTIVATIONS)
