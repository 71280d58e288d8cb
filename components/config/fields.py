"""One table of the fields a person can fill: what each accepts, in words and as a parser.

A field's text is the same on the page, in the URL and in a request.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import engine
from components import ids
from components.config.parsing import (
    SAMPLES_MAX,
    ReasonError,
    integer_in,
    number_in,
    number_text,
    one_of,
    optional,
    read_batch,
    read_count,
    read_key,
    read_sizes,
)
from components.data.sources import SOURCES
from components.messages import message, render, require
from components.visible import visible

__all__ = ["FIELDS", "Field", "FieldError", "number_text", "parse_fields"]

LEARNING_RATE_MIN: Final = 1e-6
LEARNING_RATE_MAX: Final = 1000.0
PENALTY_MAX: Final = 10.0
EPOCHS_MAX: Final = 1_000_000
LOSS_MAX: Final = 1e6
TEXT_MAX: Final = 50_000
KEPT_TEXT_MAX: Final = 64


class FieldError(ValueError):
    """A field's text that cannot be used; the message names field, text and what is allowed."""

    def __init__(self, field: str, text: str, allowed: str, reason: str = "") -> None:
        self.field = field
        shown = visible(text if len(text) <= 40 else text[:37] + "…")
        quoted = f"“{shown}” cannot be used" if shown.strip() else "this field is empty"
        why = f": {reason}" if reason else ""
        super().__init__(f"{FIELDS[field].label}: {quoted}{why}. Allowed: {allowed}.")


@dataclass(frozen=True)
class Field:
    """One row of the table: the label, what is allowed in words, the parser, the first value."""

    label: str
    allowed: str
    parse: Callable[[str], Any]
    default: str
    choices: Mapping[str, str] | None = None


def _select(label: str, default: str, choices: Mapping[str, str]) -> Field:
    named = (name if name == text else f"{name} ({text})" for name, text in choices.items())
    return Field(label, "one of " + ", ".join(named), one_of(choices), default, choices)


def _named(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """What the rows of a table are called; KeyError for one that the catalog has no words for."""
    rows = tuple(names)
    require(*(f"{prefix}{name}" for name in rows))
    return {name: render(message(f"{prefix}{name}", a="a")) for name in rows}


ACTIVATIONS: Final = _named("activation.", engine.ACTIVATIONS)
HIDDEN_ACTIVATIONS: Final = {
    name: label for name, label in ACTIVATIONS.items() if not engine.ACTIVATIONS[name].couples_rows
}
LOSSES: Final = _named("loss.", engine.LOSSES)
INITS: Final = _named("initialisation.", engine.INITIALISATIONS)
OPTIMISERS: Final = _named("optimiser.", engine.OPTIMISERS)
DATASETS: Final = _named("dataset.", ("by_hand", *SOURCES, "own"))
STANDARDISE: Final = {"no": "no", "inputs": "inputs x", "both": "x and numeric y"}
_BATCH_ALLOWED = (
    "numbers from −1000000 to 1000000 separated by commas or spaces, and semicolons between "
    f"the samples of a batch (at most {SAMPLES_MAX}), such as "
)

FIELDS: Final[Mapping[str, Field]] = {
    ids.LAYER_SIZES: Field(
        "Layer sizes",
        f"{engine.MIN_LAYERS} to {engine.MAX_LAYERS} layers of 1 to {engine.MAX_NEURONS} neurons "
        f"joined by hyphens, such as 3-3-2, with at most {engine.MAX_WEIGHTS:,} weights",
        read_sizes,
        "3-3-2",
    ),
    ids.HIDDEN_ACTIVATION: _select("Hidden layers", "sigmoid", HIDDEN_ACTIVATIONS),
    ids.OUTPUT_ACTIVATION: _select("Output layer", "sigmoid", ACTIVATIONS),
    ids.LOSS: _select("Loss J", "half_squared_error", LOSSES),
    ids.LEARNING_RATE: Field(
        "Learning rate η",
        "a number from 0.000001 to 1000, such as 0.5",
        number_in(
            LEARNING_RATE_MIN, LEARNING_RATE_MAX, "at 0 no weight moves, below it J would rise"
        ),
        "0.5",
    ),
    ids.UPDATE_BIASES: _select("Biases move", "true", {"true": "yes", "false": "no"}),
    ids.INIT: _select("Initial w", "xavier", INITS),
    ids.SEED: Field(
        "Seed", f"a whole number from 0 to {engine.MAX_SEED}", integer_in(0, engine.MAX_SEED), "7"
    ),
    ids.DATASET: _select("Data", "by_hand", DATASETS),
    ids.POINTS: Field("Points", "a whole number from 10 to 2000", integer_in(10, 2000), "200"),
    ids.CLASSES: Field("Classes", "a whole number from 2 to 4", integer_in(2, 4), "3"),
    ids.NOISE: Field("Noise", "a number from 0 to 1, such as 0.1", number_in(0, 1), "0.1"),
    ids.TRAIN_SHARE: Field(
        "Train share %", "a whole number from 10 to 100", integer_in(10, 100), "80"
    ),
    ids.DATA_SEED: Field(
        "Data seed",
        f"a whole number from 0 to {engine.MAX_SEED}",
        integer_in(0, engine.MAX_SEED),
        "7",
    ),
    ids.STANDARDISE: _select("Standardise", "inputs", STANDARDISE),
    ids.OWN_DATA: Field("Own data", "the name of data in this browser", read_key, ""),
    ids.SAMPLE: Field("Sample", "the number of a sample of the data, or all", read_count, "1"),
    ids.SAMPLE_X: Field("Input x", _BATCH_ALLOWED + "1, 0.5, -0.5", read_batch, "1, 0.5, -0.5"),
    ids.SAMPLE_Y: Field("Target y", _BATCH_ALLOWED + "1, 0", read_batch, "1, 0"),
    ids.GRANULARITY: _select("Step by", "layer", {"layer": "layer", "neuron": "neuron"}),
    ids.BATCH_SIZE: Field("Batch size", "a whole number from 1 to 10000, or all", read_count, "10"),
    ids.OPTIMISER: _select("Optimiser", "sgd", OPTIMISERS),
    ids.L1: Field("L1 λ₁", "a number from 0 to 10", number_in(0, PENALTY_MAX), "0"),
    ids.L2: Field("L2 λ₂", "a number from 0 to 10", number_in(0, PENALTY_MAX), "0"),
    ids.EPOCHS: Field(
        "Epochs", f"a whole number from 1 to {EPOCHS_MAX}", integer_in(1, EPOCHS_MAX), "1000"
    ),
    ids.TARGET_LOSS: Field(
        "Until J ≤",
        "empty, or a number from 0 to 1000000: the run ends at the first epoch with such a train J",
        optional(number_in(0, LOSS_MAX)),
        "",
    ),
}


@lru_cache(maxsize=2048)
def _parse_short(name: str, text: str) -> Any:
    """The value of a short text; a hall of students sends the same few again and again."""
    return FIELDS[name].parse(text)


def parse_fields(texts: Mapping[str, str]) -> dict[str, Any]:
    """Read every field's text, the default where a field is not given.

    Raises `FieldError` for the first text that cannot be used.
    """
    values = {}
    for name, field in FIELDS.items():
        text = texts.get(name, field.default)
        try:
            if len(text) > TEXT_MAX:
                raise ReasonError(f"{len(text)} characters, at most {TEXT_MAX} are read")
            short = len(text) <= KEPT_TEXT_MAX
            values[name] = _parse_short(name, text) if short else field.parse(text)
        except ValueError as error:
            reason = str(error) if isinstance(error, ReasonError) else ""
            raise FieldError(name, text, field.allowed, reason) from None
    return values
