"""Every parser against the worst that it may be given, at one size and at twice that.

What is linear takes twice as long for twice as much, what is quadratic four times. Processor time
of this thread is compared with itself, the shortest of several runs, so that other work on the
machine hardly counts; there is no absolute time.
"""

import gc
import io
import math
import re
import time
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress

import numpy as np
import orjson
import pytest
from safetensors.numpy import save

from components import ids
from components.cache import ContentCache
from components.config.fields import FIELDS, FieldError, parse_fields
from components.config.typed_numbers import EditError, read_matrix, read_number
from components.data.csv_reading import CsvError, is_number, read_table
from components.data.own import OwnDataError, read_own
from components.examples.files import PUBLISHED, read_file
from components.examples.reading import ExampleError
from components.json_reading import JsonError, read_json
from components.requests.data import answer_read
from components.requests.passes import answer_pass
from components.requests.reading import RequestError, read_body
from components.visible import visible
from components.weights.files import WeightFileError, read_arrays
from components.weights.layers import arrange_layers
from components.weights.names import read_name, sort_key

clock = time.thread_time
MOST_RATIO = 3
ROUNDS = 12
LEAST_SECONDS = 0.001
REFUSALS = (
    *(CsvError, EditError, ExampleError, FieldError, JsonError, OwnDataError, RequestError),
    *(WeightFileError, ValueError),
)

Case = tuple[Callable[[object], object], Callable[[int], object], int]


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
    texts = make(n), make(2 * n)
    times = 1
    while taken(parse, texts[0], times) < LEAST_SECONDS and times < 4096:
        times *= 4
    found = [[taken(parse, text, times) for text in texts] for _ in range(2)]
    for _ in range(ROUNDS):
        once, twice = map(min, zip(*found, strict=True))
        if twice < MOST_RATIO * once:
            break
        found.append([taken(parse, text, times) for text in texts])
    return twice / once


# What texts are made of that patterns and scanners may stumble over, as long as asked.
TEXTS: dict[str, Callable[[int], str]] = {
    "digits and a letter": lambda n: "1" * n + "x",
    "digits": lambda n: "9" * n,
    "points": lambda n: "." * n,
    "signs": lambda n: "-" * n,
    "minus signs": lambda n: "−" * n + "1",
    "powers": lambda n: "1e" * (n // 2),
    "long power": lambda n: "1e" + "9" * n,
    "zeros": lambda n: "0" * n + "1",
    "decimals": lambda n: "0." + "3" * n,
    "quotients": lambda n: "1/" * (n // 2),
    "blanks and a letter": lambda n: " " * n + "x",
    "digits apart": lambda n: "3" + " " * n + "3",
    "blanks before a hyphen": lambda n: "3" + " " * n + "-x",
    "hyphens": lambda n: "3-" * (n // 2) + "3",
    "hyphens and blanks": lambda n: " - " * (n // 3),
    "commas": lambda n: "," * n,
    "decimal commas": lambda n: "0,5 " * (n // 4),
    "commas and blanks": lambda n: " , " * (n // 3),
    "numbers with commas": lambda n: "1, " * (n // 3),
    "numbers": lambda n: "1 " * (n // 2),
    "semicolons": lambda n: ";" * n,
    "samples": lambda n: "1;" * (n // 2),
    "lines": lambda n: "\n" * n,
    "lines and commas": lambda n: "1,\n" * (n // 3),
    "lines, blanks and commas": lambda n: ", \n " * (n // 4),
    "returns": lambda n: "\r" * n + "1",
    "tabs": lambda n: "\t" * n,
    "tabs and blanks": lambda n: " \t " * (n // 3),
    "brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "opening": lambda n: "[" * n,
    "pairs of brackets": lambda n: "[]" * (n // 2),
    "rounds": lambda n: "(" * (n // 2) + "1" + ")" * (n // 2),
    "mixed brackets": lambda n: "([)]" * (n // 4),
    "quotes": lambda n: '"' * n,
    "words": lambda n: "a" * n,
    "equals": lambda n: "=" * n,
    "marks": lambda n: "\u202e" * n,
    "bells": lambda n: "\x07" * n,
    "wide blanks": lambda n: "\u2003" * n + "x",
}
PASTED: dict[str, Callable[[int], str]] = {
    "blanks after": lambda n: "[1 2]" + " " * n + "!",
    "commas after": lambda n: "[1 2]" + " ," * (n // 2),
    "rounds after": lambda n: "[1 2]" + ")" * n,
    "type after": lambda n: "[1 2], dtype = " + "a" * n + "!",
    "types after": lambda n: "[1 2]" + ", dtype=a" * (n // 9),
    "blanks before type": lambda n: "[1 2]," + " " * n + "dtype",
    "word before": lambda n: "w" * n + "[1 2]",
    "words before": lambda n: "w " * (n // 2) + "[1 2]",
    "equals before": lambda n: "w=" * (n // 2) + "[1 2]",
    "calls before": lambda n: "w(" * (n // 2) + "[1 2]",
    "points before": lambda n: "a." * (n // 2) + "([1 2]",
    "blanks before": lambda n: "w" + " " * n + "= [1 2]",
    "blanks within": lambda n: "[1" + " " * n + "2]",
    "lines within": lambda n: "[1" + "\n" * n + "2]",
    "commas and lines within": lambda n: "[" + "1, \n" * (n // 4) + "2]",
    "commas alone within": lambda n: "[" + ",\n \n" * (n // 4) + "2]",
    "semicolons within": lambda n: "[" + "1;" * (n // 2) + "2]",
    "rows": lambda n: "[" + "[1]," * (n // 4) + "]",
    "rows and words": lambda n: "[" + "[1]a" * (n // 4) + "]",
    "rows and blanks": lambda n: "[[1]" + " " * n + "x]",
    "half rows": lambda n: "[" + "[1" * (n // 2) + "]" * (n // 2) + "]",
    "quotients within": lambda n: "[" + "1/2 " * (n // 4) + "]",
    "long number": lambda n: "[" + "1" * n + "x]",
    "columns": lambda n: "1;2;3\n" * (n // 6),
    "tabbed": lambda n: "1\t2\n" * (n // 4),
    "decimal columns": lambda n: "0,5;1,5\n" * (n // 8),
}
TABLES: dict[str, tuple[Callable[[int], str], int]] = {
    "one cell of digits and a letter": (lambda n: "a,b\n" + "1" * n + "x,2\n", 50_000),
    "one quoted cell": (lambda n: 'a,b\n"' + "x" * n + '",2\n', 50_000),
    "one cell of quotes": (lambda n: 'a,b\n"' + '""' * (n // 2) + '",2\n', 50_000),
    "an open quote": (lambda n: 'a,b\n"1,2\n' + "3,4\n" * (n // 4), 50_000),
    "an open quote later": (lambda n: "a,b\n" + "3,4\n" * (n // 4) + '"1,2', 16_000),
    "quotes in words": (lambda n: 'a"' * (n // 2) + ",b\n1,2\n", 50_000),
    "quoted cells": (lambda n: 'a,b\n' + '"1","2"\n' * n, 4_000),
    "quoted lines": (lambda n: "a,b\n" + '"1\n\n\n",2\n' * n, 3_000),
    "rows": (lambda n: "a,b\n" + "1,2\n" * n, 4_000),
    "rows of words": (lambda n: "a,b\n" + "x,y\n" * n, 4_000),
    "rows of other words": (lambda n: "a,b\n" + "".join(f"{i},w{i}\n" for i in range(n)), 4_000),
    "rows of empty cells": (lambda n: "a,b\n" + "1,\n" * n, 4_000),
    "rows of nan": (lambda n: "a,b\n1,2\n" + "nan,nan\n" * n, 4_000),
    "rows beyond": (lambda n: "a,b\n1,2\n" + "1e400,e400\n" * n, 4_000),
    "blank lines": (lambda n: "a,b\n" + "\n" * n + "1,2\n", 100_000),
    "lines of blanks": (lambda n: "a,b\n" + "  \n" * n + "1,2\n", 50_000),
    "lines of commas": (lambda n: "a,b\n" + ",\n" * n + "1,2\n", 50_000),
    "returns": (lambda n: "a,b\r" + "\r" * n + "1,2", 100_000),
    "one row of commas": (lambda n: "," * n, 100_000),
    "one row of semicolons and tabs": (lambda n: ";\t" * n, 50_000),
    "blanks around": (lambda n: "a,b\n" + " " * n + "1" + " " * n + ",2\n", 50_000),
    "columns": (lambda n: "\n".join([",".join(["1.5"] * n)] * 300), 50),
    "columns of names": (lambda n: ",".join("x" * 900 for _ in range(n)) + "\n1", 50),
    "names of digits and a letter": (
        lambda n: ",".join(["1" * 800 + "x"] * n) + "\n" + ",".join(["1"] * n), 50),
    "hidden letters": (lambda n: "\u202e" * n + ",b\n1,2\n3,4\n", 50_000),
    "labels of hidden letters": (lambda n: "a,b\n" + "1,\x07x\n2,\x07y\n" * n, 2_000),
    "decimal commas": (lambda n: "a;b\n" + "1,5;2,5\n" * n, 4_000),
    "ragged": (lambda n: "a,b\n" + "1,2\n" * n + "1", 4_000),
    "signs": (lambda n: "a,b\n" + "-" * n + ",2\n", 50_000),
}  # fmt: skip
KNOWN = orjson.loads(PUBLISHED.read_bytes())[0]


def packed(names, header):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            raw = b"\x93NUMPY\2\0" + len(header).to_bytes(4, "little") + header.encode()
            archive.writestr(f"{name}.npy", raw)
    return out.getvalue()


def headed(header):
    raw = header if isinstance(header, bytes) else orjson.dumps(header)
    return len(raw).to_bytes(8, "little") + raw


def entry(n=1):
    return {"dtype": "F64", "shape": [1, n], "data_offsets": [0, 8 * n]}


def example(**changes):
    return orjson.dumps([{**KNOWN, **changes}]).decode()


def own(n, features):
    x = b64encode(np.zeros((features, n)).tobytes()).decode()
    labels = b64encode((np.arange(n) % 2.0).tobytes()).decode()
    return {"key": "0" * 64, "kind": "classes", "features": ["x"] * features,
            "classes": ["a", "b"], "x": x, "labels": labels}  # fmt: skip


def understood(content):
    return arrange_layers(read_arrays(content))


WEIGHTS: dict[str, tuple[Callable[[int], bytes], int]] = {
    "members": (lambda n: packed((f"w{i}" for i in range(n)), "{}"), 400),
    "nested header": (lambda n: packed(["w2"], "(" * n), 400),
    "header of sums": (lambda n: packed(["w2"], "1+" * (n // 2)), 400),
    "header of blanks": (lambda n: packed(["w2"], " " * n), 400),
    "header of texts": (lambda n: packed(["w2"], "''" * (n // 2)), 400),
    "long header": (lambda n: packed(["w2"], "(" * n), 50_000),
    "long name": (lambda n: packed(["w" * n], "{}"), 20_000),
    "tensors": (lambda n: headed({f"w{i}": entry() for i in range(n)}), 100),
    "tensors of long names": (lambda n: headed({f"{i}{'w' * 190}": entry() for i in range(n)}), 20),
    "one name often": (lambda n: headed(b"{" + b'"w":1,' * n + b'"v":1}'), 1_000),
    "deep": (lambda n: headed(b'{"w":' + b"[" * n + b"]" * n + b"}"), 400),
    "large numbers": (lambda n: headed(b'{"w":' + b"9" * n + b"}"), 9_000),
    "brackets": (lambda n: headed(b"{" + b"[" * n), 9_000),
    "metadata": (lambda n: headed({"__metadata__": {f"k{i}": "v" for i in range(n)}}), 500),
    "numbers": (lambda n: save({"w2": np.zeros((n, 100))}), 200),
    "zip of nothing": (lambda n: b"PK\3\4" + b"\0" * n, 500_000),
    "zip of ends": (lambda n: b"PK\3\4" + b"PK\5\6" * n, 200_000),
    "nothing": (lambda n: b"\0" * n, 500_000),
}
EXAMPLES: dict[str, tuple[Callable[[int], str], int]] = {
    "printed": (lambda n: example(printed=KNOWN["printed"][:1] * n), 400),
    "exact": (lambda n: example(exact={"J": [0.5] * n}), 20_000),
    "nested exact": (lambda n: example(exact={"J": [[[0.5]]] * n}), 10_000),
    "w of one row": (lambda n: example(w=[[[0.5] * n]]), 20_000),
    "w of many rows": (lambda n: example(w=[[[0.5]] * n]), 20_000),
    "w of many layers": (lambda n: example(w=[[[0.5]]] * n, b=[[0.5]] * n), 2_000),
    "ragged w": (lambda n: example(w=[[[0.5]] * n + [[1, 2]]]), 20_000),
    "activations": (lambda n: example(activations=["sigmoid"] * n), 20_000),
    "samples": (lambda n: example(x=[[0.05, 0.1]] * n, y=[[0.01, 0.99]] * n), 5_000),
    "title": (lambda n: example(title="x" * n), 100_000),
    "title of marks": (lambda n: example(title=["\u202e" * n]), 50_000),
    "keys": (lambda n: example(**{f"k{i}": 1 for i in range(n)}), 5_000),
    "wide": (lambda n: example(loss=[[]] * n), 50_000),
    "not JSON": (lambda n: "[" * n, 200_000),
    "long number": (lambda n: f'[{{"a":{"9" * n}}}]', 100_000),
    "after": (lambda n: example(printed=[{**KNOWN["printed"][0], "when": "after " * n}]), 20_000),
    "digits": (lambda n: example(printed=[{**KNOWN["printed"][0], "printed": "1" * n}]), 50_000),
}
BODIES: dict[str, tuple[Callable[[int], bytes], int]] = {
    "unknown keys": (lambda n: orjson.dumps({f"k{i}": 1 for i in range(n)}), 20_000),
    "lists": (lambda n: b'{"fields":[' + b"[]," * n + b"[]]}", 50_000),
    "deep": (lambda n: b'{"fields":' + b"[" * n, 50_000),
    "deep and wide": (
        lambda n: b'{"fields":[' + (b"[" * 20 + b"]" * 20 + b",") * n + b"1]}",
        2_000,
    ),
    "long text": (lambda n: orjson.dumps({"fields": {"seed": "1" * n}}), 500_000),
    "escapes": (lambda n: b'{"fields":"' + b"\\u00e9" * n + b'"}', 100_000),
}
STAGES: dict[str, tuple[Callable[[int], object], int]] = {
    "unknown fields": (lambda n: {"fields": {f"k{i}": "" for i in range(n)}}, 20_000),
    "list of fields": (lambda n: {"fields": ["x"] * n}, 50_000),
    "layers": (lambda n: {"fields": {}, "weights": {"w": {str(i): "" for i in range(n)}, "b": {}}},
               20_000),
    "one layer": (lambda n: {"fields": {}, "weights": {"w": {"2": "A" * n, "3": ""}, "b": {}}},
                  400_000),
    "changed": (lambda n: {"fields": {}, "changed": "x" * n}, 200_000),
    "own features": (lambda n: {"fields": {}, "own": own(10, n)}, 50),
    "own rows": (lambda n: {"fields": {}, "own": own(n, 20)}, 4_000),
    "own key": (lambda n: {"fields": {}, "own": {"key": "0" * n}}, 400_000),
}  # fmt: skip


def matrix(text):
    return read_matrix("w²", text, 128, 128)


def fill(n):
    """So many small entries put into a cache that holds hardly any."""
    cache: ContentCache[int] = ContentCache(10_000)
    for key in range(n):
        cache.put(key, key, 10)


def cases() -> Iterator[tuple[str, Case]]:
    typed = [name for name in FIELDS if FIELDS[name].choices is None]
    one_of_each = {FIELDS[name].parse.__qualname__: name for name in typed}
    for field in sorted({*one_of_each.values(), ids.SAMPLE_Y, ids.TARGET_LOSS, ids.DATASET}):
        for name, make in TEXTS.items():
            yield f"{field}: {name}", (lambda t, f=field: parse_fields({f: t}), make, 24_000)
    for name, make in TEXTS.items():
        yield f"number: {name}", (read_number, make, 50_000)
        yield f"cell: {name}", (is_number, make, 50_000)
        yield f"matrix: {name}", (matrix, make, 40_000)
        yield f"table: {name}", (read_table, make, 40_000)
        yield f"visible: {name}", (visible, make, 20_000)
        yield f"array name: {name}", (lambda t: (read_name(t), sort_key(t)), make, 20_000)
    for name, make in PASTED.items():
        yield f"matrix: {name}", (matrix, make, 40_000)
    for kind, parse, table in (
        ("data", lambda text: answer_read({"text": text}), TABLES),
        ("weights", understood, WEIGHTS),
        ("example", read_file, EXAMPLES),
        ("json", lambda raw: read_json(raw, unique=True), BODIES),
        ("body", lambda raw: read_body(raw, ("fields",)), BODIES),
        ("stage", answer_pass, STAGES),
        ("own", lambda stage: read_own(stage.get("own")), STAGES),
    ):
        for name, (make, n) in table.items():
            yield f"{kind}: {name}", (parse, make, n)
    yield "cache", (fill, lambda n: n, 4_000)


CASES = dict(cases())


@pytest.mark.parametrize("name", CASES)
def test_twice_as_much_takes_about_twice_as_long(name):
    assert ratio(*CASES[name]) < MOST_RATIO


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
    assert any(seen() for _ in range(10))


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
