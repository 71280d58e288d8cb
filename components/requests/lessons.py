"""What the browser asks of lessons: their titles, and one of them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from components.lessons.files import LESSONS, built_in
from components.requests.language import read_language
from components.requests.reading import read_text, refuse

__all__ = ["LESSON", "answer_lesson", "answer_lessons"]

LESSON: Final = ("name", "language")


def answer_lessons(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the titles of all lessons in their order: {"lessons": [{"name", "title"}, …]}."""
    language = read_language(body)
    return {"lessons": [{"name": n, "title": built_in(n, language).title} for n in LESSONS]}


def answer_lesson(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with a lesson as plain data; `RequestError` for a name that is none."""
    name = read_text(body, "name")
    if name not in LESSONS:
        raise refuse("name", name, ", ".join(LESSONS))
    return asdict(built_in(name, read_language(body)))
