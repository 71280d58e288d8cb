"""The data that a network with this configuration trains on and is tested with."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

import engine
from components.config.data_repairs import targets_of
from components.config.texts import Config
from components.data.samples import load_samples
from components.data.sources import IntArray

__all__ = ["Data", "load_data"]


@dataclass(frozen=True)
class Data:
    """All samples as columns: x (n_1, m), y (n_L, m), and what they mean.

    `labels` (m,) are the numbers of the classes, counted from 0, None for targets that are numbers;
    `kind` is "classes" or "regression"; `train` and `test` are indices into the samples. What the
    samples were before they were standardised is shift + scale · x, each (n_1, 1).
    """

    x: engine.Array
    y: engine.Array
    labels: IntArray | None
    kind: str
    features: tuple[str, ...]
    classes: tuple[str, ...]
    train: IntArray
    test: IntArray
    shift: engine.Array
    scale: engine.Array

    @property
    def m(self) -> int:
        """The number of all samples."""
        return int(self.x.shape[1])

    @cached_property
    def x_train(self) -> engine.Array:
        """x of the train part, (n_1, m_train)."""
        return self.x[:, self.train]

    @cached_property
    def y_train(self) -> engine.Array:
        """y of the train part, (n_L, m_train)."""
        return self.y[:, self.train]

    @cached_property
    def x_test(self) -> engine.Array:
        """x of the test part, (n_1, m_test); m_test may be 0."""
        return self.x[:, self.test]

    @cached_property
    def y_test(self) -> engine.Array:
        """y of the test part, (n_L, m_test)."""
        return self.y[:, self.test]


def _by_hand(config: Config) -> Data:
    x, y = config.columns()
    names = tuple(f"x{i}" for i in range(1, len(x) + 1))
    none, one = np.zeros((len(x), 1)), np.ones((len(x), 1))
    every: Any = np.arange(x.shape[1])
    return Data(x, y, None, "regression", names, (), every, every[:0], none, one)


def load_data(config: Config) -> Data:
    """The samples of the configured data, with targets for its number of outputs.

    A pure function of the configuration's data part and the sizes of its last layer. Samples typed
    by hand and gates all train. Raises `MissingDataError` where own data are not kept here.
    """
    if config.dataset == "by_hand":
        return _by_hand(config)
    samples = load_samples(config.data)
    raw = samples.raw
    return Data(
        samples.x,
        targets_of(samples, config.sizes[-1]),
        raw.labels,
        raw.kind,
        raw.features,
        raw.classes,
        samples.train,
        samples.test,
        samples.shift,
        samples.scale,
    )
