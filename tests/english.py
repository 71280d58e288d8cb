"""What is told, in English, wherever it stands in an answer: for tests that read sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from components.messages import Message, render
from components.refusal import RefusalError, RequestError

__all__ = ["answered", "english", "read"]


def read(told: Any) -> Any:
    """A message as it travels, as the value that a builder makes; anything else as it is."""
    if isinstance(told, list | tuple):
        return [read(part) for part in told]
    if isinstance(told, Mapping) and set(told) == {"key", "arguments"}:
        return Message(told["key"], {name: read(part) for name, part in told["arguments"].items()})
    return told


def english(answer: Any) -> Any:
    """The same with every message in it, as a value or as it travels, written in English."""
    if isinstance(answer, Message):
        return render(answer)
    if isinstance(answer, list | tuple):
        return [english(part) for part in answer]
    if isinstance(answer, Mapping):
        if set(answer) == {"key", "arguments"}:
            return render(read(answer))
        return {name: english(part) for name, part in answer.items()}
    return answer


def answered(answer: Callable[[dict[str, Any]], Any], body: dict[str, Any]) -> Any:
    """What a page is answered, in English; raises `RequestError` for what no page sends."""
    try:
        return english(answer(body))
    except RequestError:
        raise
    except RefusalError as error:
        return {"refused": {"field": error.field, "text": str(error)}}
