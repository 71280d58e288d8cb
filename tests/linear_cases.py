"""Every parser with the worst that it may be given: what reads, what makes its text, how large."""

import io
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator

import numpy as np
import orjson
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
from tests.linear_texts import PASTED, TABLES, TEXTS

__all__ = ["CASES", "REFUSALS"]

REFUSALS = (
    *(CsvError, EditError, ExampleError, FieldError, JsonError, OwnDataError, RequestError),
    *(WeightFileError, ValueError),
)

Case = tuple[Callable[[object], object], Callable[[int], object], int]
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
