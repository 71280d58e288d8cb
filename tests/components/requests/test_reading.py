"""Requests that are large in an odd way: refused before they cost, told of by their beginning."""

import json
import tracemalloc

import orjson
import pytest

from components.json_structure import PIECE, structure_of
from components.refusal import MOST_SHOWN, RequestError, shown
from components.requests import reading
from components.requests.reading import (
    MOST_STRUCTURE,
    read_array,
    read_body,
    refuse,
)

LARGE = 16 * 2**20 - 100
MANY = {
    "lists": b"[],",
    "objects": b"{},",
    "objects of one": b'{"a":1},',
    "numbers": b"1,",
    "fractions": b".5,",
    "constants": b"null,",
    "texts": b'"a",',
    "empty texts": b'"",',
    "texts of quotes": rb'"\"",',
    "texts of backslashes": rb'"\\",',
    "blanks": b" ",
}


def counted(value):
    """What `structure_of` should find, of JSON without blanks, by leaving the texts empty."""

    def bare(value):
        if isinstance(value, str):
            return ""
        if isinstance(value, list):
            return [bare(one) for one in value]
        if isinstance(value, dict):
            return [[bare(key), bare(one)] for key, one in value.items()]
        return value

    pairs = sum(len(one) for one in _objects(value))
    written = orjson.dumps(bare(value))
    return len(written) - 2 * pairs


def _objects(value):
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from _objects(one)


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", '"a","b"\n', "\\", "\\\\", '\\"', '"\\', "[{}]:,", "é\u202e\U0001f600", ""],
)
@pytest.mark.parametrize("times", [1, 3, PIECE // 2 - 1, PIECE - 1, PIECE, 3 * PIECE + 1])
def test_only_what_stands_outside_of_texts_is_counted(text, times):
    value = {"text": text * times, "more": [1, "x", {"y\\": '"'}, []]}
    raw = json.dumps(value, separators=(",", ":")).encode()
    assert structure_of(raw, len(raw)) == counted(value)
    assert structure_of(orjson.dumps(value), len(raw)) == counted(value)


@pytest.mark.parametrize("name", MANY)
def test_a_request_of_millions_of_values_is_refused_unread(name, monkeypatch):
    monkeypatch.setattr(reading, "read_json", lambda raw: pytest.fail("was read"))
    part = MANY[name]
    raw = b'{"fields":[' + part * (LARGE // len(part)) + b"1]}"
    with pytest.raises(RequestError, match="not within texts"):
        read_body(raw, ("fields",))


def test_the_largest_honest_requests_are_read():
    table = "\n".join(['"1.5","a ""b"""'] * 300_000)
    assert read_body(orjson.dumps({"text": table}), ("text",)) == {"text": table}
    names = [f"column {i} " + "x" * 180 for i in range(200)]
    own = {"features": names, "x": "A" * 10_000_000}
    assert read_body(orjson.dumps({"own": own}), ("own",)) == {"own": own}
    small = {"views": [1] * (MOST_STRUCTURE // 2 - 20)}
    assert read_body(orjson.dumps(small), ("views",)) == small


TEXT = "\x01" * 2_000_000


@pytest.mark.parametrize("value", [TEXT, [TEXT], {TEXT: 1}, {"a": TEXT}, [[TEXT]], [1] * 10**6])
def test_only_the_beginning_of_a_value_is_written_out(value):
    tracemalloc.start()
    try:
        assert len(shown(value)) <= MOST_SHOWN
        assert len(str(refuse("part", value, "none"))) < 100
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "value",
    [
        "sigmoid",
        "x" * 61,
        ["a", 1],
        None,
        1.5,
        {"a": "b"},
        "a'b",
        "é",
        [],
        {},
        [{}],
        {"a": [1, {"b": None}]},
        ["x" * 50] * 9,
    ],
)
def test_a_value_is_told_as_json(value):
    written = orjson.dumps(value).decode()
    assert shown(value) == (written if len(written) <= 40 else written[:37] + "…")


@pytest.mark.parametrize("text", ["A" * 16_000_000, "A" * 12, "A" * 8, "", "A" * 11, "====" * 3])
def test_an_array_of_another_length_is_not_decoded(text, monkeypatch):
    monkeypatch.setattr(reading, "b64decode", lambda *_, **__: pytest.fail("was decoded"))
    with pytest.raises(RequestError, match="3 finite float64"):
        read_array("w", text + "A", 1, 3)
