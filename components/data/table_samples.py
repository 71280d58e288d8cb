"""The own data that a table makes: gaps left out or filled, words as inputs, columns as classes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

import engine
from components.data.csv_reading import Table
from components.data.own import MOST_CLASSES, MOST_COLUMNS, MOST_NAME
from components.data.sources import IntArray, RawData
from components.data.table_problems import Problems
from components.data.table_roles import is_one_hot, numbers_of
from components.messages import Message, message, require
from components.visible import visible

__all__ = ["GAPS", "Choice", "Reading", "read_samples"]

GAPS: Final = ("rows", "mean", "frequent")
KINDS: Final = ("classes", "regression")
require(*(f"table.roles.{kind}" for kind in KINDS))


@dataclass(frozen=True)
class Choice:
    """What a person decided: the roles of the columns, the kind of the targets, and of gaps.

    gaps: the rows are left out, or filled by the mean or the most frequent; unread: rows that
    cannot be read are left out; words: NA and the like among words are words.
    """

    roles: Sequence[str]
    kind: str
    gaps: str = "rows"
    unread: bool = False
    words: bool = False


@dataclass
class Reading:
    """The own data of a table, or None and why: at most 20 problems of `count` in all.

    `gaps` are the cells without a value by column, `left_out` the rows that gaps cost, `unread`
    the rows that cannot be read, `filled` what stands in the gaps of a column, `hot` the inputs
    that the words of a column became.
    """

    raw: RawData | None = None
    problems: tuple[Message, ...] = ()
    count: int = 0
    gaps: dict[int, int] = field(default_factory=dict)
    left_out: int = 0
    unread: int = 0
    filled: dict[int, str] = field(default_factory=dict)
    hot: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class _Part:
    """One used column: numbers (m,) or words, and the rows (from 0) without a value."""

    k: int
    values: engine.Array | None
    words: list[str]
    gaps: Sequence[int]


class _Reader:
    """One reading of a table: columns, then rows, then samples."""

    def __init__(self, table: Table, choice: Choice) -> None:
        self.table, self.choice = table, choice
        self.problems = Problems(table)
        self.reading = Reading()
        self.keep = np.ones(len(table.rows), bool)
        self.wrong: set[int] = set()

    def _flawed(self, k: int, rows: Sequence[int], what: Callable[[str], Message]) -> None:
        self.wrong.update(rows)
        if not self.choice.unread:
            self.problems.cells(k, rows, what)

    def part(self, k: int, label: bool) -> _Part:
        """A column as an input or a target of numbers, or as the labels of classes."""
        column = self.table.columns[k]
        if column.is_dated:
            self.problems.column(k, "table.dates")
        if column.is_numeric and not label:
            read = numbers_of(self.table, k)
            self._flawed(k, read.wrong, lambda text: self.problems.no_number(k, text))
            return _Part(k, read.values, [], read.gaps)
        words = self.problems.labels(k) if label else [visible(text) for text in column.texts]
        self._flawed(k, self.problems.torn(k), self.problems.no_class)
        unsure = () if self.choice.words or (label and "+" in words) else column.unsure
        return _Part(k, None, words, sorted((*column.gaps, *unsure)))

    def drop(self, parts: Sequence[_Part], targets: Sequence[_Part]) -> None:
        """Which rows stay: without gaps in targets, nor in inputs unless those are filled."""
        reading = self.reading
        for part in (*parts, *targets):
            if part.gaps:
                reading.gaps[part.k] = len(part.gaps)
            if part in targets or self.choice.gaps == "rows":
                self.keep[list(part.gaps)] = False
        reading.left_out = int(np.sum(~self.keep))
        reading.unread = len(self.wrong)
        if self.choice.unread:
            self.keep[sorted(self.wrong)] = False
        if not self.keep.any():
            self.problems.table("table.no_row")

    def filled(self, part: _Part) -> engine.Array:
        """The numbers of an input in the rows that stay, its gaps filled."""
        assert part.values is not None
        values = part.values[self.keep]
        holes = np.isnan(values)
        if not holes.any() or self.choice.gaps == "rows":
            return values
        known = values[~holes]
        if not len(known):
            self.problems.column(part.k, "table.no_value")
            return values
        if self.choice.gaps == "mean":
            fill = float(known.mean())
        else:
            different, counts = np.unique(known, return_counts=True)
            fill = float(different[counts.argmax()])
        self.reading.filled[part.k] = f"{fill:.6g}"
        return np.where(holes, fill, values)

    def hot(self, part: _Part) -> tuple[list[engine.Array], list[str]]:
        """One input of 0 and 1 for each word of a column, in the order of the alphabet."""
        gaps = set(part.gaps)
        rows = np.flatnonzero(self.keep).tolist()
        known = [part.words[i] for i in rows if i not in gaps]
        names, counts = np.unique(known, return_counts=True)
        if len(names) > MOST_COLUMNS:
            self.problems.column(part.k, "table.categories", labels=len(names), most=MOST_COLUMNS)
            return [], []
        if gaps and self.choice.gaps != "rows" and len(names):
            self.reading.filled[part.k] = str(names[counts.argmax()])
        fill = self.reading.filled.get(part.k, "")
        words = np.array([fill if i in gaps else part.words[i] for i in rows])
        self.reading.hot[part.k] = tuple(map(str, names))
        named = [f"{self.table.names[part.k]}={name}"[:MOST_NAME] for name in names]
        return [(words == name).astype(float) for name in names], named

    def inputs(self, parts: Sequence[_Part]) -> tuple[engine.Array, tuple[str, ...]]:
        """x (n, rows that stay) and the names of its rows."""
        rows: list[engine.Array] = []
        names: list[str] = []
        for part in parts:
            if part.values is None:
                more, named = self.hot(part)
                rows.extend(more[: MOST_COLUMNS + 1 - len(rows)])
                names.extend(named)
            else:
                rows.append(self.filled(part))
                names.append(self.table.names[part.k])
        if len(names) > MOST_COLUMNS:
            self.problems.table("table.inputs", inputs=len(names), most=MOST_COLUMNS)
        return np.array(rows[:MOST_COLUMNS]), tuple(names)

    def classes(self, targets: Sequence[_Part]) -> tuple[IntArray, tuple[str, ...]]:
        """The class of each row that stays, from 0, and the names of the classes."""
        if len(targets) > 1:
            places = np.array([part.values for part in targets])[:, self.keep]
            return places.argmax(axis=0), tuple(self.table.names[part.k] for part in targets)
        part = targets[0]
        rows = np.flatnonzero(self.keep).tolist()
        names = self.problems.class_names(part.k, {part.words[i] for i in rows})
        if not 2 <= len(names) <= MOST_CLASSES:
            self.problems.column(part.k, "table.labels", labels=len(names), most=MOST_CLASSES)
        at = {name: i for i, name in enumerate(names)}
        return np.array([at[part.words[i]] for i in rows], np.int64), tuple(map(visible, names))


def read_samples(table: Table, choice: Choice) -> Reading:
    """The own data of a table's columns, each with its role.

    Classes are those of one target, or of several that are one-hot together.
    """
    inputs = [k for k, role in enumerate(choice.roles) if role == "input"]
    targets = [k for k, role in enumerate(choice.roles) if role == "target"]
    classes = choice.kind == "classes"
    several = classes and len(targets) > 1 and not is_one_hot(table, targets)
    if not inputs or not targets or several:
        told = message(f"table.roles.{choice.kind}", inputs=len(inputs), targets=len(targets))
        return Reading(problems=(told,), count=1)
    reader = _Reader(table, choice)
    given = [reader.part(k, label=False) for k in inputs]
    wanted = [reader.part(k, label=classes and len(targets) == 1) for k in targets]
    wordy = [part.k for part in wanted if part.values is None] if not classes else []
    for k in wordy:
        reader.problems.column(k, "table.words")
    reader.drop(given, wanted)
    problems, reading = reader.problems, reader.reading
    raw = _raw(reader, given, wanted, classes) if reader.keep.any() and not wordy else None
    reading.raw = None if problems.count else raw
    reading.problems, reading.count = tuple(problems.told), problems.count
    return reading


def _raw(
    reader: _Reader, given: Sequence[_Part], wanted: Sequence[_Part], classes: bool
) -> RawData:
    """The samples of the rows that stay, of little use where there are problems."""
    x, names = reader.inputs(given)
    if classes:
        return RawData(x, names, *reader.classes(wanted))
    y = np.array([part.values[reader.keep] for part in wanted if part.values is not None])
    outputs = tuple(reader.table.names[part.k] for part in wanted)
    return RawData(x, names, targets=y, outputs=outputs)
