"""Own data: kept by content, asked for again, checked; and the answers about data."""

import numpy as np
import pytest

from app import create_app
from components import ids
from components.cache import MOST_ENTRIES, ContentCache
from components.data import own as own_data
from components.data.own import MissingDataError, own_raw_data, read_own
from components.data.sources import RawData
from components.refusal import RequestError
from components.requests.data import answer_add
from components.requests.own_table import answer_read
from components.requests.passes import answer_pass
from components.requests.routes import ROUTES
from components.wire import write_array
from tests.components.requests.own_data import NUMBERS, SALT, write_own
from tests.english import english

CLASSES = RawData(
    np.array([[0.1, 2, 3], [-1, 1 / 3, 0]]), ("a", "b"), np.array([1, 0, 1]), ("no", "yes")
)


@pytest.fixture
def forgetful(monkeypatch):
    """A server that has just been started."""
    cache = ContentCache(own_data.CACHE_BYTES)
    monkeypatch.setattr(own_data, "_cache", cache)
    return cache


@pytest.mark.parametrize("raw", [CLASSES, NUMBERS], ids=["classes", "numbers"])
def test_what_is_written_reads_back_bit_for_bit(raw, forgetful):
    own = write_own(raw)
    again = own_raw_data(read_own(own))
    assert np.array_equal(again.x, raw.x) and again.features == raw.features
    assert write_own(again) == own


def test_the_data_are_asked_for_again_after_a_restart(forgetful):
    own = write_own(CLASSES)
    fields = {ids.DATASET: "own", ids.OWN_DATA: own["name"]}
    key = {"fields": fields, "own": {"key": own["key"]}}
    client = create_app().server.test_client()
    assert client.post("/pass", json=key).json == {"missing": own["name"]}
    whole = client.post("/pass", json={"fields": fields, "own": own}).json
    assert whole["pass"]["fields"][ids.LAYER_SIZES] == "2-3-1"
    assert whole["pass"]["fields"][ids.OWN_DATA] == own["name"]
    assert client.post("/pass", json=key).json == whole
    assert client.post("/derivation", json=key).json["sections"]


# Those that read no fields ask for no data.
FIELDED = sorted(path for path, route in ROUTES.items() if "fields" in route.known)


@pytest.mark.parametrize("path", [*FIELDED, "/train"])
def test_who_has_only_the_name_gets_nothing(path):
    client = create_app().server.test_client()
    own = write_own(CLASSES, "ab" * 16)
    fields = {ids.DATASET: "own", ids.OWN_DATA: own["name"]}
    assert "pass" in client.post("/pass", json={"fields": fields, "own": own}).json
    # All that the routes ask for beside the stage, in a form that they take.
    rest = {
        "/amend": {"symbol": "b", "layer": 2, "row": 1, "col": 1, "text": "1"},
        "/data/add": {"point": [0, 0], "label": 0, "salt": SALT},
        "/export": {"format": "csv", "solutions": False, "digits": 4},
        "/weights/read": {"name": "a.npz", "content": ""},
        "/weights/write": {"format": "npz"},
        "/train": {"batch": 0, "state": None, "batches": 0, "waited": 0, "views": []},
    }.get(path, {})
    asked = {"fields": fields, **rest}
    assert client.post(path, json=asked).json == {"missing": own["name"]}
    guess = client.post(path, json={**asked, "own": {"key": own["name"]}})
    assert guess.json == {"missing": own_data.name_of(own["name"])}
    assert client.post(path, json={**asked, "own": {}}).status_code == 400


def test_a_key_opens_no_data_but_its_own():
    other = write_own(NUMBERS)
    read_own(other)
    fields = {ids.DATASET: "own", ids.OWN_DATA: write_own(CLASSES)["name"]}
    with pytest.raises(RequestError, match="own-data"):
        answer_pass({"fields": fields, "own": {"key": other["key"]}})


def test_what_is_kept_here_vouches_for_no_other_content():
    own = write_own(CLASSES)
    read_own(own)
    with pytest.raises(RequestError, match="not the key of this content"):
        read_own({**own, "features": ["other", "names"]})


def test_the_same_data_have_another_key_and_name_with_another_salt():
    one, other = write_own(CLASSES, "0" * 32), write_own(CLASSES, "1" * 32)
    assert len({one["key"], one["name"], other["key"], other["name"]}) == 4
    assert one["x"] == other["x"]


def test_data_without_a_salt_still_open(forgetful):
    """An earlier version named them by their key, the digest of what they are."""
    new = {"name", "key", "salt"}
    content = {name: part for name, part in write_own(CLASSES).items() if name not in new}
    old = {"key": own_data._key(content), **content}
    fields = {ids.DATASET: "own", ids.OWN_DATA: old["key"]}
    answer = answer_pass({"fields": fields, "own": old})
    assert answer["pass"]["fields"][ids.OWN_DATA] == own_data.name_of(old["key"])


@pytest.mark.parametrize("salt", [None, "", "0" * 31, "0" * 33, "G" * 32, "０" * 32, 7, ["0"]])
def test_data_are_made_with_a_salt_only(salt):
    for body in (
        {"text": "a,b\n1,x\n2,y\n", "use": True, "salt": salt},
        {"fields": {ids.DATASET: "moons"}, "point": [0, 0], "label": 0, "salt": salt},
    ):
        with pytest.raises(RequestError, match="32 hexadecimal digits"):
            (answer_add if "point" in body else answer_read)(body)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "0" * 64},
        {"key": 7},
        {"name": "0" * 64},
        {"salt": "0" * 32},
        {"salt": "x" * 32},
        {"salt": 7},
        {"kind": "other"},
        {"kind": ["classes"]},
        {"extra": 1},
        {"x": "????"},
        {"x": write_array(np.array([np.nan] * 6))},
        {"x": write_array(np.array([1.0] * 5))},
        {"x": write_array(np.array([1e16] * 6))},
        {"x": None},
        {"labels": write_array(np.array([0.0, 1, 2]))},
        {"labels": write_array(np.array([0.0, 0.5, 1]))},
        {"labels": write_array(np.array([0.0, 1]))},
        {"classes": ["only"]},
        {"classes": []},
        {"classes": "ab"},
        {"features": ["a"] * 101},
        {"features": [1, 2]},
        {"features": ["a" * 201, "b"]},
        {"x": write_array(np.zeros((2, 10_001)))},
    ],
)
def test_an_object_that_is_not_ours_is_refused(change, forgetful):
    own = {**write_own(CLASSES), **change}
    with pytest.raises(RequestError):
        read_own(own)
    with pytest.raises(RequestError):
        answer_pass({"fields": {}, "own": own})
    assert forgetful.bytes == 0


def test_the_cache_stays_within_its_bytes_and_drops_the_oldest():
    cache = ContentCache(100)
    for name in "abc":
        cache.put(name, name.upper(), 40)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (None, "B", "C")
    cache.get("b")
    cache.put("d", "D", 40)
    assert (cache.get("b"), cache.get("c")) == ("B", None) and cache.bytes <= 100
    cache.put("e", "E", 101)
    assert cache.get("e") is None and cache.get("d") == "D"
    cache.put("d", "D again", 10)
    assert cache.bytes == 50 and cache.get("d") == "D again"


def test_the_cache_keeps_no_more_entries_than_it_may_however_small():
    cache = ContentCache(100)
    for number in range(3 * MOST_ENTRIES):
        cache.put(number, number, 0)
    kept = [number for number in range(3 * MOST_ENTRIES) if cache.get(number) is not None]
    assert kept == list(range(2 * MOST_ENTRIES, 3 * MOST_ENTRIES))


def test_a_name_that_is_not_kept_is_missing(forgetful):
    with pytest.raises(MissingDataError) as caught:
        own_raw_data("ab" * 32)
    assert caught.value.name == "ab" * 32


def test_a_body_that_is_too_large_is_told_its_limit():
    client = create_app().server.test_client()
    large = b"{" + b" " * (16 * 2**20)
    answer = client.post("/data/read", data=large, content_type="application/json")
    assert answer.status_code == 413 and "16 MB" in english(answer.json["error"])
