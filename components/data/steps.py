"""What was done to a table on its way to own data, written down beside them as messages."""

from collections.abc import Sequence
from typing import Any, Final

from components.messages import LANGUAGES, Argument, Message, message, render
from components.refusal import RequestError, refusal
from components.visible import visible

__all__ = ["MOST_STEPS", "read_steps", "write_steps"]

MOST_STEPS: Final = 250
MOST_LETTERS: Final = 400
MOST_ARGUMENTS: Final = 8
KEYS: Final = ("table.", "own.separator.", "own.encoding.")


def _written(told: Message) -> dict[str, Any]:
    arguments = {
        name: _written(value) if isinstance(value, Message) else value
        for name, value in told.arguments.items()
    }
    return {"key": told.key, "arguments": arguments}


def write_steps(steps: Sequence[Message]) -> list[dict[str, Any]]:
    """The steps as they travel and are kept: {"key", "arguments"} each, at most 250."""
    return [_written(told) for told in steps[:MOST_STEPS]]


def _argument(value: Any, depth: int) -> Argument:
    if type(value) is int and abs(value) <= 10**9:
        return value
    if isinstance(value, str) and len(value) <= MOST_LETTERS and visible(value) == value:
        return value
    if depth:
        return _step(value, depth - 1)
    raise ValueError(value)


def _step(value: Any, depth: int) -> Message:
    if not isinstance(value, dict) or set(value) != {"key", "arguments"}:
        raise ValueError(value)
    key, arguments = value["key"], value["arguments"]
    known = isinstance(key, str) and key.startswith(KEYS) and isinstance(arguments, dict)
    if not known or len(arguments) > MOST_ARGUMENTS:
        raise ValueError(key)
    return message(key, **{name: _argument(given, depth) for name, given in arguments.items()})


def read_steps(value: Any) -> tuple[Message, ...]:
    """The steps that own data carry; raises `RequestError` for what no table of ours tells."""
    try:
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_STEPS:
            raise ValueError
        steps = tuple(_step(one, 1) for one in value)
        for told in steps:
            for language in LANGUAGES:
                render(told, language)
    except (ValueError, KeyError, TypeError):
        told = message("refusal.own.steps", most=MOST_STEPS)
        raise RequestError(refusal(told, "own.steps")) from None
    return steps
