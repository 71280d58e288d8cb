"""Numbers as people type them, read strictly or refused by name."""

from typing import Final

from components import number_reading
from components.messages import message
from components.refusal import RefusalError

__all__ = ["ALLOWED", "NUMBER_MAX", "EditError", "read_number"]

NUMBER_MAX: Final = 1e6
ALLOWED: Final = message("allowed.typed_number", most=f"{NUMBER_MAX:.0f}")


class EditError(RefusalError):
    """A typed or pasted text that cannot be used."""


def read_number(text: str) -> float:
    """The float64 of a typed decimal, or the quotient of two.

    Raises ValueError for anything else, for a denominator of 0 and beyond ±`NUMBER_MAX`.
    """
    value = number_reading.read_number(text)
    if not abs(value) <= NUMBER_MAX:
        raise ValueError(text)
    return value
