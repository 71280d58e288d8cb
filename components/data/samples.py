"""What a person chose of the data, and the samples it stands for: noisy, divided, standardised."""

from dataclasses import dataclass
from typing import Final

import numpy as np

import engine
from components import ids
from components.cache import ContentCache
from components.data.own import own_raw_data
from components.data.sources import SOURCES, IntArray, RawData

__all__ = ["DATA_FIELDS", "DataChoice", "Samples", "load_samples", "relevant_fields"]

DATA_FIELDS: Final = (
    ids.POINTS,
    ids.CLASSES,
    ids.NOISE,
    ids.TRAIN_SHARE,
    ids.DATA_SEED,
    ids.STANDARDISE,
)
CACHE_BYTES: Final = 32 * 2**20

_NOISE, _DIVISION = 1, 2  # streams of random numbers that do not depend on one another


@dataclass(frozen=True)
class DataChoice:
    """The data set and what decides its samples; `own` is the name of own data or empty."""

    dataset: str
    points: int
    classes: int
    noise: float
    train_share: int
    data_seed: int
    standardise: str
    own: str

    @property
    def plain(self) -> bool:
        """Whether the data are taken as they are: no noise, no test part, not standardised."""
        source = SOURCES.get(self.dataset)
        return self.dataset == "by_hand" or bool(source and source.plain)


@dataclass(frozen=True)
class Samples:
    """The data as the network sees them, and which of them it trains on.

    `raw.x` (n, m) and `raw.targets` are as measured; x and targets are standardised where asked
    for: x = (raw.x − shift) / scale with the mean and the deviation of the train part, and so y.
    """

    raw: RawData
    x: engine.Array
    targets: engine.Array | None
    train: IntArray
    test: IntArray
    shift: engine.Array
    scale: engine.Array
    y_shift: engine.Array
    y_scale: engine.Array


_cache: ContentCache[Samples] = ContentCache(CACHE_BYTES)


def relevant_fields(dataset: str) -> tuple[str, ...]:
    """The fields that make a difference for this data set, `sample` always among them."""
    if dataset == "by_hand":
        return (ids.SAMPLE_X, ids.SAMPLE_Y)
    source = SOURCES.get(dataset)
    if source and source.plain:
        return (ids.SAMPLE, ids.SAMPLE_X, ids.SAMPLE_Y)
    made = bool(source and source.made)
    return (
        *((ids.POINTS, ids.NOISE) if made else ()),
        *((ids.CLASSES,) if source and source.many_classes else ()),
        *(ids.TRAIN_SHARE, ids.DATA_SEED, ids.STANDARDISE),
        *(ids.SAMPLE, ids.SAMPLE_X, ids.SAMPLE_Y),
    )


def _noisy(raw: RawData, choice: DataChoice) -> RawData:
    """The same data with Gaussian noise of the chosen deviation, on x of classes, on y of numbers.

    Another deviation scales the same noise, so that points move and do not jump.
    """
    random = np.random.default_rng([choice.data_seed, _NOISE])
    if raw.targets is None:
        x = raw.x + choice.noise * random.standard_normal(raw.x.shape)
        return RawData(x, raw.features, raw.labels, raw.classes)
    y = raw.targets + choice.noise * random.standard_normal(raw.targets.shape)
    return RawData(raw.x, raw.features, targets=y, outputs=raw.outputs)


def _divided(m: int, choice: DataChoice) -> tuple[IntArray, IntArray]:
    """Train and test, each in order: the samples that drew the smallest random numbers train.

    The numbers are drawn one by one, so that one more sample moves hardly any other.
    """
    if choice.plain or choice.train_share == 100 or m == 1:
        return np.arange(m), np.arange(0)
    count = min(m - 1, max(1, round(m * choice.train_share / 100)))
    order = np.argsort(np.random.default_rng([choice.data_seed, _DIVISION]).random(m))
    return np.sort(order[:count]), np.sort(order[count:])


def _measure(array: engine.Array, train: IntArray, asked: bool) -> tuple[engine.Array, ...]:
    """Mean and deviation of each row over the train part; 0 and 1 where they are not asked for."""
    rows = len(array)
    if not asked:
        return np.zeros((rows, 1)), np.ones((rows, 1))
    deviation = array[:, train].std(axis=1, keepdims=True)
    # What never varies in the train part is only shifted, its rounding errors not blown up.
    mean = array[:, train].mean(axis=1, keepdims=True)
    constant = deviation <= 1e-12 * np.abs(mean)
    return mean, np.where(constant | (deviation == 0), 1.0, deviation)


def _make(choice: DataChoice) -> Samples:
    if choice.dataset == "own":
        raw = own_raw_data(choice.own)
    else:
        source = SOURCES[choice.dataset]
        raw = source.make(choice.points, choice.classes, choice.data_seed)
        raw = _noisy(raw, choice) if source.made else raw
    train, test = _divided(raw.x.shape[1], choice)
    wanted = not choice.plain
    shift, scale = _measure(raw.x, train, wanted and choice.standardise != "no")
    x = (raw.x - shift) / scale
    numeric = raw.targets is not None
    y = raw.targets if raw.targets is not None else np.zeros((0, 1))
    y_shift, y_scale = _measure(y, train, wanted and numeric and choice.standardise == "both")
    targets = None if raw.targets is None else (y - y_shift) / y_scale
    for array in (raw.x, raw.labels, raw.targets, x, targets, train, test):
        if array is not None:
            array.setflags(write=False)
    return Samples(raw, x, targets, train, test, shift, scale, y_shift, y_scale)


def load_samples(choice: DataChoice) -> Samples:
    """The samples of a choice other than by_hand, the same for the same choice.

    Raises `MissingDataError` where own data are not kept here.
    """
    found = _cache.get(choice)
    if found is not None:
        return found
    samples = _make(choice)
    return _cache.put(choice, samples, samples.raw.bytes + samples.x.nbytes)
