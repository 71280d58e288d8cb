"""Files that no program wrote: each is refused in a sentence, none raises anything else."""

import warnings
import zipfile
from base64 import b64encode

import orjson
import pytest

from components.requests.weights import answer_weights_read
from components.weights.npy_reading import MOST_HEADER
from components.weights.refusal import WeightFileError
from tests.components.weights.crafted import GOOD, archive, npy, understood
from tests.english import answered


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
    "type bool": announced("'|b1'"),
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
     ("safetensors one name twice", "“w2” stands twice"), ("npy type object", "npz of objects"),
     ("safetensors shape twice", "“shape” stands twice"), ("npy type bool", "its numbers are bool"),
     ("safetensors escaped twice", "“w2” stands twice"), ("npy shape negative", "(-1, -2)"),
     ("npz name turned round", "⟨U+202E⟩w2"), ("safetensors deep", "nested more than 32 deep"),
     ("npy 19,999 brackets", "19,999 characters"), ("npy type comma", "composed")],
)  # fmt: skip
def test_the_refusal_says_what_is_wrong(name, words):
    with pytest.raises(WeightFileError) as caught:
        understood(REFUSED[name])
    assert words in str(caught.value)
