"""Who may train now: one turn at a time in a process, and passes before turns.

The gate measures how many other requests are being answered, averaged over the last second, and
never makes anybody wait inside the server: a turn that cannot be computed now is told when to come
back, each to a time of its own, and with how many batches.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

__all__ = ["Gate", "Pressure", "Turn", "decide"]

WINDOW_SECONDS: Final = 1.0
QUIET: Final = 0.5
MOST_ANSWERING: Final = 3
LONGEST_WAIT: Final = 5.0
# A busy core still gives this share to turns, so that everybody advances.
LEAST_SHARE: Final = 0.1
# Seconds for each request in hand: who comes back in vain costs time where there is least of it.
AGAIN: Final = 0.3
FIRST_COST: Final = 0.02


@dataclass(frozen=True)
class Pressure:
    """What the decision rests on.

    `turning`: a turn is being computed; `answering`: other requests at this moment; `load`: their
    mean number in the last second; `cost`: seconds of a usual turn; `queue`: seconds until the
    last turn that was sent away comes back.
    """

    turning: bool
    answering: int
    load: float
    cost: float
    queue: float


@dataclass(frozen=True)
class Turn:
    """Whether to compute, at most so many `batches`; if not, come back after `after` seconds."""

    allowed: bool
    batches: int
    after: float = 0.0

    @property
    def busy(self) -> dict[str, int] | None:
        """None, or the answer's {"after": milliseconds, "batches": n}."""
        if self.allowed:
            return None
        return {"after": math.ceil(1000 * self.after), "batches": self.batches}


def share_of_turns(load: float) -> float:
    """The share of a core for turns: all of it without load, soon half of what passes leave.

    A core with a mean of L requests in it is free for 1 / (1 + L) of the time (Kleinrock, Queueing
    Systems vol. 1, 1975, section 3.2: L = ρ / (1 − ρ)); if turns took all of that, passes would
    wait without end.
    """
    return max(LEAST_SHARE, 1 / (1 + 3 * load))


def decide(now: Pressure, asked: int, waited: float) -> Turn:
    """Whether a turn of `asked` batches that was sent away `waited` seconds ago may begin.

    In a quiet process every turn may. Under load, or while others wait, a turn may begin only when
    it has waited, so that nobody overtakes; and it is told to be the shorter the more is asked
    for. Who has waited asks for as much as it was told.
    """
    quiet = now.load <= QUIET and now.answering <= 1 and now.queue <= 0
    share = share_of_turns(now.load)
    batches = asked if quiet or waited > 0 else max(1, int(asked * share))
    if now.turning or now.answering > MOST_ANSWERING:
        # Its place in the queue has come: only what is in front of it has to end.
        again = max(now.cost, 0.01) + AGAIN * now.load
        after = again if waited > 0 else now.queue + now.cost / share
    elif quiet or waited > 0:
        return Turn(True, batches)
    else:
        after = now.queue + now.cost / share
    return Turn(False, batches, min(after, LONGEST_WAIT))


class Gate:
    """The gate of one process; its lock is held for microseconds only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._turning, self._answering = False, 0
        self._load, self._cost = 0.0, FIRST_COST
        self._seen = self._last_slot = clock()

    def enter(self) -> None:
        """Another request, none that trains, is being answered from now on."""
        self._change(1)

    def leave(self) -> None:
        """A request that entered has been answered."""
        self._change(-1)

    @contextmanager
    def turn(self, asked: int, waited: float = 0.0) -> Iterator[Turn]:
        """Let a turn in or send it away; `waited` is what it was last told to wait, in seconds."""
        with self._lock:
            given = decide(self._pressure(), asked, waited)
            if given.allowed:
                self._turning = True
            elif waited <= 0:
                self._last_slot = self._clock() + given.after
        if not given.allowed:
            yield given
            return
        begun = self._clock()
        try:
            yield given
        finally:
            with self._lock:
                self._turning = False
                self._cost += 0.2 * (self._clock() - begun - self._cost)

    def _pressure(self) -> Pressure:
        now = self._clock()
        # Forgetting is exponential: exact for any pattern of arrivals, and two numbers to keep.
        self._load += (self._answering - self._load) * -math.expm1(
            -(now - self._seen) / WINDOW_SECONDS
        )
        self._seen = now
        queue = max(0.0, self._last_slot - now)
        return Pressure(self._turning, self._answering, self._load, self._cost, queue)

    def _change(self, by: int) -> None:
        with self._lock:
            self._pressure()
            self._answering += by
