"""Arithmetic as a list of calls on arrays that exist already."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from engine.arguments import Array

__all__ = ["Operations", "constant"]

Operations: TypeAlias = list[tuple[Callable[..., Any], tuple[Any, ...]]]


def constant(value: float) -> Array:
    """A read-only array of no dimension: a ufunc takes it in half the time of a Python float."""
    array = np.array(value)
    array.flags.writeable = False
    return array
