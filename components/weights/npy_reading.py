"""One array of a NumPy archive: the header is read without running or building anything."""

import ast
from math import prod
from typing import Any, Final, NamedTuple

import numpy as np

from components.messages import Message, message
from components.refusal import short
from components.weights.foreign_files import ForeignFileError
from components.weights.refusal import WeightFileError, array_error

__all__ = ["ALLOWED_TYPES", "NpyHeader", "read_header", "widened"]

ALLOWED_TYPES: Final = message("allowed.number_types")
MAGIC: Final = b"\x93NUMPY"
# By version: how many bytes tell the length of the header, and its encoding.
VERSIONS: Final = {b"\1\0": (2, "latin-1"), b"\2\0": (4, "latin-1"), b"\3\0": (4, "utf-8")}
KEYS: Final = {"descr", "fortran_order", "shape"}
# NumPy's own header of such an array has 118 characters.
MOST_HEADER: Final = 1000
MOST_DIMENSIONS: Final = 32
TYPES: Final = {
    *(f"{order}f{size}" for order in "<>=|" for size in (2, 4, 8)),
    *(f"{order}{kind}{size}" for order in "<>=|" for kind in "iu" for size in (1, 2, 4, 8)),
    # What NumPy makes of bfloat16, which it does not know itself.
    *("<V2", "|V2"),
}


class NpyHeader(NamedTuple):
    """What the header of an array announces, and where its numbers begin."""

    name: str
    dtype: "np.dtype[Any]"
    shape: tuple[int, ...]
    fortran: bool
    end: int

    def read(self, raw: bytes) -> "np.ndarray[Any, Any]":
        """The array, not copied; `WeightFileError` unless exactly the announced bytes are there."""
        if len(raw) - self.end != prod(self.shape) * self.dtype.itemsize:
            raise array_error(self.name, message("refusal.weights.bytes"))
        data = widened(np.frombuffer(raw, self.dtype, offset=self.end))
        return data.reshape(self.shape, order="F" if self.fortran else "C")


def widened(data: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """bfloat16 as float32, of which it is the upper half; all else as it is."""
    if data.dtype.kind != "V":
        return data
    return (data.view("<u2").astype("<u4") << 16).view("<f4")


def _no_header(name: str) -> WeightFileError:
    return array_error(name, message("refusal.weights.no_header"))


def _text(name: str, raw: bytes) -> tuple[str, int]:
    """The header and where it ends."""
    size, encoding = VERSIONS.get(raw[6:8], (0, ""))
    length = int.from_bytes(raw[8 : 8 + size], "little")
    end = 8 + size + length
    if raw[:6] != MAGIC or not size or end > len(raw):
        raise _no_header(name)
    if length > MOST_HEADER:
        what = message("refusal.weights.long_header", length=length)
        raise array_error(name, what, message("allowed.header_length", most=f"{MOST_HEADER:,}"))
    return raw[8 + size : end].decode(encoding, "replace"), end


def _announced(name: str, text: str) -> dict[str, Any]:
    try:
        # Escapes are in no header of NumPy's, and Python warns of those that it does not know.
        announced = None if "\\" in text else ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        announced = None
    if not isinstance(announced, dict) or set(announced) != KEYS:
        raise _no_header(name)
    shape = announced["shape"]
    whole = isinstance(shape, tuple) and all(type(n) is int for n in shape)
    if type(announced["fortran_order"]) is not bool or not whole or len(shape) > MOST_DIMENSIONS:
        raise _no_header(name)
    return announced


def _other_type(descr: Any) -> Message:
    """Which type the numbers have, as NumPy calls it if it is one of the simple ones."""
    simple = isinstance(descr, str) and len(descr) <= 6 and descr[1:2] in set("biufcSUV")
    try:
        if not simple:
            return message("refusal.weights.composed_type")
        return message("refusal.weights.type", type=np.dtype(descr).name)
    except (TypeError, ValueError):
        return message("refusal.weights.unknown_type", type=short(descr))


def _type(name: str, descr: Any) -> "np.dtype[Any]":
    if isinstance(descr, str) and descr in TYPES:
        return np.dtype(descr)
    if isinstance(descr, str) and "O" in descr:
        raise ForeignFileError("objects")
    raise array_error(name, _other_type(descr), ALLOWED_TYPES)


def read_header(name: str, raw: bytes) -> NpyHeader:
    """The header at the head of an .npy, of whole or floating-point numbers; `name` is its array's.

    Raises `WeightFileError` for what is damaged, longer than any header of a matrix, or of another
    type.
    """
    text, end = _text(name, raw)
    announced = _announced(name, text)
    dtype = _type(name, announced["descr"])
    return NpyHeader(name, dtype, announced["shape"], announced["fortran_order"], end)
