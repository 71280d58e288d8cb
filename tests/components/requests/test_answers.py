"""Kept answers: the same bytes as made ones, made once, and never those of another request."""

from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
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
