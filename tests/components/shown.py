"""How the page writes numbers (assets/format.js, formula.js), to test what is read without it."""

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from tests.components.wire import REFERENCE, read

__all__ = ["rounded", "shown", "tex_of", "typeset"]

WHOLE = 17
NUMBER = r"⟦[a-zJ_#]+:[^⟧]+⟧"
UNDONE = (
    (rf"()({NUMBER})( - )({NUMBER})()", lambda a, b: a - b),
    (rf"(1-\(?)({NUMBER})(\)\^2)", lambda a: 1 - a * a),
    (rf"(1-\(?)({NUMBER})(\)?)", lambda a: 1 - a),
    (rf"(\\ln\()({NUMBER})(\))", lambda a: math.log(a) if a else -math.inf),
)


def rounded(value: float, digits: int) -> Decimal:
    """The number that is shown: so many significant digits, whole units from 10^digits to 10^7."""
    exact = Decimal(value)
    if value == 0:
        return exact
    if 10**digits <= abs(value) < 1e7:
        return exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Decimal(repr(float(Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact))))


def shown(value: float, digits: int) -> str:
    """Its text, without trailing zeros, a power of ten only far from 1."""
    if value == 0:
        return "0"
    number = rounded(value, digits).normalize()
    if 1e-4 <= abs(value) < 1e7:
        return f"{number:f}"
    mantissa, exponent = f"{number:e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def tex_of(value: float, digits: int) -> str:
    """The number in TeX."""
    mantissa, _, exponent = shown(value, digits).partition("e")
    if not exponent:
        return mantissa
    one = mantissa in ("1", "-1") and float(rounded(value, digits)) == value
    return (mantissa.replace("1", "") if one else mantissa + r"\times ") + f"10^{{{exponent}}}"


def _telling(values: list[float], compute: Callable[..., float], digits: int) -> int:
    wanted = compute(*values)
    for most in range(digits, WHOLE):
        near = compute(*(float(rounded(value, most)) for value in values))
        if near == wanted or abs(near - wanted) <= 0.5 * 10.0**-digits * abs(wanted):
            return most
    return WHOLE


def _value(built: Mapping, position: int, symbol: str, place: str) -> float:
    if symbol in "#!":
        return float(place)
    found = read(built, position, symbol, *map(int, place.split(":")))
    assert found is not None, (symbol, place)
    return found


def typeset(built: Mapping, position: int, tex: str, digits: int) -> str:
    """A formula as the page shows it at a position, a relation being = while all is whole."""

    def value(symbol: str, place: str) -> float:
        return _value(built, position, symbol, place)

    def numbers(text: str, most: int) -> str:
        return REFERENCE.sub(
            lambda m: tex_of(value(m[1], m[2]), WHOLE if m[1] == "!" else most), text
        )

    def told(text: str) -> str:
        for pattern, compute in UNDONE:

            def enough(match: re.Match, compute: Callable[..., float] = compute) -> str:
                values = [value(*m.groups()) for m in REFERENCE.finditer(match[0])]
                return numbers(match[0], _telling(values, compute, digits))

            text = re.sub(pattern, enough, text)
        return numbers(text, digits)

    def is_whole(text: str) -> bool:
        return all(
            symbol == "!" or float(rounded(v := value(symbol, place), digits)) == v
            for symbol, place in REFERENCE.findall(text)
        )

    def chain(part: str) -> str:
        pieces, exact = re.split("(⟦[=≈]⟧)", part), True
        for i, piece in enumerate(pieces):
            if piece in ("⟦=⟧", "⟦≈⟧"):
                exact = exact and piece == "⟦=⟧" and is_whole(pieces[i + 1])
                pieces[i] = "=" if exact else r"\approx"
            else:
                pieces[i] = told(piece)
        return "".join(pieces)

    begin = r"\begin{aligned}"
    flat = re.sub(r"⟦/:\d+⟧", "", tex)
    return begin.join(chain(part) for part in flat.split(begin))
