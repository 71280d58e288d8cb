"""What the browser asks about weight files: the stage's weights as a file, a file on the stage."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any, Final

from components import ids
from components.config.fields import ACTIVATIONS
from components.config.texts import Config, read_config, write_config
from components.messages import message
from components.refusal import RefusalError, RequestError, refusal, short
from components.requests.reading import read_stage, read_text, refuse
from components.weights.announced import MOST_ARRAYS
from components.weights.files import (
    FORMATS,
    MOST_BYTES,
    keeps_order,
    read_arrays,
)
from components.weights.foreign_files import FILE, ForeignFileError
from components.weights.layers import ArrangedLayers, Choice, Question, arrange_layers
from components.weights.refusal import WeightFileError
from components.wire import write_weights

__all__ = ["READ", "WRITE", "answer_weights_read", "answer_weights_write"]

WRITE: Final = ("format",)
READ: Final = ("name", "content", "chosen")
MOST_NAME: Final = 80


def answer_weights_write(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the weights of the stage as a file: {"name", "content": base64}.

    `format` is npz or safetensors. Raises as `read_stage`.
    """
    asked = body.get("format")
    if not isinstance(asked, str) or asked not in FORMATS:
        raise refuse("format", asked, ", ".join(FORMATS))
    net = read_stage(body).net
    content = b64encode(FORMATS[asked](net)).decode()
    return {"name": f"deltaflow-{'-'.join(map(str, net.sizes))}.{asked}", "content": content}


def _content(body: Mapping[str, Any]) -> bytes:
    text = body.get("content")
    if not isinstance(text, str) or len(text) > 4 * MOST_BYTES // 3 + 4:
        raise RequestError(refusal(message("refusal.weights.content", most=MOST_BYTES), "content"))
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise RequestError(refusal(message("refusal.weights.no_base64"), "content")) from None


def _chosen(body: Mapping[str, Any]) -> Choice | None:
    asked = body.get("chosen")
    if asked is None:
        return None
    order = asked.get("order") if isinstance(asked, dict) else None
    named = isinstance(order, list) and 1 <= len(order) <= MOST_ARRAYS
    if (
        not named
        or not all(isinstance(n, str) for n in order or [])
        or (type(asked.get("columns")) is not bool)
    ):
        raise refuse("chosen", asked, message("allowed.choices_offered"))
    return Choice(tuple(order or ()), asked["columns"])


def _asked(shown: str, question: Question) -> dict[str, Any]:
    choices = [
        {"order": list(choice.order), "columns": choice.columns, "text": told}
        for choice, told in question.choices
    ]
    asked = message("weights.question", file=shown, question=question.told)
    return {"question": {"text": asked, "choices": choices}}


def _put(shown: str, layers: ArrangedLayers, config: Config) -> dict[str, Any]:
    """The stage with the layers of a file; raises `FieldError`."""
    sizes = "-".join(map(str, layers.sizes))
    texts = {**write_config(config), ids.LAYER_SIZES: sizes}
    changed, notices = read_config(texts, ids.LAYER_SIZES)
    key = "weights.kept" if len(layers.w) > 1 else "weights.kept_output"
    hidden, output = ACTIVATIONS[config.hidden_activation], ACTIVATIONS[config.output_activation]
    kept = message(key, hidden=hidden, output=output)
    on_stage = message("weights.on_stage", file=shown, sizes=sizes)
    numbered = (dict(enumerate(arrays, 2)) for arrays in (layers.w, layers.b))
    return {
        "fields": write_config(changed),
        "weights": write_weights(*numbered),
        "told": [on_stage, *layers.told, kept, *notices],
    }


def _quoted(name: str) -> str:
    """The name of a file as a text of Python; what it may hold beside letters is not copied."""
    plain = all(c.isalnum() or c in "._- ()" for c in name) and 0 < len(name) <= MOST_NAME
    return f'"{name if plain else "file"}"'


def answer_weights_read(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with what is to be put on the stage: {"fields", "weights", "told"}.

    `name` and `content` (base64) are those of a .npz or .safetensors file. The layer sizes become
    those of the file; what the file does not say, the activations above all, stays as it is. Where
    neither names nor shapes tell the order of the layers the answer is {"question": {"text",
    "choices": [{"order", "columns", "text"}, …]}}, and the same is asked again with `chosen`, the
    choice that was taken. A file of another kind is answered with {"refused"} and the "lines" that
    convert it. Raises `WeightFileError`, and as `read_stage`.
    """
    name = read_text(body, "name")
    content, chosen, config = _content(body), _chosen(body), read_stage(body).config
    shown = short(name)
    try:
        layers = arrange_layers(read_arrays(content), keeps_order(content), chosen)
        return (
            _asked(shown, layers) if isinstance(layers, Question) else _put(shown, layers, config)
        )
    except ForeignFileError as error:
        told = message("refusal.in_file", file=shown, flaw=error.told)
        lines = [line.replace(FILE, _quoted(name)) for line in error.lines]
        return {"refused": {"field": None, "text": told, "lines": lines}}
    except RefusalError as error:
        raise WeightFileError(message("refusal.in_file", file=shown, flaw=error.told)) from None
