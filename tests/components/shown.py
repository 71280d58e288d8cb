"""How the page writes numbers (assets/format.js): what is read, tested without a browser."""

from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["rounded", "shown"]


def rounded(value: float, digits: int) -> Decimal:
    """The number that is shown: so many significant digits, whole units from 10^digits to 10^7."""
    exact = Decimal(value)
    if value == 0:
        return exact
    if 10**digits <= abs(value) < 1e7:
        return exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)


def shown(value: float, digits: int) -> str:
    """Its text, without trailing zeros, a power of ten only far from 1."""
    number = rounded(value, digits).normalize()
    if number == 0 or 1e-4 <= abs(value) < 1e7:
        return f"{number:f}"
    mantissa, exponent = f"{number:e}".split("e")
    return f"{mantissa}e{int(exponent)}"
