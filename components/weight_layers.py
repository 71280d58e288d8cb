"""The layers that the arrays of a file make: their order, which side is the input, what is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

import engine
from components.weight_files import WeightFileError

__all__ = ["Layers", "arrange_layers"]

# The last part of a name says what the array is: ours, PyTorch's, Keras', Keras 3 saved by place.
OURS: Final = re.compile(r"([wb])(\d+)", re.ASCII)
ENDING: Final = re.compile(r"(.*?)[./]?(weight|kernel|bias|vars/[01])(?::0)?", re.ASCII | re.DOTALL)
KERNELS: Final = ("kernel", "vars/0")


@dataclass(frozen=True)
class Layers:
    """w (n_l, n_{l−1}) and b (n_l, 1) from layer 2 on, and how they were understood."""

    w: tuple[engine.Array, ...]
    b: tuple[engine.Array, ...]
    told: tuple[str, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_1, …, n_L."""
        return (self.w[0].shape[1], *(w.shape[0] for w in self.w))


@dataclass(frozen=True)
class _Pair:
    """A matrix as it is in the file, with its bias if it has one; `kernel` for Keras' names."""

    name: str
    matrix: engine.Array
    bias: engine.Array | None
    kernel: bool


def _stem(name: str) -> tuple[str, str]:
    """What a name shares with its layer's other array, and what it is: matrix, kernel or bias."""
    if found := OURS.fullmatch(name):
        return found[2], "bias" if found[1] == "b" else "matrix"
    if found := ENDING.fullmatch(name):
        ending = found[2]
        kind = "kernel" if ending in KERNELS else "matrix" if ending == "weight" else "bias"
        return found[1], kind
    raise WeightFileError(
        f"{name[:60]}: this name is not known. Allowed: w2, b2, … or names that end in weight and "
        "bias (PyTorch) or kernel and bias (Keras)."
    )


def _natural(name: str) -> list[tuple[int, str]]:
    """The order of names by the numbers in them: fc2 before fc10, dense before dense_1."""
    return [(int(p), "") if p.isdigit() else (-1, p) for p in re.split(r"(\d+)", name)]


def _pairs(arrays: Mapping[str, engine.Array]) -> list[_Pair]:
    found: dict[str, dict[str, str]] = {}
    for name, array in arrays.items():
        stem, kind = _stem(name)
        slot = "bias" if kind == "bias" else "matrix"
        if slot in found.setdefault(stem, {}):
            raise WeightFileError(f"{name[:60]}: there is another {slot} of this layer.")
        if slot == "matrix" and array.ndim != 2:
            raise WeightFileError(f"{name[:60]}: a vector stands where a matrix is expected.")
        if slot == "bias" and array.size != max(array.shape):
            raise WeightFileError(f"{name[:60]}: a matrix stands where a bias is expected.")
        found[stem][slot] = name
    pairs = []
    for stem in sorted(found, key=_natural):
        names = found[stem]
        if "matrix" not in names:
            raise WeightFileError(f"{names['bias'][:60]}: a bias without its matrix.")
        bias = arrays[names["bias"]].reshape(-1, 1) if "bias" in names else None
        kernel = _stem(names["matrix"])[1] == "kernel"
        pairs.append(_Pair(names["matrix"], arrays[names["matrix"]], bias, kernel))
    return pairs


def _chains(pairs: list[_Pair], transposed: bool) -> bool:
    """Whether each matrix takes what the one before gives, and each bias has a row for it."""
    out = 1 if transposed else 0
    shapes = [pair.matrix.shape for pair in pairs]
    fits = all(before[out] == after[1 - out] for before, after in pairwise(shapes))
    return fits and all(p.bias is None or len(p.bias) == p.matrix.shape[out] for p in pairs)


def _extended(done: list[_Pair], rest: list[_Pair], transposed: bool) -> list[list[_Pair]]:
    """The orders, at most two, in which the rest continue the chain."""
    if not rest:
        return [done]
    orders: list[list[_Pair]] = []
    for i, pair in enumerate(rest):
        if _chains([*done[-1:], pair], transposed):
            orders += _extended([*done, pair], rest[:i] + rest[i + 1 :], transposed)
        if len(orders) > 1:
            return orders[:2]
    return orders


def _shapes(pairs: list[_Pair]) -> str:
    return ", ".join(f"{p.name[:40]} {'×'.join(map(str, p.matrix.shape))}" for p in pairs)


def _ordered(pairs: list[_Pair]) -> tuple[list[_Pair], bool, list[str]]:
    """The pairs from input to output, whether rows are inputs, and what is to be told of that."""
    by_names = pairs[0].kernel
    fits = [t for t in (False, True) if _chains(pairs, t)]
    if len(fits) == 2:
        how = (
            "columns as neurons, as Keras does" if by_names else "rows as neurons, as PyTorch does"
        )
        return pairs, by_names, [f"The shapes fit both ways: the names decide, {how}."]
    if fits:
        return pairs, fits[0], []
    orders = [(order, t) for t in (False, True) for order in _extended([], pairs, t)]
    if len(orders) == 1:
        return *orders[0], ["The names do not tell the order of the layers; their shapes do."]
    why = "no order of them chains" if not orders else "several orders of them chain"
    raise WeightFileError(
        f"The shapes do not make a network ({why}): {_shapes(pairs)}. Allowed: each layer takes as "
        "many inputs as the one before has neurons."
    )


def arrange_layers(arrays: Mapping[str, engine.Array]) -> Layers:
    """The layers that named matrices and biases make.

    Names are w2, b2, …; PyTorch's weight (out, in) with bias; Keras' kernel (in, out) with bias.
    The order is that of the numbers in the names, else the one that chains; the shapes decide which
    side is the input, and where they fit both ways the names do. Raises `WeightFileError`.
    """
    pairs, transposed, told = _ordered(_pairs(arrays))
    w = tuple(np.ascontiguousarray(p.matrix.T if transposed else p.matrix) for p in pairs)
    without = sum(pair.bias is None for pair in pairs)
    if without:
        told.append(f"{without} layer{'s have' if without > 1 else ' has'} no bias: it is 0.")
    b = tuple(
        np.zeros((len(matrix), 1)) if pair.bias is None else pair.bias
        for matrix, pair in zip(w, pairs, strict=True)
    )
    rows = "inputs × neurons (as Keras)" if transposed else "neurons × inputs (as PyTorch)"
    names = " → ".join(pair.name[:40] for pair in pairs)
    return Layers(w, b, (f"Layers in the order {names}, matrices as {rows}.", *told))
