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
        ends = [self.low**power, self.high**power]
        ends += [0.0] if power % 2 == 0 and self.low < 0 < self.high else []
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


SPACES = r"\\([,;]|(textstyle|bigl|bigr|Bigl|Bigr|left|right|quad)(?![a-z]))"
LETTERS = r"(?<![A-Za-z\\_])([stu])(?![A-Za-z_])|\\(lambda|alpha|pi)(?![a-z])"
FUNCTIONS = r"\\(ln\\cosh|ln|tanh\^2|tanh|max|min)(?![a-z])\s*"
DEFINED = re.compile(r"\\?([a-z]+)(?:=|\\approx )(.*)", re.DOTALL)


def _absolute(v: Interval) -> Interval:
    ends = [abs(v.low), abs(v.high)]
    return Interval(0.0 if v.low < 0 < v.high else min(ends), max(ends))


def _ln_cosh(v: float) -> float:
    return v + math.log1p(math.exp(-2 * v)) - math.log(2)


KNOWN = {
    "exp": lambda v: v.map(math.exp),
    "ln": lambda v: v.map(math.log),
    "lncosh": lambda v: _absolute(v).map(_ln_cosh),
    "tanh": lambda v: v.map(math.tanh),
    "tanh2": lambda v: v.map(math.tanh) ** 2,
    "sqrt": lambda v: v.map(math.sqrt),
    "abs": _absolute,
    "max": lambda a, b: a._with(b, max),
    "min": lambda a, b: a._with(b, min),
    "Interval": Interval,
    "two": 2,
    "three": 3,
    "pi_": Interval(math.pi, math.pi),
}


def value_of(tex: str, exact: bool) -> Interval:
    """Compute a line of TeX that holds numbers only; `exact` takes them as written.

    What its letters are may follow it, as in t+1,\\; t=\\tanh(2).
    """
    text, *definitions = re.split(r",\\; (?=\\?[a-z]+(?:=|\\approx ))", tex)
    letters = {}
    for name, meant in (DEFINED.fullmatch(one).groups() for one in definitions):
        letters[f"{name}_"] = _compute(meant, exact, {})
    return _compute(text, exact, letters)


def _compute(tex: str, exact: bool, letters: dict[str, Interval]) -> Interval:
    text = re.sub(SPACES, " ", tex)
    text = re.sub(r"\\\\ & |\\(begin|end)\{split\} ?&?", " ", text)
    text = text.replace("[", "(").replace("]", ")")
    text = text.replace(r"\lvert", "abs(").replace(r"\rvert", ")")
    text = re.sub(r"\\tfrac(\d)(\d)", r"\\tfrac{\1}{\2}", text)
    text = re.sub(LETTERS, lambda m: f"({m[1] or m[2]}_)", text)
    text = re.sub(FUNCTIONS, lambda m: " " + re.sub(r"[\\^]", "", m[1]), text)
    text = text.replace("^2", "**two").replace("^3", "**three")
    text = re.sub(NUMBER, lambda match: _number(match, exact), text)
    for command in (r"\tfrac", r"\dfrac", r"\frac"):
        text = _open(text, command, 2, "(({})/({}))")
    text = _open(text, r"\sqrt", 1, "sqrt({})")
    text = _open(text, "e^", 1, "exp({})")
    text = text.replace(r"\cdot", "*")
    text = re.sub(r"\)\s*(?=\(|Interval|ln|exp|tanh|abs|sqrt)", ")*", text)
    return eval(text, {"__builtins__": {}}, KNOWN | letters)


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
