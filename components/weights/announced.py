"""What the header of a weight file announces, held against the limits before memory is taken."""

from collections.abc import Sequence
from math import prod
from typing import Final

import engine
from components.messages import message
from components.refusal import refusal
from components.visible import visible
from components.weights.refusal import WeightFileError, array_error

__all__ = ["MOST_ARRAYS", "MOST_ENTRIES", "check_count", "check_name", "check_shape"]

# Two of each layer, and five more of a BatchNorm behind it.
MOST_ARRAYS: Final = 7 * engine.MAX_LAYERS
MOST_ENTRIES: Final = engine.MAX_WEIGHTS
MOST_NAME: Final = 200
LARGE: Final = 10**15


def check_count(count: int) -> None:
    """Raises `WeightFileError` for no array and for more than a network has."""
    if not 1 <= count <= MOST_ARRAYS:
        what = message("refusal.weights.arrays", number=count)
        raise WeightFileError(refusal(what, allowed=message("allowed.arrays", most=MOST_ARRAYS)))


def check_name(name: str) -> None:
    """Raises `WeightFileError` for a name that is long or hides something."""
    if len(name) > MOST_NAME:
        what = message("refusal.weights.long_name", length=len(name))
        raise WeightFileError(refusal(what, allowed=str(MOST_NAME)))
    if visible(name) != name:
        what = message("refusal.weights.hidden_name")
        raise array_error(name, what, message("allowed.visible_names"))


def _times(shape: Sequence[int]) -> str:
    return "×".join(f"{n}" if n < LARGE else "…" for n in shape)


def check_shape(name: str, shape: Sequence[int]) -> None:
    """Raises `WeightFileError` for what is no number, vector or matrix, and for what is large."""
    if len(shape) > 2 or min(shape, default=1) < 1:
        listed = ", ".join(f"{n}" if abs(n) < LARGE else "…" for n in shape[:5])
        more = ", …" if len(shape) > 5 else ""
        filters = 3 <= len(shape) <= 5 and min(shape) > 0
        key = "refusal.weights.filters" if filters else "refusal.weights.shape"
        what = message(key, shape=f"({listed}{more})")
        raise array_error(name, what, message("allowed.matrices"))
    entries = prod(shape)
    if entries > MOST_ENTRIES:
        key = "refusal.weights.entries" if entries < LARGE else "refusal.weights.entries_beyond"
        what = message(key, shape=_times(shape), entries=min(entries, LARGE))
        raise array_error(name, what, message("allowed.at_most", most=MOST_ENTRIES))
