"""Files that no program wrote: each is refused in a sentence, none raises anything else."""

import io
import random
import struct
import warnings
import zipfile
from base64 import b64encode

import numpy as np
import orjson
import pytest
from safetensors.numpy import save

from app import create_app
from components.examples.files import PUBLISHED, read_file
from components.examples.values import ExampleError
from components.json_reading import MOST_DEPTH, JsonError, read_json
from components.requests.weights import answer_weights_read
from components.weights.files import read_arrays
from components.weights.layers import arrange_layers
from components.weights.npy_reading import MOST_HEADER
from components.weights.refusal import WeightFileError
from tests.english import answered

GOOD = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }"


def npy(header, data=bytes(16), version=b"\1\0", length=None):
    raw = header if isinstance(header, bytes) else header.encode()
    size = 2 if version == b"\1\0" else 4
    told = (len(raw) if length is None else length).to_bytes(size, "little")
    return b"\x93NUMPY" + version + told + raw + data


def archive(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", method) as packed:
            for name, raw in members:
                packed.writestr(name, raw)
    return out.getvalue()


def headed(header, data=bytes(16)):
    raw = header if isinstance(header, bytes) else orjson.dumps(header)
    return len(raw).to_bytes(8, "little") + raw + data


def announced(descr="'<f8'", fortran="False", shape="(1, 2)"):
    return f"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}}}"


LONG = "9" * 700
HEADERS = {
    "19,999 brackets": "(" * 19_999,
    "brackets": "(" * 900,
    "lists": "[" * 900,
    "objects": "{" * 900,
    "pairs": "(" * 400 + ")" * 400,
    "minus": "-" * 900 + "1",
    "not": "not " * 200 + "1",
    "inverse": "~" * 900 + "1",
    "sums": "1+" * 450 + "1",
    "complex sums": "1j+" * 300 + "1j",
    "calls": "a(" * 450,
    "lambda": "lambda:" * 120 + "1",
    "import": "__import__('os').system('true')",
    "unended text": "{'descr': '''",
    "unended line": "{'descr': '<f8', \\",
    "name escape": r"{'descr': '\N{DIGIT ONE}', 'fortran_order': False, 'shape': (1, 2)}",
    "bad escape": r"{'descr': '\d', 'fortran_order': False, 'shape': (1, 2)}",
    "null": announced("'<f8\0'"),
    "nulls": "\0" * 100,
    "tabs": "\t \f" * 100 + "x",
    "indent": "if 1:\n  a\n b",
    "formatted": announced("f'{1}'"),
    "surrogates": "'\ufffd'" * 3,
    "latin": b"\xff\xfe\xfd",
    "keys": "{'descr': '<f8', 'shape': (1, 2)}",
    "more keys": announced()[:-1] + ", 'x': 1}",
    "unhashable key": "{[]: 1}",
    "unhashable member": "{{}}",
    "shape huge": announced(shape=f"({LONG}, {LONG})"),
    "shape overflows": announced(shape="(9223372036854775807, 2)"),
    "shape wraps": announced(shape="(4294967296, 4294967296)"),
    "shape negative": announced(shape="(-1, -2)"),
    "shape large negative": announced(shape=f"(-{LONG}, 1)"),
    "shape zero": announced(shape="(0, 0)"),
    "shape of zeros": announced(shape="(" + "0, " * 90 + ")"),
    "shape of many": announced(shape="(" + "1, " * 250 + ")"),
    "shape empty": announced(shape="()"),
    "shape list": announced(shape="[1, 2]"),
    "shape bool": announced(shape="(True, 2)"),
    "shape float": announced(shape="(1.0, 2)"),
    "shape complex": announced(shape="(1j, 2)"),
    "shape text": announced(shape="('1', 2)"),
    "shape None": announced(shape="None"),
    "order number": announced(fortran="0"),
    "order text": announced(fortran="'False'"),
    "type fields": announced("[('a', '<f8')]"),
    "type nested fields": announced("[('a', [('b', [('c', '<f8')])])]"),
    "type many fields": announced("[" + "('a','<f8')," * 60 + "]"),
    "type comma": announced("'<f8,<f8'"),
    "type shaped": announced("'(2,2)<f8'"),
    "type shape open": announced("'(2<f8'"),
    "type long shape": announced("'" + "(" * 500 + "f8'"),
    "type huge text": announced("'S99999999999999999999'"),
    "type void": announced("'|V2147483647'"),
    "type unicode": announced("'<U4'"),
    "type time": announced("'<M8[ns]'"),
    "type object": announced("'|O'"),
    "type name": announced("'float64'"),
    "type odd": announced("'<f3'"),
    "type quad": announced("'<f16'"),
    "type int": announced("'<i8'"),
    "type None": announced("None"),
    "type number": announced("8"),
    "type bytes": announced("b'<f8'"),
    "type set": announced("{'<f8'}"),
    "type object of names": announced("{'names': ['a'], 'formats': ['<f8']}"),
    "type empty": announced("''"),
    "type digits": announced("'<f²'"),
    "long": GOOD + " " * MOST_HEADER,
}
BYTES = {
    "version 0": npy(GOOD, version=b"\0\0"),
    "version 4": npy(GOOD, version=b"\4\0"),
    "version 255": npy(GOOD, version=b"\xff\xff"),
    "not so long": npy(GOOD, length=60_000),
    "longer than 4 GB": npy(GOOD, version=b"\2\0", length=2**32 - 1),
    "nothing": b"",
    "magic": b"\x93NUMPY",
    "other magic": b"\x93NUMPX" + npy(GOOD)[6:],
    "half": npy(GOOD)[:20],
}
REFUSED = {
    **{f"npy {name}": archive(("w2.npy", npy(header))) for name, header in HEADERS.items()},
    **{f"npy {name}": archive(("w2.npy", raw)) for name, raw in BYTES.items()},
    "npz one name twice": archive(("w2.npy", npy(GOOD)), ("w2.npy", npy(GOOD))),
    "npz one name after a null": archive(("w2.npy", npy(GOOD)), ("w2.npy\0b.npy", npy(GOOD))),
    "npz bzip2": archive(("w2.npy", npy(GOOD)), method=zipfile.ZIP_BZIP2),
    "npz lzma": archive(("w2.npy", npy(GOOD)), method=zipfile.ZIP_LZMA),
    "npz folder": archive(("w2/", b"")),
    "npz no name": archive((".npy", npy(GOOD))),
    "npz name turned round": archive(("\u202ew2.npy", npy(GOOD))),
    "npz name with a bell": archive(("w2\x07.weight.npy", npy(GOOD))),
    "npz name with lines": archive(("w\n2.weight.npy", npy(GOOD))),
    "npz long name": archive(("w" * 300 + ".npy", npy(GOOD))),
    "npz digits": archive(("w².npy", npy(GOOD))),
    "npz many": archive(*((f"w{i}.npy", npy(GOOD)) for i in range(500))),
    "safetensors one name twice": headed(
        b'{"w2":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},'
        b'"w2":{"dtype":"F64","shape":[2,1],"data_offsets":[0,16]}}'
    ),
    "safetensors shape twice": headed(
        b'{"w2":{"dtype":"F64","shape":[1,2],"shape":[2,1],"data_offsets":[0,16]}}'
    ),
    "safetensors escaped twice": headed(
        b'{"w2":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},"w\\u0032":{}}'
    ),
    "safetensors deep": headed(b'{"w2":' + b"[" * 900 + b"]" * 900 + b"}"),
    "safetensors a little deep": headed(b'{"w2":' + b"[" * 40 + b"]" * 40 + b"}"),
    "safetensors huge number": headed(
        b'{"w2":{"dtype":"F64","shape":[' + b"9" * 400 + b',2],"data_offsets":[0,16]}}'
    ),
    "safetensors large": headed({"w2": {"dtype": "F64", "shape": [2**63, 2**63]}}),
    "safetensors no offsets": headed({"w2": {"dtype": "F64", "shape": [1, 2]}}),
    "safetensors offsets back": headed(
        {"w2": {"dtype": "F64", "shape": [1, 2], "data_offsets": [16, 0]}}
    ),
    "safetensors offsets far": headed(
        {"w2": {"dtype": "F64", "shape": [1, 2], "data_offsets": [2**63, 2**63 + 16]}}
    ),
    "safetensors offsets text": headed(
        {"w2": {"dtype": "F64", "shape": [1, 2], "data_offsets": "ab"}}
    ),
    "safetensors type list": headed({"w2": {"dtype": ["F64"], "shape": [1, 2]}}),
    "safetensors name turned round": headed(
        {"\u202ew2": {"dtype": "F64", "shape": [1, 2], "data_offsets": [0, 16]}}
    ),
    "safetensors metadata alone": headed({"__metadata__": {"a": "b"}}),
    "safetensors metadata wrong": headed(
        {"__metadata__": 1, "w2": {"dtype": "F64", "shape": [1, 2], "data_offsets": [0, 16]}}
    ),
}


def understood(content):
    return arrange_layers(read_arrays(content))


def test_the_file_that_the_others_are_made_of_is_read():
    for content in (
        archive(("w2.npy", npy(GOOD))),
        archive(("w2.npy", npy(GOOD, version=b"\3\0"))),
        archive(("w2.npy", npy(announced(fortran="True"))), method=zipfile.ZIP_STORED),
        archive(("w2.npy", npy(announced("'>f8'")))),
    ):
        assert understood(content).w[0].size == 2


@pytest.mark.parametrize("name", REFUSED)
def test_a_crafted_file_is_refused_in_a_sentence(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(WeightFileError) as caught:
            understood(REFUSED[name])
    told = str(caught.value)
    assert told.endswith(".") and len(told) < 400 and told.isprintable()
    answer = answered(
        answer_weights_read,
        {"fields": {}, "name": "f", "content": b64encode(REFUSED[name]).decode()},
    )
    assert answer["refused"]["text"] == f"f: {told}"


@pytest.mark.parametrize(
    ("name", "words"),
    [("npz one name twice", "w2: it stands twice"), ("npz lzma", "w2: packed in another way"),
     ("safetensors one name twice", "“w2” stands twice"), ("npy type object", "pickled"),
     ("safetensors shape twice", "“shape” stands twice"), ("npy type int", "int64"),
     ("safetensors escaped twice", "“w2” stands twice"), ("npy shape negative", "(-1, -2)"),
     ("npz name turned round", "⟨U+202E⟩w2"), ("safetensors deep", "nested more than 32 deep"),
     ("npy 19,999 brackets", "19,999 characters"), ("npy type comma", "composed")],
)  # fmt: skip
def test_the_refusal_says_what_is_wrong(name, words):
    with pytest.raises(WeightFileError) as caught:
        understood(REFUSED[name])
    assert words in str(caught.value)


def whole_files():
    rng = np.random.default_rng(1)
    arrays = {"a.weight": rng.normal(size=(3, 2)), "a.bias": rng.normal(size=3)}
    arrays["b.weight"] = rng.normal(size=(2, 3)).astype(np.float32)
    for pack in (np.savez, np.savez_compressed):
        out = io.BytesIO()
        pack(out, **arrays)
        yield out.getvalue()
    yield save(arrays)
    yield archive(("w2.npy", npy(GOOD)), method=zipfile.ZIP_STORED)


PIECES = (
    *(b"(", b"[", b"{", b"}", b"-", b"'", b'"', b"\0", b"\xff", b"9" * 30, b",", b"1e999", b"NaN"),
    *(b"PK\1\2", b"PK\5\6", b"PK\3\4", struct.pack("<Q", 2**63), struct.pack("<H", 65535)),
)


def mutated(rng, content):
    """A file with some bytes changed, cut out, doubled, moved, or replaced by telling ones."""
    made = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at, end = sorted(rng.randrange(len(made) + 1) for _ in range(2))
        end = min(end, at + rng.choice((1, 4, 30, len(made))))
        kind = rng.randrange(5)
        if kind == 0:
            made[at:end] = rng.choice(PIECES)
        elif kind == 1:
            made[at:at] = made[at:end]
        elif kind == 2:
            del made[at:end]
        elif kind == 3 and at < len(made):
            made[at] ^= 1 << rng.randrange(8)
        else:
            made[at:at] = rng.choice(PIECES) * rng.choice((1, 50, 900))
        if not made:
            return b"x"
    return bytes(made)


@pytest.mark.parametrize("kind", range(4))
def test_whatever_becomes_of_a_file_it_is_read_or_refused(kind):
    rng = random.Random(kind)
    whole = list(whole_files())[kind]
    refused = 0
    for _ in range(1500):
        content = mutated(rng, whole)
        try:
            understood(content)
        except WeightFileError as error:
            refused += 1
            assert str(error).endswith("."), content
    assert refused > 1000


def headers(rng):
    """Texts that look like headers of arrays."""
    tokens = (
        *("{", "}", "(", ")", "[", "]", ",", ":", "'descr'", "'fortran_order'", "'shape'", "1"),
        *("-", "True", "False", "None", "'<f8'", "'|O'", "b''", "f''", "1j", "\\", "#", "\n", "''"),
        *("lambda", "*", "**", "9" * 99, "1L", "0x", "1_0", "\0", "é", "if", "=", ";", "@"),
    )
    return "".join(rng.choice(tokens) for _ in range(rng.randint(1, 25)))


def test_whatever_a_header_says_it_is_read_or_refused():
    rng = random.Random(9)
    for _ in range(3000):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                understood(archive(("w2.npy", npy(headers(rng)))))
            except WeightFileError as error:
                assert str(error).endswith(".")


DEEP = [10, 100, 250, 260, 900, 980, 1000, 1020, 1023]


@pytest.mark.parametrize("depth", DEEP)
@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_json_deeper_than_can_be_told_about_is_refused(depth, brackets):
    opening, closing = ("[", "]") if brackets == "[]" else ('{"a":', "}")
    nested = opening * depth + "1" + closing * depth
    if depth <= MOST_DEPTH:
        assert read_json(nested)
    else:
        with pytest.raises(JsonError, match="nested more than"):
            read_json(nested)
    client = create_app().server.test_client()
    for path, key in (("/pass", "fields"), ("/pass", "weights"), ("/weights/read", "chosen"),
                      ("/data/read", "roles"), ("/example/read", "text")):  # fmt: skip
        body = f'{{"{key}": {nested}}}'
        answer = client.post(path, data=body, content_type="application/json")
        assert answer.status_code == 400 and "error" in answer.json


ENTRY = orjson.loads(PUBLISHED.read_bytes())[0]


@pytest.mark.parametrize("key", sorted(ENTRY))
def test_an_example_with_nested_values_is_refused(key):
    for depth in DEEP:
        text = orjson.dumps([{**ENTRY, key: None}]).decode()
        text = text.replace(f'"{key}":null', f'"{key}":' + "[" * depth + "]" * depth)
        try:
            read_file(text)
        except ExampleError as error:
            deep = "nested more than" in str(error) or "depth limit" in str(error)
            assert deep or depth <= MOST_DEPTH


def test_an_example_that_says_a_key_twice_is_refused():
    text = orjson.dumps([ENTRY]).decode().replace('"title":', '"title": "a", "title":', 1)
    with pytest.raises(ExampleError, match="“title” stands twice"):
        read_file(text)


@pytest.mark.parametrize("field", ["title", "source"])
def test_what_hides_or_reverses_text_is_shown_in_examples(field):
    example = read_file(orjson.dumps([{**ENTRY, field: "a\u202eb\x07"}]).decode())
    assert getattr(example, field) == "a⟨U+202E⟩b␇"


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN", "Infinity", "9" * 5000, "1e-9999"])
def test_numbers_that_are_none_are_refused_or_read(value):
    text = orjson.dumps([{**ENTRY, "learning_rate": None}]).decode()
    text = text.replace('"learning_rate":null', f'"learning_rate":{value}')
    with pytest.raises(ExampleError):
        read_file(text)
