"""JSON that others wrote: read whole, or refused: damaged, too deep, one key twice."""

import json
from typing import Any, Final

import orjson

from components.messages import message
from components.refusal import RefusalError
from components.visible import visible

__all__ = ["MOST_DEPTH", "JsonError", "NotJsonError", "read_json"]

# Nothing of ours is deeper than ten; what can be read must also be told about without recursion.
MOST_DEPTH: Final = 32


class JsonError(RefusalError):
    """A text that is no such JSON; what is told is why, in a clause."""


class NotJsonError(JsonError):
    """A text that is no JSON at all."""


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MOST_DEPTH + 1):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _refuse_twice(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) == len(pairs):
        return
    seen = set()
    for name, _ in pairs:
        if name in seen:
            raise JsonError(message("refusal.json.twice", name=visible(name[:60])))
        seen.add(name)


def read_json(raw: bytes | str) -> Any:
    """The value of a JSON text nested at most `MOST_DEPTH` deep, no key twice in an object.

    Raises `JsonError`.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotJsonError(message("refusal.json.no_json", flaw=str(error))) from None
    if isinstance(value, dict | list) and _is_deep(value):
        raise JsonError(message("refusal.json.deep", most=MOST_DEPTH))
    # The numbers were read above: here they need no conversion, which is slow for long ones.
    json.loads(raw, object_pairs_hook=_refuse_twice, parse_int=str, parse_float=str)
    return value
