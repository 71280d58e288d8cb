"""What the browser may ask for a pass, read strictly, and what it is answered."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

import engine
from components import ids
from components.config import Config, make_network, read_config
from components.fields import FIELDS, FieldError
from components.frames import build_pass

__all__ = ["RequestError", "answer_pass"]

MOST_ITERATIONS: Final = 10**9
REMAKES: Final = (ids.LAYER_SIZES, ids.INIT, ids.SEED)


class RequestError(ValueError):
    """A request that no page of ours sends; the message names part, value and what is allowed."""


def _refuse(part: str, value: Any, allowed: str) -> RequestError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return RequestError(f"{part}: {shown} cannot be used. Allowed: {allowed}.")


def _read_texts(fields: Any) -> dict[str, str]:
    if not isinstance(fields, dict):
        raise _refuse("fields", fields, "an object of texts by field name")
    for name, text in fields.items():
        if name not in FIELDS:
            raise _refuse("fields", name, "the names " + ", ".join(FIELDS))
        if not isinstance(text, str):
            raise _refuse(f"fields.{name}", text, "a text")
    return fields


def _read_array(part: str, text: Any, rows: int, cols: int) -> engine.Array:
    allowed = f"{rows * cols} finite float64, little-endian, row by row, as base64"
    if not isinstance(text, str):
        raise _refuse(part, text, allowed)
    try:
        raw = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise _refuse(part, text, allowed) from None
    if len(raw) != 8 * rows * cols:
        raise _refuse(part, text, allowed)
    array = np.frombuffer(raw, dtype="<f8").reshape(rows, cols)
    if not np.isfinite(array).all():
        raise _refuse(part, text, allowed)
    return array


def _read_layers(
    part: str, layers: Any, shapes: Mapping[int, tuple[int, int]]
) -> list[engine.Array]:
    if not isinstance(layers, dict) or set(layers) != {str(l) for l in shapes}:
        raise _refuse(part, layers, f"an object with the layers 2 to {max(shapes)}")
    return [_read_array(f"{part}.{l}", layers[str(l)], *shape) for l, shape in shapes.items()]


def read_network(weights: Any, config: Config) -> engine.Network:
    """The network with the weights of a request: {"w": {"2": base64, …}, "b": {…}}.

    Raises `RequestError` when they are not w^2…w^L and b^2…b^L of the configured sizes, all finite.
    """
    if not isinstance(weights, dict) or set(weights) != {"w", "b"}:
        raise _refuse("weights", weights, 'null, or an object with "w" and "b"')
    sizes = config.sizes
    w_shapes = {l: (sizes[l - 1], sizes[l - 2]) for l in range(2, len(sizes) + 1)}
    return engine.Network(
        w=_read_layers("weights.w", weights["w"], w_shapes),
        b=_read_layers("weights.b", weights["b"], {l: (n, 1) for l, (n, _) in w_shapes.items()}),
        activations=config.activations,
        loss=config.loss,
    )


def answer_pass(body: Any) -> dict[str, Any]:
    """Answer `{"fields", "changed", "weights", "iteration"}` with a whole pass.

    A field's text that cannot be used is answered by {"refused": {"field", "text"}}; otherwise
    {"pass": …, "fresh": were the weights made anew, "notices": sentences on repairs}.
    Raises `RequestError` for what is not such a request.
    """
    known = {"fields", "changed", "weights", "iteration"}
    if not isinstance(body, dict) or not set(body) <= known:
        raise _refuse("request", body, "an object with " + ", ".join(sorted(known)))
    texts = _read_texts(body.get("fields", {}))
    changed, iteration = body.get("changed"), body.get("iteration", 0)
    if changed is not None and changed not in list(FIELDS):
        raise _refuse("changed", changed, "null or a field name")
    if type(iteration) is not int or not 0 <= iteration <= MOST_ITERATIONS:
        raise _refuse("iteration", iteration, f"a whole number from 0 to {MOST_ITERATIONS}")
    try:
        config, notices = read_config(texts, changed)
    except FieldError as error:
        return {"refused": {"field": error.field, "text": str(error)}}
    weights = body.get("weights")
    sizes = "-".join(str(n) for n in config.sizes)
    fresh = weights is None or changed in REMAKES or sizes != texts.get(ids.LAYER_SIZES)
    net = make_network(config) if fresh else read_network(weights, config)
    return {
        "pass": build_pass(config, net, 0 if fresh else iteration),
        "fresh": fresh,
        "notices": notices,
    }
