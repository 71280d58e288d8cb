"""One table of the fields a person can fill: what each accepts, in words and as a parser.

A field's text is the same on the page, in the URL and in a request. Numbers are read by an ASCII
pattern, since `float()` also takes `1_000`, `nan` and the digits of other scripts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import engine
from components import ids

__all__ = ["FIELDS", "Field", "FieldError", "number_text", "parse_fields"]

LEARNING_RATE_MIN: Final = 1e-6
LEARNING_RATE_MAX: Final = 1000.0
SAMPLE_MAX: Final = 1e6
SAMPLES_MAX: Final = 100
TEXT_MAX: Final = 4000

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INTEGER = re.compile(r"\d+", re.ASCII)


class FieldError(ValueError):
    """A field's text that cannot be used; the message names field, text and what is allowed."""

    def __init__(self, field: str, text: str, allowed: str, reason: str = "") -> None:
        self.field = field
        shown = text if len(text) <= 40 else text[:37] + "…"
        quoted = f"“{shown}” cannot be used" if shown.strip() else "this field is empty"
        why = f": {reason}" if reason else ""
        super().__init__(f"{FIELDS[field].label}: {quoted}{why}. Allowed: {allowed}.")


class _ReasonError(ValueError):
    """Why a text that reads well cannot be used all the same."""


@dataclass(frozen=True)
class Field:
    """One row of the table: the label, what is allowed in words, the parser, the first value."""

    label: str
    allowed: str
    parse: Callable[[str], Any]
    default: str
    choices: Mapping[str, str] | None = None


def number_text(value: float) -> str:
    """The shortest decimal that reads back as the same float64, without a trailing `.0`."""
    return repr(float(value)).removesuffix(".0")


def _number(text: str) -> float:
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _number_in(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        value = _number(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def _integer_in(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        text = text.strip()
        if not INTEGER.fullmatch(text) or len(text) > 12 or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return parse


def _sizes(text: str) -> tuple[int, ...]:
    parts = re.split(r"\s*[-\N{EN DASH}]\s*", text.strip())
    if not all(INTEGER.fullmatch(part) and len(part) <= 4 for part in parts):
        raise ValueError(text)
    sizes = tuple(int(part) for part in parts)
    if not engine.MIN_LAYERS <= len(sizes) <= engine.MAX_LAYERS:
        raise _ReasonError(f"{len(sizes)} layer{'s' * (len(sizes) != 1)}")
    for layer, n in enumerate(sizes, 1):
        if not 1 <= n <= engine.MAX_NEURONS:
            raise _ReasonError(f"layer {layer} has {n} neurons")
    if (weights := sum(n * k for k, n in pairwise(sizes))) > engine.MAX_WEIGHTS:
        raise _ReasonError(f"{weights:,} weights")
    return sizes


def _vector(text: str) -> tuple[float, ...]:
    parse = _number_in(-SAMPLE_MAX, SAMPLE_MAX)
    return tuple(parse(part) for part in re.split(r"\s*,\s*|\s+", text.strip().strip("()[]")))


def _batch(text: str) -> tuple[tuple[float, ...], ...]:
    samples = tuple(_vector(part) for part in text.split(";"))
    if len(samples) > SAMPLES_MAX:
        raise _ReasonError(f"{len(samples)} samples")
    for s, sample in enumerate(samples, 1):
        if len(sample) != len(samples[0]):
            counts = f"sample 1 has {len(samples[0])} numbers, sample {s} has {len(sample)}"
            raise _ReasonError(counts)
    return samples


def _sample_number(text: str) -> int:
    """The number of a sample, 0 for all of them."""
    return 0 if text == "all" else _integer_in(1, 10_000)(text)


def _choice(choices: Mapping[str, str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse


def _select(label: str, default: str, choices: Mapping[str, str]) -> Field:
    named = (name if name == text else f"{name} ({text})" for name, text in choices.items())
    return Field(label, "one of " + ", ".join(named), _choice(choices), default, choices)


HIDDEN_ACTIVATIONS: Final = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
    "softplus": "softplus",
    "silu": "SiLU",
    "gelu": "GELU",
    "linear": "linear",
}
ACTIVATIONS: Final = {**HIDDEN_ACTIVATIONS, "softmax": "softmax"}
LOSSES: Final = {
    "half_squared_error": "½‖a−y‖²",
    "squared_error": "‖a−y‖²",
    "mean_squared_error": "mean (a−y)²",
    "binary_cross_entropy": "binary cross-entropy",
    "cross_entropy": "cross-entropy",
}
INITS: Final = {
    "xavier": "Xavier",
    "he": "He",
    "normal": "normal",
    "uniform": "uniform",
    "zeros": "zeros",
    "constant": "constant",
}
DATASETS: Final = {"by_hand": "by hand", "xor": "XOR", "and": "AND", "or": "OR"}
_BATCH_ALLOWED = (
    "numbers from −1000000 to 1000000 separated by commas or spaces, and semicolons between "
    f"the samples of a batch (at most {SAMPLES_MAX}), such as "
)

FIELDS: Final[Mapping[str, Field]] = {
    ids.LAYER_SIZES: Field(
        "Layer sizes",
        f"{engine.MIN_LAYERS} to {engine.MAX_LAYERS} layers of 1 to {engine.MAX_NEURONS} neurons "
        f"joined by hyphens, such as 3-3-2, with at most {engine.MAX_WEIGHTS:,} weights",
        _sizes,
        "3-3-2",
    ),
    ids.HIDDEN_ACTIVATION: _select("Hidden layers", "sigmoid", HIDDEN_ACTIVATIONS),
    ids.OUTPUT_ACTIVATION: _select("Output layer", "sigmoid", ACTIVATIONS),
    ids.LOSS: _select("Loss J", "half_squared_error", LOSSES),
    ids.LEARNING_RATE: Field(
        "Learning rate η",
        "a number from 0.000001 to 1000, such as 0.5",
        _number_in(LEARNING_RATE_MIN, LEARNING_RATE_MAX),
        "0.5",
    ),
    ids.UPDATE_BIASES: _select("Biases move", "true", {"true": "yes", "false": "no"}),
    ids.INIT: _select("Initial w", "xavier", INITS),
    ids.SEED: Field(
        "Seed", f"a whole number from 0 to {engine.MAX_SEED}", _integer_in(0, engine.MAX_SEED), "7"
    ),
    ids.DATASET: _select("Data", "by_hand", DATASETS),
    ids.SAMPLE: Field("Sample", "the number of a sample of the data, or all", _sample_number, "1"),
    ids.SAMPLE_X: Field("Input x", _BATCH_ALLOWED + "1, 0.5, -0.5", _batch, "1, 0.5, -0.5"),
    ids.SAMPLE_Y: Field("Target y", _BATCH_ALLOWED + "1, 0", _batch, "1, 0"),
    ids.GRANULARITY: _select("Step by", "layer", {"layer": "layer", "neuron": "neuron"}),
}


def parse_fields(texts: Mapping[str, str]) -> dict[str, Any]:
    """Read every field's text, the default where a field is not given.

    Raises `FieldError` for the first text that cannot be used.
    """
    values = {}
    for name, field in FIELDS.items():
        text = texts.get(name, field.default)
        try:
            if len(text) > TEXT_MAX:
                raise _ReasonError(f"{len(text)} characters, at most {TEXT_MAX} are read")
            values[name] = field.parse(text)
        except ValueError as error:
            reason = str(error) if isinstance(error, _ReasonError) else ""
            raise FieldError(name, text, field.allowed, reason) from None
    return values
