"""Training as it is seen in the page: pictures, frames and epochs a second, long tasks, Pause.

python -m benchmarks.training

Half of 500 points are trained on and half are tested with, as TensorFlow Playground does it.
"""

import re
import time
from typing import Any, Final

from benchmarks import nn_ts
from benchmarks.instrument import Instrument, browser, median, p95
from benchmarks.pages import NO_PEER, Deltaflow, peer_of, shown_by
from benchmarks.rows import Row, attempt, table, without
from benchmarks.serving import serving

__all__ = ["NETWORKS", "Film", "film", "pauses", "rows", "rows_of"]

make_row: Final = without("the screen after the frame; others who train at the server")

# Layer sizes and the least pictures a second.
NETWORKS: Final = {"2-4-2-1": 40.0, "2-8-8-8-8-8-8-1": 30.0}
TIMES_PLAYGROUND: Final = 20.0
PAUSE_TARGET: Final = 16.0
GROWTH: Final = 1.2
LATE: Final = 10_000
SIZE: Final = "1920×1080"
UNTARGETED: Final = "none was set"
# The first pictures of a run come after few batches each.
WARM: Final = 2.0


class Film:
    """What was seen of a run: times of frames, of changes of each part, and of the epoch in ms."""

    def __init__(self, told: dict[str, Any], tasks: list[list[float]]) -> None:
        self.frames: list[float] = told["frames"]
        self.parts: dict[str, list[float]] = told["parts"]
        self.counts: list[tuple[float, str]] = told["counts"]
        begun, end = self.frames[0], self.frames[-1]
        self.seconds = (end - begun) / 1000
        self.tasks = [task for task in tasks if begun <= task[0] <= end]

    def rates(self) -> dict[str, float]:
        """Frames a second in which each part changed."""
        return {name: len(times) / self.seconds for name, times in self.parts.items()}

    def pictures(self) -> float:
        """Pictures a second: as many as of the part that changed least."""
        return min(self.rates().values())

    def gaps(self) -> list[float]:
        """Milliseconds between frames."""
        return [b - a for a, b in zip(self.frames, self.frames[1:], strict=False)]

    def epoch(self, at: int) -> float:
        """What the counter said in a frame; marks that part thousands are left out."""
        return float(re.sub(r"[^\d.]", "", self.counts[at][1]))

    def epochs(self) -> float:
        """Epochs a second."""
        return (self.epoch(-1) - self.epoch(0)) / self.seconds


def film(page: Any, seconds: float) -> tuple[Film, float]:
    """Watch a run that goes on; and the milliseconds of main thread that a picture took."""
    page.seen.js("__probe.watch(arguments[0], arguments[1])", page.parts, page.counter)
    spent, _ = page.seen.work(lambda: time.sleep(seconds))
    told = page.seen.js("const { film } = __probe; __probe.film = {}; return film")
    seen = Film(told, page.seen.long_tasks())
    return seen, spent / max(1.0, seen.pictures() * seen.seconds)


def pauses(page: Any, times: int) -> list[float]:
    """Milliseconds until each Pause was presented; the run goes on after it, and after the last."""
    found = []
    for _ in range(times):
        found.append(page.pause().presented)
        time.sleep(0.5)
        page.train()
        time.sleep(1)
    return found


def run(page: Any, sizes: str, seconds: float) -> dict[str, Any]:
    """A run from its start: what was seen early, late, and of Pause."""
    page.open_training(sizes)
    page.train()
    early = film(page, WARM)
    steady = film(page, seconds)
    found = {"early": early, "steady": steady, "pauses": pauses(page, 6)}
    page.pause()
    return found


def rows_of(sizes: str, ours: dict[str, Any], theirs: dict[str, Any] | None) -> list[Row]:
    """The rows of a network, beside the peer's where there is one."""
    (seen, cost), (_, before) = ours["steady"], ours["early"]
    peer = theirs["steady"][0] if theirs else None
    beside = f"TensorFlow Playground {peer_of(sizes)}" if peer else NO_PEER
    parts = ", ".join(f"{name} {rate:.0f}" for name, rate in seen.rates().items())
    longest = max((task[1] for task in seen.tasks), default=0)
    told = f"reference: {beside}"
    made = [
        make_row(f"{sizes}: pictures", seen.pictures(), "1/s", NETWORKS[sizes],
                 peer and peer.pictures(), f"{parts}; {told}", at_least=True),
        make_row(f"{sizes}: frame interval, p95", p95(seen.gaps()), "ms", None,
                 peer and p95(peer.gaps()), told, untargeted=UNTARGETED),
        make_row(f"{sizes}: long tasks", len(seen.tasks) / seen.seconds, "1/s", None,
                 peer and len(peer.tasks) / peer.seconds, f"longest {longest:.0f} ms; {told}",
                 untargeted=UNTARGETED),
        make_row(f"{sizes}: epochs", seen.epochs(), "1/s", TIMES_PLAYGROUND,
                 peer and peer.epochs(), told, of_ratio=True, at_least=True),
        make_row(f"{sizes}: Pause, click to presented", median(ours["pauses"]), "ms", PAUSE_TARGET,
                 theirs and median(theirs["pauses"]), f"p95 {p95(ours['pauses']):.0f} ms; {told}"),
    ]  # fmt: skip
    if seen.epoch(0) > LATE:
        name, note = f"{sizes}: a picture after {LATE:,} epochs", "reference: in the first 2 s"
        made.append(make_row(name, cost, "ms", GROWTH, before, note, of_ratio=True,
                             excludes="the server"))  # fmt: skip
    return made


def beside_nn_ts(sizes: str, epochs: float) -> list[Row]:
    """Epochs a second in the page beside the bare loop of the peer's engine in Node."""
    name, theirs = f"{sizes}: epochs in the page beside nn.ts in Node", nn_ts.epochs_a_second(sizes)
    if theirs is None:
        return [make_row(name, epochs, "1/s", 1.0, None, nn_ts.NOT_THERE, of_ratio=True)]
    return [
        make_row(name, epochs, "1/s", 1.0, theirs, "reference: no losses, no pictures",
                 of_ratio=True, at_least=True)
    ]  # fmt: skip


def _measured(seen: Instrument, address: str, sizes: str, seconds: float) -> list[Row]:
    ours = run(Deltaflow(seen, address), sizes, seconds)
    peer = shown_by(seen, sizes)
    theirs = run(peer, sizes, seconds) if peer else None
    return rows_of(sizes, ours, theirs) + beside_nn_ts(sizes, ours["steady"][0].epochs())


def rows(seconds: float = 10) -> list[Row]:
    """The rows of each network, each run `seconds` long after its start."""
    made: list[Row] = []
    with serving() as (address, _), browser() as seen:
        seen.resize(SIZE)
        for sizes in NETWORKS:
            made += attempt(sizes, _measured, seen, address, sizes, seconds)
    return made


if __name__ == "__main__":
    print(table("Training as seen in the page", rows()))
