"""Where a file does not tell the order of its layers: the orders it may be, as a question."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from components.messages import Message, message
from components.weights.names import rank
from components.weights.orders import Edge, chain, next_ones, orders
from components.weights.pairs import Pair, columns_by_names, number_rules

__all__ = [
    "READINGS",
    "Choice",
    "Found",
    "Question",
    "ask_pairing",
    "ask_reading",
    "chains_at_all",
    "find_order",
]

MOST_CHOICES: Final = 6
READINGS: Final = {
    False: message("weights.reading.rows"),
    True: message("weights.reading.columns"),
}


class Choice(NamedTuple):
    """An order of matrices by their names, or how it begins; `columns` where these are neurons."""

    order: tuple[str, ...]
    columns: bool


@dataclass(frozen=True)
class Question:
    """Which order it is, where the file does not tell: each choice with the words to show it in."""

    told: Message
    choices: tuple[tuple[Choice, str | Message], ...]


class Found(NamedTuple):
    """The one order that chains, by the places of the pairs, and how matrices are read in it."""

    order: tuple[int, ...]
    columns: bool


@dataclass(frozen=True)
class _Search:
    """The orders in one reading that begin as given and obey the rules of numbers in names."""

    pairs: Sequence[Pair]
    columns: bool
    rules: Collection[tuple[int, int]]
    begun: tuple[int, ...]

    @property
    def edges(self) -> list[Edge]:
        return [pair.edge(self.columns) for pair in self.pairs]

    def found(self) -> tuple[list[tuple[int, ...]], bool]:
        """The first orders, one more than are shown at once, and whether these are all."""
        if not all(pair.fits(self.columns) for pair in self.pairs):
            return [], True
        return orders(self.edges, self.rules, self.begun, MOST_CHOICES + 1)

    def beginnings(self) -> list[tuple[int, ...]]:
        """How orders may begin, up to the first matrix of which there are several."""
        begun, following = self.begun, next_ones(self.edges, self.rules, self.begun)
        while len(following) == 1:
            begun = (*begun, following[0])
            following = next_ones(self.edges, self.rules, begun)
        return [(*begun, i) for i in following]

    def shown(self, order: tuple[int, ...]) -> str:
        """An order with the sizes of its layers, or how it begins."""
        names = " → ".join(self.pairs[i].label for i in order)
        if len(order) < len(self.pairs):
            return f"{names} → …"
        edges = [self.edges[i] for i in order]
        return f"{names} ({'-'.join(str(n) for n in (edges[0][0], *(b for _, b in edges)))})"


def _begun(pairs: Sequence[Pair], chosen: Choice | None) -> tuple[int, ...] | None:
    """The places of the chosen names; None where they do not chain."""
    if chosen is None:
        return ()
    at = {pair.name: i for i, pair in enumerate(pairs)}
    edges = [pair.edge(chosen.columns) for pair in pairs]
    begun: tuple[int, ...] = ()
    for name in chosen.order:
        if at.get(name) not in next_ones(edges, (), begun):
            return None
        begun = (*begun, at[name])
    return begun


def _searches(pairs: Sequence[Pair], chosen: Choice | None) -> Iterator[list[_Search]]:
    """What is searched one after the other until something chains: as the names have it first."""
    begun = _begun(pairs, chosen)
    if begun is None:
        return
    named, rules = columns_by_names(pairs), number_rules(pairs)
    readings = [list(READINGS)] if named is None else [[named], [not named]]
    for together in [[chosen.columns]] if chosen else readings:
        yield [_Search(pairs, columns, rules, begun) for columns in together]
        if rules:
            yield [_Search(pairs, columns, (), begun) for columns in together]


def _falls(listed: tuple[_Search, tuple[int, ...]]) -> int:
    """How often an order goes against the words of its names: the least is proposed first."""
    search, order = listed
    ranks = [rank(search.pairs[i].stem) for i in order]
    return sum(after < before for before, after in pairwise(ranks))


def _ask(listed: list[tuple[_Search, tuple[int, ...]]], whole: bool) -> Question:
    """The question with all orders as choices, or with how they may begin where they are many."""
    told = message("weights.question.order")
    if not whole or len(listed) > MOST_CHOICES:
        told = message("weights.question.beginning")
        searches = {search.columns: search for search, _ in listed}.values()
        listed = [(search, begun) for search in searches for begun in search.beginnings()]
    listed = sorted(listed, key=_falls)
    several = len({search.columns for search, _ in listed}) > 1
    choices: list[tuple[Choice, str | Message]] = []
    for search, order in listed:
        choice = Choice(tuple(search.pairs[i].name for i in order), search.columns)
        shown, reading = search.shown(order), READINGS[search.columns]
        read = message("weights.choice", order=shown, reading=reading) if several else shown
        choices.append((choice, read))
    return Question(told, tuple(choices))


def ask_reading(pairs: Sequence[Pair]) -> Question:
    """Which side of matrices is the input, where their order is known and both sides chain."""
    order = tuple(range(len(pairs)))
    searches = [_Search(pairs, columns, (), order) for columns in READINGS]
    asked = _ask([(search, order) for search in searches], True)
    return Question(message("weights.question.reading"), asked.choices)


def ask_pairing(
    readings: Sequence[Sequence[Pair]], chains: Callable[[Sequence[Pair], bool], bool]
) -> Question:
    """Which arrays are matrices and which are biases, where places alone would tell it."""
    listed = [
        (_Search(pairs, columns, (), ()), tuple(range(len(pairs))))
        for pairs in readings
        for columns in READINGS
        if chains(pairs, columns)
    ]
    return Question(message("weights.question.pairing"), _ask(listed, True).choices)


def chains_at_all(pairs: Sequence[Pair]) -> bool:
    """Whether some order chains, in either reading; nothing is searched for."""
    return any(
        all(pair.fits(columns) for pair in pairs) and chain([p.edge(columns) for p in pairs], None)
        for columns in READINGS
    )


def find_order(pairs: Sequence[Pair], chosen: Choice | None) -> Found | Question | None:
    """The one order that chains and begins as chosen, or which of several it is; None for none.

    The reading that the names have is the one, if anything chains in it. The work is bounded: a
    search that is given up has found more orders than can be shown, or asks how they begin.
    """
    for searches in _searches(pairs, chosen):
        results = [search.found() for search in searches]
        listed = [(s, o) for s, (found, _) in zip(searches, results, strict=True) for o in found]
        if not listed:
            continue
        search, order = listed[0]
        whole = all(complete for _, complete in results)
        return Found(order, search.columns) if whole and len(listed) == 1 else _ask(listed, whole)
    return None
