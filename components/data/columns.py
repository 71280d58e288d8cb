"""One column of a table: its numbers with either decimal mark, its unit, gaps, dates and words."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

import engine
from components.data.cell_reading import (
    COMMA,
    LARGEST,
    POINT,
    is_date,
    is_gap,
    is_sure_gap,
    read_cell,
)

__all__ = ["Column", "Numbers", "decimal_marks", "scan"]

MOST_DISTINCT: Final = 100


@dataclass(frozen=True)
class Numbers:
    """The numbers (m,) of a column read with one decimal mark; gaps and `wrong` rows are NaN."""

    values: engine.Array
    gaps: tuple[int, ...]
    wrong: tuple[int, ...]


@dataclass
class Column:
    """What was found in the m cells of a column; rows count from 0.

    `point` and `comma` (m,) are the numbers with either decimal mark, NaN where there is none;
    `decided` counts the cells that are a number with one of them only, `ambiguous` are the rows
    that are another number with each, `units` says what stands beside the numbers, by row.
    """

    texts: list[str]
    point: engine.Array
    comma: engine.Array
    decided: Counter[str] = field(default_factory=Counter)
    ambiguous: list[int] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    gaps: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    words: Sequence[int] = field(default_factory=list)
    dates: int = 0
    numbers: int = 0

    @property
    def unit(self) -> str:
        """What most of the numbers have beside them, or an empty text."""
        counted = Counter(self.units.values())
        counted[""] = self.numbers - len(self.units)
        return counted.most_common(1)[0][0]

    @property
    def strangers(self) -> list[int]:
        """The rows of numbers whose unit is not that of the column."""
        unit = self.unit
        if not unit:
            return sorted(self.units)
        have = {row for row, other in self.units.items() if other == unit}
        bare = np.flatnonzero(~(np.isnan(self.point) & np.isnan(self.comma)))
        return [row for row in bare.tolist() if row not in have]

    @property
    def is_numeric(self) -> bool:
        """Whether most cells are numbers: a wrong one then is a mistake, not a label."""
        strange = len(self.strangers)
        numbers = self.numbers - strange
        return numbers > 0 and len(self.words) + strange < numbers + len(self.failed)

    @property
    def is_dated(self) -> bool:
        """Whether most cells are dates or times."""
        return self.dates * 2 > len(self.texts) - len(self.gaps) - len(self.unsure)

    def read(self, decimal: str) -> Numbers:
        """The numbers of the column, read with a decimal mark; what is neither is wrong."""
        values = (self.point if decimal == POINT else self.comma).copy()
        if self.units:
            values[self.strangers] = np.nan
        gaps = sorted((*self.gaps, *self.unsure))
        missing = np.isnan(values)
        missing[gaps] = False
        return Numbers(values, tuple(gaps), tuple(np.flatnonzero(missing).tolist()))


def _failed(text: str) -> bool:
    word = text.lstrip("+-\N{MINUS SIGN}").lower()
    return word in FAILED


# What programs and spreadsheets write in the place of a number that could not be computed.
FAILED: Final = frozenset(
    ("inf", "infinity", "#num!", "#value!", "#div/0!", "#ref!", "#name?", "-1.#ind", "1.#qnan")
)


def _word(column: Column, words: list[int], row: int, text: str) -> None:
    """A cell that is no number goes where it belongs."""
    if is_sure_gap(text):
        column.gaps.append(row)
    elif is_gap(text):
        column.unsure.append(row)
    elif _failed(text):
        column.failed.append(row)
    else:
        words.append(row)
        column.dates += is_date(text)


def scan(texts: Sequence[str]) -> Column:
    """A column looked at once, cell by cell."""
    m = len(texts)
    column = Column(list(texts), np.empty(0), np.empty(0))
    words: list[int] = []
    points: list[float | None] = [None] * m
    commas: list[float | None] = [None] * m
    for row, text in enumerate(texts):
        cell = read_cell(text)
        if cell is None:
            _word(column, words, row, text)
            continue
        point, comma, unit = cell
        value = comma if point is None else point
        if value is None or not -LARGEST <= value <= LARGEST:
            column.failed.append(row)
            continue
        points[row], commas[row] = point, comma
        if unit:
            column.units[row] = unit
        if point is None:
            column.decided[COMMA] += 1
        elif comma is None:
            column.decided[POINT] += 1
        elif point != comma:
            column.ambiguous.append(row)
    others = (column.gaps, column.unsure, column.failed, words)
    column.numbers = m - sum(map(len, others))
    column.words = array("i", words)  # a table of words is no larger than its text
    none = np.broadcast_to(np.nan, m)
    column.point = np.array(points, float) if column.decided[COMMA] < column.numbers else none
    column.comma = np.array(commas, float) if column.decided[POINT] < column.numbers else none
    return column


def decimal_marks(columns: Sequence[Column], forced: str | None = None) -> list[str | None]:
    """The decimal mark of each column: its own evidence, else that of the others, else None.

    Evidence is a cell that is a number with one mark only, as 0,5 or 1.250,00. None stands where
    cells such as 1,250 are two numbers and nothing decides between them; where no cell needs a
    mark, the point is as good.
    """
    own: list[str | None] = []
    for column in columns:
        found = column.decided if column.is_numeric else Counter[str]()
        own.append(max((POINT, COMMA), key=lambda mark: found[mark]) if found else None)
    seen = {mark for mark in own if mark}
    shared = seen.pop() if len(seen) == 1 else None
    marks: list[str | None] = []
    for column, mark in zip(columns, own, strict=True):
        needed = column.is_numeric and column.ambiguous
        marks.append(forced or mark or (shared if needed else shared or POINT))
    return marks
