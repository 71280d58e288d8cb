"""The data that a network with this configuration trains on and is tested with."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

import engine
from components.cache import ContentCache
from components.config.data_repairs import targets_of
from components.config.texts import Config
from components.data.samples import load_samples
from components.data.sources import IntArray

__all__ = ["GRID", "Data", "extent", "load_data"]

GRID: Final = 32
MARGIN: Final = 0.12


@dataclass(frozen=True)
class Part:
    """A part of the samples, checked once for all that is done with it: x (n_1, m), y (n_L, m)."""

    x: engine.Columns
    y: engine.Columns


def _part(x: engine.Array, y: engine.Array, members: IntArray) -> Part:
    return Part(engine.Columns("x", x[:, members]), engine.Columns("y", y[:, members]))


@dataclass(frozen=True)
class Plane:
    """GRID × GRID points (2, GRID²) over the data, row by row from the top.

    `box` is their extent: left, right, bottom, top.
    """

    x: engine.Columns
    box: list[float]


def extent(values: engine.Array) -> tuple[float, float]:
    """The range of values with a margin around it; of width 2 where all are equal."""
    low, high = float(values.min()), float(values.max())
    margin = MARGIN * (high - low) or 1.0
    return low - margin, high + margin


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
    def train_part(self) -> Part:
        """What a network trains on."""
        return _part(self.x, self.y, self.train)

    @cached_property
    def test_part(self) -> Part:
        """What it is tested with; m_test may be 0."""
        return _part(self.x, self.y, self.test)

    @cached_property
    def plane(self) -> Plane:
        """The plane of two inputs."""
        (left, right), (bottom, top) = extent(self.x[0]), extent(self.x[1])
        across, down = np.linspace(left, right, GRID), np.linspace(top, bottom, GRID)
        x1, x2 = np.meshgrid(across, down)
        points = engine.Columns("x", np.array([x1.ravel(), x2.ravel()]))
        return Plane(points, [left, right, bottom, top])

    @property
    def x_train(self) -> engine.Array:
        """x of the train part, (n_1, m_train)."""
        return self.train_part.x.array

    @property
    def y_train(self) -> engine.Array:
        """y of the train part, (n_L, m_train)."""
        return self.train_part.y.array

    @property
    def x_test(self) -> engine.Array:
        """x of the test part, (n_1, m_test)."""
        return self.test_part.x.array

    @property
    def y_test(self) -> engine.Array:
        """y of the test part, (n_L, m_test)."""
        return self.test_part.y.array

    @property
    def bytes(self) -> int:
        """The most that the parts take once they are made: x twice, y three times."""
        return 3 * self.x.nbytes + 3 * self.y.nbytes


# Dividing and checking 10,000 samples of 100 columns takes as long as a turn of training.
CACHE_BYTES: Final = 48 * 2**20

_cache: ContentCache[Data] = ContentCache(CACHE_BYTES)


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
    key = config.data, config.sizes[-1]
    if (found := _cache.get(key)) is not None:
        return found
    data = _make(config)
    return _cache.put(key, data, data.bytes)


def _make(config: Config) -> Data:
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
