"""Read the numbers of a typeset formula and compute them, uncertain as their rounding."""

import math
import re
from collections.abc import Callable

__all__ = ["Interval", "lines_of", "value_of"]

NUMBER = r"(?<![\w.])(\d+(?:\.\d+)?)(?:\\times 10\^\{(-?\d+)\})?"
DIGITS = 4


class Interval:
    """Every value that numbers rounded to `DIGITS` digits can stand for."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def __repr__(self) -> str:
        return f"[{self.low!r}, {self.high!r}]"

    def _with(self, other, compute: Callable[[float, float], float]) -> "Interval":
        other = other if isinstance(other, Interval) else Interval(other, other)
        ends = [compute(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other):
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other):
        return self._with(other, lambda a, b: a / b)

    def __neg__(self):
        return Interval(-self.high, -self.low)

    def __pow__(self, power):
        assert power == 2
        ends = [self.low**2, self.high**2] + ([0.0] if self.low < 0 < self.high else [])
        return Interval(min(ends), max(ends))

    def map(self, f: Callable[[float], float]) -> "Interval":
        """The image under a growing function."""
        return Interval(f(self.low), f(self.high))

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both, but for the noise of float64."""
        slack = 1e-12 * max(abs(self.low), abs(self.high), 1e-300)
        return self.low <= other.high + slack and other.low <= self.high + slack


def _number(match: re.Match, exact: bool) -> str:
    value = float(match[1]) * 10.0 ** int(match[2] or 0)
    if exact or value == 0:
        return f"Interval({value!r}, {value!r})"
    half = 0.5 * 10.0 ** min(math.floor(math.log10(abs(value))) + 1 - DIGITS, 0)
    return f"Interval({value - half!r}, {value + half!r})"


def _arguments(text: str, start: int) -> tuple[str, int]:
    """The {…} at `start` and where it ends."""
    depth = 0
    for i in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return text[start + 1 : i], i + 1
    raise ValueError(text)


def _open(text: str, command: str, arguments: int, form: str) -> str:
    while (at := text.find(command + "{")) >= 0:
        found, end = [], at + len(command)
        for _ in range(arguments):
            argument, end = _arguments(text, end)
            found.append(argument)
        text = text[:at] + form.format(*found) + text[end:]
    return text


def value_of(tex: str, exact: bool) -> Interval:
    """Compute a line of TeX that holds numbers only; `exact` takes them as written."""
    text = re.sub(r"\\(textstyle|,|;|bigl|bigr|Bigl|Bigr|left|right|quad)(?![a-z])", " ", tex)
    text = re.sub(r"\\\\ & |\\(begin|end)\{split\} ?&?", " ", text)
    text = text.replace("[", "(").replace("]", ")")
    text = text.replace("^2", "**two")
    text = re.sub(NUMBER, lambda match: _number(match, exact), text)
    for command in (r"\tfrac", r"\dfrac", r"\frac"):
        text = _open(text, command, 2, "(({})/({}))")
    text = _open(text, "e^", 1, "exp({})")
    text = text.replace(r"\cdot", "*")
    text = re.sub(r"\\(ln|tanh|max)\s*", r"\1", text)
    text = re.sub(r"\)\s*(?=\(|Interval|ln|exp|tanh)", ")*", text)
    functions = {
        "exp": lambda v: v.map(math.exp),
        "ln": lambda v: v.map(math.log),
        "tanh": lambda v: v.map(math.tanh),
        "max": lambda a, b: b.map(lambda v: max(v, 0.0)),
        "Interval": Interval,
        "two": 2,
    }
    return eval(text, {"__builtins__": {}}, functions)


RELATION = r"(=|\\approx|\\leftarrow)"


def lines_of(tex: str) -> list[list[tuple[str, str]]]:
    """The aligned blocks of a formula, each a list of (relation, right-hand side)."""
    blocks = re.findall(r"\\begin\{aligned\}(.*?)\\end\{aligned\}", tex, re.DOTALL)
    made = []
    for block in blocks:
        _, *parts = re.split(RELATION + r" \\textstyle ", block)
        sides = [re.sub(r"( \\\\ &|\\; )$", "", right).strip() for right in parts[1::2]]
        made.append(list(zip(parts[0::2], sides, strict=True)))
    return made
