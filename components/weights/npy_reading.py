"""One array of a NumPy archive: the header is read without running or building anything."""

import ast
from math import prod
from typing import Any, Final, NamedTuple

import numpy as np

__all__ = ["NpyError", "NpyHeader", "read_header"]

NO_HEADER: Final = "its header is not that of a NumPy array"
MAGIC: Final = b"\x93NUMPY"
# By version: how many bytes tell the length of the header, and its encoding.
VERSIONS: Final = {b"\1\0": (2, "latin-1"), b"\2\0": (4, "latin-1"), b"\3\0": (4, "utf-8")}
KEYS: Final = {"descr", "fortran_order", "shape"}
# NumPy's own header of such an array has 118 characters.
MOST_HEADER: Final = 1000
MOST_DIMENSIONS: Final = 32
TYPES: Final = {f"{order}f{size}" for order in "<>=|" for size in (2, 4, 8)}


class NpyError(ValueError):
    """An array that cannot be taken; the message is what follows its name."""


class NpyHeader(NamedTuple):
    """What an array's header announces, and where its numbers begin."""

    dtype: "np.dtype[Any]"
    shape: tuple[int, ...]
    fortran: bool
    end: int

    def read(self, raw: bytes) -> "np.ndarray[Any, Any]":
        """The array, not copied; `NpyError` unless exactly the announced bytes are there."""
        if len(raw) - self.end != prod(self.shape) * self.dtype.itemsize:
            raise NpyError("the file holds another number of bytes than it announces")
        data = np.frombuffer(raw, self.dtype, offset=self.end)
        return data.reshape(self.shape, order="F" if self.fortran else "C")


def _text(raw: bytes) -> tuple[str, int]:
    """The header and where it ends."""
    size, encoding = VERSIONS.get(raw[6:8], (0, ""))
    length = int.from_bytes(raw[8 : 8 + size], "little")
    end = 8 + size + length
    if raw[:6] != MAGIC or not size or end > len(raw):
        raise NpyError(NO_HEADER)
    if length > MOST_HEADER:
        allowed = f"Allowed: at most {MOST_HEADER:,}, far more than matrices need"
        raise NpyError(f"its header has {length:,} characters. {allowed}")
    return raw[8 + size : end].decode(encoding, "replace"), end


def _announced(text: str) -> dict[str, Any]:
    try:
        # Escapes are in no header of NumPy's, and Python warns of those that it does not know.
        announced = None if "\\" in text else ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        announced = None
    if not isinstance(announced, dict) or set(announced) != KEYS:
        raise NpyError(NO_HEADER)
    shape = announced["shape"]
    whole = isinstance(shape, tuple) and all(type(n) is int for n in shape)
    if type(announced["fortran_order"]) is not bool or not whole or len(shape) > MOST_DIMENSIONS:
        raise NpyError(NO_HEADER)
    return announced


def _named(descr: Any) -> str:
    """What NumPy calls the type of numbers that is announced, if it is one of the simple ones."""
    simple = isinstance(descr, str) and len(descr) <= 6 and descr[1:2] in set("biufcSUV")
    try:
        return np.dtype(descr).name if simple else "of a composed type"
    except (TypeError, ValueError):
        return f"of an unknown type, {descr}"


def _type(descr: Any) -> "np.dtype[Any]":
    if isinstance(descr, str) and descr in TYPES:
        return np.dtype(descr)
    if isinstance(descr, str) and "O" in descr:
        raise NpyError("it is pickled, which is not read since it can run programs")
    allowed = "Allowed: float16, float32 or float64"
    raise NpyError(f"its numbers are {_named(descr)}. {allowed}")


def read_header(raw: bytes) -> NpyHeader:
    """The header at the head of an .npy, of float16, float32 or float64.

    Raises `NpyError` for what is damaged, longer than any header of a matrix, or of another type.
    """
    text, end = _text(raw)
    announced = _announced(text)
    return NpyHeader(_type(announced["descr"]), announced["shape"], announced["fortran_order"], end)
