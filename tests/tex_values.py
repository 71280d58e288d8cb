"""Read the numbers of a typeset formula and compute them, uncertain as their rounding."""

import re
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from functools import cache

__all__ = ["Interval", "lines_of", "value_of"]

NUMBER = r"(?<![\w.])(\d+(?:\.\d+)?)(?:\\times 10\^\{(-?\d+)\})?"
POWER = r"(?<!times )(?<![\w.])10\^\{(-?\d+)\}"
DIGITS = 4
CONSTANTS = ("1", "2", "4", "0.044715", "0.134145")
# The λ and α of SELU.
LETTERS = {"lambda": "1.0507009873554805", "alpha": "1.6732632423543772"}
PI = "3.14159265358979323846264338327950288419716939937510"
CONTEXT = Context(prec=60)


def _decimal(function: str) -> Callable[[Decimal], Decimal]:
    return lambda value: getattr(value, function)(CONTEXT)


def _tanh(value: Decimal) -> Decimal:
    e = (-2 * abs(value)).exp(CONTEXT)
    return ((1 - e) / (1 + e)).copy_sign(value)


def _ln_cosh(value: Decimal) -> Decimal:
    return ((value.exp(CONTEXT) + (-value).exp(CONTEXT)) / 2).ln(CONTEXT)


def _huber(size: Decimal) -> Decimal:
    return size * size / 2 if size <= 1 else size - Decimal("0.5")


class Interval:
    """Every value that numbers rounded to so many digits can stand for, in 60 digits itself."""

    def __init__(self, low, high) -> None:
        self.low, self.high = Decimal(low), Decimal(high)

    def __repr__(self) -> str:
        return f"[{float(self.low)!r}, {float(self.high)!r}]"

    def _with(self, other, compute: Callable[[Decimal, Decimal], Decimal]) -> "Interval":
        other = other if isinstance(other, Interval) else Interval(other, other)
        with localcontext(CONTEXT):
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
        if power == 3:
            return self.map(lambda value: value**3)
        assert power == 2
        ends = [self.low**2, self.high**2] + ([0] if self.low < 0 < self.high else [])
        return Interval(min(ends), max(ends))

    def map(self, f: Callable[[Decimal], Decimal]) -> "Interval":
        """The image under a growing function."""
        with localcontext(CONTEXT):
            return Interval(f(self.low), f(self.high))

    def size(self) -> "Interval":
        """The absolute value."""
        ends = [abs(self.low), abs(self.high)]
        return Interval(0 if self.low < 0 < self.high else min(ends), max(ends))

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both, but for the noise of float64."""
        slack = Decimal("1e-12") * max(abs(self.low), abs(self.high), Decimal("1e-300"))
        return self.low <= other.high + slack and other.low <= self.high + slack


def _number(match: re.Match, exact: bool, digits: int) -> str:
    value = Decimal(match[1]).scaleb(int(match[2] or 0))
    # The 1 of 1 − a is no rounded number, as the one in parentheses is that was put in.
    text, (start, end) = match.string, match.span()
    alone = text.strip().lstrip("-") == match[0]
    put_in = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    if exact or value == 0 or (match[0] in CONSTANTS and not alone and not put_in):
        return f"Interval('{value}', '{value}')"
    # More digits than those in force are shown where fewer would tell nothing.
    given = len(match[1].replace(".", "").strip("0"))
    last = value.adjusted() + 1 - max(digits, given)
    half = Decimal(5).scaleb((last if value >= 10**7 else min(last, 0)) - 1)
    return f"Interval('{value - half}', '{value + half}')"


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


@cache
def value_of(tex: str, exact: bool, digits: int = DIGITS) -> Interval:
    """Compute a line of TeX that holds numbers only; `exact` takes them as written."""
    text = re.sub(r"\\([,;]|(textstyle|bigl|bigr|Bigl|Bigr|left|right|quad)(?![a-z]))", " ", tex)
    text = re.sub(r"\\\\ & |\\(begin|end)\{split\} ?&?", " ", text)
    text = text.replace("[", "(").replace("]", ")")
    text = text.replace(r"\lvert", "size(").replace(r"\rvert", ")")
    text = re.sub(r"\\(lambda|alpha)(?![a-z])", r"(\1_)", text)
    text = re.sub(r"\\tfrac(\d)(\d)", r"\\tfrac{\1}{\2}", text)
    text = re.sub(r"\\tanh\^2\(([^()]*)\)", r"(\\tanh(\1))**two", text)
    text = text.replace("^2", "**two").replace("^3", "**three").replace(r"\pi", "pi")
    text = re.sub(POWER, r"1\\times 10^{\1}", text)
    text = re.sub(NUMBER, lambda match: _number(match, exact, digits), text)
    for command in (r"\tfrac", r"\dfrac", r"\frac"):
        text = _open(text, command, 2, "(({})/({}))")
    text = _open(text, r"\sqrt", 1, "sqrt({})")
    text = _open(text, "e^", 1, "exp({})")
    text = text.replace(r"\cdot", "*")
    text = re.sub(r"\\(ln|tanh|max|min|cosh)\s*", r"\1", text)
    text = re.sub(r"\)\s*(?=\(|Interval|ln|exp|tanh|sqrt|size)", ")*", text)
    text = re.sub(r"(\*\*(?:two|three))\s*(?=\()", r"\1*", text)
    functions = {
        "exp": lambda v: v.map(_decimal("exp")),
        "ln": lambda v: v.map(_decimal("ln")),
        "sqrt": lambda v: v.map(_decimal("sqrt")),
        "tanh": lambda v: v.map(_tanh),
        "H": lambda v: v.size().map(_huber),
        "lncosh": lambda v: v.size().map(_ln_cosh),
        "size": lambda v: v.size(),
        "max": lambda a, b: a._with(b, max),
        "min": lambda a, b: a._with(b, min),
        **{f"{name}_": Interval(value, value) for name, value in LETTERS.items()},
        "pi": Interval(PI, PI),
        "Interval": Interval,
        "two": 2,
        "three": 3,
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
