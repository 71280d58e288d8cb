"""Losses that are squares for small errors and absolute values for large ones.

Both are sums over the outputs, as ½Σ(a_j − y_j)² is, which they approach where a_j is near y_j.
"""

from fractions import Fraction
from typing import Final

import numpy as np

from engine.arguments import Array
from engine.losses.loss import ANY_TARGETS, Loss

__all__ = ["HUBER", "LOG_COSH"]


def huber(z: Array, a: Array, y: Array) -> Array:
    """Σ ½d² where |d| ≤ 1, else |d| − ½, with d = a − y (Huber 1964, with his k = 1).

    It is torch.nn.HuberLoss with its delta = 1 and reduction="sum".
    """
    # c|d| − ½c² with c = min(|d|, 1) has both cases in it, and no square that overflows.
    distance = np.abs(a - y)
    cut = np.minimum(distance, 1.0)
    return np.asarray((cut * (distance - 0.5 * cut)).sum(axis=0))


def huber_derivative(a: Array, y: Array) -> Array:
    return np.clip(a - y, -1.0, 1.0)


def _huber_term(a: str, y: str, near: bool | None) -> str:
    if near is None:
        return f"H({a} - {y})"
    if near:
        return rf"\tfrac12({a} - {y})^2"
    return rf"\bigl(\lvert {a} - {y}\rvert - \tfrac12\bigr)"


HUBER: Final = Loss(
    name="huber",
    cost=huber,
    derivative=huber_derivative,
    output=None,
    factor=lambda n: Fraction(1),
    term=_huber_term,
    knot=1.0,
    squares=False,
    tex=lambda l, n: (
        rf"\sum_j H(a_j^{l}-y_j),\; H(d)=\begin{{cases}}\tfrac12 d^2 & \lvert d\rvert\le 1\\ "
        r"\lvert d\rvert-\tfrac12 & \lvert d\rvert>1\end{cases}"
    ),
    in_z=None,
    slope=lambda a, y: rf"\max(-1,\min(1,{a} - {y}))",
    slope_signs=("max(−1, min(1, ", "))"),
    torch='torch.nn.functional.huber_loss(a, y, reduction="none").sum(0)',
    numpy="np.where(abs(a - y) <= 1, (a - y) ** 2 / 2, abs(a - y) - 0.5).sum(0)",
    numpy_derivative=lambda a, y: f"np.clip({a} - {y}, -1, 1)",
    rational=True,
    targets=ANY_TARGETS,
)


def log_cosh(z: Array, a: Array, y: Array) -> Array:
    """Σ ln cosh(a − y) (Green 1990)."""
    # cosh d = 1 + 2 sinh²(d/2) keeps the digits of a small d, and e^|d|·(1 + e^{−2|d|})/2 never
    # overflows as a logarithm.
    distance = np.abs(a - y)
    e = np.exp(-distance)
    near = np.log1p(2 * np.square(np.sinh(0.5 * np.minimum(distance, 1.0))))
    far = distance + (np.log1p(e * e) - np.log(2.0))
    return np.asarray(np.where(distance <= 1.0, near, far).sum(axis=0))


def log_cosh_derivative(a: Array, y: Array) -> Array:
    return np.tanh(a - y)


LOG_COSH: Final = Loss(
    name="log_cosh",
    cost=log_cosh,
    derivative=log_cosh_derivative,
    output=None,
    factor=lambda n: Fraction(1),
    term=lambda a, y, near: rf"\ln\cosh({a} - {y})",
    knot=None,
    squares=False,
    tex=lambda l, n: rf"\sum_j\ln\cosh(a_j^{l}-y_j)",
    in_z=None,
    slope=lambda a, y: rf"\tanh({a} - {y})",
    slope_signs=("tanh(", ")"),
    torch="""torch.where(
        (a - y).abs() < 1,
        torch.log1p(2 * torch.sinh((a - y).clamp(-1, 1) / 2) ** 2),
        torch.logaddexp(a - y, y - a) - torch.log(torch.full_like(a, 2)),
    ).sum(0)""",
    numpy="""np.where(
        abs(a - y) < 1,
        np.log1p(2 * np.sinh(np.clip(a - y, -1, 1) / 2) ** 2),
        np.logaddexp(a - y, y - a) - np.log(2),
    ).sum(0)""",
    numpy_derivative=lambda a, y: f"np.tanh({a} - {y})",
    rational=False,
    targets=ANY_TARGETS,
)
