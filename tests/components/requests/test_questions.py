"""A question on its way: weighed before it costs, sent away at once or ended, and told why."""

import threading
import time
from dataclasses import replace

import pytest

from app import create_app
from components import ids
from components.requests import routes
from components.requests.question_size import WHAT, QuestionSize, size_of
from components.requests.routes import ROUTES, TRAIN
from components.serving.settings import Settings
from components.serving.work_gate import SMALL
from tests.english import english

LARGE = {ids.LAYER_SIZES: "60-60-60-60-60"}
SHORT = Settings(time_limit=0.3)
SHORTEST = Settings(time_limit=0.1)


def forever(_):
    while True:
        pass


@pytest.fixture
def slow(monkeypatch):
    """A server that computes without end on the route given to it, within a short limit."""

    def make(path, answer=forever):
        changed = replace(ROUTES[path], answer=answer)
        monkeypatch.setattr(routes, "ROUTES", {**ROUTES, path: changed})
        return create_app(SHORT).server.test_client()

    return make


@pytest.fixture(scope="module")
def endless():
    """The same on every route that has a limit, for tests that take turns."""
    with pytest.MonkeyPatch.context() as patch:
        never = {path: replace(route, answer=forever) for path, route in ROUTES.items()}
        patch.setattr(routes, "ROUTES", never)
        return create_app(SHORTEST).server.test_client()


def test_every_route_says_what_it_is_asked():
    assert set(WHAT) == {*ROUTES, TRAIN}


def test_only_the_published_examples_which_are_few_are_never_ended(slow):
    assert [path for path, route in ROUTES.items() if not route.limited] == ["/example"]

    def long(_):
        time.sleep(2 * SHORT.time_limit)
        return {"done": 1}

    assert slow("/example", long).post("/example", json={}).json == {"done": 1}


@pytest.mark.parametrize("path", [path for path in (*ROUTES, TRAIN) if path != "/example"])
def test_any_question_is_ended_and_says_what_was_too_large(endless, monkeypatch, path):
    client = endless
    if path == TRAIN:  # a turn would give way to what was asked just before
        monkeypatch.setattr("components.requests.train.answer_turn", forever)
        client = create_app(SHORTEST).server.test_client()
    staged = "fields" in ROUTES.get(path, ROUTES["/pass"]).known and path != "/weights/read"
    body = {"fields": LARGE} if staged else {}
    answer = client.post(path, json=body)
    assert answer.status_code == 200
    refused = english(answer.json["refused"])
    assert refused["field"] is None
    assert refused["text"].startswith(
        f"This took longer than 0.1 s and was ended: {english(WHAT[path])}"
    )
    assert not body or "5 layers, 14,400 weights" in refused["text"]
    # Its place is free again.
    assert "refused" in client.post(path, json=body).json


def test_what_was_ended_is_not_kept_as_the_answer(slow):
    hurry = threading.Event()
    client = slow("/pass", lambda body: {"done": 1} if hurry.is_set() else forever(body))
    assert "refused" in client.post("/pass", json={}).json
    hurry.set()
    assert client.post("/pass", json={}).json == {"done": 1}


def test_a_heavy_question_is_sent_away_at_once_beside_another_and_a_small_one_answered(slow):
    begun, go_on = threading.Event(), threading.Event()

    def held(body):
        begun.set()
        while not go_on.is_set():
            time.sleep(0.001)
        return {"done": 1}

    client = slow("/check", held)
    first = []
    body = {"fields": LARGE}
    thread = threading.Thread(
        target=lambda: first.append(client.application.test_client().post("/check", json=body).json)
    )
    thread.start()
    assert begun.wait(10)
    try:
        busy = client.post("/check", json=body)
        small = client.post("/pass", json={})
        export = client.post("/export", json={"fields": LARGE, "format": "csv"})
        unread = client.post("/data/read", data=b"x" * 10**6, content_type="application/json")
    finally:
        go_on.set()
        thread.join()
    for answer in (busy, export, unread):
        assert answer.status_code == 200
        assert 0 < answer.json["busy"]["after"] <= 5000
    assert "pass" in small.json
    # The test itself may take longer than the limit: then it was ended, and not sent away.
    assert set(first[0]) in ({"done"}, {"refused"})
    assert "refused" in client.post("/data/read", json={"text": ""}).json


@pytest.mark.parametrize(
    ("path", "fields", "small"),
    [
        ("/pass", {}, True),
        ("/pass", {ids.GRANULARITY: "neuron"}, True),
        ("/pass", {ids.LAYER_SIZES: "64-32-10", ids.DATASET: "digits"}, True),
        ("/pass", {ids.LAYER_SIZES: "2-8-8-8-8-8-8-1"}, True),
        ("/pass", {ids.LAYER_SIZES: "70-70-70-70-70-70-70-70-70-70"}, False),
        ("/pass", {ids.LAYER_SIZES: " 70 - 70–70-70-70-70 ", ids.GRANULARITY: "neuron"}, False),
        ("/check", {}, True),
        ("/check", LARGE, False),
        ("/check", {ids.LAYER_SIZES: "16-16-16-4", ids.SAMPLE_X: "1;" * 99}, False),
        ("/export", {}, True),
        ("/export", LARGE, False),
        ("/derivation", LARGE, True),
        ("/train", {}, True),
        ("/example/file", {}, True),
    ],
)
def test_what_is_declared_decides_whether_it_is_small(path, fields, small):
    size = size_of(path, 500, {"fields": fields})
    assert (size.milliseconds <= SMALL) == small


def test_own_data_that_are_kept_here_are_weighed_for_who_has_their_key():
    client = create_app().server.test_client()
    text = "x,y\n" + "".join(f"{n},{n % 3}\n" for n in range(50))
    read = client.post("/data/read", json={"text": text, "use": True, "salt": "ab" * 16}).json
    own, fields = read["own"], {ids.DATASET: "own"}
    key, name = {"key": own["key"]}, {"key": own["name"]}
    assert size_of("/data/add", 100, {"fields": fields, "own": key}).numbers == 50
    assert size_of("/data/add", 100, {"fields": fields, "own": name}).numbers == 0
    named = {**fields, ids.OWN_DATA: own["name"]}
    assert size_of("/data/add", 100, {"fields": named}).numbers == 0


@pytest.mark.parametrize("path", ["/data/read", "/weights/read", "/example/read"])
def test_a_file_is_weighed_by_its_bytes(path):
    assert QuestionSize(path, 3000).milliseconds <= SMALL < QuestionSize(path, 50_000).milliseconds
    assert english(QuestionSize(path, 4_800_000).told).endswith("in a request of 4.8 MB")


@pytest.mark.parametrize(
    "body",
    [
        *(
            {"fields": fields}
            for fields in (None, [], 7, {ids.LAYER_SIZES: None}, {ids.SAMPLE_X: 1})
        ),
        {"fields": {ids.LAYER_SIZES: "9" * 10_000}},
        {"fields": {ids.LAYER_SIZES: "9-" * 10_000}},
        {"fields": {ids.DATASET: "own", ids.OWN_DATA: "ab" * 32}, "own": 7},
        {"fields": {ids.DATASET: "own", ids.OWN_DATA: []}, "own": {"key": []}},
        {"batches": "many", "whole": 1},
    ],
)
@pytest.mark.parametrize("path", [*ROUTES, TRAIN])
def test_nothing_in_a_request_keeps_it_from_being_weighed(path, body):
    size = size_of(path, 100, body)
    assert size.milliseconds >= 0 and english(WHAT[path]) in english(size.told)
