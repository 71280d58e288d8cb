"""What a request may hold, read strictly or refused by its part, value and what is allowed."""

import reprlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np

import engine
from components import ids
from components.config.fields import FIELDS
from components.config.stage import Stage
from components.config.texts import Config, make_network, read_config
from components.data.own import MissingDataError, OwnDataError, is_name, read_own
from components.json_reading import JsonError, read_json
from components.json_structure import structure_of

__all__ = [
    "STAGE",
    "RequestError",
    "read_array",
    "read_body",
    "read_network",
    "read_stage",
    "read_texts",
    "refuse",
    "shortened",
]

STAGE: Final = ("fields", "changed", "weights", "iteration", "own")

MOST_ITERATIONS: Final = 10**9
# A request is a few names and numbers and, where it is large, some long texts: tables and arrays.
MOST_STRUCTURE: Final = 2**18
MOST_SHOWN: Final = 60
REMAKES: Final = (ids.LAYER_SIZES, ids.INIT, ids.SEED)


class RequestError(ValueError):
    """A request that no page of ours sends; the message names part, value and what is allowed."""


def _short() -> reprlib.Repr:
    """Writes out the beginning of a value, whatever its size; what is left out is never read."""
    short = reprlib.Repr()
    short.maxstring = short.maxother = 4 * MOST_SHOWN
    short.maxlist = short.maxdict = MOST_SHOWN
    return short


SHORT: Final = _short()


def shortened(value: Any) -> str:
    """A value of a request as it is told, at most 60 characters of it."""
    text = SHORT.repr(value)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "…"


def refuse(part: str, value: Any, allowed: str) -> RequestError:
    """The error that names a part of a request, its value (shortened) and what is allowed."""
    return RequestError(f"{part}: {shortened(value)} cannot be used. Allowed: {allowed}.")


def read_texts(body: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a request, and its own data among them as their name.

    Raises `MissingDataError` where own data are only named: who has a link has no key.
    """
    fields, own = _read_fields(body.get("fields", {})), body.get("own")
    named = fields.get(ids.OWN_DATA, "")
    if own is None:
        if fields.get(ids.DATASET) == "own" and is_name(named):
            raise MissingDataError(named)
        return fields
    try:
        name = read_own(own)
    except OwnDataError as error:
        raise RequestError(str(error)) from None
    # An earlier version had the key itself in the field.
    if named not in ("", name, own["key"]):
        raise refuse("own", named, "the own data that the field own-data names")
    return {**fields, ids.OWN_DATA: name}


def _read_fields(fields: Any) -> dict[str, str]:
    if not isinstance(fields, dict):
        raise refuse("fields", fields, "an object of texts by field name")
    for name, text in fields.items():
        if name not in FIELDS:
            raise refuse("fields", name, "the names " + ", ".join(FIELDS))
        if not isinstance(text, str):
            raise refuse(f"fields.{name}", text, "a text")
    return fields


def read_array(part: str, text: Any, rows: int, cols: int) -> engine.Array:
    """The (rows, cols) array of a request; `RequestError` unless it is finite and complete."""
    allowed = f"{rows * cols} finite float64, little-endian, row by row, as base64"
    size = 8 * rows * cols
    if not isinstance(text, str) or len(text) != 4 * -(-size // 3):
        raise refuse(part, text, allowed)
    try:
        raw = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise refuse(part, text, allowed) from None
    if len(raw) != size:
        raise refuse(part, text, allowed)
    array = np.frombuffer(raw, dtype="<f8").reshape(rows, cols)
    if not np.isfinite(array).all():
        raise refuse(part, text, allowed)
    return array


def _read_layers(
    part: str, layers: Any, shapes: Mapping[int, tuple[int, int]]
) -> list[engine.Array]:
    if not isinstance(layers, dict) or set(layers) != {str(l) for l in shapes}:
        raise refuse(part, layers, f"an object with the layers 2 to {max(shapes)}")
    return [read_array(f"{part}.{l}", layers[str(l)], *shape) for l, shape in shapes.items()]


# The names and sizes of a network are checked once, the numbers of a request each time.
@lru_cache(maxsize=16)
def _blank(sizes: tuple[int, ...], activations: tuple[str, ...], loss: str) -> engine.Network:
    return engine.init_network(sizes, activations, loss, "constant")


def read_network(weights: Any, config: Config) -> engine.Network:
    """The network with the weights of a request: {"w": {"2": base64, …}, "b": {…}}.

    Raises `RequestError` when they are not w^2…w^L and b^2…b^L of the configured sizes, all finite.
    """
    if not isinstance(weights, dict) or set(weights) != {"w", "b"}:
        raise refuse("weights", weights, 'null, or an object with "w" and "b"')
    blank = _blank(config.sizes, tuple(config.activations), config.loss)
    sizes = config.sizes
    w_shapes = {l: (sizes[l - 1], sizes[l - 2]) for l in range(2, len(sizes) + 1)}
    b_shapes = {l: (n, 1) for l, (n, _) in w_shapes.items()}
    return blank.moved(
        _read_layers("weights.w", weights["w"], w_shapes),
        _read_layers("weights.b", weights["b"], b_shapes),
    )


def read_stage(body: Mapping[str, Any]) -> Stage:
    """Read `fields`, `changed`, `weights`, `iteration` and `own` of a request.

    `own` is null, {"key"} or the whole object of own data. Raises `FieldError` for a field's text
    that cannot be used, `MissingDataError` for own data that are to be sent whole, and
    `RequestError` for what no page of ours sends.
    """
    texts = read_texts(body)
    changed, iteration = body.get("changed"), body.get("iteration", 0)
    if changed is not None and changed not in list(FIELDS):
        raise refuse("changed", changed, "null or a field name")
    if type(iteration) is not int or not 0 <= iteration <= MOST_ITERATIONS:
        raise refuse("iteration", iteration, f"a whole number from 0 to {MOST_ITERATIONS}")
    config, notices = read_config(texts, changed)
    weights = body.get("weights")
    sizes = FIELDS[ids.LAYER_SIZES]
    asked = sizes.parse(texts.get(ids.LAYER_SIZES, sizes.default))
    fresh = weights is None or changed in REMAKES or asked != config.sizes
    net = make_network(config) if fresh else read_network(weights, config)
    return Stage(config, net, 0 if fresh else iteration, fresh, notices)


def read_body(raw: bytes, known: Collection[str]) -> dict[str, Any]:
    """The JSON object of a request, with none but the known keys."""
    if len(raw) > MOST_STRUCTURE and structure_of(raw, MOST_STRUCTURE) > MOST_STRUCTURE:
        raise RequestError(
            f"request: more than {MOST_STRUCTURE:,} bytes of it are not within texts. "
            "Allowed: long texts, and few other values."
        )
    try:
        body = read_json(raw)
    except JsonError as error:
        raise RequestError(f"request: {error}.") from None
    if not isinstance(body, dict) or not set(body) <= set(known):
        raise refuse("request", body, "an object with " + ", ".join(sorted(known)))
    return body
