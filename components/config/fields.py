"""One table of the fields a person can fill: what each accepts, in words and as a parser.

A field's text is the same on the page, in the URL and in a request. Each limit is written once:
the words of a row and its parser are made of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import engine
from components import ids
from components.config.parsing import (
    COUNT_MAX,
    SAMPLE_MAX,
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
from components.messages import Argument, Message, message, require
from components.refusal import RefusalError, refusal, unusable_text

__all__ = ["FIELDS", "Field", "FieldError", "number_text", "parse_fields"]

LEARNING_RATE_MIN: Final = 1e-6
LEARNING_RATE_MAX: Final = 1000.0
PENALTY_MAX: Final = 10.0
EPOCHS_MAX: Final = 1_000_000
LOSS_MAX: Final = 1e6
TEXT_MAX: Final = 50_000
KEPT_TEXT_MAX: Final = 64


class FieldError(RefusalError):
    """A field's text that cannot be used; what is told names field, text and what is allowed."""

    def __init__(self, field: str, text: str, allowed: Argument, reason: Argument = "") -> None:
        self.field = field
        what = unusable_text(text, message("refusal.empty.this_field"))
        super().__init__(refusal(what, FIELDS[field].label, reason=reason, allowed=allowed))


@dataclass(frozen=True)
class Field:
    """One row of the table: what is allowed in words, the parser, the first text, the choices.

    The places of `allowed` are the limits of the field; `prefix` is what the keys of the names of
    its choices begin with.
    """

    name: str
    allowed: Message
    parse: Callable[[str], Any]
    default: str
    choices: Mapping[str, Message] | None = None
    prefix: str = ""

    @property
    def label(self) -> Message:
        """What the field is called."""
        return message(f"field.{self.name}")


def _plain(value: float) -> str:
    """The decimal as a person types it: 0.000001, not 1e-06."""
    return f"{Decimal(number_text(value)):f}"


def _between(kind: str, low: float, high: float, example: str = "") -> Message:
    limits: dict[str, Argument] = {"low": _plain(low), "high": _plain(high)}
    if example:
        return message(f"allowed.{kind}.example", **limits, example=example)
    return message(f"allowed.{kind}", **limits)


def _whole(name: str, low: int, high: int, default: str) -> Field:
    return Field(name, _between("whole", low, high), integer_in(low, high), default)


def _number(name: str, low: float, high: float, default: str, example: str = "") -> Field:
    return Field(name, _between("number", low, high, example), number_in(low, high), default)


def _batch(name: str, default: str) -> Field:
    allowed = message(
        "allowed.batch", limit=_plain(SAMPLE_MAX), samples=SAMPLES_MAX, example=default
    )
    return Field(name, allowed, read_batch, default)


def _select(name: str, default: str, prefix: str, choices: Mapping[str, Message]) -> Field:
    named = [
        called if str(called) == value else message("allowed.choice", value=value, name=called)
        for value, called in choices.items()
    ]
    allowed = message("allowed.one_of", choices=named)
    return Field(name, allowed, one_of(choices), default, choices, prefix)


def _named(prefix: str, names: Iterable[str]) -> dict[str, Message]:
    """What the rows of a table are called; KeyError for one that the catalog has no words for."""
    rows = tuple(names)
    require(*(f"{prefix}{name}" for name in rows))
    return {name: message(f"{prefix}{name}", a="a") for name in rows}


ACTIVATIONS: Final = _named("activation.", engine.ACTIVATIONS)
HIDDEN_ACTIVATIONS: Final = {
    name: label for name, label in ACTIVATIONS.items() if not engine.ACTIVATIONS[name].couples_rows
}
LOSSES: Final = _named("loss.", engine.LOSSES)
INITS: Final = _named("initialisation.", engine.INITIALISATIONS)
OPTIMISERS: Final = _named("optimiser.", engine.OPTIMISERS)
DATASETS: Final = _named("dataset.", ("by_hand", *SOURCES, "own"))
STANDARDISE: Final = _named("standardise.", ("no", "inputs", "both"))
GRANULARITIES: Final = _named("granularity.", engine.GRANULARITIES)
BIASES: Final = _named("biases.", ("true", "false"))

_ROWS: Final = (
    Field(
        ids.LAYER_SIZES,
        message(
            "allowed.sizes",
            low=engine.MIN_LAYERS,
            high=engine.MAX_LAYERS,
            neurons=engine.MAX_NEURONS,
            weights=engine.MAX_WEIGHTS,
            example="3-3-2",
        ),
        read_sizes,
        "3-3-2",
    ),
    _select(ids.HIDDEN_ACTIVATION, "sigmoid", "activation.", HIDDEN_ACTIVATIONS),
    _select(ids.OUTPUT_ACTIVATION, "sigmoid", "activation.", ACTIVATIONS),
    _select(ids.LOSS, "half_squared_error", "loss.", LOSSES),
    Field(
        ids.LEARNING_RATE,
        _between("number", LEARNING_RATE_MIN, LEARNING_RATE_MAX, "0.5"),
        number_in(LEARNING_RATE_MIN, LEARNING_RATE_MAX, message("refusal.learning_rate.nothing")),
        "0.5",
    ),
    _select(ids.UPDATE_BIASES, "true", "biases.", BIASES),
    _select(ids.INIT, "xavier", "initialisation.", INITS),
    _whole(ids.SEED, 0, engine.MAX_SEED, "7"),
    _select(ids.DATASET, "by_hand", "dataset.", DATASETS),
    _whole(ids.POINTS, 10, 2000, "200"),
    _whole(ids.CLASSES, 2, 4, "3"),
    _number(ids.NOISE, 0, 1, "0.1", "0.1"),
    _whole(ids.TRAIN_SHARE, 10, 100, "80"),
    _whole(ids.DATA_SEED, 0, engine.MAX_SEED, "7"),
    _select(ids.STANDARDISE, "inputs", "standardise.", STANDARDISE),
    Field(ids.OWN_DATA, message("allowed.own_data"), read_key, ""),
    Field(ids.SAMPLE, message("allowed.sample"), read_count, "1"),
    _batch(ids.SAMPLE_X, "1, 0.5, -0.5"),
    _batch(ids.SAMPLE_Y, "1, 0"),
    _select(ids.GRANULARITY, "layer", "granularity.", GRANULARITIES),
    Field(ids.BATCH_SIZE, _between("whole_or_all", 1, COUNT_MAX), read_count, "10"),
    _select(ids.OPTIMISER, "sgd", "optimiser.", OPTIMISERS),
    _number(ids.L1, 0, PENALTY_MAX, "0"),
    _number(ids.L2, 0, PENALTY_MAX, "0"),
    _whole(ids.EPOCHS, 1, EPOCHS_MAX, "1000"),
    Field(
        ids.TARGET_LOSS,
        _between("target_loss", 0, LOSS_MAX),
        optional(number_in(0, LOSS_MAX)),
        "",
    ),
)
FIELDS: Final[Mapping[str, Field]] = {row.name: row for row in _ROWS}
require(*(row.label.key for row in _ROWS))


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
                raise ReasonError(message("refusal.text.long", count=len(text), most=TEXT_MAX))
            short = len(text) <= KEPT_TEXT_MAX
            values[name] = _parse_short(name, text) if short else field.parse(text)
        except ValueError as error:
            reason = error.told if isinstance(error, ReasonError) else ""
            raise FieldError(name, text, field.allowed, reason) from None
    return values
