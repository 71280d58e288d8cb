"""The built-in data sets: one function each, one row of a table each, the same from the same seed.

scikit-learn (Pedregosa et al., JMLR 12, 2011) is imported by the function that needs it, so that
the page opens without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

import engine
from components.messages import Message
from engine.tables import table

__all__ = ["SOURCES", "RawData", "Source"]

IntArray = np.ndarray[Any, np.dtype[np.int64]]

BLOB_SPREAD: Final = 0.15
SPIRAL_TURNS: Final = 1.25
PLANE: Final = ("x₁", "x₂")


@dataclass(frozen=True)
class RawData:
    """Data as measured or made: x (n, m), and labels (m,) of classes or targets (k, m) of numbers.

    `outputs` names the rows of targets; of classes it is empty. `steps` say what was done to the
    table that the data were; data that were no table have none.
    """

    x: engine.Array
    features: tuple[str, ...]
    labels: IntArray | None = None
    classes: tuple[str, ...] = ()
    targets: engine.Array | None = None
    outputs: tuple[str, ...] = ()
    steps: tuple[Message, ...] = ()

    @property
    def kind(self) -> str:
        """Whether the targets are classes or numbers: "classes" or "regression"."""
        return "regression" if self.labels is None else "classes"

    @property
    def bytes(self) -> int:
        """The size of the arrays."""
        return self.x.nbytes + sum(a.nbytes for a in (self.labels, self.targets) if a is not None)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A built-in data set: what makes it, and which of its choices there are.

    `make(points, classes, seed)` gives the points without noise; noise of deviation σ is added to
    x of classes and to the targets of numbers. No field has a default: a row that lacks one is a
    TypeError at import.

    made: of as many points as asked for, with noise; the others are as they were measured.
    many_classes: of as many classes as asked for.
    plain: taken as it is, with no test part and never standardised.
    pixels: the side of the square picture that x of a sample is, or None.
    """

    name: str
    make: Callable[[int, int, int], RawData]
    made: bool
    many_classes: bool
    plain: bool
    pixels: int | None


def _points(x: Any, labels: Any, classes: int = 2) -> RawData:
    """Points of the plane with the numbers of their classes; scikit-learn's rows are samples."""
    names = tuple(str(k) for k in range(classes))
    columns = np.ascontiguousarray(np.asarray(x, float).T)
    return RawData(columns, PLANE, np.asarray(labels, np.int64), names)


def _circles(points: int, classes: int, seed: int) -> RawData:
    """Two circles of radius 1 and ½ about the origin."""
    from sklearn.datasets import make_circles

    x, labels = make_circles(n_samples=points, factor=0.5, random_state=seed)
    return _points(x, labels)


def _moons(points: int, classes: int, seed: int) -> RawData:
    """Two half circles that reach into each other."""
    from sklearn.datasets import make_moons

    x, labels = make_moons(n_samples=points, random_state=seed)
    return _points(x, labels)


def _blobs(points: int, classes: int, seed: int) -> RawData:
    """Gaussian clouds of deviation 0.15 around points spaced evenly on the unit circle."""
    from sklearn.datasets import make_blobs

    angles = np.pi / 4 + 2 * np.pi * np.arange(classes) / classes
    centres = np.column_stack([np.cos(angles), np.sin(angles)])
    made = make_blobs(points, centers=centres, cluster_std=BLOB_SPREAD, random_state=seed)
    return _points(made[0], made[1], classes)


def _spirals(points: int, classes: int, seed: int) -> RawData:
    """Two arms: r = t, φ = 2π·1.25·t + π·class, t evenly spaced in (0, 1], in random order."""
    labels = np.arange(points) % 2
    t = (np.arange(points) // 2 + 1) / ((points + 1) // 2)
    angle = 2 * np.pi * SPIRAL_TURNS * t + np.pi * labels
    order = np.random.default_rng([seed, 0]).permutation(points)
    x = np.column_stack([t * np.cos(angle), t * np.sin(angle)])
    return _points(x[order], labels[order])


def _numbers(x: engine.Array, y: engine.Array) -> RawData:
    names = PLANE if len(x) > 1 else ("x",)
    return RawData(x, names, targets=y.reshape(1, -1), outputs=("y",))


def _sine(points: int, classes: int, seed: int) -> RawData:
    """y = sin x with x uniform in [−π, π]."""
    x = np.random.default_rng([seed, 0]).uniform(-np.pi, np.pi, (1, points))
    return _numbers(x, np.sin(x))


def _plane(points: int, classes: int, seed: int) -> RawData:
    """y = (x₁ + x₂)/2 with x uniform in [−1, 1]²."""
    x = np.random.default_rng([seed, 0]).uniform(-1, 1, (2, points))
    return _numbers(x, x.sum(axis=0) / 2)


def _table(loaded: Any) -> RawData:
    return RawData(
        np.ascontiguousarray(loaded.data.T, dtype=float),
        tuple(str(name) for name in loaded.feature_names),
        np.asarray(loaded.target, np.int64),
        tuple(str(name) for name in loaded.target_names),
    )


def _iris(points: int, classes: int, seed: int) -> RawData:
    """Fisher's irises (1936): 150 flowers of 3 species, 4 lengths in cm."""
    from sklearn.datasets import load_iris

    return _table(load_iris())


def _wine(points: int, classes: int, seed: int) -> RawData:
    """Forina's wines (UCI): 178 wines of 3 growers, 13 chemical measures."""
    from sklearn.datasets import load_wine

    return _table(load_wine())


def _digits(points: int, classes: int, seed: int) -> RawData:
    """Alpaydin's and Kaynak's handwritten digits (UCI): 1797 images of 8×8 pixels from 0 to 16."""
    from sklearn.datasets import load_digits

    return _table(load_digits())


def _gate(name: str, outputs: tuple[int, int, int, int]) -> Source:
    """The truth table of a gate: four samples."""
    labels = np.array(outputs)
    x = [(0, 0), (0, 1), (1, 0), (1, 1)]
    return Source(
        name=name,
        make=lambda points, classes, seed: _points(x, labels),
        made=False,
        many_classes=False,
        plain=True,
        pixels=None,
    )


def _drawn(
    name: str, make: Callable[[int, int, int], RawData], many_classes: bool = False
) -> Source:
    return Source(
        name=name, make=make, made=True, many_classes=many_classes, plain=False, pixels=None
    )


def _measured(
    name: str, make: Callable[[int, int, int], RawData], pixels: int | None = None
) -> Source:
    return Source(name=name, make=make, made=False, many_classes=False, plain=False, pixels=pixels)


SOURCES: Final[Mapping[str, Source]] = table(
    _gate("xor", (0, 1, 1, 0)),
    _gate("and", (0, 0, 0, 1)),
    _gate("or", (0, 1, 1, 1)),
    _drawn("circles", _circles),
    _drawn("moons", _moons),
    _drawn("blobs", _blobs, many_classes=True),
    _drawn("spirals", _spirals),
    _drawn("sine", _sine),
    _drawn("plane", _plane),
    _measured("iris", _iris),
    _measured("wine", _wine),
    _measured("digits", _digits, pixels=8),
)
