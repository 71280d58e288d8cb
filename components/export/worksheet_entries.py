"""What is written into a worksheet: decimals, matrices, sums, and blanks where they are asked for.

= stands only where the shown decimals are exact, ≈ elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import engine
from components.config.fields import number_text
from components.export.tex_width import COLUMN_GAP, TEXT_WIDTH, width
from components.export.training_step import TrainingStep
from components.messages import LANGUAGES, Message, message, render

__all__ = ["MOST_SHOWN", "ROOM", "Entries", "long_sum"]

MOST_SHOWN: Final = 8
FIRST_SHOWN: Final = 5
# What a line has right of the &: all but the widest left side.
ROOM: Final = TEXT_WIDTH - 62
BETWEEN: Final = 12.5
MOST_IN_ROW: Final = 8
MOST_DIGITS: Final = 17
BLANK: Final = r"\underline{\hspace{6em}}"
# The relation before a matrix and its brackets.
FRAME: Final = 36.0
# Columns whose numbers are as long as those of the widest layer.
WIDEST_COLUMNS: Final = (99, engine.MAX_NEURONS - 1)
BLANK_ENTRY: Final = r"\underline{\vphantom{\big|}\hspace{3em}}"


def _columns(taken: Iterable[int | None], language: str) -> str:
    """Which columns of a matrix stand in a line, counted from 1; nothing of the dots alone."""
    shown = [k + 1 for k in taken if k is not None]
    if not shown:
        return ""
    told = message("worksheet.columns", first=shown[0], last=shown[-1])
    if len(shown) == 1:
        told = message("worksheet.column", column=shown[0])
    return rf"\text{{{render(told, language)} }}"


@cache
def _columns_width() -> float:
    """The widest that this is in any language: lines break alike in all of them."""
    return max(width(_columns(WIDEST_COLUMNS, language)) for language in LANGUAGES)


def _folded(n: int) -> list[int | None]:
    """The indices 0…n−1, the middle of many replaced by None."""
    if n <= MOST_SHOWN:
        return list(range(n))
    return [*range(FIRST_SHOWN), None, *range(n - MOST_SHOWN + FIRST_SHOWN + 1, n)]


def in_rows(
    pieces: Sequence[str], most: int, before: float, after: float, between: float = BETWEEN
) -> list[list[str]]:
    """The pieces in rows of at most so many and no wider than the paper.

    `before` and `after` are the widths of what stands in front of each row and behind the last.
    """
    rows: list[list[str]] = [[]]
    used = before
    for i, piece in enumerate(pieces):
        wide = width(piece) + between
        last = after if i == len(pieces) - 1 else 0
        if rows[-1] and (len(rows[-1]) == most or used + wide + last > ROOM):
            rows.append([])
            used = before
        rows[-1].append(piece)
        used += wide
    return rows


def long_sum(terms: Sequence[str], in_line: int, around: str = "") -> str:
    """The terms with + between them, folded when many, on several aligned lines when long.

    `around` is what stands before and behind the sum.
    """
    shown = [r"\cdots" if i is None else terms[i] for i in _folded(len(terms))]
    before = width(r"\approx \quad +") + (width(r"\bigl(") if around else 0)
    rows = in_rows(shown, in_line, before, width(r"\bigr)" + around))
    return " \\\\\n&\\quad {} + ".join(" + ".join(row) for row in rows)


@dataclass(frozen=True)
class Entries:
    """How the numbers of a step are written: with so many significant digits, or left out."""

    step: TrainingStep
    solutions: bool
    digits: int
    language: str

    def words(self, told: Message) -> str:
        """What is told within a formula."""
        return rf"\text{{{render(told, self.language)}}}"

    def _decimal(self, value: float, digits: int | None = None) -> str:
        whole, digits = number_text(value), digits or self.digits
        if len(whole.partition("e")[0].lstrip("-").replace(".", "").strip("0")) <= digits:
            return whole
        return f"{value:.{digits}g}"

    def number(self, value: float, digits: int | None = None) -> str:
        """The value in TeX, rounded where it has more digits than ours; just 10^{-6} for 1e-06."""
        text = self._decimal(value, digits)
        mantissa, power, exponent = text.partition("e")
        if not power:
            return mantissa
        raised = f"10^{{{int(exponent)}}}"
        if mantissa in ("1", "-1") and float(text) == value:
            return mantissa.removesuffix("1") + raised
        return rf"{mantissa} \times {raised}"

    def difference(self, one: float, other: float) -> str:
        """(one) - (other), with as many digits as the difference needs to be told."""
        wanted = one - other

        def is_told(digits: int) -> bool:
            shown = float(self._decimal(one, digits)) - float(self._decimal(other, digits))
            return abs(shown - wanted) <= 0.5 * 10.0**-self.digits * abs(wanted)

        digits = next(filter(is_told, range(self.digits, MOST_DIGITS)), MOST_DIGITS)
        return f"({self.number(one, digits)}) - ({self.number(other, digits)})"

    def relation(self, values: Iterable[float], rational: bool = True) -> str:
        """= where every value is shown whole and none was rounded on its way, else ≈."""
        whole = rational and all(float(self._decimal(value)) == value for value in values)
        return "=" if whole else r"\approx"

    def is_rational(self, layer: int, back: bool = False) -> bool:
        """Whether z^l, or everything on the way back, comes of shown decimals by + and × alone."""
        net = self.step.net
        passed = net.activations if back else net.activations[: layer - 2]
        return (
            all(engine.ACTIVATIONS[name].rational for name in passed)
            and (not back or engine.LOSSES[net.loss].rational)
            and self._given_whole
        )

    @cached_property
    def _given_whole(self) -> bool:
        """Whether all that the step begins with is shown with all its digits."""
        net, values = self.step.net, self.step.values
        arrays = [*net.w.values(), *net.b.values(), values["x", 1], values["y", net.L]]
        given = [self.step.config.learning_rate, *(v for array in arrays for v in array.flat)]
        return self.relation(given) == "="

    def _entry(self, value: float) -> str:
        return self.number(value) if self.solutions else BLANK_ENTRY

    def _cell(self, array: engine.Array, j: int | None, k: int | None, known: bool) -> str:
        if j is None:
            return r"\vdots"
        if k is None:
            return r"\cdots"
        return self.number(array[j, k]) if known else BLANK_ENTRY

    def _matrix(self, relation: str, array: engine.Array, known: bool) -> list[str]:
        """The lines of a matrix, a group of columns in each where it is wider than the paper."""
        rows = _folded(array.shape[0])
        columns = {
            k: [self._cell(array, j, k, known) for j in rows] for k in _folded(array.shape[1])
        }
        widest = [max(column, key=width) for column in columns.values()]
        fits = len(in_rows(widest, MOST_IN_ROW, FRAME, 0, COLUMN_GAP)) == 1
        before = FRAME + (0 if fits else _columns_width())
        groups = in_rows(widest, MOST_IN_ROW, before, 0, COLUMN_GAP)
        lines: list[str] = []
        names = list(columns)
        for group in groups:
            taken, names = names[: len(group)], names[len(group) :]
            cells = zip(*(columns[k] for k in taken), strict=True)
            body = r" \\ ".join(" & ".join(row) for row in cells)
            matrix = rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
            which = "" if fits else _columns(taken, self.language)
            lines.append(f"&{'' if lines else relation + ' '}{which}{matrix}")
        return lines

    def given(self, left: str, array: engine.Array) -> str:
        """The lines that give a matrix."""
        first, *more = self._matrix(self.relation(array.flat), array, True)
        return " \\\\\n".join([f"{left} {first}", *more])

    def asked_matrix(self, array: engine.Array, rational: bool) -> str:
        """The last lines of a question for a matrix."""
        relation = self.relation(array.flat, rational) if self.solutions else "="
        return " \\\\\n".join(self._matrix(relation, array, self.solutions))

    def asked(self, values: Sequence[float], rational: bool) -> str:
        """The last lines of a question for a number, or for one of each sample in their order."""
        relation = self.relation(values, rational) if self.solutions else "="
        if len(values) == 1:
            return f"&{relation} {self.number(values[0]) if self.solutions else BLANK}"
        places = _folded(len(values))
        entries = [r"\cdots" if i is None else self._entry(values[i]) for i in places]
        rows = in_rows(entries, MOST_IN_ROW, width(relation + r"\quad\bigl("), width(r"\bigr)"))
        listed = ", \\\\\n&\\quad ".join(r",\; ".join(row) for row in rows)
        return rf"&{relation} \bigl({listed}\bigr)"
