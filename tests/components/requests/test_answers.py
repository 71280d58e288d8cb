"""Answers: kept ones the same bytes as made ones, large ones compressed as the browser takes it."""

import gzip
from itertools import count

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from components.requests.compression import SMALLEST
from components.requests.questions import MOST_KEPT, Route, question_view
from components.serving.time_limit import TimeLimit
from components.serving.work_gate import WorkGate


def counting(kept: bool, more: str = "") -> FlaskClient:
    """A server that answers how many answers it has made."""
    numbers = count(1)
    route = Route(lambda body: {"made": next(numbers), "more": more}, ("a", "b"), kept=kept)
    server = Flask(__name__)
    view = question_view("/pass", route, WorkGate(), TimeLimit(60))
    server.add_url_rule("/pass", "pass", view, methods=["POST"])
    return server.test_client()


def made(client: FlaskClient, *bodies: dict[str, int]) -> list[int]:
    return [client.post("/pass", json=body).json["made"] for body in bodies]


@pytest.mark.parametrize(("kept", "expected"), [(True, [1, 1, 2, 1]), (False, [1, 2, 3, 4])])
def test_an_answer_is_made_once_where_it_is_kept(kept, expected):
    assert made(counting(kept), {"a": 1}, {"a": 1}, {"b": 1}, {"a": 1}) == expected


def test_one_large_answer_is_not_kept():
    assert made(counting(True, "x" * MOST_KEPT), {"a": 1}, {"a": 1}) == [1, 2]


def test_a_pass_has_the_same_bytes_from_any_process_in_any_order():
    bodies = [
        {"fields": {"layer-sizes": sizes, "seed": str(seed)}, "iteration": seed}
        for sizes in ("3-3-2", "2-4-1")
        for seed in (1, 2)
    ]
    one, other = (create_app().server.test_client() for _ in range(2))
    first = [one.post("/pass", json=body).data for body in bodies]
    second = [other.post("/pass", json=body).data for body in reversed(bodies)][::-1]
    again = [one.post("/pass", json=body).data for body in bodies]
    assert first == second == again
    assert len(set(first)) == 4


DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("deflate", None),
        ("", None),
    ],
)
def test_a_large_answer_is_compressed_as_the_browser_takes_it(accepted, expected):
    client = counting(True, "x" * SMALLEST)
    plain = client.post("/pass", json={"a": 1}, headers={"Accept-Encoding": "identity"})
    answer = client.post("/pass", json={"b": 1}, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == expected
    whole = DECODERS.get(expected, bytes)(answer.data)
    assert whole == plain.data.replace(b'"made":1', b'"made":2')
    assert ("Accept-Encoding" in answer.vary) is bool(expected)
    assert (len(answer.data) < len(whole) / 100) is bool(expected)


def test_a_small_answer_goes_out_as_it_is():
    client = counting(True, "x" * (SMALLEST - 100))
    answer = client.post("/pass", json={"a": 1}, headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers and answer.json["made"] == 1


def test_an_answer_that_is_kept_in_one_encoding_is_not_given_to_who_takes_another():
    client = counting(True, "x" * SMALLEST)
    for accepted in ("br", "gzip", "identity", "br"):
        answer = client.post("/pass", json={}, headers={"Accept-Encoding": accepted})
        found = answer.headers.get("Content-Encoding", "identity")
        assert found == accepted and b'"made"' in DECODERS.get(found, bytes)(answer.data)
