"""Students as an open loop: each asks at times fixed beforehand, whatever the server does.

A latency counts from the time at which the question was due, so that a slow answer is not hidden by
the questions that it delayed. Loopback only.
"""

import asyncio
import random
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Connection", "Outcome", "ask_passes", "quantile"]

PAUSES: Final = (0.3, 0.7, 1.5, 3.0)
LONGEST_WAIT: Final = 20.0
KEPT_EVERY: Final = 40
# Seconds before its first question at which a student has the page.
OPENED_BEFORE: Final = 2.0


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed; nan for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


@dataclass
class Outcome:
    """What a run of students saw: seconds of every answer, and a sample of (question, answer)."""

    latencies: list[float] = field(default_factory=list)
    kept: list[tuple[bytes, bytes]] = field(default_factory=list)
    retries: int = 0
    errors: list[str] = field(default_factory=list)
    sent: int = 0

    def p(self, share: float) -> float:
        """A quantile of the latencies in milliseconds."""
        return 1000 * quantile(self.latencies, share)


class Connection:
    """One browser's connection: kept alive, opened again when lost, patient as the page is."""

    def __init__(self, port: int, outcome: Outcome) -> None:
        self._port, self._outcome = port, outcome
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.took = 0.0  # milliseconds of the server for the last answer, as it told

    async def open(self) -> None:
        """Be connected, as a browser is that has loaded the page."""
        await self._patiently(b"GET /health", b"")

    async def post(self, path: str, body: bytes) -> bytes:
        """The answer's body."""
        return await self._patiently(b"POST " + path.encode(), body)

    async def _patiently(self, what: bytes, body: bytes) -> bytes:
        """The answer; a lost connection, a time-out or a 5xx is tried again for a while."""
        for pause in (*PAUSES, *PAUSES[-1:] * 3):
            try:
                status, answer = await asyncio.wait_for(self._once(what, body), LONGEST_WAIT)
                if status < 500:
                    if status != 200:
                        self._outcome.errors.append(f"{status} {answer[:100]!r}")
                    return answer
            except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError):
                pass
            self.close()
            self._outcome.retries += 1
            await asyncio.sleep(pause)
        self._outcome.errors.append(f"{what.decode()}: given up")
        return b""

    async def _once(self, what: bytes, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        reader, writer = self._streams
        writer.write(
            b"%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % (what, len(body)) + body
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        answer = await reader.readexactly(length)
        told = re.search(rb"dur=([\d.]+)", head)
        self.took = float(told[1]) if told else 0.0
        if b"connection: close" in head:
            self.close()
        return int(head.split(b" ", 2)[1]), answer

    def close(self) -> None:
        if self._streams is not None:
            with suppress(OSError, RuntimeError):
                self._streams[1].close()
            self._streams = None


async def _student(
    connection: Connection, bodies: Callable[[], bytes], due: float, end: float, every: float
) -> None:
    outcome = connection._outcome
    await asyncio.sleep(max(0.0, due - OPENED_BEFORE - time.monotonic()))
    await connection.open()
    while due < end:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        body = bodies()
        outcome.sent += 1
        answer = await connection.post("/pass", body)
        outcome.latencies.append(time.monotonic() - due)
        if len(outcome.latencies) % KEPT_EVERY == 0:
            outcome.kept.append((body, answer))
        due += every
    connection.close()


async def ask_passes(
    port: int,
    students: int,
    seconds: float,
    bodies: Callable[[], bytes],
    every: float = 2.0,
    seed: int = 1,
) -> Outcome:
    """Let `students` ask for a pass each, every so many seconds, from evenly spread first times."""
    outcome = Outcome()
    starts = [i * every / students for i in range(students)]
    random.Random(seed).shuffle(starts)
    begin = time.monotonic() + OPENED_BEFORE + 0.5
    await asyncio.gather(
        *(
            _student(Connection(port, outcome), bodies, begin + start, begin + seconds, every)
            for start in starts
        )
    )
    return outcome
