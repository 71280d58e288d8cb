"""Whatever becomes of a file, it is read or refused; examples too."""

import io
import random
import struct
import warnings
import zipfile

import numpy as np
import orjson
import pytest
from safetensors.numpy import save

from components.examples.files import PUBLISHED, read_file
from components.examples.values import ExampleError
from components.json_reading import MOST_DEPTH, JsonError, read_json
from components.weights.refusal import WeightFileError
from tests.components.weights.crafted import GOOD, archive, npy, understood


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
def test_json_deeper_than_can_be_told_about_is_refused(client, depth, brackets):
    opening, closing = ("[", "]") if brackets == "[]" else ('{"a":', "}")
    nested = opening * depth + "1" + closing * depth
    if depth <= MOST_DEPTH:
        assert read_json(nested)
    else:
        with pytest.raises(JsonError, match="nested more than"):
            read_json(nested)
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
