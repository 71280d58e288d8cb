"""What makes a regular expression slow, found by walking its parsed form.

Two open repeats that may take the same characters, one within the other or one after the other,
let a matcher divide a text in many ways: quadratic work or worse. So does a search that may begin
its repeat anew at each character.
"""

import re._constants as kinds
import re._parser as parser
from dataclasses import dataclass
from itertools import combinations, product
from string import printable
from typing import Any

__all__ = ["flaws"]

OPEN = 100
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
CATEGORIES = {
    kinds.CATEGORY_DIGIT: str.isdigit,
    kinds.CATEGORY_SPACE: str.isspace,
    kinds.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    kinds.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    kinds.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    kinds.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


@dataclass(frozen=True, eq=False)
class Part:
    """The characters that a piece of a pattern takes, the fewest of them, and whether many."""

    characters: frozenset[str]
    least: int
    open: bool


Path = tuple[Part, ...]


class Walk:
    """The ways through one pattern, each a sequence of parts."""

    def __init__(self, pattern: str) -> None:
        self.universe = frozenset(pattern) | frozenset(printable) | frozenset("é٣７\u2003⟦≈漢")
        self.flaws: list[str] = []
        self.paths = self._sequence(parser.parse(pattern))

    def _one(self, kind: Any, value: Any) -> frozenset[str]:
        """The characters that something which takes one may take."""
        if kind is kinds.LITERAL:
            return frozenset(chr(value))
        if kind is kinds.NOT_LITERAL:
            return self.universe - {chr(value)}
        if kind is kinds.RANGE:
            return frozenset(c for c in self.universe if value[0] <= ord(c) <= value[1])
        if kind is kinds.CATEGORY:
            return frozenset(filter(CATEGORIES[value], self.universe))
        if kind is kinds.IN:
            inside = [entry for entry in value if entry[0] is not kinds.NEGATE]
            taken = frozenset().union(*(self._one(*entry) for entry in inside))
            return taken if len(inside) == len(value) else self.universe - taken
        assert kind is kinds.ANY, kind
        return self.universe

    def _repeat(self, least: int, most: Any, inner: list[Path]) -> list[Path]:
        skipped: list[Path] = [()] if least == 0 else []
        if most == 1:
            return inner + skipped
        parts = [part for path in inner for part in path]
        if any(part.open for part in parts):
            self.flaws.append("a repeat within a repeat")
        characters = frozenset().union(*(part.characters for part in parts))
        many = most is kinds.MAXREPEAT or most > OPEN
        return [(Part(characters, least, many),), *skipped]

    def _piece(self, kind: Any, value: Any) -> list[Path]:
        if kind in REPEATS:
            return self._repeat(value[0], value[1], self._sequence(value[2]))
        if kind is kinds.BRANCH:
            return [path for branch in value[1] for path in self._sequence(branch)]
        if kind is kinds.SUBPATTERN:
            return self._sequence(value[-1])
        around = kind in (kinds.ASSERT, kinds.ASSERT_NOT)
        if around and any(part.open for path in self._sequence(value[1]) for part in path):
            self.flaws.append("an open repeat in a look around")
        if kind is kinds.GROUPREF:
            self.flaws.append("a reference back")
        if kind in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT, kinds.GROUPREF):
            # Nothing is taken, but a match may fail here.
            return [(Part(frozenset(), 0, False),)]
        return [(Part(self._one(kind, value), 1, False),)]

    def _sequence(self, pieces: Any) -> list[Path]:
        ways = product(*(self._piece(kind, value) for kind, value in pieces))
        return [tuple(part for piece in way for part in piece) for way in ways]


def _parted(between: Path, characters: frozenset[str]) -> bool:
    """Whether something must stand between that the repeat before it cannot take."""
    return any(part.least and not part.characters & characters for part in between)


def flaws(pattern: str, anchored: bool) -> list[str]:
    """What in a pattern may cost more than its text is long; not searched where it is anchored."""
    walk = Walk(pattern)
    found = walk.flaws
    for path in walk.paths:
        repeats = [i for i, part in enumerate(path) if part.open]
        for i, k in combinations(repeats, 2):
            taken = path[i].characters
            if taken & path[k].characters and not _parted(path[i + 1 : k], taken):
                found.append("two repeats that may take the same")
        for i in repeats if not anchored else ():
            ends = path[: i + 1] in walk.paths
            if not ends and not _parted(path[:i], path[i].characters):
                found.append("a search that may begin its repeat anew")
    return sorted(set(found))
