"""A network on its data: one forward pass of each part, and what is measured of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

import engine
from components.config.texts import Config
from components.training.data import Data

__all__ = ["Evaluation", "build_metrics", "predicted", "r2_score"]


@dataclass(frozen=True)
class Evaluation:
    """A network with all its samples; each pass is made once, when it is first asked for.

    `train` and `test` are forward passes of all samples of that part, `backward` the backward pass
    of the whole train part, whose ∂J/∂w are those of the J of `build_metrics`. None of a test
    part without samples.
    """

    net: engine.Network
    data: Data

    @cached_property
    def train(self) -> engine.Forward:
        with np.errstate(all="ignore"):
            return engine.forward(self.net, self.data.train_part.x)

    @cached_property
    def test(self) -> engine.Forward | None:
        if not len(self.data.test):
            return None
        with np.errstate(all="ignore"):
            return engine.forward(self.net, self.data.test_part.x)

    @cached_property
    def plane(self) -> engine.Forward:
        """A forward pass of the plane of two inputs."""
        return engine.forward(self.net, self.data.plane.x)

    @cached_property
    def backward(self) -> engine.Backward:
        with np.errstate(all="ignore"):
            return engine.backward(self.net, self.train, self.data.train_part.y)


def predicted(a: engine.Array) -> Any:
    """The class of each column: the largest output, or whether the only one is above a half."""
    return a.argmax(axis=0) if len(a) > 1 else (a[0] > 0.5).astype(int)


def r2_score(a: engine.Array, y: engine.Array) -> float | None:
    """R² of outputs a against targets y, both (n, m), the mean over the outputs.

    Of each output 1 − Σ(a−y)² / Σ(y−ȳ)², where all y are equal 1 if a is y and 0 if it is not,
    as `sklearn.metrics.r2_score` with its uniform average; None of fewer than two samples.
    """
    if y.shape[1] < 2:
        return None
    rest = np.square(a - y).sum(axis=1)
    spread = np.square(y - y.mean(axis=1, keepdims=True)).sum(axis=1)
    # Equal numbers have no spread, whatever rounding makes of their mean.
    constant = (np.ptp(y, axis=1) == 0) | (spread == 0)
    scores = np.where(constant, (rest == 0).astype(float), 1 - rest / np.where(constant, 1, spread))
    return _finite(float(scores.mean()))


def build_metrics(seen: Evaluation, config: Config) -> dict[str, float | None]:
    """J, score (share of right classes, or R²) of the train and the test part, and the penalty.

    None stands where there is nothing to measure or the value is not finite.
    """
    net, data = seen.net, seen.data
    metrics: dict[str, float | None] = {}
    parts = (
        ("train", seen.train, data.train_part.y, data.train),
        ("test", seen.test, data.test_part.y, data.test),
    )
    with np.errstate(all="ignore"):
        for name, fwd, y, members in parts:
            metrics[f"{name}_loss"] = _finite(engine.cost(net, fwd, y)) if fwd else None
            metrics[f"{name}_score"] = _score(data, fwd.a[net.L], y.array, members) if fwd else None
    metrics["penalty"] = _finite(engine.penalty(net, config.training.l1, config.training.l2))
    return metrics


def _score(data: Data, a: engine.Array, y: engine.Array, members: Any) -> float | None:
    """The share of right classes, or R²."""
    if data.labels is None:
        return r2_score(a, y)
    return float((predicted(a) == data.labels[members]).mean())


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
