"""A person's own data: the object that the browser keeps, and a bounded cache of the read ones.

An object has a secret key, the SHA-256 of its content with a random salt of 128 bits, and a name,
the SHA-256 of the key. The name stands in the fields and so in links; only the key, which no link
carries and nobody can guess from the content or the name, opens what is kept here.
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import numpy as np
import orjson

import engine
from components.cache import ContentCache
from components.data.sources import RawData
from components.data.steps import read_steps, write_steps
from components.messages import Message, message
from components.refusal import RequestError, refusal
from components.visible import visible
from components.wire import write_array

__all__ = [
    "MOST_CLASSES",
    "MOST_COLUMNS",
    "MOST_NAME",
    "MOST_ROWS",
    "MissingDataError",
    "is_name",
    "name_of",
    "own_raw_data",
    "read_own",
    "read_salt",
    "write_own",
]

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100
MOST_CLASSES: Final = 100
MOST_NAME: Final = 200
LARGEST: Final = 1e15
CACHE_BYTES: Final = 32 * 2**20
DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
SALT: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
KEYS: Final = {
    "classes": ("kind", "features", "classes", "x", "labels"),
    "regression": ("kind", "features", "outputs", "x", "y"),
}

_cache: ContentCache[RawData] = ContentCache(CACHE_BYTES)


class MissingDataError(LookupError):
    """Own data that are not here (any more): the browser is asked to send them again."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def _refuse(part: str, what: Message) -> RequestError:
    return RequestError(refusal(what, part))


def name_of(key: str) -> str:
    """The public name of a secret key: its SHA-256."""
    return sha256(key.encode()).hexdigest()


def is_name(text: str) -> bool:
    """Whether a text may be the name of own data."""
    return bool(DIGEST.fullmatch(text))


def read_salt(salt: Any) -> str:
    """The salt of a request, 128 bits as hexadecimal digits; raises `RequestError`."""
    if not isinstance(salt, str) or not SALT.fullmatch(salt):
        raise _refuse("salt", message("refusal.own.salt", digits=32))
    return salt


def _key(content: Mapping[str, Any]) -> str:
    parts = [content[name] for name in KEYS[content["kind"]]]
    # What an earlier version wrote has no salt, what was no table no steps.
    salted = [content["salt"], *parts] if "salt" in content else parts
    salted = [*salted, content["steps"]] if "steps" in content else salted
    return sha256(orjson.dumps(salted, option=orjson.OPT_SORT_KEYS)).hexdigest()


def write_own(raw: RawData, salt: str) -> dict[str, Any]:
    """The object for the browser: {"name", "key", "salt", "kind", "x", …}, arrays as base64.

    x is (n, m); classes come with "classes" and "labels" (m,), numbers with "outputs" and y (k, m),
    what was a table with "steps".
    """
    content: dict[str, Any] = {"salt": salt, "kind": raw.kind, "features": list(raw.features)}
    if raw.labels is not None:
        content |= {"classes": list(raw.classes), "labels": write_array(raw.labels.astype(float))}
    if raw.targets is not None:
        content |= {"outputs": list(raw.outputs), "y": write_array(raw.targets)}
    content["x"] = write_array(raw.x)
    if raw.steps:
        content["steps"] = write_steps(raw.steps)
    key = _key(content)
    return {"name": name_of(key), "key": key, **content}


def _names(part: str, value: Any, most: int) -> tuple[str, ...]:
    good = isinstance(value, list) and 1 <= len(value) <= most
    if not good or not all(isinstance(name, str) and len(name) <= MOST_NAME for name in value):
        told = message("refusal.own.names", most=most, length=MOST_NAME)
        raise _refuse(f"own.{part}", told)
    if any(visible(name) != name for name in value):
        raise _refuse(f"own.{part}", message("refusal.own.hidden_name"))
    return tuple(value)


def _numbers(part: str, text: Any, rows: int) -> engine.Array:
    """An array (rows, m) of a text, 1 ≤ m ≤ 10,000."""
    told = message("refusal.own.numbers", rows=rows, most=str(MOST_ROWS))
    refused = _refuse(f"own.{part}", told)
    if not isinstance(text, str) or len(text) > 4 * (8 * rows * MOST_ROWS // 3 + 1):
        raise refused
    try:
        flat = np.frombuffer(b64decode(text, validate=True), dtype="<f8")
    except (Base64Error, ValueError):
        raise refused from None
    if not flat.size or flat.size % rows or not (np.abs(flat) <= LARGEST).all():
        raise refused
    return flat.reshape(rows, -1)


def _content(own: Mapping[str, Any]) -> RawData:
    classes = own["kind"] == "classes"
    features = _names("features", own["features"], MOST_COLUMNS)
    x = _numbers("x", own["x"], len(features))
    steps = read_steps(own["steps"]) if "steps" in own else ()
    m = x.shape[1]
    if not classes:
        outputs = _names("outputs", own["outputs"], MOST_COLUMNS)
        y = _numbers("y", own["y"], len(outputs))
        if y.shape[1] != m:
            raise _refuse("own.y", message("refusal.own.samples", x=m, y=y.shape[1]))
        return RawData(x, features, targets=y, outputs=outputs, steps=steps)
    names = _names("classes", own["classes"], MOST_CLASSES)
    labels = _numbers("labels", own["labels"], 1)[0]
    if len(labels) != m or len(names) < 2 or not np.isin(labels, np.arange(len(names))).all():
        raise _refuse("own.labels", message("refusal.own.labels", samples=m))
    return RawData(x, features, labels.astype(np.int64), names, steps=steps)


def _read_key(own: Any) -> str:
    key = own.get("key") if isinstance(own, dict) else None
    if not isinstance(key, str) or not DIGEST.fullmatch(key):
        raise _refuse("own", message("refusal.own.digits", digits=64))
    return key


def read_own(own: Any) -> str:
    """Read the `own` of a request, {"key"} or the whole object, keep it, and return its name.

    Raises `RequestError` for what is neither, or whose key is not that of its content.
    """
    key = _read_key(own)
    name = name_of(key)
    if own.get("name", name) != name:
        raise _refuse("own.name", message("refusal.own.name"))
    if set(own) <= {"key", "name"}:
        return name
    kind = own.get("kind")
    known = {"name", "salt", "steps"}
    if not isinstance(kind, str) or set(own) - known != {"key", *KEYS.get(kind, ())}:
        raise _refuse("own", message("refusal.own.kind", one="classes", other="regression"))
    if "salt" in own:
        read_salt(own["salt"])
    raw = _content(own)
    if _key(own) != key:
        raise _refuse("own.key", message("refusal.own.key"))
    _cache.put(name, raw, raw.bytes)
    return name


def own_raw_data(name: str) -> RawData:
    """The own data of a name; raises `MissingDataError` where they are not kept here.

    For requests whose key has been read only: a name alone must open nothing.
    """
    raw = _cache.get(name)
    if raw is None:
        raise MissingDataError(name)
    return raw
