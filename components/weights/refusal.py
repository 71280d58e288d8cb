"""What a file of weights is refused with: which array of it, what is wrong, what is allowed."""

from typing import Final

from components.messages import Argument, Message
from components.refusal import RefusalError, refusal
from components.visible import visible

__all__ = ["WeightFileError", "array_error"]

MOST_LETTERS: Final = 60


class WeightFileError(RefusalError):
    """A file that is no weights of a network."""


def array_error(name: str, what: Message, allowed: Argument = "") -> WeightFileError:
    """That the array of this name cannot be taken."""
    return WeightFileError(refusal(what, visible(name[:MOST_LETTERS]), allowed=allowed))
