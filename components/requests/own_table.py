"""What the browser asks about a table of a person's own: how it is read, and its own data."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from components.data.csv_reading import Form, Table, read_table
from components.data.decoding import ENCODINGS, MOST_BYTES, decode
from components.data.own import read_own, read_salt, write_own
from components.data.proposal import Proposal, plain_number
from components.data.proposals import SEPARATOR_NAMES, propose
from components.data.sources import RawData
from components.data.table_roles import (
    KINDS,
    ROLES,
    Suggestion,
    numbers_of,
    suggest_kind,
    suggest_roles,
)
from components.data.table_samples import GAPS, Choice, Reading, read_samples
from components.messages import Message, message
from components.requests.reading import read_text, refuse
from components.visible import visible

__all__ = ["READ", "answer_read", "keep_own", "told_of"]

READ: Final = (
    *("text", "content", "encoding", "separator", "header", "decimal_comma", "roles", "kind"),
    *("answers", "use", "salt"),
)
PREVIEWED: Final = 8
MOST_NAMED: Final = 200  # letters
MOST_SHOWN: Final = 20_000  # characters of a file that the page shows as a text
SEPARATORS: Final = {name: separator for separator, name in SEPARATOR_NAMES.items()}
ANSWERS: Final = {
    "gaps": GAPS,
    "unread": ("keep", "rows"),
    "missing": ("gap", "word"),
    "onehot": ("yes", "no"),
}


def _option(body: Mapping[str, Any], name: str, allowed: tuple[Any, ...]) -> Any:
    value = body.get(name)
    shown = ", ".join(str(choice).lower() for choice in allowed)
    if value is not None and (type(value) is not type(allowed[0]) or value not in allowed):
        raise refuse(name, value, message("allowed.null_or", choices=shown))
    return value


def _answers(body: Mapping[str, Any]) -> dict[str, str]:
    """What a person answered, by the name of the question."""
    given = body.get("answers")
    if given is None:
        return {}
    if not isinstance(given, dict) or not set(given) <= set(ANSWERS):
        raise refuse("answers", given, ", ".join(ANSWERS))
    for name in given:
        _option(given, name, ANSWERS[name])
    return {name: value for name, value in given.items() if value is not None}


def _content(body: Mapping[str, Any]) -> tuple[str, str]:
    """The text of a request and the name of its encoding, empty for one that is no file."""
    content = body.get("content")
    encoding = _option(body, "encoding", tuple(ENCODINGS))
    if content is None:
        return read_text(body, "text"), ""
    allowed = message("allowed.base64", most=MOST_BYTES // 10**6)
    if not isinstance(content, str) or len(content) > 4 * (MOST_BYTES // 3 + 2):
        raise refuse("content", content, allowed)
    try:
        return decode(b64decode(content, validate=True), encoding)
    except (Base64Error, ValueError) as error:
        if isinstance(error, Base64Error):
            raise refuse("content", content, allowed) from None
        raise


def _roles(body: Mapping[str, Any], table: Table, suggestion: Suggestion) -> list[str]:
    """The asked roles, or the suggested where there are none or the columns are others."""
    roles = body.get("roles")
    if roles is None:
        return list(suggestion.roles)
    if not isinstance(roles, list) or not all(isinstance(r, str) and r in ROLES for r in roles):
        raise refuse("roles", roles, ", ".join(ROLES))
    return roles if len(roles) == len(table.names) else list(suggestion.roles)


def told_of(raw: RawData) -> Message:
    """What the data are, in a sentence."""
    n, m = raw.x.shape
    samples = message("data.samples", count=m, inputs=message("data.inputs", count=n))
    if raw.labels is None:
        targets = message("data.targets", count=len(raw.outputs))
        return message("data.regression", samples=samples, targets=targets)
    names = ", ".join(raw.classes)[:MOST_NAMED]
    return message("data.classes", samples=samples, classes=len(raw.classes), names=names)


def _as_read(table: Table) -> list[list[str]]:
    """The numbers of the first rows where they are not what is written there, else empty texts."""
    shown: list[list[str]] = [[""] * len(table.names) for _ in table.rows[:PREVIEWED]]
    for k, column in enumerate(table.columns):
        if not column.is_numeric:
            continue
        values = numbers_of(table, k).values
        for i, row in enumerate(shown):
            text, value = column.texts[i], float(values[i])
            plain = plain_number(value)
            if value == value and plain != text and not _same(text, value):
                row[k] = plain
    return shown


def _same(text: str, value: float) -> bool:
    """Whether everybody reads a cell as its value: 0.50 and 1e3, but not 1.250."""
    digits = text.lstrip("+-")
    if digits[-4:-3] == "." and digits[:1] != "0" and len(digits) <= 7:
        return False
    try:
        return text.isascii() and float(text) == value
    except ValueError:
        return False


def _shown(proposal: Proposal) -> dict[str, Any]:
    return {
        "name": proposal.name,
        "told": list(proposal.told),
        "choices": [{"value": value, "told": told} for value, told in proposal.choices],
        "chosen": proposal.chosen,
    }


def answer_read(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with a text as a table, what its columns may be for, and all that cannot be read.

    `text` is what was pasted, or `content` a file as base64, in an `encoding` of `ENCODINGS`;
    `separator` (comma, semicolon, tab, pipe, blank), `header`, `decimal_comma`, `roles` (input,
    target, ignored, by column) and `kind` (classes, regression) are found out where they are null;
    `answers` are those to proposals: "gaps" (rows, mean, frequent), "unread" (keep, rows),
    "missing" (gap, word), "onehot" (yes, no). With `use` and a random `salt` of 32 hexadecimal
    digits the answer carries "own", the object to keep, unless a question is open.
    {"names", "rows": the first 8, "read": their numbers where they are written otherwise, "count",
    "separator", "header", "decimal_comma", "encoding", "text": that of a file that is short,
    "roles", "kind", "proposals": [{"name", "told", "choices": [{"value", "told"}], "chosen": null
    in a question}], "problems", "problem_count", "told"}. Raises `CsvError` and `RequestError`.
    """
    text, encoding = _content(body)
    separator = _option(body, "separator", tuple(SEPARATORS))
    header = _option(body, "header", (True, False))
    decimal_comma = _option(body, "decimal_comma", (True, False))
    table = read_table(text, Form(SEPARATORS.get(separator or ""), header, decimal_comma))
    choice, reading, proposals = _read(body, table, encoding)
    raw = None if any(proposal.asked for proposal in proposals) else reading.raw
    answer = {
        **_preview(table),
        "encoding": encoding,
        "text": text if encoding and len(text) <= MOST_SHOWN else "",
        "roles": list(choice.roles),
        "kind": choice.kind,
        "proposals": [_shown(proposal) for proposal in proposals],
        "problems": list(reading.problems),
        "problem_count": reading.count,
        "told": told_of(raw) if raw else "",
    }
    if body.get("use") is True and raw:
        steps = tuple(told for proposal in proposals for told in proposal.told)
        answer["own"] = keep_own(replace(raw, steps=steps), body)
    return answer


def _read(
    body: Mapping[str, Any], table: Table, encoding: str
) -> tuple[Choice, Reading, list[Proposal]]:
    """What a table is for, the samples that it makes, and what was decided on the way."""
    answers = _answers(body)
    joined = {"yes": True, "no": False}.get(answers.get("onehot", ""))
    suggestion = suggest_roles(table, joined)
    roles = _roles(body, table, suggestion)
    choice = Choice(
        roles,
        _option(body, "kind", KINDS) or suggest_kind(table, roles),
        gaps=answers.get("gaps", "rows"),
        unread=answers.get("unread") == "rows",
        words=answers.get("missing") == "word",
    )
    reading = read_samples(table, choice)
    return choice, reading, propose(table, encoding, suggestion, choice, reading, answers)


def _preview(table: Table) -> dict[str, Any]:
    return {
        "names": list(table.names),
        "rows": [[visible(cell[:100]) for cell in row] for row in table.rows[:PREVIEWED]],
        "read": _as_read(table),
        "count": len(table.rows),
        "separator": SEPARATOR_NAMES[table.separator],
        "header": table.header,
        "decimal_comma": table.decimal_comma,
    }


def keep_own(raw: RawData, body: Mapping[str, Any]) -> dict[str, Any]:
    """The object of own data, kept here as well: it is asked for at once."""
    own = write_own(raw, read_salt(body.get("salt")))
    read_own(own)
    return own
