"""What the browser may ask for a pass, read strictly, and what it is answered."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

import engine
from components import ids
from components.config import Config, make_network, read_config
from components.data_choice import DATA_FIELDS, load_samples, relevant_fields
from components.data_repairs import may_show_all
from components.fields import FIELDS
from components.focus import MODES, Focus
from components.frames import build_pass
from components.json_reading import JsonError, read_json
from components.own_data import MissingDataError, OwnDataError, is_name, read_own

__all__ = [
    "STAGE",
    "RequestError",
    "Stage",
    "answer_pass",
    "read_array",
    "read_body",
    "read_stage",
    "refuse",
]

STAGE: Final = ("fields", "changed", "weights", "iteration", "own")

MOST_ITERATIONS: Final = 10**9
REMAKES: Final = (ids.LAYER_SIZES, ids.INIT, ids.SEED)


class RequestError(ValueError):
    """A request that no page of ours sends; the message names part, value and what is allowed."""


def refuse(part: str, value: Any, allowed: str) -> RequestError:
    """The error that names a part of a request, its value (shortened) and what is allowed."""
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return RequestError(f"{part}: {shown} cannot be used. Allowed: {allowed}.")


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
    if not isinstance(text, str):
        raise refuse(part, text, allowed)
    try:
        raw = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise refuse(part, text, allowed) from None
    if len(raw) != 8 * rows * cols:
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


@dataclass(frozen=True)
class Stage:
    """What a request puts on the stage; `fresh` where the weights were made anew."""

    config: Config
    net: engine.Network
    iteration: int
    fresh: bool
    notices: list[str]


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
    try:
        body = read_json(raw)
    except JsonError as error:
        raise RequestError(f"request: {error}.") from None
    if not isinstance(body, dict) or not set(body) <= set(known):
        raise refuse("request", body, "an object with " + ", ".join(sorted(known)))
    return body


def _read_focus(asked: Any, config: Config) -> Focus:
    """The focus of a request; places that this network does not have are refused."""
    if asked is None:
        return Focus()
    depth, m = len(config.sizes), len(config.x)
    known = {"mode", "layer", "neuron", "input", "sample", "whole"}
    if not isinstance(asked, dict) or not set(asked) <= known:
        raise refuse("focus", asked, "null or an object with " + ", ".join(sorted(known)))

    def number(name: str, high: int, default: int | None) -> int | None:
        value = asked.get(name, default)
        if value is not None and (type(value) is not int or not 1 <= value <= high):
            raise refuse(f"focus.{name}", value, f"null or a whole number from 1 to {high}")
        return value

    mode, whole = asked.get("mode", MODES[0]), asked.get("whole", False)
    if mode not in list(MODES):
        raise refuse("focus.mode", mode, "one of " + ", ".join(MODES))
    if type(whole) is not bool:
        raise refuse("focus.whole", whole, "true or false")
    layer = number("layer", depth, None)
    neuron = number("neuron", config.sizes[(layer or 1) - 1], 1) or 1
    before = config.sizes[layer - 2] if layer and layer > 1 else 1
    return Focus(
        mode=mode,
        layer=layer,
        neuron=neuron,
        input=number("input", before, None),
        sample=number("sample", m, 1) or 1,
        whole=whole,
    )


def _data_words(config: Config) -> dict[str, Any]:
    """What the panel of fields has to know: the samples there are, the fields that say nothing."""
    shown = relevant_fields(config.dataset)
    hidden = [name for name in (*DATA_FIELDS, ids.SAMPLE) if name not in shown]
    if config.dataset == "by_hand":
        return {"train": 0, "all": False, "hidden": hidden}
    m = len(load_samples(config.data).train)
    every = may_show_all(m, config.sizes[0], config.sizes[-1])
    return {"train": m, "all": every, "hidden": hidden}


def answer_pass(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with a whole pass: {"pass", "fresh", "notices": sentences on repairs}."""
    stage = read_stage(body)
    focus = _read_focus(body.get("focus"), stage.config)
    return {
        "pass": {
            **build_pass(stage.config, stage.net, stage.iteration, focus),
            "data": _data_words(stage.config),
        },
        "fresh": stage.fresh,
        "notices": stage.notices,
    }
