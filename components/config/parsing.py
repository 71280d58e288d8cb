"""Parsers of the fields' texts: each raises ValueError for a text that cannot be used."""

import re
from collections.abc import Callable, Container
from itertools import pairwise
from typing import Final, TypeVar

import engine
from components.messages import Message, message
from components.number_reading import read_number, split_numbers
from components.refusal import RefusalError
from components.visible import visible

__all__ = [
    "COUNT_MAX",
    "SAMPLES_MAX",
    "SAMPLE_MAX",
    "ReasonError",
    "integer_in",
    "number_in",
    "number_text",
    "one_of",
    "optional",
    "read_batch",
    "read_count",
    "read_key",
    "read_sizes",
]

T = TypeVar("T")

SAMPLE_MAX: Final = 1e6
SAMPLES_MAX: Final = 100
COUNT_MAX: Final = 10_000
MOST_DIGITS: Final = 12
MOST_SHOWN: Final = 20
KEY = re.compile(r"([0-9a-f]{64})?", re.ASCII)


class ReasonError(RefusalError):
    """Why a text that reads well cannot be used all the same."""

    told: str | Message


def number_text(value: float) -> str:
    """The shortest decimal that reads back as the same float64, without a trailing `.0`."""
    return repr(float(value)).removesuffix(".0")


def number_in(low: float, high: float, reason: str | Message = "") -> Callable[[str], float]:
    """The parser of a number from low to high; `reason` says why neither 0 nor less is allowed."""

    def parse(text: str) -> float:
        value = read_number(text.strip())
        if value <= 0 and reason:
            raise ReasonError(reason)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def _digits(text: str) -> int:
    """The number of a text of digits alone; more of them than any field takes are refused."""
    text = text.strip()
    if not (len(text) <= MOST_DIGITS and text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def integer_in(low: int, high: int) -> Callable[[str], int]:
    """The parser of a whole number from low to high."""

    def parse(text: str) -> int:
        value = _digits(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def read_sizes(text: str) -> tuple[int, ...]:
    """Numbers of neurons between hyphens, within the engine's limits."""
    sizes = tuple(map(_digits, text.replace("\N{EN DASH}", "-").split("-")))
    if not engine.MIN_LAYERS <= len(sizes) <= engine.MAX_LAYERS:
        raise ReasonError(message("refusal.sizes.layers", count=len(sizes)))
    for layer, n in enumerate(sizes, 1):
        if not 1 <= n <= engine.MAX_NEURONS:
            raise ReasonError(message("refusal.sizes.neurons", layer=layer, neurons=str(n)))
    if (weights := sum(n * k for k, n in pairwise(sizes))) > engine.MAX_WEIGHTS:
        raise ReasonError(message("refusal.sizes.weights", weights=f"{weights:,}"))
    return sizes


def _refuse_decimal_commas(text: str, parts: list[str]) -> None:
    """“0,5 1,5” may be two numbers or four: nobody is told that it was the other."""
    tokens = text.split()
    if len(tokens) < 2 or "," not in text or "." in text:
        return
    tight = (len(token.split(",")) <= 2 and token.strip(",") == token for token in tokens)
    if all(tight):
        point = " ".join(tokens).replace(",", ".")
        told = message(
            "refusal.batch.commas",
            point=visible(point[:MOST_SHOWN]),
            few=len(tokens),
            commas=visible(", ".join(parts)[:MOST_SHOWN]),
            many=len(parts),
        )
        raise ReasonError(told)


def _vector(text: str) -> tuple[float, ...]:
    parse = number_in(-SAMPLE_MAX, SAMPLE_MAX)
    inside = text.strip().strip("()[]")
    parts = split_numbers(inside)
    if len(parts) > engine.MAX_NEURONS:
        most = engine.MAX_NEURONS
        raise ReasonError(message("refusal.batch.long", numbers=str(len(parts)), most=most))
    _refuse_decimal_commas(inside, parts)
    return tuple(map(parse, parts))


def read_batch(text: str) -> tuple[tuple[float, ...], ...]:
    """Samples between semicolons, equally many numbers in each."""
    texts = text.split(";")
    if len(texts) > SAMPLES_MAX:
        raise ReasonError(message("refusal.batch.samples", count=len(texts)))
    samples = tuple(map(_vector, texts))
    for s, sample in enumerate(samples, 1):
        if len(sample) != len(samples[0]):
            told = message(
                "refusal.batch.uneven", first=len(samples[0]), sample=s, other=len(sample)
            )
            raise ReasonError(told)
    return samples


def read_count(text: str) -> int:
    """A number of samples, or the number of one; 0 for all of them."""
    return 0 if text == "all" else integer_in(1, COUNT_MAX)(text)


def optional(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """The parser that takes an empty text for None and leaves any other to `parse`."""
    return lambda text: parse(text) if text.strip() else None


def read_key(text: str) -> str:
    """Nothing, or the name of own data: 64 hexadecimal digits."""
    if not KEY.fullmatch(text):
        raise ValueError(text)
    return text


def one_of(choices: Container[str]) -> Callable[[str], str]:
    """The parser that takes the names of a table of choices, as they are."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse
