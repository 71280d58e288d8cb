"""Words of the page as properties of its elements: shown in English, and which message it is.

The browser writes them in the language in force; see assets/kit/words.js.
"""

from typing import Any

import orjson

from components.messages import Argument, Message, Told, message, render

__all__ = ["choice", "choices", "label", "sent", "text", "title"]

Properties = dict[str, Any]


def _told(words: str | Message | tuple[Message, ...], arguments: dict[str, Argument]) -> Told:
    return message(words, **arguments) if isinstance(words, str) else words


def _properties(shown: str, kept: str, told: Told) -> Properties:
    bare = isinstance(told, Message) and not told.arguments
    return {shown: render(told), kept: told.key if bare else orjson.dumps(told).decode()}  # type: ignore[union-attr]


def text(words: str | Message | tuple[Message, ...], **arguments: Argument) -> Properties:
    """The words within an element that has no other children: a key, or what is told."""
    return _properties("children", "data-text", _told(words, arguments))


def title(words: str | Message | tuple[Message, ...], **arguments: Argument) -> Properties:
    """What is told of an element while it is pointed at."""
    return _properties("title", "data-title", _told(words, arguments))


def label(words: str | Message, **arguments: Argument) -> Properties:
    """What an element is called for those who hear the page."""
    return _properties("aria-label", "data-label", _told(words, arguments))


def choice(key: str, value: str, **arguments: Argument) -> Message:
    """What a choice of a list is called: the key with its value, or the value in its place."""
    if key.endswith("."):
        return message(f"{key}{value}", **arguments)
    return message(key, value=value, **arguments)


def choices(key: str, **arguments: Argument) -> Properties:
    """On an element around a list, whose choices are called as `choice` says."""
    return {"data-options": orjson.dumps(message(key, **arguments)).decode()}


def sent(told: Any) -> Any:
    """What is told, anywhere in plain data, as the browser reads it."""
    return orjson.loads(orjson.dumps(told))
