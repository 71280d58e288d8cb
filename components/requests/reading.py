"""What a request may hold, read strictly or refused by its part, value and what is allowed."""

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
from components.data.own import MissingDataError, is_name, read_own
from components.json_reading import JsonError, read_json
from components.json_structure import structure_of
from components.messages import Argument, Message, message
from components.refusal import RequestError, refusal, unusable
from components.requests.kept_weights import kept_weights

__all__ = [
    "STAGE",
    "null_or_object",
    "read_array",
    "read_body",
    "read_flag",
    "read_network",
    "read_stage",
    "read_text",
    "read_texts",
    "read_whole",
    "refuse",
]

STAGE: Final = ("fields", "changed", "weights", "iteration", "own")

MOST_ITERATIONS: Final = 10**9
# A request is a few names and numbers and, where it is large, some long texts: tables and arrays.
MOST_STRUCTURE: Final = 2**18
REMAKES: Final = (ids.LAYER_SIZES, ids.INIT, ids.SEED)


def refuse(part: str, value: Any, allowed: Argument) -> RequestError:
    """The error that names a part of a request, its value (shortened) and what is allowed."""
    return RequestError(refusal(unusable(value), part, allowed=allowed))


def null_or_object(*names: str) -> Message:
    """That null is allowed, or an object with just these keys."""
    return message("allowed.null_or_keys", names=[f'"{name}"' for name in names])


def read_text(body: Mapping[str, Any], part: str) -> str:
    """The text of a request's part; `RequestError` where it is none."""
    text = body.get(part)
    if not isinstance(text, str):
        raise refuse(part, text, message("allowed.text"))
    return text


def read_whole(part: str, value: Any, low: int, high: int) -> int:
    """The whole number of a request's part, from low to high; `RequestError` for anything else."""
    if type(value) is not int or not low <= value <= high:
        raise refuse(part, value, message("allowed.whole", low=low, high=high))
    return value


def read_flag(part: str, value: Any) -> bool:
    """The true or false of a request's part; `RequestError` for anything else."""
    if type(value) is not bool:
        raise refuse(part, value, message("allowed.boolean"))
    return value


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
    name = read_own(own)
    # An earlier version had the key itself in the field.
    if named not in ("", name, own["key"]):
        raise refuse("own", named, message("allowed.own_named", field=ids.OWN_DATA))
    return {**fields, ids.OWN_DATA: name}


def _read_fields(fields: Any) -> dict[str, str]:
    if not isinstance(fields, dict):
        raise refuse("fields", fields, message("allowed.texts_by_field"))
    for name, text in fields.items():
        if name not in FIELDS:
            raise refuse("fields", name, message("allowed.names", names=", ".join(FIELDS)))
        if not isinstance(text, str):
            raise refuse(f"fields.{name}", text, message("allowed.text"))
    return fields


def read_array(part: str, text: Any, rows: int, cols: int) -> engine.Array:
    """The (rows, cols) array of a request; `RequestError` unless it is finite and complete."""
    allowed = message("allowed.array", numbers=rows * cols)
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
        raise refuse(part, layers, message("allowed.layers_object", last=max(shapes)))
    return [read_array(f"{part}.{l}", layers[str(l)], *shape) for l, shape in shapes.items()]


# The names and sizes of a network are checked once, the numbers of a request each time.
@lru_cache(maxsize=16)
def _blank(sizes: tuple[int, ...], activations: tuple[str, ...], loss: str) -> engine.Network:
    return engine.init_network(sizes, activations, loss, "constant")


def read_network(weights: Any, config: Config) -> engine.Network:
    """The network with the weights of a request: {"w": {"2": base64, …}, "b": {…}} or {"named"}.

    Raises `RequestError` when they are not w^2…w^L and b^2…b^L of the configured sizes, all finite,
    and `MissingWeightsError` when they are only named and not kept here.
    """
    if isinstance(weights, dict) and set(weights) == {"named"}:
        return _named_network(weights["named"], config)
    if not isinstance(weights, dict) or set(weights) != {"w", "b"}:
        raise refuse("weights", weights, null_or_object("w", "b"))
    blank = _blank(config.sizes, tuple(config.activations), config.loss)
    sizes = config.sizes
    w_shapes = {l: (sizes[l - 1], sizes[l - 2]) for l in range(2, len(sizes) + 1)}
    b_shapes = {l: (n, 1) for l, (n, _) in w_shapes.items()}
    return blank.moved(
        _read_layers("weights.w", weights["w"], w_shapes),
        _read_layers("weights.b", weights["b"], b_shapes),
    )


def _named_network(name: Any, config: Config) -> engine.Network:
    kept = kept_weights(name) if isinstance(name, str) and is_name(name) else None
    if kept is None or kept.sizes != config.sizes:
        raise refuse("weights.named", name, null_or_object("w", "b"))
    blank = _blank(config.sizes, tuple(config.activations), config.loss)
    return blank.moved(list(kept.w.values()), list(kept.b.values()))


def read_stage(body: Mapping[str, Any]) -> Stage:
    """Read `fields`, `changed`, `weights`, `iteration` and `own` of a request.

    `own` is null, {"key"} or the whole object of own data. Raises `FieldError` for a field's text
    that cannot be used, `MissingDataError` and `MissingWeightsError` for what is to be sent whole,
    and `RequestError` for what no page of ours sends.
    """
    texts = read_texts(body)
    changed = body.get("changed")
    if changed is not None and changed not in list(FIELDS):
        raise refuse("changed", changed, message("allowed.field_or_null"))
    iteration = read_whole("iteration", body.get("iteration", 0), 0, MOST_ITERATIONS)
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
        what = message("refusal.request.structure", most=MOST_STRUCTURE)
        raise RequestError(refusal(what, "request", allowed=message("allowed.long_texts")))
    try:
        body = read_json(raw)
    except JsonError as error:
        raise RequestError(refusal(error.told, "request")) from None
    if not isinstance(body, dict) or not set(body) <= set(known):
        raise refuse("request", body, message("allowed.object", names=", ".join(sorted(known))))
    return body
