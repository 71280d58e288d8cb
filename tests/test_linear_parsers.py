"""Every parser against the worst that it may be given, at one size and at twice that.

What is linear takes twice as long for twice as much, what is quadratic four times. Processor time
of this thread is compared with itself, the shortest of several runs, so that other work on the
machine hardly counts; there is no absolute time.
"""

import gc
import math
import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from components.config.fields import FieldError
from components.config.typed_numbers import EditError
from components.data.csv_reading import CsvError
from components.examples.values import ExampleError
from components.json_reading import JsonError
from components.refusal import RequestError
from components.weights.refusal import WeightFileError
from tests.parser_cases import cases

clock = time.thread_time
MOST_RATIO = 3
ROUNDS = 12
LEAST_SECONDS = 0.001
REFUSALS = (
    *(CsvError, EditError, ExampleError, FieldError, JsonError, RequestError),
    *(WeightFileError, ValueError),
)


def taken(parse, text, times):
    """The processor time of reading a text so many times."""
    began = clock()
    for _ in range(times):
        with suppress(*REFUSALS):
            parse(text)
    return clock() - began


@pytest.fixture(autouse=True, scope="module")
def uncollected():
    """No collection of garbage, whose length is that of all which the tests before have left."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def ratio(parse, make, n):
    """How much longer twice as much takes; the shortest times count, and more where it is slow."""
    short, long = make(n), make(2 * n)
    times, once = 1, taken(parse, short, 1)
    while once < LEAST_SECONDS and times < 4096:
        times *= 4
        once = taken(parse, short, times)
    twice = taken(parse, long, times)
    once = min(once, taken(parse, short, times))
    for _ in range(ROUNDS):
        if twice < MOST_RATIO * once:
            break
        once = min(once, taken(parse, short, times))
        twice = min(twice, taken(parse, long, times))
    return twice / once


CASES = dict(cases())
TRIES = 3


@pytest.mark.parametrize("name", CASES)
def test_twice_as_much_takes_about_twice_as_long(name):
    # The longer of two texts may have been held up, but not time after time.
    assert any(ratio(*CASES[name]) < MOST_RATIO for _ in range(TRIES))


QUADRATIC: dict[str, tuple[Callable[[str], object], int]] = {
    "search": (re.compile(r"\s*,").search, 1_000),
    "two repeats": (re.compile(r"\d+\.?\d*x").fullmatch, 1_000),
    "sums": (lambda text: [sum(map(int, text[:i])) for i in range(0, len(text), 64)], 2_000),
}


@pytest.mark.parametrize("name", QUADRATIC)
def test_what_is_quadratic_is_seen(name):
    parse, n = QUADRATIC[name]

    def seen():
        return ratio(parse, lambda n: (" " if name == "search" else "1") * n, n) > MOST_RATIO

    # The shorter of two texts may be the one that was held up, but not time after time.
    assert any(all(seen() for _ in range(TRIES)) for _ in range(10))


class Work:
    """A parser that counts what it does, and a clock that shows it; every third run is held up."""

    def __init__(self, steps):
        self.steps, self.done, self.runs = steps, 0.0, 0

    def __call__(self, n):
        self.runs += 1
        self.done += self.steps(n) * 1e-6 * (1 + (self.runs % 3 == 0))

    def clock(self):
        return self.done


@pytest.mark.parametrize("n", [10, 1_000, 100_000])
@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (lambda n: n, 2),
        (lambda n: 50 + n, 2),
        (lambda n: n * math.log2(n), 2.6),
        (lambda n: n * n, 4),
        (lambda n: n**3, 8),
        (lambda n: n * n / 2 + n, 4),
    ],
)
def test_the_ratio_is_that_of_the_work(monkeypatch, steps, expected, n):
    work = Work(steps)
    monkeypatch.setattr(f"{__name__}.clock", work.clock)
    found = ratio(work, lambda n: n, n)
    assert (found < MOST_RATIO) is (expected < MOST_RATIO)
    assert found <= expected * 1.05
