"""Turns of a run: cut anywhere they give the same weights, and a bad request is named."""

from base64 import b64decode
from itertools import pairwise

import numpy as np
import orjson
import pytest

import engine
from app import create_app
from components import ids
from components.config.texts import read_config
from components.messages import render
from components.refusal import RequestError
from components.requests.marks import MOST_MARKS, mark_batches
from components.requests.train import MOST_BATCHES, answer_turn
from components.training.data import load_data
from components.wire import write_array
from tests.english import english

XOR = {
    ids.DATASET: "xor",
    ids.LAYER_SIZES: "2-3-1",
    ids.BATCH_SIZE: "3",
    ids.OPTIMISER: "adam",
    ids.LEARNING_RATE: "0.1",
}


def turn(batches, before=None, **more):
    body = {"fields": {**XOR, **more.pop("fields", {})}, "batches": batches, **more}
    if before:
        body |= {key: before[key] for key in ("weights", "state", "batch", "iteration")}
    return answer_turn(body)


@pytest.mark.parametrize("optimiser", engine.OPTIMISERS)
def test_a_run_cut_into_turns_has_the_same_bits(optimiser):
    fields = {ids.OPTIMISER: optimiser}
    whole = turn(23, fields=fields)
    cut = None
    for batches in (1, 0, 4, 11, 7):
        cut = turn(batches, cut, fields=fields)
    assert cut == whole
    assert (cut["batch"], cut["iteration"], cut["epoch"]) == (23, 23, 11.5)


def test_a_turn_that_is_not_measured_changes_nothing_else():
    whole = turn(23, views=["layers"])
    cut = turn(12, turn(11, measured=False), measured=False)
    assert cut["metrics"] is None and cut["views"] == {}
    kept = [key for key in whole if key not in ("metrics", "views")]
    assert {key: cut[key] for key in kept} == {key: whole[key] for key in kept}
    again = turn(0, cut, views=["layers"])
    assert (again["metrics"], again["views"]) == (whole["metrics"], whole["views"])


def test_training_follows_the_engine():
    answer = turn(40)
    assert answer["per_epoch"] == 2
    net = engine.init_network([2, 3, 1], ["sigmoid", "sigmoid"], seed=7)
    x, y = np.array([[0, 0, 1, 1], [0, 1, 0, 1.0]]), np.array([[0, 1, 1, 0.0]])
    settings = engine.Settings(batch_size=3, learning_rate=0.1, optimiser="adam", seed=7)
    done = engine.train(net, x, y, settings, batches=40)
    w = np.frombuffer(b64decode(answer["weights"]["w"]["2"])).reshape(3, 2)
    assert np.array_equal(w, done.network.w[2])
    fwd = engine.forward(done.network, x)
    assert answer["metrics"]["train_loss"] == engine.cost(done.network, fwd, y)
    assert answer["metrics"]["train_score"] == np.mean((fwd.a[3] > 0.5) == (y > 0.5))
    assert answer["metrics"]["test_loss"] is answer["metrics"]["test_score"] is None


def test_a_turn_tells_what_it_took_its_fields_for():
    answer = turn(0, fields={ids.LEARNING_RATE: "0.50", ids.LAYER_SIZES: "3-4-1"})
    assert answer["fields"][ids.LEARNING_RATE] == "0.5"
    assert answer["fields"][ids.LAYER_SIZES] == "2-4-1"
    assert any("follow the data" in notice for notice in english(answer["notices"]))
    assert answer["kind"] == "classes"


def test_weights_whose_loss_is_beyond_numbers_end_the_run_with_layer_and_epoch():
    far = write_array(np.full((3, 2), 1e200))
    given = turn(0, fields={ids.HIDDEN_ACTIVATION: "linear", ids.OUTPUT_ACTIVATION: "linear"})
    given["weights"]["w"]["2"] = far
    fields = {ids.HIDDEN_ACTIVATION: "linear", ids.OUTPUT_ACTIVATION: "linear"}
    stopped = render(turn(0, given, fields=fields)["stopped"])
    assert stopped.startswith("The run stopped in epoch 1: J would no longer be finite (layer 3")


def test_a_target_loss_ends_the_run_at_an_epochs_end():
    answer = turn(5000, fields={ids.TARGET_LOSS: "0.01"})
    assert answer["reached"]
    assert answer["batch"] < 5000 and answer["batch"] % 2 == 0
    assert answer["metrics"]["train_loss"] <= 0.01
    earlier = turn(answer["batch"] - 2)
    assert earlier["metrics"]["train_loss"] > 0.01


def test_a_run_that_blows_up_keeps_the_last_finite_weights_and_says_where():
    fields = {ids.HIDDEN_ACTIVATION: "relu", ids.OUTPUT_ACTIVATION: "linear"}
    fields |= {ids.OPTIMISER: "sgd", ids.LEARNING_RATE: "1000", ids.LAYER_SIZES: "2-8-8-1"}
    answer = turn(500, fields=fields)
    assert 0 < answer["batch"] < 500
    stopped = render(answer["stopped"])
    assert f"epoch {answer['batch'] // 2 + 1}:" in stopped
    assert "(layer " in stopped and "than ⟦!:1000.0⟧" in stopped
    for layers in answer["weights"].values():
        for text in layers.values():
            assert np.isfinite(np.frombuffer(b64decode(text))).all()
    assert turn(answer["batch"], fields=fields)["stopped"] is None or answer["stopped"]


def test_the_state_of_another_optimiser_is_left_behind():
    momentum = turn(3, fields={ids.OPTIMISER: "momentum"})
    assert set(momentum["state"]["slots"]) == set(engine.OPTIMISERS["momentum"].slots)
    fresh = answer_turn({"fields": XOR, "weights": momentum["weights"], "batch": 3, "batches": 2})
    assert turn(2, momentum)["weights"] == fresh["weights"]


BAD = {
    "batches": [-1, 1.0, "3", None, True, MOST_BATCHES + 1],
    "batch": [-1, 0.5, "0", 10**13],
    "views": ["boundary", ["hexagons"], [["maps"]], None],
    "state": [3, [], {"steps": 1}, {"steps": 1, "slots": 3}],
}


@pytest.mark.parametrize(("part", "value"), [(p, v) for p, values in BAD.items() for v in values])
def test_what_no_page_sends_is_named(part, value):
    with pytest.raises(RequestError, match=part):
        answer_turn({"fields": XOR, "batches": 1, part: value})


@pytest.mark.parametrize("text", ["", "%%%", "AAAA", None])
def test_a_bad_slot_is_named(text):
    state = {"steps": 1, "slots": dict.fromkeys(engine.OPTIMISERS["adam"].slots, text)}
    with pytest.raises(RequestError, match=r"state\.slots"):
        turn(1, state=state)


def test_large_networks_are_given_shorter_turns():
    big = {ids.LAYER_SIZES: "2-128-128-128-1", ids.BATCH_SIZE: "4"}
    assert turn(0, fields=big)["most_batches"] < turn(0)["most_batches"]


def test_the_route_tells_how_long_it_took():
    client = create_app().server.test_client()
    answer = client.post("/train", json={"fields": XOR, "batches": 3, "views": []})
    assert answer.status_code == 200
    assert answer.headers["Server-Timing"].startswith("answer;dur=")
    assert orjson.loads(answer.data) == orjson.loads(orjson.dumps(turn(3)))


def test_marks_are_the_states_that_a_turn_passes():
    whole = turn(23, every=4, views=["layers"])
    assert [mark["batch"] for mark in whole["marks"]] == [4, 8, 12, 16, 20]
    before = None
    for mark in whole["marks"]:
        before = turn(4, before, views=["layers"])
        same = ("weights", "state", "batch", "epoch", "iteration", "metrics", "views")
        assert {key: mark[key] for key in same} == {key: before[key] for key in same}
    alone = turn(23, views=["layers"])
    assert {**whole, "marks": []} == alone


def test_a_turn_has_no_more_marks_than_its_network_leaves_room_for():
    config, _ = read_config({**XOR, ids.LAYER_SIZES: "2-64-32-1"})
    data = load_data(config)
    marks = mark_batches(config, data, 0, 1000, 1)
    assert marks[0] > 1 and len(marks) == (1000 - 1) // marks[0] < MOST_MARKS
    assert {b - a for a, b in pairwise(marks)} == {marks[0]}
    assert mark_batches(config, data, 5, 5, 1) == mark_batches(config, data, 0, 9, 0) == []
