"""The training step on the stage as a file: worksheet, numbers or program."""

from collections.abc import Mapping
from typing import Any, Final

from components.export.formats import FORMATS
from components.export.training_step import told_where_it_stops
from components.messages import message
from components.requests.language import read_language
from components.requests.reading import read_flag, read_stage, read_whole, refuse

__all__ = ["EXPORT", "answer_export"]

EXPORT: Final = ("format", "solutions", "digits", "language")

LEAST_DIGITS: Final = 2
MOST_DIGITS: Final = 17
DIGITS: Final = 6


def _choices(body: Mapping[str, Any]) -> tuple[bool, int]:
    """Whether a worksheet has its solutions, and its most significant digits."""
    digits = read_whole("digits", body.get("digits", DIGITS), LEAST_DIGITS, MOST_DIGITS)
    return read_flag("solutions", body.get("solutions", False)), digits


def answer_export(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with one file: {"name", "text"}, or {"refused"} where the step overflows.

    `format` is one of FORMATS; worksheets heed `solutions` (bool) and `digits`, all that has words
    `language`. Raises as `read_stage`, and `RequestError` for what no page of ours sends.
    """
    asked = body.get("format")
    if not isinstance(asked, str) or asked not in FORMATS:
        raise refuse("format", asked, message("allowed.one_of", choices=", ".join(FORMATS)))
    row, (solutions, digits) = FORMATS[asked], _choices(body)
    language = read_language(body)
    return told_where_it_stops(
        read_stage(body),
        lambda step: {
            "name": step.name + row.ending_of(solutions),
            "text": row.build(step, solutions, digits, language),
        },
    )
