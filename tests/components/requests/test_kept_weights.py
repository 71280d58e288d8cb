"""Weights that a question only names: the same answers, or the browser is asked for them."""

from itertools import pairwise

import pytest

from app import create_app
from components import ids
from components.config.texts import make_network, read_config
from components.requests import kept_weights
from components.requests.kept_weights import SMALLEST
from components.requests.passes import answer_pass
from components.wire import write_weights
from tests.english import english

SIZES = "64-64-10"
FIELDS = {ids.LAYER_SIZES: SIZES}


@pytest.fixture
def client():
    return create_app().server.test_client()


def whole():
    net = make_network(read_config(FIELDS)[0])
    return write_weights(net.w, net.b)


def ask(client, weights, **more):
    return client.post("/pass", json={"fields": FIELDS, "weights": weights, **more}).json


def test_a_name_stands_for_the_weights_before_and_after(client):
    sent = ask(client, whole(), iteration=3)
    named = sent["pass"]["named"]
    assert ask(client, {"named": named["before"]}, iteration=3) == sent
    following = ask(client, {"named": named["after"]}, iteration=4)["pass"]
    assert following["iteration"] == 4
    assert following["named"]["before"] == named["after"] != named["before"]


def test_any_question_about_the_stage_may_name_its_weights(client):
    weights = whole()
    name = ask(client, weights)["pass"]["named"]["before"]
    for path, more in (("/export", {"format": "csv"}), ("/check", {})):
        bodies = [{"fields": FIELDS, "weights": one, **more} for one in (weights, {"named": name})]
        first, second = (client.post(path, json=body) for body in bodies)
        assert first.status_code == 200 and first.data == second.data, path


def test_a_process_that_does_not_know_a_name_asks_for_the_weights(client, monkeypatch):
    name = ask(client, whole())["pass"]["named"]["after"]
    monkeypatch.setattr(kept_weights, "_cache", kept_weights.ContentCache(2**20))
    assert ask(client, {"named": name}) == {"missing": name}
    # It is an answer of the moment, not one to keep.
    assert "pass" in ask(client, whole(), iteration=1)
    assert "pass" in ask(client, {"named": name})


def test_weights_of_other_sizes_are_refused(client):
    name = ask(client, whole())["pass"]["named"]["after"]
    asked = {"fields": {ids.LAYER_SIZES: "64-32-10"}, "weights": {"named": name}}
    answer = client.post("/pass", json=asked)
    assert answer.status_code == 400
    assert english(answer.json["error"]).startswith("weights.named: ")


def test_small_weights_have_no_name():
    assert answer_pass({})["pass"]["named"] == {}
    sizes = [int(n) for n in SIZES.split("-")]
    assert sum(n * k for n, k in pairwise(sizes)) >= SMALLEST
