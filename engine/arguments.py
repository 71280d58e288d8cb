"""What callers hand in, turned into float64 arrays and numbers or refused with a ValueError."""

import reprlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Array",
    "Columns",
    "choice",
    "columns",
    "finite_number",
    "frozen",
    "real_array",
    "refusal",
    "rows_and_ones",
    "truth_value",
    "whole_number",
]

Array: TypeAlias = NDArray[np.float64]

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60


def refusal(name: str, value: object, allowed: str) -> ValueError:
    """The ValueError naming the argument, its value (shortened when long) and what is allowed."""
    try:
        text = " ".join(_SHORT.repr(value).split())
    except ValueError:
        # Python refuses to print an int of more than 4300 digits.
        text = f"{type(value).__name__} too long to print"
    return ValueError(f"{name} = {text} is refused; allowed: {allowed}")


def frozen(array: Array) -> Array:
    """The same array, made read-only."""
    array.flags.writeable = False
    return array


def real_array(name: str, value: object) -> Array:
    """A read-only float64 copy of finite real numbers; ValueError for anything else."""
    allowed = "finite real numbers in a list or array without ragged rows"
    try:
        given = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise refusal(name, value, allowed) from None
    # asarray would read "1.5" and True as numbers and None as nan.
    if given.dtype.kind not in "fiu":
        raise refusal(name, value, allowed)
    with np.errstate(over="ignore"):
        array = np.array(given, dtype=np.float64)
    if not np.isfinite(array).all():
        raise refusal(name, value, allowed)
    return frozen(array)


@dataclass(frozen=True, eq=False, init=False)
class Columns:
    """Samples as columns (n, m), copied and checked once and then taken as they are.

    For many passes over the same samples; whatever takes samples takes them so as well.
    ValueError as for any argument that is no array of finite real numbers.
    """

    array: Array

    def __init__(self, name: str, value: object) -> None:
        object.__setattr__(self, "array", real_array(name, value))

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, m)."""
        return self.array.shape

    @cached_property
    def rows(self) -> Array:
        """The samples as rows (m, n), one after the other in memory."""
        return frozen(np.ascontiguousarray(self.array.T))

    @cached_property
    def rows_and_ones(self) -> Array:
        """The same with a column of ones behind them, (m, n + 1)."""
        return frozen(rows_and_ones(self.array))


def rows_and_ones(x: Array) -> Array:
    """Columns (n, m) as rows with a 1 behind them, (m, n + 1), one after the other in memory."""
    rows = np.ones((x.shape[1], len(x) + 1))
    rows[:, :-1] = x.T
    return rows


def columns(name: str, value: object, rows: int, samples: int | None = None) -> Array:
    """Samples as the columns of a (rows, m) array.

    A (rows,) list is one sample. ValueError when the shape is another or m is not `samples`.
    """
    array = value.array if isinstance(value, Columns) else real_array(name, value)
    column = array[:, np.newaxis] if array.ndim == 1 else array
    fits = column.ndim == 2 and column.shape[0] == rows and column.shape[1] > 0
    if not fits or samples not in (None, column.shape[1]):
        single = "" if samples not in (None, 1) else f"shape ({rows},) or "
        wanted = f"{single}shape ({rows}, {samples or 'm'})"
        raise refusal(f"{name} of shape {array.shape}", value, wanted)
    return column


def choice(name: str, value: object, allowed: Iterable[str]) -> str:
    """One of the allowed names; ValueError lists them."""
    names = tuple(allowed)
    if not isinstance(value, str) or value not in names:
        raise refusal(name, value, ", ".join(names))
    return value


def whole_number(name: str, value: Any, low: int, high: int) -> int:
    """An int from low to high; ValueError otherwise, also for bool and 3.0."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        raise refusal(name, value, f"a whole number from {low} to {high}")
    return int(value)


def finite_number(name: str, value: Any, low: float = -np.inf) -> float:
    """A finite float not below `low`; ValueError otherwise, also for bool and text."""
    bound = "" if low == -np.inf else f", {low:g} or more"
    real = isinstance(value, int | float | np.integer | np.floating)
    try:
        number = float(value) if real and not isinstance(value, bool) else np.nan
    except OverflowError:
        number = np.inf
    if not np.isfinite(number) or number < low:
        raise refusal(name, value, f"a finite number{bound}")
    return number


def truth_value(name: str, value: object) -> bool:
    """True or False; ValueError otherwise, also for 0 and 1."""
    if not isinstance(value, bool | np.bool_):
        raise refusal(name, value, "True, False")
    return bool(value)
