"""The routes of worked examples: what they answer stands on the stage as the rows say."""

from base64 import b64decode

import numpy as np
import orjson
import pytest

from app import create_app
from components.examples.files import published
from tests.english import english


@pytest.fixture(scope="module")
def ask():
    client = create_app().server.test_client()

    def post(path, body):
        answer = client.post(path, json=body)
        return answer.status_code, orjson.loads(answer.data)

    return post


def on_stage(passed, row):
    """The number of a row as a pass brings it, new w and b at the update."""
    entries = [
        v for v in passed["values"] if (v["symbol"], v["layer"]) == (row["symbol"], row["layer"])
    ]
    value = entries[-1 if row["kind"] == "update" else 0]
    array = np.frombuffer(b64decode(value["data"]), "<f8").reshape(value["rows"], value["cols"])
    return array[row["row"] - 1, row["col"] - 1]


@pytest.mark.parametrize("name", list(published()))
def test_every_row_is_the_number_of_the_stage_it_leads_to(ask, name):
    _, answer = ask("/example", {"name": name})
    passes = {
        state: ask("/pass", {"fields": answer["fields"], "weights": weights, "iteration": 0})[1]
        for state, weights in answer["states"].items()
    }
    assert answer["rows"]
    for row in answer["rows"]:
        passed = passes[str(row["state"])]
        assert not passed["fresh"] and not passed["notices"]
        assert on_stage(passed["pass"], row) == pytest.approx(row["value"], rel=1e-14)


def test_the_whole_answer_adds_the_later_steps(ask):
    _, first = ask("/example", {"name": "mazur-2015"})
    _, whole = ask("/example", {"name": "mazur-2015", "whole": True})
    assert (first["more"], whole["more"]) == (True, False)
    assert whole["rows"][: len(first["rows"])] == first["rows"]
    later = whole["rows"][len(first["rows"]) :]
    assert {row["steps"] for row in later} == {10_000}
    assert {row["verdict"] for row in later} == {"erratum"}
    assert [row["reproduced"] for row in whole["mistake"]["rows"]] == [True] * 3
    costs = [state["value"] for state in whole["further"]]
    assert [state["steps"] for state in whole["further"]] == [0, 1, 10, 100, 1000, 10_000]
    assert costs == sorted(costs, reverse=True)


def test_words_travel_as_messages_and_a_persons_own_as_they_are(ask):
    _, answer = ask("/example", {"name": "mazur-2015"})
    assert answer["title"] == {"key": "published.mazur-2015.title", "arguments": {}}
    why = next(row["why"] for row in answer["rows"] if row["why"])
    assert english(why).startswith("the source took the hidden δ with the already updated w")
    _, saved = ask("/example/file", {"fields": {}})
    _, own = ask("/example/read", {"text": saved["text"]})
    assert (own["title"], own["source"]) == ("3-3-2, sigmoid", "saved from the stage")


def test_a_stage_is_saved_in_the_language_of_the_page(ask):
    _, saved = ask("/example/file", {"fields": {}, "language": "zh"})
    assert orjson.loads(saved["text"])[0]["title"] == "3-3-2，sigmoid"
    for language in ("xx", 1, ["en"], None):
        status, answer = ask("/example/file", {"fields": {}, "language": language})
        assert status == 400
        assert "en, zh" in english(answer["error"])


def test_without_a_printed_step_there_is_no_learning_rate(ask):
    _, answer = ask("/example", {"name": "g-eoj-cs231n"})
    assert "learning-rate" not in answer["fields"]
    assert (list(answer["states"]), answer["more"]) == (["0"], False)


@pytest.mark.parametrize("body", [{}, {"name": "none"}, {"name": ["a"]}, {"whole": 1}, {"x": 1}])
def test_what_no_page_sends_is_refused(ask, body):
    known = {} if {"name", "x"} & set(body) else {"name": "softmax"}
    status, answer = ask("/example", {**known, **body} if body else body)
    assert status == 400
    assert answer["error"]


def test_a_saved_stage_is_read_back(ask):
    _, saved = ask("/example/file", {"fields": {"layer-sizes": "2-3-1", "sample-x": "1, 2"}})
    assert saved["name"] == "deltaflow-example-2-3-1.json"
    _, answer = ask("/example/read", {"text": saved["text"]})
    again = ask("/example/file", {"fields": answer["fields"], "weights": answer["states"]["0"]})
    assert again[1] == saved
    assert "agree" in english(answer["exact"])


def test_a_defect_of_a_file_is_told_as_a_refusal(ask):
    status, answer = ask("/example/read", {"text": "[{}]"})
    assert status == 200
    assert answer["refused"]["field"] is None
    assert "no title" in english(answer["refused"]["text"])
    assert ask("/example/read", {"text": 5})[0] == 400
