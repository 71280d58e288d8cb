"""Words of the page as properties of its elements: shown in English, and which message it is.

The browser writes them in the language in force; see assets/kit/words.js.
"""

from typing import Any

import orjson

from components.messages import Argument, message, render

__all__ = ["choices", "label", "text", "title"]

Properties = dict[str, Any]


def _properties(shown: str, kept: str, key: str, arguments: dict[str, Argument]) -> Properties:
    told = message(key, **arguments)
    return {shown: render(told), kept: orjson.dumps(told).decode() if arguments else key}


def text(key: str, **arguments: Argument) -> Properties:
    """The words within an element that has no other children."""
    return _properties("children", "data-text", key, arguments)


def title(key: str, **arguments: Argument) -> Properties:
    """What is told of an element while it is pointed at."""
    return _properties("title", "data-title", key, arguments)


def label(key: str, **arguments: Argument) -> Properties:
    """What an element is called for those who hear the page."""
    return _properties("aria-label", "data-label", key, arguments)


def choices(prefix: str) -> Properties:
    """On an element around a list: the keys of its choices are `prefix` and their values."""
    return {"data-options": prefix}
