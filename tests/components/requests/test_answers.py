"""Kept answers: the same bytes as made ones, bounded, and never those of another request."""

import pytest

from app import create_app
from components.requests.kept_answers import KeptAnswers


def test_an_answer_is_made_once():
    kept, asked = KeptAnswers(1000), []
    for _ in range(3):
        assert kept.answer(b"a", lambda raw: asked.append(raw) or raw * 2) == b"aa"
    assert kept.answer(b"b", lambda raw: asked.append(raw) or raw * 2) == b"bb"
    assert asked == [b"a", b"b"]


def test_it_is_bounded_and_forgets_what_was_asked_for_longest_ago():
    kept, made = KeptAnswers(1000), []
    make = lambda raw: made.append(raw) or bytes(100)  # noqa: E731
    for number in range(10):
        kept.answer(bytes([number]), make)
    kept.answer(bytes([0]), make)
    kept.answer(bytes([10]), make)
    assert kept._size == sum(map(len, kept._kept.values())) <= 1000
    made.clear()
    kept.answer(bytes([0]), make)
    kept.answer(bytes([1]), make)
    assert made == [bytes([1])]


def test_one_large_answer_does_not_empty_it():
    kept = KeptAnswers(1000)
    kept.answer(b"small", bytes)
    kept.answer(b"large", lambda raw: bytes(900))
    assert kept._size == 5


def test_what_cannot_be_answered_is_not_kept():
    kept = KeptAnswers(1000)
    with pytest.raises(ValueError):
        kept.answer(b"bad", lambda raw: int("x"))
    assert kept.answer(b"bad", lambda raw: b"good") == b"good"


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
