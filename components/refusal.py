"""What cannot be used, and why: one shape of words, and the base of every such error.

"Place: value cannot be used: reason. Allowed: ….", of which only what is wrong has to be there.
"""

from collections.abc import Iterator
from typing import Any, Final

import orjson

from components.messages import Argument, Message, Told, message, render, require
from components.visible import visible

__all__ = ["RefusalError", "RequestError", "refusal", "short", "shown", "unusable", "unusable_text"]

MOST_SHOWN: Final = 40
SHAPES: Final = (
    *("alone", "allowed", "place", "place_allowed"),
    *("place_reason", "place_reason_allowed"),
)
require(*(f"refusal.shape.{shape}" for shape in SHAPES))


class RefusalError(ValueError):
    """Something that a person or a file brought cannot be used.

    `told` says which place, which value and what is allowed, in any language; as a text it is
    English, for logs and tracebacks. `field` is the name of a field whose text it is.
    """

    field: str | None = None

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told

    def __str__(self) -> str:
        return render(self.told)


class RequestError(RefusalError):
    """A request that no page of ours sends."""


def refusal(
    what: Argument, place: Argument = "", *, reason: Argument = "", allowed: Argument = ""
) -> Message:
    """The sentence that says what is wrong, where, why and what is allowed instead."""
    given = {"place": place, "reason": reason, "allowed": allowed}
    parts = {name: part for name, part in given.items() if part}
    return message(f"refusal.shape.{'_'.join(parts) or 'alone'}", what=what, **parts)


def short(text: str) -> str:
    """A text as a refusal quotes it: at most 40 characters of it, none of them hidden."""
    return visible(text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "…")


def _pieces(value: Any) -> Iterator[str]:
    """A value as JSON, piece by piece, no more of a text than is shown."""
    if isinstance(value, dict):
        for i, (name, child) in enumerate(value.items()):
            yield from ("," if i else "{", *_pieces(name), ":")
            yield from _pieces(child)
        yield "}" if value else "{}"
    elif isinstance(value, list | tuple):
        for i, child in enumerate(value):
            yield "," if i else "["
            yield from _pieces(child)
        yield "]" if value else "[]"
    else:
        yield orjson.dumps(value[:MOST_SHOWN] if isinstance(value, str) else value).decode()


def shown(value: Any) -> str:
    """A value as a refusal shows it: the beginning of its JSON; what is left out is never read."""
    text = ""
    for piece in _pieces(value):
        text += piece
        if len(text) > MOST_SHOWN:
            break
    return short(text)


def unusable(value: Any) -> Message:
    """That a value of a request or of a file cannot be used."""
    return message("refusal.unusable", value=shown(value))


def unusable_text(text: str, empty: Message) -> Message:
    """That a typed text cannot be used, or what is said where it is `empty`."""
    return message("refusal.unusable_text", text=short(text)) if text.strip() else empty
