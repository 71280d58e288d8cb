"""What is answered on data: the picture, its points, one more of them."""

import numpy as np
import pytest

from components import ids
from components.config.texts import read_config
from components.data import cell_reading, columns
from components.data.own import own_raw_data
from components.data.sources import RawData
from components.refusal import RequestError
from components.requests.data import answer_add, answer_data
from components.requests.own_table import answer_read
from components.training.data import load_data
from tests.components.requests.own_data import NUMBERS, SALT, write_own
from tests.english import answered


def array_of(text, rows):
    from base64 import b64decode

    return np.frombuffer(b64decode(text), "<f8").reshape(rows, -1)


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


@pytest.mark.parametrize("last", ["1.75", "2", "word"])
def test_each_cell_is_read_once(monkeypatch, last):
    read, texts = cell_reading.read_cell, []
    monkeypatch.setattr(columns, "read_cell", lambda text: texts.append(text) or read(text))
    rows = [f"{i}.5,{i}.25,{last}{i % 3 if last == 'word' else ''}" for i in range(2000)]
    answer = answer_read({"text": "a,b,c\n" + "\n".join(rows)})
    assert answer["count"] == 2000 and answer["roles"] == ["input", "input", "target"]
    assert len(texts) == 3 * 2000
