"""How wide a line of TeX is on paper, without TeX: never less than LaTeX makes it at 10 pt.

Widths in points, after the metrics of Computer Modern (Knuth, Computer Modern Typefaces, 1986),
rounded up, + and − spaced as operators unless they lead, and subscript beside superscript.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width

__all__ = ["COLUMN_GAP", "TEXT_WIDTH", "width"]

# A4 with margins of 20 mm, in TeX's points of 1/72.27 inch.
TEXT_WIDTH: Final = 170 / 25.4 * 72.27
SCRIPT: Final = 0.8
COLUMN_GAP: Final = 10.0
COMMANDS: Final = {
    **dict.fromkeys(("approx", "leftarrow", "le", "to"), 16.0),
    **dict.fromkeys(("times", "odot", "cdot"), 12.5),
    **{"sum": 15.0, "cdots": 16.0, "vdots": 4.0, "quad": 10.0, "tanh": 26.0, "ln": 13.0},
    **{"cosh": 26.0, "min": 21.0, "lvert": 3.5, "rvert": 3.5},
    **{"max": 24.0, "exp": 21.0, "lVert": 6.0, "rVert": 6.0, ",": 2.0, ";": 3.0, "big": 0.0},
    **dict.fromkeys(("bigl", "bigr", "left", "right"), 5.0),
    **dict.fromkeys(("displaystyle", "textstyle", "vphantom"), 0.0),
}
CHARACTERS: Final = {
    **dict.fromkeys("0123456789", 5.01),
    **{".": 2.8, ",": 4.5, "'": 3.5, " ": 0.0, "\n": 0.0, "|": 3.0, "/": 5.1, ":": 6.0, ";": 5.0},
    **dict.fromkeys("()", 3.9),
    **dict.fromkeys("[]", 2.8),
    **dict.fromkeys("+-*", 12.5),
    **dict.fromkeys("=<>", 13.5),
}
SIGN: Final = 7.8
LETTER: Final = 7.5
GREEK: Final = 7.0
TEXT_CHARACTER: Final = 6.0
# A Chinese character is as wide as the type is high, and has a blank between it and a Latin one.
EM: Final = 10.0
BESIDE_LATIN: Final = 3.4
DELIMITERS: Final = 19.0
MOST_KEPT: Final = 16_384
PLAIN: Final = re.compile(r"[-.0-9]+")
TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)


class _Reader:
    """The tokens of a line, read from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens = TOKEN.findall(tex)
        self.at = 0

    def group(self) -> str:
        """The next argument: what stands in braces, or one token."""
        while self.at < len(self.tokens) and self.tokens[self.at] == " ":
            self.at += 1
        if self.at >= len(self.tokens):
            return ""
        start, depth = self.at, 0
        while self.at < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
            if depth == 0:
                break
        found = "".join(self.tokens[start : self.at])
        return found[1:-1] if found.startswith("{") else found

    def environment(self, name: str) -> str:
        """What stands before \\end{name}; none of ours is nested in its like."""
        rest = "".join(self.tokens[self.at :])
        body, _, after = rest.partition(rf"\end{{{name}}}")
        self.tokens, self.at = TOKEN.findall(after), 0
        return body


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _text(words: str) -> float:
    """The width of words within a formula, Latin and Chinese."""
    wide = [_is_wide(character) for character in words]
    changes = sum(one != other for one, other in pairwise(wide))
    each = sum(EM if character else TEXT_CHARACTER for character in wide)
    return each + BESIDE_LATIN * changes


def _table(body: str) -> float:
    rows = [[width(cell.strip()) for cell in row.split("&")] for row in body.split(r"\\")]
    columns = max(map(len, rows))
    widest = (max(row[k] for row in rows if k < len(row)) for k in range(columns))
    return sum(widest) + COLUMN_GAP * columns + DELIMITERS


def _command(name: str, reader: _Reader) -> float:
    if name in ("frac", "tfrac", "dfrac"):
        return max(width(reader.group()), width(reader.group())) + 3
    if name == "sqrt":
        return width(reader.group()) + 11
    if name in ("text", "mathsf", "mathrm"):
        return _text(reader.group())
    if name == "underline":
        return width(reader.group())
    if name == "hspace":
        return 10 * float(reader.group().removesuffix("em"))
    if name == "vphantom":
        reader.group()
        return 0.0
    if name == "begin":
        return _table(reader.environment(reader.group()))
    return COMMANDS.get(name, GREEK)


@lru_cache(maxsize=MOST_KEPT)
def width(tex: str) -> float:
    """An upper bound of the width in points of a formula in TeX, `&` counting nothing."""
    if PLAIN.fullmatch(tex):
        return sum(map(CHARACTERS.__getitem__, tex[1:])) + (
            SIGN if tex[0] == "-" else CHARACTERS[tex[0]]
        )
    reader, total, token = _Reader(tex), 0.0, ""
    while reader.at < len(reader.tokens):
        before, token = token, reader.tokens[reader.at]
        reader.at += 1
        if token in ("_", "^"):
            total += SCRIPT * width(reader.group())
        elif token.startswith("\\"):
            total += _command(token[1:], reader)
        elif token == "-" and before in ("", "(", "{", "&"):
            total += SIGN
        elif token not in "{}&":
            total += CHARACTERS.get(token, LETTER)
    return total
