"""One cell of a table: a number however people and programs write it, a gap, a date, or a word.

A mark with three digits behind it, as in 1,250 or 1.000, says two numbers: both are told, and
whoever sees the whole table decides.
"""

import re
from typing import Final, NamedTuple
from unicodedata import category

from components.number_reading import MOST_CHARACTERS

__all__ = ["COMMA", "LARGEST", "POINT", "Cell", "is_date", "is_gap", "is_sure_gap", "read_cell"]

POINT: Final = "."
COMMA: Final = ","
LARGEST: Final = 1e15
MOST_UNIT: Final = 12
PLAIN: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
DIGIT: Final = re.compile(r"[0-9]")
# One run of digits and marks, an exponent, and little around: what else may be a number.
ONE_RUN: Final = re.compile(
    r"[^0-9]{0,14}[0-9][0-9.,'\u2019 \u00a0\u202f\u2009]*(?:[eE][-+\u2212]?[0-9]+)?[^0-9\t;|]{0,14}"
)
# What stands before a number is taken off only where it is money: Q1 and E1 are names.
MONEY: Final = "usd eur gbp jpy cny rmb chf inr krw aud cad brl rs rs. fr. kr kr."
CODES: Final = frozenset(MONEY.split())
BEFORE_SIGN: Final = frozenset(("", "us", "hk", "nt", "a", "au", "c", "ca", "r", "s", "cn", "jp"))
# Between groups of three digits, beside the mark that is not decimal.
BLANKS: Final = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
GROUPS: Final = f"{BLANKS}'\N{RIGHT SINGLE QUOTATION MARK}"
MINUS: Final = "-\N{MINUS SIGN}"
SURE: Final = "n/a #n/a #na <na> nan -nan +nan null #null! 缺失"
UNSURE: Final = "? na n.a. none nil nd n/d missing 无 - -- . .. – — − * /"
SURE_GAPS: Final = frozenset(("", *SURE.split()))
# Gaps among numbers; among words each of them may be a word.
GAPS: Final = SURE_GAPS | frozenset(UNSURE.split())
DATES: Final = (
    re.compile(
        r"\d{4}([-/.])\d{1,2}(?:[-/.]\d{1,2})?(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?)?"
        r"(?:Z|[+-]\d\d:?\d\d)?",
        re.ASCII,
    ),
    re.compile(
        r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)(?: \d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?)?",
        re.ASCII,
    ),
    re.compile(r"\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?", re.ASCII),
    re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日", re.ASCII),
    re.compile(r"(?:\d{1,2}[. -]{1,2})?[A-Za-zä]{3,9}\.?[ -]\d{1,2}(?:,? ?\d{4})?", re.ASCII),
    re.compile(r"\d{1,2}[. -]{1,2}[A-Za-zä]{3,9}\.?(?:[ -](?:\d{4}|\d\d))?", re.ASCII),
)
MONTH: Final = "jan feb mar mär apr may mai jun jul aug sep oct okt nov dec dez"
MONTHS: Final = tuple(MONTH.split())


class Cell(NamedTuple):
    """A number: with a decimal point, with a decimal comma (None where it is none), and its unit.

    The two are equal where nothing in the cell tells them apart and nothing has to.
    """

    point: float | None
    comma: float | None
    unit: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether the cell is another number with each of the two."""
        return self.point is not None and self.comma is not None and self.point != self.comma


def is_gap(text: str) -> bool:
    """Whether a cell among numbers says that there is none."""
    return len(text) <= MOST_UNIT and text.lower() in GAPS


def is_sure_gap(text: str) -> bool:
    """Whether a cell says so among words too, where NA may be Namibia."""
    return len(text) <= MOST_UNIT and text.lower() in SURE_GAPS


def is_date(text: str) -> bool:
    """Whether a cell is a day, a month of a year or a time of day."""
    if len(text) > MOST_CHARACTERS or not DIGIT.search(text):
        return False
    if any(pattern.fullmatch(text) for pattern in DATES[:4]):
        return True
    words = "".join(c if c.isalpha() else " " for c in text.lower()).split()
    named = len(words) == 1 and words[0].startswith(MONTHS)
    return named and any(pattern.fullmatch(text) for pattern in DATES[4:])


def _grouped(whole: str, other: str) -> str | None:
    """The digits of a whole number in groups of three, or None; 1,00,000 is grouped as in India."""
    marks = {c for c in whole if not ("0" <= c <= "9")}
    if len(marks) != 1 or not marks <= {other, *GROUPS}:
        return None
    mark = marks.pop()
    first, *groups = whole.split(mark)
    inner = (2, 3) if mark == COMMA else (3,)
    sizes = {len(group) for group in groups[:-1]}
    fits = 1 <= len(first) <= 3 and first[0] != "0" and len(groups[-1]) == 3
    return first + "".join(groups) if fits and len(sizes) <= 1 and sizes <= set(inner) else None


def _value(body: str, decimal: str) -> float | None:
    """The number of digits and marks without a sign, with this decimal mark, or None."""
    other = COMMA if decimal == POINT else POINT
    whole, mark, fraction = body.partition(decimal)
    if mark and not fraction and not whole:
        return None
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        return None
    if whole and not (whole.isascii() and whole.isdigit()):
        grouped = _grouped(whole, other)
        if grouped is None:
            return None
        whole = grouped
    return float(f"{whole or 0}.{fraction or 0}")


def _money(text: str) -> int:
    """How many characters before a number are a sign or a code of money."""
    at = 0
    while at < min(len(text), MOST_UNIT) and not ("0" <= text[at] <= "9" or text[at] in ",+-"):
        at += 1
    told = text[:at].strip()
    signs = [c for c in told if category(c) == "Sc"]
    if told.lower() in CODES or (len(signs) == 1 and told[:-1].lower() in BEFORE_SIGN):
        return at
    return 1 if told[-1:] == "." and len(told) == 2 and signs else 0


def _parts(text: str) -> tuple[bool, str, str, str] | None:
    """Whether a number is negative, its digits and marks, its exponent, its unit."""
    negative = len(text) > 2 and text[0] == "(" and text[-1] == ")"
    rest = text[1:-1].strip() if negative else text
    unit = ""
    signed = rest[:1] in ("+", *MINUS) and rest != ""
    if signed:
        negative ^= rest[0] != "+"
        rest = rest[1:].lstrip()
    if at := _money(rest):
        unit, rest = rest[:at].strip(), rest[at:].lstrip()
        if rest[:1] in ("+", *MINUS) and rest and not signed:  # $−5
            negative ^= rest[0] != "+"
            rest = rest[1:].lstrip()
    end = 0
    while end < len(rest) and (
        "0" <= rest[end] <= "9"
        or rest[end] in ".,"
        or (rest[end] in GROUPS and "0" <= rest[end + 1 : end + 2] <= "9")
    ):
        end += 1
    body, rest = rest[:end], rest[end:]
    if not body:
        return None
    exponent, rest = _exponent(rest)
    behind = rest.strip()
    if (unit and behind) or (behind and body[-1] == COMMA):
        return None
    return negative, body, exponent, unit or behind


def _exponent(rest: str) -> tuple[str, str]:
    """The exponent that what follows the digits begins with, and what is left."""
    at = 1 + (rest[1:2] in ("+", *MINUS) and rest[1:2] != "")
    end = at
    while end < len(rest) and "0" <= rest[end] <= "9":
        end += 1
    if rest[:1] not in ("e", "E") or end == at:
        return "", rest
    return rest[1:end].replace("\N{MINUS SIGN}", "-"), rest[end:]


def _is_unit(unit: str) -> bool:
    """Whether what stands beside a number may be its unit: short, without digits and quotes."""
    inside = unit.replace("/", "").replace("^", "").replace(".", "").replace(" ", "")
    return (
        len(unit) <= MOST_UNIT
        and inside != ""
        and all(c.isalpha() or category(c) in ("Sc", "No", "So") or c in "%‰°·′″-" for c in inside)
        and not inside.startswith("-")
    )


def _slow(text: str) -> Cell | None:
    parts = _parts(text) if ONE_RUN.fullmatch(text) else None
    if parts is None:
        return None
    negative, body, exponent, unit = parts
    if unit and not _is_unit(unit):
        return None
    values = []
    for decimal in (POINT, COMMA):
        value = _value(body, decimal)
        if value is not None and exponent:
            grouped = any(c in body for c in (COMMA if decimal == POINT else POINT, *GROUPS))
            value = None if grouped else float(f"{body.replace(decimal, POINT)}e{exponent}")
        values.append(-value if negative and value is not None else value)
    return None if values == [None, None] else Cell(values[0], values[1], unit)


def read_cell(text: str) -> Cell | None:
    """The number of a cell without blanks around it, or None; its work is that of 64 characters."""
    if len(text) > MOST_CHARACTERS:
        return None
    if not PLAIN.fullmatch(text):
        return _slow(text)
    value = float(text)
    if POINT not in text:
        return Cell(value, value)
    if text[-4:-3] != POINT:
        return Cell(value, None)
    digits = text[:-4].lstrip("+-")
    thousands = 1 <= len(digits) <= 3 and digits[0] != "0" and text[-3:].isdigit()
    return Cell(value, float(text[:-4] + text[-3:]) if thousands else None)
