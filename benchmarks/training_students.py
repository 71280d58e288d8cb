"""Students that train: one turn after the other as the page does it, patient when sent away."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from benchmarks.students import OPENED_BEFORE, Connection, Outcome

__all__ = ["Progress", "train"]

TURN_MS: Final = 40.0
FIXED_MS: Final = 2.0
DRAWING_SECONDS: Final = 0.03


@dataclass
class Progress:
    """What the training students saw: the longest time without an advance, and turn sizes."""

    turns: int = 0
    busy: int = 0
    batches: list[int] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


async def _train_one(
    connection: Connection, fields: dict[str, str], start: float, end: float, seen: Progress
) -> None:
    await connection.open()
    await asyncio.sleep(max(0.0, start - time.monotonic()))
    body: dict[str, Any] = {"fields": fields, "iteration": 0, "weights": None}
    body |= {"batch": 0, "state": None, "batches": 8, "views": [], "waited": 0}
    last, size = time.monotonic(), 8
    while time.monotonic() < end:
        raw = await connection.post("/train", orjson.dumps(body))
        answer = orjson.loads(raw) if raw else {}
        if "busy" in answer:
            seen.busy += 1
            body["waited"] = answer["busy"]["after"]
            body["batches"] = min(body["batches"], answer["busy"]["batches"])
            await asyncio.sleep(answer["busy"]["after"] / 1000)
            continue
        if "weights" not in answer:
            seen.outcome.errors.append(str(answer)[:200])
            return
        now = time.monotonic()
        seen.turns += 1
        seen.gaps.append(now - last)
        seen.batches.append(answer["batch"] - body["batch"])
        last = now
        # As the page does it: towards TURN_MS of the server's time.
        wanted = body["batches"] * TURN_MS / max(1.0, connection.took - FIXED_MS)
        size = max(1, round(min(2 * size, max(0.4 * size, wanted))))
        body |= {name: answer[name] for name in ("weights", "state", "batch")}
        body |= {"batches": size, "waited": 0}
        await asyncio.sleep(DRAWING_SECONDS)
    seen.gaps.append(time.monotonic() - last)
    connection.close()


async def train(port: int, students: int, seconds: float, fields: dict[str, str]) -> Progress:
    """Let so many students train one network each, beginning within two seconds of each other."""
    seen = Progress()
    begin = time.monotonic() + OPENED_BEFORE + 0.5
    await asyncio.gather(
        *(
            _train_one(
                Connection(port, seen.outcome),
                fields | {"seed": str(number)},
                begin + 2 * number / students,
                begin + seconds,
                seen,
            )
            for number in range(students)
        )
    )
    return seen
