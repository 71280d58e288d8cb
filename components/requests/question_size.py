"""How large a question is, told from its bytes and the sizes it declares before it is computed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import engine
from components import ids
from components.config.fields import FIELDS
from components.config.parsing import SAMPLES_MAX
from components.data.own import MissingDataError, is_name, name_of, own_raw_data
from components.messages import Message, message, require

__all__ = ["QuestionSize", "size_of"]

ROUTES: Final = (
    *("/pass", "/check", "/export", "/amend", "/data", "/data/read", "/data/add"),
    *("/weights/write", "/weights/read", "/derivation", "/lessons", "/lesson", "/qr"),
    *("/example", "/example/read", "/example/file", "/train"),
)
WHAT: Final = {route: message(f"question.{route[1:].replace('/', '.')}") for route in ROUTES}
require(*(told.key for told in WHAT.values()))
# What stands in the request and has to be read, not a stage with its weights.
FILES: Final = ("/data/read", "/weights/read", "/example/read")
TOLD_FROM: Final = 100_000
LONGEST_SIZES: Final = 200


@dataclass(frozen=True)
class QuestionSize:
    """A question's route and bytes and, where it has a stage, how large that is.

    `samples`: those on the stage, at most; `numbers`: those of the own data it names; `steps`:
    whether each neuron is a step of its own; `whole`: whether all later steps of an example are
    asked for.
    """

    route: str
    length: int
    sizes: tuple[int, ...] = ()
    samples: int = 1
    batches: int = 0
    numbers: int = 0
    steps: bool = False
    whole: bool = False

    @property
    def weights(self) -> int:
        return sum(n * k for n, k in pairwise(self.sizes))

    @property
    def milliseconds(self) -> float:
        """About how long it takes one core: within a factor of three of what was measured."""
        w, m, neurons = self.weights, self.samples, sum(self.sizes)
        reading = self.length / (1500 if self.route in FILES else 100_000) + self.numbers / 20_000
        if self.route == "/qr":
            return 10 + self.length / 16
        if self.route == "/check":
            return reading + w / 60 + w * w * m / 1.5e6
        if self.route == "/export":
            return reading + w / 30 + m * neurons / 200
        if self.whole:
            return reading + 500
        steps = neurons / 5 if self.steps and self.route == "/pass" else 0
        return reading + w * (1 + m / 25) / 4000 + steps

    @property
    def told(self) -> Message:
        """What was asked and its sizes."""
        parts = [message("size.batches", count=self.batches)] if self.batches else []
        if self.sizes:
            parts += [message("size.layers", layers=len(self.sizes))]
            parts += [message("size.weights", weights=f"{self.weights:,}")]
        if self.sizes and not self.batches:
            key = "size.one_sample" if self.samples == 1 else "size.samples"
            parts.append(message(key, most=self.samples))
        if self.numbers:
            parts.append(message("size.numbers", numbers=f"{self.numbers:,}"))
        told = WHAT[self.route]
        if parts:
            told = message("size.of", question=told, sizes=parts)
        if self.route in FILES or self.length >= TOLD_FROM:
            told = message("size.carried", question=told, bytes=_bytes(self.length))
        return told


def _bytes(length: int) -> str | Message:
    if length < 1000:
        return message("size.bytes", count=length)
    return f"{length / 1000:.0f} kB" if length < 1_000_000 else f"{length / 1e6:.1f} MB"


def _text(fields: Mapping[str, Any], name: str) -> str:
    text = fields.get(name, FIELDS[name].default)
    return text if isinstance(text, str) else ""


def _sizes(fields: Mapping[str, Any]) -> tuple[int, ...]:
    """The layer sizes that are asked for; those that cannot be are refused before they cost."""
    numbers = re.findall(r"[0-9]+", _text(fields, ids.LAYER_SIZES)[:LONGEST_SIZES])
    sizes = tuple(int(n[:4]) for n in numbers)
    allowed = len(sizes) <= engine.MAX_LAYERS and max(sizes, default=0) <= engine.MAX_NEURONS
    return sizes if allowed else ()


def _samples(fields: Mapping[str, Any]) -> int:
    """The most samples that can be on the stage with these fields."""
    if _text(fields, ids.DATASET) == "by_hand":
        return min(SAMPLES_MAX, 1 + _text(fields, ids.SAMPLE_X).count(";"))
    return SAMPLES_MAX if _text(fields, ids.SAMPLE) == "all" else 1


def _numbers(body: Mapping[str, Any]) -> int:
    """How many numbers the own data have whose key the request carries, if they are kept here."""
    own = body.get("own")
    key = own.get("key") if isinstance(own, dict) else None
    if not isinstance(key, str) or not is_name(key):
        return 0
    try:
        return own_raw_data(name_of(key)).x.size
    except MissingDataError:
        return 0


def size_of(route: str, length: int, body: Mapping[str, Any]) -> QuestionSize:
    """The size of a request of `length` bytes whose body is read but not yet understood."""
    size = QuestionSize(route, length, whole=body.get("whole") is True)
    fields = body.get("fields", {})
    if route in FILES or route == "/example" or not isinstance(fields, dict):
        return size
    return replace(
        size,
        sizes=_sizes(fields),
        samples=_samples(fields),
        batches=body["batches"] if type(body.get("batches")) is int else 0,
        numbers=_numbers(body) if _text(fields, ids.DATASET) == "own" else 0,
        steps=_text(fields, ids.GRANULARITY) == "neuron",
    )
