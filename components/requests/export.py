"""The training step on the stage as a file: worksheet, numbers or program."""

from collections.abc import Mapping
from typing import Any, Final

from components.export.formats import FORMATS
from components.export.training_step import told_where_it_stops
from components.messages import DEFAULT, LANGUAGES
from components.requests.reading import read_stage, refuse

__all__ = ["EXPORT", "answer_export"]

EXPORT: Final = ("format", "solutions", "digits", "language")

LEAST_DIGITS: Final = 2
MOST_DIGITS: Final = 17
DIGITS: Final = 6


def _choices(body: Mapping[str, Any]) -> tuple[bool, int]:
    """Whether a worksheet has its solutions, and its most significant digits."""
    solutions, digits = body.get("solutions", False), body.get("digits", DIGITS)
    if type(solutions) is not bool:
        raise refuse("solutions", solutions, "true or false")
    if type(digits) is not int or not LEAST_DIGITS <= digits <= MOST_DIGITS:
        allowed = f"a whole number from {LEAST_DIGITS} to {MOST_DIGITS}"
        raise refuse("digits", digits, allowed)
    return solutions, digits


def _language(body: Mapping[str, Any]) -> str:
    """The language of the words in the file."""
    language = body.get("language", DEFAULT)
    if not isinstance(language, str) or language not in LANGUAGES:
        raise refuse("language", language, f"one of {', '.join(LANGUAGES)}")
    return language


def answer_export(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with one file: {"name", "text"}, or {"refused"} where the step overflows.

    `format` is one of FORMATS; worksheets heed `solutions` (bool) and `digits`, all that has words
    `language`. Raises as `read_stage`, and `RequestError` for what no page of ours sends.
    """
    asked = body.get("format")
    if not isinstance(asked, str) or asked not in FORMATS:
        raise refuse("format", asked, f"one of {', '.join(FORMATS)}")
    row, (solutions, digits), language = FORMATS[asked], _choices(body), _language(body)
    return told_where_it_stops(
        read_stage(body),
        lambda step: {
            "name": step.name + row.ending_of(solutions),
            "text": row.build(step, solutions, digits, language),
        },
    )
