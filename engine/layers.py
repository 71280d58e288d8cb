"""Arrays under the layer numbers of the text."""

import operator
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView

import numpy as np

from engine.arguments import Array

__all__ = ["Layers"]


class Layers(Mapping[int, Array]):
    """Read-only mapping from layer number l to an array, for `first` ≤ l ≤ L.

    KeyError names the valid layers; there are no negative numbers. Equal when all arrays are equal.
    """

    __slots__ = ("_arrays", "_first", "_numbered")

    def __init__(self, arrays: Sequence[Array], first: int) -> None:
        self._arrays = tuple(arrays)
        self._first = first
        self._numbered = dict(enumerate(self._arrays, first))

    def __getitem__(self, layer: int) -> Array:
        try:
            position = operator.index(layer) - self._first
        except TypeError:
            position = -1
        if not 0 <= position < len(self._arrays):
            last = self._first + len(self._arrays) - 1
            raise KeyError(f"layer {layer!r}: the layers here are {self._first} to {last}")
        return self._arrays[position]

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._first, self._first + len(self._arrays)))

    # Mapping's own views look every layer up again, three times slower.
    def items(self) -> ItemsView[int, Array]:
        return self._numbered.items()

    def values(self) -> ValuesView[Array]:
        return self._numbered.values()

    def __len__(self) -> int:
        return len(self._arrays)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Layers):
            return NotImplemented
        return list(self) == list(other) and all(
            np.array_equal(mine, theirs)
            for mine, theirs in zip(self._arrays, other._arrays, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Layers({ {layer: array.shape for layer, array in self.items()} })"
