"""What is written into a worksheet: decimals, matrices, sums, and blanks where they are asked for.

= stands only where the shown decimals are exact, ≈ elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import engine
from components.fields import number_text
from components.training_step import TrainingStep

__all__ = ["MOST_SHOWN", "Entries", "long_sum"]

MOST_SHOWN: Final = 8
FIRST_SHOWN: Final = 5
# Functions of z that take a decimal to a decimal; of the others every value is rounded.
RATIONAL: Final = ("linear", "relu", "leaky_relu")
BLANK: Final = r"\underline{\hspace{6em}}"
BLANK_ENTRY: Final = r"\underline{\vphantom{\big|}\hspace{3em}}"


def _folded(n: int) -> list[int | None]:
    """The indices 0…n−1, the middle of many replaced by None."""
    if n <= MOST_SHOWN:
        return list(range(n))
    return [*range(FIRST_SHOWN), None, *range(n - MOST_SHOWN + FIRST_SHOWN + 1, n)]


def long_sum(terms: Sequence[str], in_line: int) -> str:
    """The terms with + between them, folded when many, on several aligned lines when long."""
    shown = [r"\cdots" if i is None else terms[i] for i in _folded(len(terms))]
    rows = (" + ".join(shown[i : i + in_line]) for i in range(0, len(shown), in_line))
    return " \\\\\n&\\quad {} + ".join(rows)


@dataclass(frozen=True)
class Entries:
    """How the numbers of a step are written: with so many significant digits, or left out."""

    step: TrainingStep
    solutions: bool
    digits: int

    def _decimal(self, value: float) -> str:
        whole = number_text(value)
        if len(Decimal(whole).normalize().as_tuple().digits) <= self.digits:
            return whole
        return f"{value:.{self.digits}g}"

    def number(self, value: float) -> str:
        """The value in TeX, rounded where it has more digits than ours."""
        mantissa, power, exponent = self._decimal(value).partition("e")
        return rf"{mantissa} \times 10^{{{int(exponent)}}}" if power else mantissa

    def relation(self, values: Iterable[float], rational: bool = True) -> str:
        """= where every value is shown whole and none was rounded on its way, else ≈."""
        whole = rational and all(float(self._decimal(value)) == value for value in values)
        return "=" if whole else r"\approx"

    def is_rational(self, layer: int, back: bool = False) -> bool:
        """Whether z^l, or everything on the way back, comes of shown decimals by + and × alone."""
        net, values = self.step.net, self.step.values
        passed = net.activations if back else net.activations[: layer - 2]
        arrays = [*net.w.values(), *net.b.values(), values["x", 1], values["y", net.L]]
        given = [self.step.config.learning_rate, *(v for array in arrays for v in array.flat)]
        return (
            all(name in RATIONAL for name in passed)
            and not (back and engine.LOSSES[net.loss].output)
            and self.relation(given) == "="
        )

    def _entry(self, value: float) -> str:
        return self.number(value) if self.solutions else BLANK_ENTRY

    def _matrix(self, array: engine.Array, known: bool) -> str:
        rows = []
        for j in _folded(array.shape[0]):
            entries = []
            for k in _folded(array.shape[1]):
                if j is None:
                    entries.append(r"\vdots")
                elif k is None:
                    entries.append(r"\cdots")
                else:
                    entries.append(self.number(array[j, k]) if known else BLANK_ENTRY)
            rows.append(" & ".join(entries))
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"

    def given(self, left: str, array: engine.Array) -> str:
        """A line that gives a matrix."""
        return f"{left} &{self.relation(array.flat)} {self._matrix(array, True)}"

    def asked_matrix(self, array: engine.Array, rational: bool) -> str:
        """The last line of a question for a matrix."""
        relation = self.relation(array.flat, rational) if self.solutions else "="
        return f"&{relation} {self._matrix(array, self.solutions)}"

    def asked(self, values: Sequence[float], rational: bool) -> str:
        """The last line of a question for a number, or for one of each sample in their order."""
        relation = self.relation(values, rational) if self.solutions else "="
        if len(values) == 1:
            return f"&{relation} {self.number(values[0]) if self.solutions else BLANK}"
        places = _folded(len(values))
        entries = [r"\cdots" if i is None else self._entry(values[i]) for i in places]
        return rf"&{relation} \left(" + r",\; ".join(entries) + r"\right)"
