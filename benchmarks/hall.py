"""A lecture hall: students who ask for passes, and train, all at once.

    python -m benchmarks.hall                   every row, about six minutes
    python -m benchmarks.hall --only one        one | two | class | killed | train | memory
    python -m benchmarks.hall --only memory --calls 4000
    python -m benchmarks.hall --only one --command "granian … --port {port} app:server"

Servers and students share the machine's cores: where the students need a third of a core, the
servers have that much less than in a real hall, and every figure is worse for it, never better.
"""

import argparse
import asyncio
import itertools
import os
import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import orjson

from benchmarks import passes
from benchmarks.proxy import find_nginx, proxy
from benchmarks.requests import CLASS, MIXED, body_of, with_own_weights
from benchmarks.rows import Row, table, without
from benchmarks.serving import Meter, free_port, resident_megabytes, started, wait_for
from benchmarks.students import Connection, Outcome, ask_passes
from benchmarks.training_students import train
from components.data.sources import SOURCES
from components.training.views import VIEWS

__all__ = ["SCENARIOS", "mixed_bodies", "rows", "same_body"]

make_row: Final = without("what browsers do with the answers; TLS")
WAITRESS: Final = f"{sys.executable} serve.py"
MARK: Final = b'"iteration":987654321'


def mixed_bodies() -> Callable[[], bytes]:
    """Questions of mixed size, no two alike, so that none is answered from what was kept."""
    pool = [with_own_weights(body_of(sizes), 987654321) for sizes, n in MIXED for _ in range(n)]
    turn, number = itertools.cycle(pool), itertools.count(1)
    return lambda: next(turn).replace(MARK, b'"iteration":%d' % next(number))


def same_body() -> Callable[[], bytes]:
    """The question of a class that walks the same example together."""
    body = with_own_weights(body_of(CLASS), 3)
    return lambda: body


@contextmanager
def server(
    command: str = WAITRESS, cores: set[int] | None = None, port: int | None = None
) -> Iterator[tuple[int, Any]]:
    port = port or free_port()
    words = shlex.split(command.format(port=port))
    with started(words, cores, HOST="127.0.0.1", PORT=str(port)) as process:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        time.sleep(1)
        yield port, process


def _checked(outcome: Outcome) -> str:
    """What went wrong, and whether the answers are those that this process would have given."""
    wrong = sum(passes.answer(body) != answer for body, answer in outcome.kept)
    parts = [f"{len(outcome.errors)} errors", f"{wrong} of {len(outcome.kept)} answers differ"]
    if outcome.retries:
        parts.append(f"{outcome.retries} tried again")
    return ", ".join(parts + outcome.errors[:1])


def _rows(name: str, outcome: Outcome, target: float, cores: str) -> list[Row]:
    note = f"median {outcome.p(0.5):.1f} ms, {outcome.sent:,} passes, {_checked(outcome)}; {cores}"
    return [make_row(f"{name}, p95", outcome.p(0.95), "ms", target, note=note)]


def one_process(asked: argparse.Namespace) -> list[Row]:
    """300 students on one process, which has one core to itself."""
    core = min(os.sched_getaffinity(0))
    with server(asked.command, {core}) as (port, process):
        meter = Meter([process.pid])
        mine = os.sched_getaffinity(0)
        os.sched_setaffinity(0, mine - {core} or mine)
        try:
            outcome = asyncio.run(ask_passes(port, 300, asked.seconds, mixed_bodies()))
            cores = meter.told()
        finally:
            os.sched_setaffinity(0, mine)
    return _rows("300 students on one process, one core", outcome, 50, cores)


@contextmanager
def _pair(command: str) -> Iterator[tuple[int, list[tuple[int, Any]], Meter]]:
    """Two processes behind nginx: its port, the ports and processes of the two, their meter."""
    with ExitStack() as stack:
        pair = [stack.enter_context(server(command)) for _ in range(2)]
        port, nginx = stack.enter_context(proxy([port for port, _ in pair]))
        yield port, pair, Meter([nginx, *(process.pid for _, process in pair)])


def two_processes(asked: argparse.Namespace) -> list[Row]:
    """1,000 students on two processes behind nginx, no two questions alike."""
    with _pair(asked.command) as (port, _, meter):
        outcome = asyncio.run(ask_passes(port, 1000, asked.seconds, mixed_bodies()))
        cores = meter.told()
    return _rows("1,000 on two behind nginx, uncached", outcome, 200, cores)


def one_class(asked: argparse.Namespace) -> list[Row]:
    """1,000 students who walk the same example: its passes are kept."""
    with _pair(asked.command) as (port, _, meter):
        outcome = asyncio.run(ask_passes(port, 1000, asked.seconds, same_body()))
        cores = meter.told()
    return _rows("1,000 on two, one example, cached", outcome, 200, cores)


def killed(asked: argparse.Namespace) -> list[Row]:
    """300 students; one of two processes is killed in the middle and comes back later."""
    with _pair(asked.command) as (port, pair, _):
        broken, process = pair[0]
        timer = threading.Timer(asked.seconds / 2, process.kill)
        timer.start()
        outcome = asyncio.run(ask_passes(port, 300, asked.seconds, mixed_bodies()))
        timer.join()
        with server(asked.command, port=broken):
            again = asyncio.run(ask_passes(port, 100, 3, mixed_bodies()))
    lost = outcome.sent - len(outcome.latencies) + len(outcome.errors) + len(again.errors)
    note = f"p95 {outcome.p(0.95):.1f} ms, {outcome.sent:,} passes, {_checked(outcome)}"
    return [make_row("one of two killed in mid-load, answers lost", lost, "answers", 0, note=note)]


def _answers_training(port: int) -> bool:
    async def probe() -> list[str]:
        outcome = Outcome()
        await Connection(port, outcome).post("/train", b"{")
        return outcome.errors

    return not any(error.startswith(("404", "405")) for error in asyncio.run(probe()))


def training(asked: argparse.Namespace) -> list[Row]:
    """1,000 students ask for passes and 300 of them train as well."""
    name = "1,000 on two, 300 of them train"
    fields = body_of("2-8-8-1")["fields"] | asked.fields
    seconds = max(asked.seconds, 20)

    async def both(port: int) -> tuple[Outcome, Any]:
        asking = ask_passes(port, 1000, seconds, mixed_bodies())
        return await asyncio.gather(asking, train(port, 300, seconds, fields))

    with _pair(asked.command) as (port, _, meter):
        if not _answers_training(port):
            return [make_row(name, None, "ms", 200, note="this server has no training turns")]
        outcome, seen = asyncio.run(both(port))
        cores = meter.told()
    mean = sum(seen.batches) / max(1, len(seen.batches))
    note = f"{seen.turns:,} turns of {mean:.1f} batches, {seen.busy:,} sent away, "
    note += f"{len(seen.outcome.errors)} errors" + "".join(seen.outcome.errors[:1])
    return [
        *_rows(f"{name}, passes", outcome, 200, cores),
        make_row(f"{name}, longest without advance", max(seen.gaps), "s", 10, note=note),
    ]


def memory(asked: argparse.Namespace) -> list[Row]:
    """One process: at its start, what it gains over many calls, and with every data set in use."""
    with server(asked.command) as (port, process):
        at_start, outcome = resident_megabytes(process.pid), Outcome()
        bodies = mixed_bodies()

        async def calls(number: int) -> None:
            async def some() -> None:
                connection = Connection(port, outcome)
                for _ in range(number // 8):
                    await connection.post("/pass", bodies())

            await asyncio.gather(*(some() for _ in range(8)))

        async def data_sets() -> None:
            connection = Connection(port, outcome)
            for name in SOURCES:
                asked = {"fields": {"dataset": name}, "changed": "dataset"}
                made = orjson.loads(await connection.post("/pass", orjson.dumps(asked)))
                turn = {"fields": made["pass"]["fields"], "batches": 20, "views": list(VIEWS)}
                await connection.post("/train", orjson.dumps(turn))

        # Kept answers, kept formulas and the allocator have what they need after this many calls;
        # from there on it must be flat.
        asyncio.run(calls(min(10_000, asked.calls)))
        full = resident_megabytes(process.pid)
        asyncio.run(calls(asked.calls))
        after = resident_megabytes(process.pid)
        asyncio.run(data_sets())
        loaded = resident_megabytes(process.pid)
    note = f"{len(outcome.errors)} errors" + "".join(outcome.errors[:1])
    return [
        make_row("memory of a process at its start", at_start, "MB", 150),
        make_row("memory after the first calls", full, "MB", 150),
        make_row(f"memory gained over {asked.calls:,} calls", after - full, "MB", 5, note=note),
        make_row("memory with every data set loaded and trained", loaded, "MB", 230),
    ]


SCENARIOS: Final = {
    "one": one_process,
    "two": two_processes,
    "class": one_class,
    "killed": killed,
    "train": training,
    "memory": memory,
}
NEED_NGINX: Final = ("two", "class", "killed", "train")


def rows(
    only: str | None = None,
    seconds: float = 10,
    calls: int = 100_000,
    command: str = WAITRESS,
    fields: dict[str, str] | None = None,
) -> list[Row]:
    """The rows of all scenarios, or of one, each `seconds` long."""
    asked = argparse.Namespace(seconds=seconds, calls=calls, command=command, fields=fields or {})
    made = []
    for name, scenario in SCENARIOS.items():
        if only in (None, name):
            if name in NEED_NGINX and find_nginx() is None:
                made.append(make_row(name, None, "", note="nginx is not installed"))
            else:
                made += scenario(asked)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=SCENARIOS)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--command", default=WAITRESS, help="another server; {port} is its port")
    asked = parser.parse_args()
    print(table("The lecture hall", rows(asked.only, asked.seconds, asked.calls, asked.command)))


if __name__ == "__main__":
    main()
