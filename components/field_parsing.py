"""Parsers of the fields' texts: each raises ValueError for a text that cannot be used.

Numbers are read by an ASCII pattern, since `float()` also takes `1_000`, `nan` and the digits of
other scripts.
"""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final, TypeVar

import engine

__all__ = [
    "SAMPLES_MAX",
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
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INTEGER = re.compile(r"\d+", re.ASCII)
KEY = re.compile(r"([0-9a-f]{64})?", re.ASCII)


class ReasonError(ValueError):
    """Why a text that reads well cannot be used all the same."""


def number_text(value: float) -> str:
    """The shortest decimal that reads back as the same float64, without a trailing `.0`."""
    return repr(float(value)).removesuffix(".0")


def _number(text: str) -> float:
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def number_in(low: float, high: float) -> Callable[[str], float]:
    """The parser of a decimal from low to high."""

    def parse(text: str) -> float:
        value = _number(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def integer_in(low: int, high: int) -> Callable[[str], int]:
    """The parser of a whole number from low to high."""

    def parse(text: str) -> int:
        text = text.strip()
        if not INTEGER.fullmatch(text) or len(text) > 12 or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return parse


def read_sizes(text: str) -> tuple[int, ...]:
    """Numbers of neurons between hyphens, within the engine's limits."""
    parts = re.split(r"\s*[-\N{EN DASH}]\s*", text.strip())
    if not all(INTEGER.fullmatch(part) and len(part) <= 4 for part in parts):
        raise ValueError(text)
    sizes = tuple(int(part) for part in parts)
    if not engine.MIN_LAYERS <= len(sizes) <= engine.MAX_LAYERS:
        raise ReasonError(f"{len(sizes)} layer{'s' * (len(sizes) != 1)}")
    for layer, n in enumerate(sizes, 1):
        if not 1 <= n <= engine.MAX_NEURONS:
            raise ReasonError(f"layer {layer} has {n} neurons")
    if (weights := sum(n * k for k, n in pairwise(sizes))) > engine.MAX_WEIGHTS:
        raise ReasonError(f"{weights:,} weights")
    return sizes


def _vector(text: str) -> tuple[float, ...]:
    parse = number_in(-SAMPLE_MAX, SAMPLE_MAX)
    parts = re.split(r"\s*,\s*|\s+", text.strip().strip("()[]"))
    if len(parts) > engine.MAX_NEURONS:
        raise ReasonError(f"a sample has {len(parts)} numbers, at most {engine.MAX_NEURONS}")
    return tuple(map(parse, parts))


def read_batch(text: str) -> tuple[tuple[float, ...], ...]:
    """Samples between semicolons, equally many numbers in each."""
    samples = tuple(_vector(part) for part in text.split(";"))
    if len(samples) > SAMPLES_MAX:
        raise ReasonError(f"{len(samples)} samples")
    for s, sample in enumerate(samples, 1):
        if len(sample) != len(samples[0]):
            counts = f"sample 1 has {len(samples[0])} numbers, sample {s} has {len(sample)}"
            raise ReasonError(counts)
    return samples


def read_count(text: str) -> int:
    """A number of samples, or the number of one; 0 for all of them."""
    return 0 if text == "all" else integer_in(1, 10_000)(text)


def optional(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """The parser that takes an empty text for None and leaves any other to `parse`."""
    return lambda text: parse(text) if text.strip() else None


def read_key(text: str) -> str:
    """Nothing, or the name of own data: 64 hexadecimal digits."""
    if not KEY.fullmatch(text):
        raise ValueError(text)
    return text


def one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    """The parser that takes the names of a table of choices, as they are."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse
