"""From Enter or a click to the frame that shows what was changed: weights, neurons, layer sizes.

python -m benchmarks.editing
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.instrument import SIZES, Instrument, Shown, browser, median, p95
from benchmarks.pages import NO_PEER, Deltaflow, peer_of, playground, shown_by
from benchmarks.rows import Row, attempt, table, without
from benchmarks.serving import serving

__all__ = ["EDITS", "NETWORKS", "Edit", "edits", "rows", "rows_of"]

make_row: Final = without(
    "the screen after the frame; the typing before Enter; others at the server"
)

NETWORKS: Final = ("3-3-2", "2-8-8-8-8-8-8-1")
PAUSE: Final = 0.4


@dataclass(frozen=True)
class Edit:
    """A change by hand: the most milliseconds by network, and how the n-th of them is done."""

    name: str
    targets: dict[str, float]
    act: Callable[[Any, int], Shown]
    peers: str


# The peer takes each digit as it is typed and has at most eight neurons in a layer.
EDITS: Final = (
    Edit("a weight typed, Enter", {NETWORKS[0]: 30.0, NETWORKS[1]: 40.0},
         lambda page, n: page.edit_weight(n), "a digit typed over a weight"),
    Edit("a neuron fewer and more again", dict.fromkeys(NETWORKS, 34.0),
         lambda page, n: page.resize(1 if n % 2 else -1), "its − and +"),
    Edit("layer sizes typed, Enter", dict.fromkeys(NETWORKS, 40.0),
         lambda page, n: page.type_sizes(1 if n % 2 else -1), ""),
)  # fmt: skip


def edits(page: Any, edit: Edit, times: int) -> list[float]:
    """Milliseconds until each of `times` edits was presented; the first one warms up."""
    found = []
    for number in range(times + 1):
        found.append(edit.act(page, number).presented)
        time.sleep(PAUSE)
    return found[1:]


def rows_of(edit: Edit, sizes: str, size: str, ours: list[float], theirs: list[float]) -> Row:
    """The row of an edit, beside the peer's where there are any."""
    note = f"p95 {p95(ours):.0f} ms of {len(ours)}"
    if theirs:
        note += f"; reference: {edit.peers}, TensorFlow Playground {peer_of(sizes)}"
    elif not edit.peers:
        note += "; no such field in TensorFlow Playground"
    reference = median(theirs) if theirs else None
    name = f"{sizes}, {size}: {edit.name}"
    return make_row(name, median(ours), "ms", edit.targets[sizes], reference, note)


def _measured(seen: Instrument, address: str, sizes: str, size: str, times: int) -> list[Row]:
    page = Deltaflow(seen, address)
    page.open(sizes)
    ours = {edit.name: edits(page, edit, times) for edit in EDITS}
    theirs: dict[str, list[float]] = {}
    if peer := shown_by(seen, sizes):
        peer.open(peer_of(sizes))
        theirs = {edit.name: edits(peer, edit, times) for edit in EDITS if edit.peers}
    return [
        rows_of(edit, sizes, size, ours[edit.name], theirs.get(edit.name, [])) for edit in EDITS
    ]


def rows(times: int = 8) -> list[Row]:
    """Every edit of every network in every window, `times` each."""
    made: list[Row] = []
    with serving() as (address, _), browser() as seen:
        for size in SIZES:
            seen.resize(size)
            for sizes in NETWORKS:
                given = (seen, address, sizes, size, times)
                made += attempt(f"{sizes}, {size}", _measured, *given)
    if playground() is None:
        made[0]["note"] += f"; {NO_PEER}"
    return made


if __name__ == "__main__":
    print(table("Changing things by hand", rows()))
