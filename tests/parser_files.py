"""Files, requests and stages of any size that are the worst their readers may be given."""

import io
import zipfile
from base64 import b64encode
from collections.abc import Callable

import numpy as np
import orjson
from safetensors.numpy import save

from components.examples.files import PUBLISHED
from components.weights.files import read_arrays
from components.weights.layers import arrange_layers

__all__ = ["BODIES", "EXAMPLES", "STAGES", "WEIGHTS", "understood"]

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
    "one key often": (lambda n: b"{" + b'"fields":{},' * n + b'"own":null}', 20_000),
    "last key twice": (
        lambda n: b"{" + b"".join(b'"k%d":1,' % i for i in range(n)) + b'"k0":1}',
        20_000,
    ),
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
