"""The orders in which matrices chain, each taking what the one before gives.

A matrix is an edge from its number of inputs to its number of neurons; an order that chains is a
trail over all edges. There is one just where the edges hang together and as many enter each number
as leave it, but for the two ends (Euler 1736; Hierholzer 1873): that is counted, not searched for.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from components.messages import Message, message

__all__ = ["Edge", "chain", "flaw", "next_ones", "orders"]

Edge = tuple[int, int]
Rules = Collection[tuple[int, int]]

# Each try leads to an order unless rules forbid it: enough for some orders, and soon over.
MOST_TRIES: Final = 500


def _groups(edges: Sequence[Edge]) -> dict[int, int]:
    """For each number the smallest of those that edges connect it with."""
    group = {n: n for edge in edges for n in edge}

    def first(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    for a, b in edges:
        low, high = sorted((first(a), first(b)))
        group[high] = low
    return {n: first(n) for n in group}


def _surplus(edges: Sequence[Edge]) -> dict[int, int]:
    """How many more edges leave each number than enter it, where these differ."""
    count = Counter(a for a, _ in edges)
    count.subtract(b for _, b in edges)
    return {n: k for n, k in count.items() if k}


def chain(edges: Sequence[Edge], at: int | None) -> bool:
    """Whether some order of the edges is a trail, from the number `at` if there is one."""
    if not edges:
        return True
    surplus = _surplus(edges)
    if len(set(_groups(edges).values())) > 1 or sum(map(abs, surplus.values())) > 2:
        return False
    starts = [n for n, k in surplus.items() if k > 0] or {n for edge in edges for n in edge}
    return at is None or at in starts


def next_ones(edges: Sequence[Edge], rules: Rules, done: Sequence[int]) -> list[int]:
    """The edges that may follow those done, so that the rest still chains.

    A rule (i, k) says that i comes before k.
    """
    at = edges[done[-1]][1] if done else None
    rest = [i for i in range(len(edges)) if i not in done]
    waiting = {k for i, k in rules if i in rest}
    return [
        i
        for i in rest
        if i not in waiting
        and (at is None or edges[i][0] == at)
        and chain([edges[k] for k in rest if k != i], edges[i][1])
    ]


def orders(
    edges: Sequence[Edge], rules: Rules, done: Sequence[int], most: int
) -> tuple[list[tuple[int, ...]], bool]:
    """At most `most` orders that chain and begin with those done, and whether they are all."""
    tries = 0

    def extended(done: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        nonlocal tries
        if len(done) == len(edges):
            yield done
            return
        for i in next_ones(edges, rules, done):
            tries += 1
            if tries > MOST_TRIES:
                return
            yield from extended((*done, i))

    found: list[tuple[int, ...]] = []
    if not done and not chain(edges, None):
        return found, True
    for order in extended(tuple(done)):
        if len(found) == most:
            return found, False
        found.append(order)
    return found, tries <= MOST_TRIES


def flaw(edges: Sequence[Edge], names: Sequence[str]) -> Message:
    """Why no order of the edges chains."""
    groups = _groups(edges)
    sizes = Counter(groups[a] for a, _ in edges)
    for name, (a, b) in zip(names, edges, strict=True):
        if len(sizes) > 1 and sizes[groups[a]] == 1:
            return message("refusal.weights.flaw.alone", name=name, inputs=a, outputs=b)
    if len(sizes) > 1:
        return message("refusal.weights.flaw.groups", groups=len(sizes))
    surplus = _surplus(edges)
    worst = max(surplus, key=lambda n: abs(surplus[n]))
    takes, gives = (sum(edge[side] == worst for edge in edges) for side in (0, 1))
    return message("refusal.weights.flaw.ends", takes=takes, gives=gives, n=worst)
