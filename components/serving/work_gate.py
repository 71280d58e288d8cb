"""How much work that is not small a process has in hand at once; what is small never asks.

Python computes in one thread at a time, so that what is in hand is what a click has to wait for.
Nobody waits inside the server: who cannot be let in is told at once when to come back.
"""

import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["MOST_IN_HAND", "SMALL", "BusyError", "Claim", "WorkGate"]

# Milliseconds of one core, estimated: a question of so many passes by all, whatever is in hand.
SMALL: Final = 5.0
MOST_IN_HAND: Final = 30.0
# Seconds after which a thread lets others compute. Among many that compute for a moment each, as in
# a full hall, a short one trebles what all of it costs; beside one that computes for long it lets
# a click through.
USUAL: Final = sys.getswitchinterval()
FINE: Final = 0.001
SOONEST: Final = 0.1
LATEST: Final = 5.0


class BusyError(Exception):
    """A question that cannot be computed now, and when it can: `after` in milliseconds.

    `batches`: the most that a turn of training may have then, where it is one.
    """

    def __init__(self, after: int, batches: int | None = None) -> None:
        self.after, self.batches = after, batches
        super().__init__(f"busy for {after} ms")


class Claim:
    """What one request has been let in for."""

    def __init__(self, gate: "WorkGate") -> None:
        self._gate, self.cost = gate, 0

    def ask(self, cost: float) -> None:
        """Be let in for so many milliseconds in all; raises `BusyError` where there is no room.

        Who was let in for less stays: it would have to begin again.
        """
        # Whole numbers add up to nothing again.
        if (whole := math.ceil(cost)) > max(SMALL, self.cost):
            self._gate._admit(self, whole)


class WorkGate:
    """The gate of one process; its lock is held for microseconds only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._in_hand = 0
        self._last_slot = clock()

    @contextmanager
    def claim(self) -> Iterator[Claim]:
        """The claim of a request, given back when it is answered."""
        claim = Claim(self)
        try:
            yield claim
        finally:
            with self._lock:
                self._take(-claim.cost)

    def _admit(self, claim: Claim, cost: int) -> None:
        with self._lock:
            others = self._in_hand - claim.cost
            if others > 0 and others + cost > MOST_IN_HAND and claim.cost == 0:
                raise BusyError(self._slot(cost))
            self._take(cost - claim.cost)
            claim.cost = cost

    def _take(self, cost: int) -> None:
        was, self._in_hand = self._in_hand, self._in_hand + cost
        if (was > MOST_IN_HAND) != (self._in_hand > MOST_IN_HAND):
            sys.setswitchinterval(FINE if self._in_hand > MOST_IN_HAND else USUAL)

    def _slot(self, cost: int) -> int:
        """Milliseconds after which to come back, for each who is sent away a time of its own."""
        now = self._clock()
        free = max(now + max(SOONEST, self._in_hand / 1000), self._last_slot)
        after = min(LATEST, free + cost / 1000 - now)
        self._last_slot = now + after
        return math.ceil(1000 * after)
