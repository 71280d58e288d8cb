"""Own data: kept by content, asked for again, checked; and the answers about data."""

import numpy as np
import pytest

from app import create_app
from components import ids, number_reading
from components.cache import MOST_ENTRIES, ContentCache
from components.config.texts import read_config
from components.data import own as own_data
from components.data.own import MissingDataError, own_raw_data, read_own
from components.data.own import write_own as write_salted
from components.data.sources import RawData
from components.refusal import RequestError
from components.requests.data import answer_add, answer_data, answer_read
from components.requests.passes import answer_pass
from components.requests.routes import ROUTES
from components.training.data import load_data
from components.wire import write_array
from tests.english import answered, english

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


SALT = "0123456789abcdef" * 2


def write_own(raw, salt=SALT):
    return write_salted(raw, salt)


def array_of(text, rows):
    from base64 import b64decode

    return np.frombuffer(b64decode(text), "<f8").reshape(rows, -1)


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


def stage(raw, **fields):
    texts = {name.replace("_", "-"): text for name, text in fields.items()}
    return {"fields": {ids.DATASET: "own", **texts}, "own": write_own(raw)}


def test_own_numbers_set_the_network_and_are_standardised():
    body = stage(NUMBERS, train_share="100", standardise="both", layer_sizes="3-3-2")
    body["changed"] = ids.DATASET
    answer = answered(answer_data, body)
    assert (answer["kind"], answer["m"], answer["outputs"]) == ("regression", 3, ["price"])
    y = array_of(answer["y"], 1)
    assert np.allclose([y.mean(), y.std()], [0, 1])
    x = array_of(answer["x"], 1)
    assert np.allclose(answer["shift"] + answer["scale"] * x, NUMBERS.x)


def test_the_picture_of_the_data_says_which_samples_train():
    answer = answered(answer_data, {"fields": {ids.DATASET: "moons", ids.POINTS: "50"}})
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
    answer = answered(answer_data, stage(raw, standardise="no"))
    assert answer["shown"] == len(answer["index"]) == 2000 and "2,000 of 9,999" in answer["told"]
    assert set(np.diff(answer["index"])) <= {4, 5, 6} and answer["index"][-1] == m - 1


def test_digits_are_shown_as_images():
    answer = answered(answer_data, {"fields": {ids.DATASET: "digits"}})
    pixels = array_of(answer["images"]["pixels"], 60)
    assert pixels.shape == (60, 64) and pixels.max() == 16 and len(answer["images"]["labels"]) == 60
    assert answer["shown"] * 64 <= 40_000


def test_data_by_hand_have_a_picture():
    answer = answered(answer_data, {"fields": {}})
    assert (answer["m"], answer["train"], answer["labels"]) == (1, 1, None)
    assert array_of(answer["x"], 3)[:, 0].tolist() == [1, 0.5, -0.5]


@pytest.mark.parametrize("standardise", ["no", "inputs"])
def test_a_point_is_added_where_it_was_put(standardise):
    fields = {ids.DATASET: "moons", ids.STANDARDISE: standardise}
    shown = answered(answer_data, {"fields": fields})
    answer = answered(
        answer_add, {"fields": fields, "point": [0.5, -1.25], "label": 1, "salt": SALT}
    )
    own = own_raw_data(answer["own"]["name"])
    before = np.array(shown["shift"])[:, None] + np.array(shown["scale"])[:, None] * array_of(
        shown["x"], 2
    )
    assert own.x.shape == (2, 201) and np.allclose(own.x[:, :-1], before)
    assert np.allclose(own.x[:, -1], shown["shift"] + np.multiply(shown["scale"], [0.5, -1.25]))
    assert own.labels[-1] == 1 and "201 samples" in answer["told"]


def test_a_point_is_added_to_a_curve():
    fields = {ids.DATASET: "sine", ids.STANDARDISE: "no"}
    answer = answered(answer_add, {"fields": fields, "point": [1, 2], "salt": SALT})
    own = own_raw_data(answer["own"]["name"])
    assert (own.x[0, -1], own.targets[0, -1]) == (1, 2)


@pytest.mark.parametrize("dataset", ["by_hand", "iris", "plane"])
def test_where_no_point_can_be_added_it_is_said(dataset):
    answer = answered(answer_add, {"fields": {ids.DATASET: dataset}, "point": [0, 0], "label": 0})
    assert "Points can be added" in answer["refused"]["text"]


@pytest.mark.parametrize(
    "wrong",
    [{"point": [1]}, {"point": [1, float("inf")]}, {"point": [True, 1]}, {"label": 2},
     {"label": -1}, {"label": True}],
)  # fmt: skip
def test_a_point_that_no_page_sends_is_a_bad_request(wrong):
    with pytest.raises(RequestError):
        answered(
            answer_add, {"fields": {ids.DATASET: "moons"}, "point": [0, 0], "label": 0, **wrong}
        )


def test_a_name_that_is_not_kept_is_missing(forgetful):
    with pytest.raises(MissingDataError) as caught:
        own_raw_data("ab" * 32)
    assert caught.value.name == "ab" * 32


def test_a_body_that_is_too_large_is_told_its_limit():
    client = create_app().server.test_client()
    large = b"{" + b" " * (16 * 2**20)
    answer = client.post("/data/read", data=large, content_type="application/json")
    assert answer.status_code == 413 and "16 MB" in english(answer.json["error"])


@pytest.mark.parametrize("last", ["1.75", "2", "word"])
def test_each_cell_of_an_input_is_read_as_a_number_once(monkeypatch, last):
    read, texts = number_reading.read_decimal, []
    monkeypatch.setattr(
        number_reading,
        "read_decimal",
        lambda *asked, **how: texts.append(asked) or read(*asked, **how),
    )
    rows = [f"{i}.5,{i}.25,{last}{i % 3 if last == 'word' else ''}" for i in range(2000)]
    answer = answer_read({"text": "a,b,c\n" + "\n".join(rows)})
    assert answer["count"] == 2000 and answer["roles"] == ["input", "input", "target"]
    # And the first rows once more, which tell whether commas are decimal.
    assert sum(text.endswith((".5", ".25")) for text, *_ in texts) <= 2 * 2000 + 200
