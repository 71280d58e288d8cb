"""Own data: kept by content, asked for again, checked; and the answers about data."""

import numpy as np
import pytest

from app import create_app
from components import ids, own_data
from components.config import read_config
from components.content_cache import MOST_ENTRIES, ContentCache
from components.data import load_data
from components.data_answers import answer_add, answer_data
from components.data_sources import RawData
from components.exchange import RequestError, answer_pass
from components.own_data import MissingDataError, OwnDataError, own_raw_data, read_own, write_own
from components.wire import write_array

CLASSES = RawData(
    np.array([[0.1, 2, 3], [-1, 1 / 3, 0]]), ("a", "b"), np.array([1, 0, 1]), ("no", "yes")
)
NUMBERS = RawData(
    np.array([[1.0, 2, 3]]), ("t",), targets=np.array([[5.0, 6, 700]]), outputs=("price",)
)


@pytest.fixture
def forgetful(monkeypatch):
    """A server that has just been started."""
    cache = ContentCache(own_data.CACHE_BYTES)
    monkeypatch.setattr(own_data, "_cache", cache)
    return cache


def array_of(text, rows):
    from base64 import b64decode

    return np.frombuffer(b64decode(text), "<f8").reshape(rows, -1)


@pytest.mark.parametrize("raw", [CLASSES, NUMBERS], ids=["classes", "numbers"])
def test_what_is_written_reads_back_bit_for_bit(raw, forgetful):
    own = write_own(raw)
    again = own_raw_data(read_own(own))
    assert np.array_equal(again.x, raw.x) and again.features == raw.features
    assert write_own(again) == own


def test_the_key_is_asked_for_again_after_a_restart(forgetful):
    own = write_own(CLASSES)
    fields = {ids.DATASET: "own", ids.OWN_DATA: own["key"]}
    client = create_app().server.test_client()
    assert client.post("/pass", json={"fields": fields}).json == {"missing": own["key"]}
    whole = client.post("/pass", json={"fields": fields, "own": own}).json
    assert whole["pass"]["fields"][ids.LAYER_SIZES] == "2-3-1"
    assert client.post("/pass", json={"fields": fields}).json == whole
    key = {"fields": {ids.DATASET: "own"}, "own": {"key": own["key"]}}
    assert client.post("/pass", json=key).json == whole
    assert client.post("/derivation", json={"fields": fields}).json["sections"]


@pytest.mark.parametrize(
    "change",
    [
        {"key": "0" * 64},
        {"key": 7},
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
    with pytest.raises(OwnDataError):
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


def stage(raw, **fields):
    texts = {name.replace("_", "-"): text for name, text in fields.items()}
    return {"fields": {ids.DATASET: "own", **texts}, "own": write_own(raw)}


def test_own_numbers_set_the_network_and_are_standardised():
    body = stage(NUMBERS, train_share="100", standardise="both", layer_sizes="3-3-2")
    body["changed"] = ids.DATASET
    answer = answer_data(body)
    assert (answer["kind"], answer["m"], answer["outputs"]) == ("regression", 3, ["price"])
    y = array_of(answer["y"], 1)
    assert np.allclose([y.mean(), y.std()], [0, 1])
    x = array_of(answer["x"], 1)
    assert np.allclose(answer["shift"] + answer["scale"] * x, NUMBERS.x)


def test_the_picture_of_the_data_says_which_samples_train():
    answer = answer_data({"fields": {ids.DATASET: "moons", ids.POINTS: "50"}})
    data = load_data(read_config({ids.DATASET: "moons", ids.POINTS: "50"})[0])
    assert np.array_equal(array_of(answer["x"], 2), data.x)
    assert answer["labels"] == data.labels.tolist() and answer["told"] == ""
    assert [i for i, sample in enumerate(answer["sample"]) if sample] == data.train.tolist()
    config = read_config({ids.DATASET: "moons", ids.POINTS: "50", ids.SAMPLE: "7"})[0]
    at = answer["sample"].index(7)
    assert tuple(array_of(answer["x"], 2)[:, at]) == config.x[0]


def test_many_samples_are_thinned_evenly_and_said():
    m = 9_999
    raw = RawData(np.arange(float(m))[None], ("t",), np.arange(m) % 2, ("a", "b"))
    answer = answer_data(stage(raw, standardise="no"))
    assert answer["shown"] == len(answer["index"]) == 2000 and "2,000 of 9,999" in answer["told"]
    assert set(np.diff(answer["index"])) <= {4, 5, 6} and answer["index"][-1] == m - 1


def test_digits_are_shown_as_images():
    answer = answer_data({"fields": {ids.DATASET: "digits"}})
    pixels = array_of(answer["images"]["pixels"], 60)
    assert pixels.shape == (60, 64) and pixels.max() == 16 and len(answer["images"]["labels"]) == 60
    assert answer["shown"] * 64 <= 40_000


def test_data_by_hand_have_a_picture():
    answer = answer_data({"fields": {}})
    assert (answer["m"], answer["train"], answer["labels"]) == (1, 1, None)
    assert array_of(answer["x"], 3)[:, 0].tolist() == [1, 0.5, -0.5]


@pytest.mark.parametrize("standardise", ["no", "inputs"])
def test_a_point_is_added_where_it_was_put(standardise):
    fields = {ids.DATASET: "moons", ids.STANDARDISE: standardise}
    shown = answer_data({"fields": fields})
    answer = answer_add({"fields": fields, "point": [0.5, -1.25], "label": 1})
    own = own_raw_data(answer["own"]["key"])
    before = np.array(shown["shift"])[:, None] + np.array(shown["scale"])[:, None] * array_of(
        shown["x"], 2
    )
    assert own.x.shape == (2, 201) and np.allclose(own.x[:, :-1], before)
    assert np.allclose(own.x[:, -1], shown["shift"] + np.multiply(shown["scale"], [0.5, -1.25]))
    assert own.labels[-1] == 1 and "201 samples" in answer["told"]


def test_a_point_is_added_to_a_curve():
    answer = answer_add({"fields": {ids.DATASET: "sine", ids.STANDARDISE: "no"}, "point": [1, 2]})
    own = own_raw_data(answer["own"]["key"])
    assert (own.x[0, -1], own.targets[0, -1]) == (1, 2)


@pytest.mark.parametrize("dataset", ["by_hand", "iris", "plane"])
def test_where_no_point_can_be_added_it_is_said(dataset):
    answer = answer_add({"fields": {ids.DATASET: dataset}, "point": [0, 0], "label": 0})
    assert "Points can be added" in answer["refused"]["text"]


@pytest.mark.parametrize(
    "wrong",
    [{"point": [1]}, {"point": [1, float("inf")]}, {"point": [True, 1]}, {"label": 2},
     {"label": -1}, {"label": True}],
)  # fmt: skip
def test_a_point_that_no_page_sends_is_a_bad_request(wrong):
    with pytest.raises(RequestError):
        answer_add({"fields": {ids.DATASET: "moons"}, "point": [0, 0], "label": 0, **wrong})


def test_a_key_that_is_not_kept_is_missing(forgetful):
    with pytest.raises(MissingDataError) as caught:
        own_raw_data("ab" * 32)
    assert caught.value.key == "ab" * 32


def test_a_body_that_is_too_large_is_told_its_limit():
    client = create_app().server.test_client()
    large = b"{" + b" " * (16 * 2**20)
    answer = client.post("/data/read", data=large, content_type="application/json")
    assert answer.status_code == 413 and "16 MB" in answer.json["error"]
