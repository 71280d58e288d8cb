"""A lesson read from its file: Markdown of a few kinds, each station with a short head.

`# title`, then `## station`; right below either, lines `key: value`: a field by its name, or one of
at, to, focus, table, tab, plot, batches, light. What stands below the title holds for all stations.
Then paragraphs with *stress*, **stress** and $TeX$, lists of `- `, formulas `$$…$$`, `> ` for the
lecturer. `?choice`, `?number` and `?point` ask: of the lines below, `- ` is wrong, `+ ` right, `= `
a number's reference or a neuron; what follows is shown with the answer. Everything else is text.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from components.config.fields import FIELDS
from components.lessons.lesson import KINDS, Block, Lesson, Pieces, Place, Question, Station

__all__ = ["LessonError", "read_lesson"]

HEAD: Final = re.compile(r"([a-z0-9-]+): (.*)", re.ASCII)
INLINE: Final = re.compile(r"(\$[^$\n]+\$|\*\*[^*\n]+\*\*|\*[^*\n]+\*)")
MARKS: Final = {"$": "tex", "**": "strong", "*": "em"}
ASKS: Final = re.compile(r"\?([a-z]+) (.*)", re.ASCII)
SPOT: Final = re.compile(r"[1-9][0-9]?(-[1-9][0-9]{0,2}){0,2}", re.ASCII)
REFERENCE: Final = re.compile(r"[a-zJ_]+(:[1-9][0-9]{0,2}){2,3}", re.ASCII)
OTHERS: Final = ("at", "to", "focus", "table", "tab", "plot", "batches", "light")
TABS: Final = {
    "tab": ("formula", "matrices"),
    "plot": ("loss", "data", "layers", "histograms", "confusion"),
}


class LessonError(ValueError):
    """A file that is no lesson; says which part of it, and what is allowed."""


def _pieces(text: str) -> Pieces:
    """The text with its formulas and what is stressed apart."""
    found: Pieces = []
    for i, part in enumerate(INLINE.split(text)):
        mark = next((m for m in MARKS if i % 2 and part.startswith(m)), "")
        if part:
            found.append((MARKS.get(mark, "text"), part[len(mark) : len(part) - len(mark)]))
    return found


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Lines between blank ones."""
    group: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            group.append(line.strip())
        elif group:
            yield group
            group = []


def _joined(lines: list[str]) -> str:
    """Lines as one; between Chinese characters a line's end is nothing."""
    text = "\n".join(lines)
    text = re.sub(r"(?<=[⺀-\uffef])\n(?=[⺀-\uffef])", "", text)
    return text.replace("\n", " ")


def _block(lines: list[str]) -> Block:
    if all(line.startswith("- ") for line in lines):
        return {"items": [_pieces(line[2:]) for line in lines]}
    text = _joined(lines)
    if len(text) > 4 and text.startswith("$$") and text.endswith("$$"):
        return {"tex": text[2:-2]}
    return {"text": _pieces(text)}


def _head(lines: list[str], where: str) -> tuple[dict[str, str], list[str]]:
    """The lines `key: value` that begin a part, and the rest of it."""
    facts: dict[str, str] = {}
    for n, line in enumerate(lines):
        match = HEAD.fullmatch(line.strip())
        if match is None:
            return facts, lines[n:]
        if match[1] not in (*FIELDS, *OTHERS):
            raise LessonError(f"{where}: {match[1]}. Allowed: {', '.join((*FIELDS, *OTHERS))}")
        if match[1] in facts:
            raise LessonError(f"{where}: {match[1]} stands twice")
        facts[match[1]] = match[2].strip()
    return facts, []


def _whole(facts: Mapping[str, str], name: str, where: str) -> int | None:
    text = facts.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text, re.ASCII):
        raise LessonError(f"{where}: {name}: {text}. Allowed: a whole number from 1")
    return int(text)


def _spot(text: str, where: str) -> list[int]:
    """Layer, neuron and input of a text such as 2-1 or 3-1-2."""
    if not SPOT.fullmatch(text):
        raise LessonError(f"{where}: {text}. Allowed: layer-neuron or layer-neuron-input")
    return [int(n) for n in text.split("-")]


def _place(facts: Mapping[str, str], where: str) -> Place:
    for name, allowed in TABS.items():
        if facts.get(name, allowed[0]) not in allowed:
            raise LessonError(f"{where}: {name}: {facts[name]}. Allowed: {', '.join(allowed)}")
    spot = _spot(facts["focus"], where) if "focus" in facts else []
    at = facts.get("at", "input")
    return Place(
        fields={name: text for name, text in facts.items() if name in FIELDS},
        at=at,
        to=facts.get("to", at),
        focus=dict(zip(("layer", "neuron", "input"), spot, strict=False)),
        table=_whole(facts, "table", where),
        tab=facts.get("tab", "formula"),
        plot=facts.get("plot", "loss"),
        batches=_whole(facts, "batches", where) or 0,
    )


def _right(kind: str, lines: list[str], where: str) -> Any:
    """What is right of a question's lines, which begin with -, + and =."""
    given = [line[2:].strip() for line in lines if line.startswith("= ")]
    if kind == "choice":
        right = [n for n, line in enumerate(lines) if line.startswith("+ ")]
        if len(right) == 1 and len(lines) > 1 and not given:
            return right[0]
    elif len(given) == len(lines) == 1:
        if kind == "point":
            return tuple((*_spot(given[0], where), 1)[:2])
        if REFERENCE.fullmatch(given[0]):
            return given[0]
    raise LessonError(f"{where}: a {kind} has one right answer: + among -, or = alone")


def _question(lines: list[str], answer: tuple[Block, ...], where: str) -> Question:
    begun = ASKS.fullmatch(lines[0])
    if begun is None or begun[1] not in KINDS:
        raise LessonError(f"{where}: {lines[0]}. Allowed: ?{', ?'.join(KINDS)}")
    asked = next((n for n, line in enumerate(lines) if line[:2] in ("- ", "+ ", "= ")), len(lines))
    given = lines[asked:]
    choices = tuple(_pieces(line[2:]) for line in given) if begun[1] == "choice" else ()
    ask = _pieces(_joined([begun[2], *lines[1:asked]]))
    return Question(begun[1], ask, _right(begun[1], given, where), choices, answer)


def _station(title: str, facts: Mapping[str, str], lines: list[str]) -> Station:
    blocks: list[Block] = []
    notes: list[Pieces] = []
    asked: list[str] | None = None
    answer: list[Block] = []
    for group in _paragraphs(lines):
        if all(line.startswith("> ") for line in group):
            notes.append(_pieces(_joined([line[2:] for line in group])))
        elif group[0].startswith("?") and asked is None:
            asked = group
        else:
            (blocks if asked is None else answer).append(_block(group))
    light = tuple(facts.get("light", "").split())
    for reference in light:
        if not REFERENCE.fullmatch(reference):
            raise LessonError(f"{title}: light: {reference}. Allowed: references as w:2:1:1")
    question = _question(asked, tuple(answer), title) if asked else None
    return Station(title, _place(facts, title), tuple(blocks), light, tuple(notes), question)


def read_lesson(text: str) -> Lesson:
    """The lesson of a file's text; raises `LessonError` naming the station and what is allowed."""
    first, *rest = re.split(r"^## ", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    title, *lines = first.strip().split("\n")
    if not title.startswith("# ") or not rest:
        raise LessonError("A lesson begins with # and its title, and has stations of ##")
    common, _ = _head(lines, title)
    stations = []
    for part in rest:
        name, *below = part.split("\n")
        facts, body = _head(below, name)
        stations.append(_station(name.strip(), {**common, **facts}, body))
    return Lesson(title[2:].strip(), tuple(stations))
