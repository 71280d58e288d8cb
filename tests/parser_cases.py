"""The worst that each parser may be given: (parser, what makes its input of a size, a size)."""

from collections.abc import Callable, Iterator

from components import ids
from components.cache import ContentCache
from components.config.fields import FIELDS, parse_fields
from components.config.pasted_matrices import read_matrix
from components.config.typed_numbers import read_number
from components.data.cell_reading import read_cell
from components.data.csv_reading import read_table
from components.data.own import read_own
from components.examples.files import read_file
from components.json_reading import read_json
from components.requests.own_table import answer_read
from components.requests.passes import answer_pass
from components.requests.reading import read_body
from components.visible import visible
from components.weights.names import read_name, sort_key
from tests.parser_files import BODIES, EXAMPLES, STAGES, WEIGHTS, understood

__all__ = ["Case", "cases"]

Case = tuple[Callable[[object], object], Callable[[int], object], int]
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
        yield f"cell: {name}", (read_cell, make, 50_000)
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
        ("json", lambda raw: read_json(raw), BODIES),
        ("body", lambda raw: read_body(raw, ("fields",)), BODIES),
        ("stage", answer_pass, STAGES),
        ("own", lambda stage: read_own(stage.get("own")), STAGES),
    ):
        for name, (make, n) in table.items():
            yield f"{kind}: {name}", (parse, make, n)
    yield "cache", (fill, lambda n: n, 4_000)
