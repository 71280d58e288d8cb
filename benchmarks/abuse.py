"""Somebody else's click while others ask for the largest that is allowed, and while idlers hold on.

    python -m benchmarks.abuse              every row, about four minutes
    python -m benchmarks.abuse --only idle  heavy | idle

One process with nothing in front, the worst there is. Abusers obey nothing: who is told to come
back later asks again at once.
"""

import argparse
import asyncio
import io
import multiprocessing
import os
import resource
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

import numpy as np
import orjson

from benchmarks.hall import server
from benchmarks.proxy import find_nginx, proxy
from benchmarks.requests import body_of, with_own_weights
from benchmarks.rows import Row, table, without
from benchmarks.serving import Meter, resident_megabytes
from benchmarks.students import Connection, Outcome, ask_passes
from components.data.own import write_own
from components.data.sources import RawData
from components.examples.files import PUBLISHED

__all__ = ["LARGEST", "rows"]

make_row: Final = without("what a browser does with the answer; TLS")

ABUSERS: Final = 20
CLICKS_A_SECOND: Final = 10
WIDE: Final = "70-70-70-70-70-70-70-70-70-70"


def _stage(sizes: str, samples: int = 1, **fields: str) -> dict[str, str]:
    n, k = (int(size) for size in (sizes.split("-")[0], sizes.split("-")[-1]))
    x = "; ".join(", ".join(["0.5"] * n) for _ in range(samples))
    y = "; ".join(", ".join(["1"] * k) for _ in range(samples))
    return {"layer-sizes": sizes, "sample-x": x, "sample-y": y, **fields}


def _table() -> str:
    return "\n".join(",".join(f"{i * j % 97}.5" for j in range(1, 101)) for i in range(9_000))


def _own_weights() -> dict[str, Any]:
    made: dict[str, Any] = orjson.loads(with_own_weights(body_of(WIDE), 3))
    return made


def _weight_file() -> dict[str, Any]:
    """Twelve matrices in 5 MB, of which no order chains until the last is seen."""
    made = io.BytesIO()
    rng = np.random.default_rng(1)
    arrays: Any = {f"{i}.weight": rng.normal(size=(390, 128)) for i in range(12)}
    np.savez(made, **arrays)
    return {"name": "a.npz", "content": b64encode(made.getvalue()).decode()}


def _example() -> dict[str, Any]:
    """A thousand printed numbers, each after another number of steps, the last after 10,000."""
    example: dict[str, Any] = orjson.loads(PUBLISHED.read_bytes())[0]
    entry = {"symbol": "w", "layer": 2, "row": 1, "col": 1, "printed": ".1"}
    printed = [{**entry, "when": f"after {10 * i} steps"} for i in range(1, 1001)]
    return {"text": orjson.dumps([{**example, "printed": printed}]).decode(), "whole": True}


def _more_points() -> dict[str, Any]:
    """One more point for the largest own data, all of them in the request."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(60, 10_000)), rng.normal(size=(40, 10_000))
    names = tuple(f"column {k}" for k in range(1, 101))
    own = write_own(RawData(x, names[:60], targets=y, outputs=names[60:]), "0" * 32)
    fields = {"dataset": "own", "own-data": own["name"], "layer-sizes": "60-40"}
    fields |= {"output-activation": "linear", "loss": "half_squared_error"}
    return {"fields": fields, "own": own, "point": [0, 0], "label": 0, "salt": "1" * 32}


def _pasted() -> dict[str, Any]:
    """The largest matrix put in, with sixty characters for each number."""
    entry = "0." + "123456789" * 6 + "1234"
    text = "; ".join([" ".join([entry] * 128)] * 128)
    fields = _stage("128-128-128-128")
    return {"fields": fields, "symbol": "w", "layer": 2, "text": text}


def _values() -> dict[str, Any]:
    """Nothing but brackets, as many as a request may have bytes."""
    return {"fields": [[]] * 5_500_000}


# The largest question of each route, by its name in the table.
LARGEST: Final[dict[str, tuple[str, Callable[[], dict[str, Any]]]]] = {
    "bodies of brackets": ("/pass", _values),
    "changes": ("/amend", _pasted),
    "checks": ("/check", lambda: {"fields": _stage("60-60-60-60-60", 20)}),
    "example files": ("/example/read", _example),
    "exports": ("/export", lambda: {"fields": _stage(WIDE, 20), "format": "csv"}),
    "own data": ("/data/add", _more_points),
    "passes": ("/pass", lambda: {"fields": _stage(WIDE, 100, granularity="neuron")}),
    "passes with weights": ("/pass", _own_weights),
    "tables": ("/data/read", lambda: {"text": _table()}),
    "turns of training": (
        "/train",
        lambda: {"fields": _stage(WIDE, 100), "batches": 100, "views": ["histograms"]},
    ),
    "weight files": ("/weights/read", _weight_file),
}


async def _abuse(port: int, path: str, body: bytes, seconds: float) -> Outcome:
    """Ask again and again; the outcome's retries are the times of being sent away."""
    outcome, end = Outcome(), time.monotonic() + seconds

    async def one() -> None:
        connection = Connection(port, outcome)
        while time.monotonic() < end:
            outcome.sent += 1
            answer = await connection.post(path, body)
            outcome.retries += answer.startswith(b'{"busy"')
        connection.close()

    await asyncio.gather(*(one() for _ in range(ABUSERS)))
    return outcome


def _abuser(port: int, path: str, body: bytes, seconds: float, told: Any) -> None:
    told.put(asyncio.run(_abuse(port, path, body, seconds)))


async def _clicks(port: int, seconds: float) -> Outcome:
    """Somebody's clicks on the first network, no two alike."""
    number = iter(range(10**6))
    body = body_of("3-3-2")
    every = 1.0
    return await ask_passes(
        port,
        CLICKS_A_SECOND,
        seconds,
        lambda: orjson.dumps({**body, "iteration": next(number)}),
        every,
    )


def _beside(port: int, path: str, body: bytes, seconds: float) -> tuple[Outcome, Outcome]:
    """The clicks, and what the abusers saw: a process of their own, which holds up no click."""
    told = multiprocessing.get_context("spawn").Queue()
    arguments = (port, path, body, seconds + 6, told)
    abuser = multiprocessing.get_context("spawn").Process(target=_abuser, args=arguments)
    abuser.start()
    time.sleep(2)
    clicked = asyncio.run(_clicks(port, seconds))
    abused = told.get(timeout=60)
    abuser.join()
    return clicked, abused


def _said(clicked: Outcome, meter: Meter) -> str:
    note = f"median {clicked.p(0.5):.1f} ms, largest {clicked.p(1):.0f} ms, "
    return note + f"{len(clicked.latencies)} clicks, {len(clicked.errors)} errors; {meter.told()}"


def heavy(seconds: float) -> list[Row]:
    """20 connections with the largest question of each route; others click."""
    with server() as (port, process):
        meter = Meter([process.pid])
        clicked = asyncio.run(_clicks(port, seconds))
        made = [
            make_row(
                "nobody else: a click, p95",
                clicked.p(0.95),
                "ms",
                note=_said(clicked, meter),
                untargeted="what the others stand beside",
            )
        ]
    for name, (path, body) in LARGEST.items():
        with server() as (port, process):
            asked, meter = orjson.dumps(body()), Meter([process.pid])
            clicked, abused = _beside(port, path, asked, seconds)
            note = _said(clicked, meter) + "; "
            note += f"{abused.sent - abused.retries:,} answered, {abused.retries:,} sent away, "
            note += f"{len(abused.errors)} errors; {resident_megabytes(process.pid):.0f} MB"
            title = f"{ABUSERS} with the largest {name}: another's click, p95"
            made.append(make_row(title, clicked.p(0.95), "ms", 100, note=note))
    return made


async def _idle(port: int, count: int, seconds: float) -> Outcome:
    held = []
    for _ in range(count):
        held.append(await asyncio.open_connection("127.0.0.1", port))
    clicked = await _clicks(port, seconds)
    for _, writer in held:
        writer.close()
    return clicked


def idle(seconds: float) -> list[Row]:
    """Connections that say nothing, with and without nginx; others click."""
    made = []
    for count in (1000, 1500):
        for behind in (False, True):
            if behind and find_nginx() is None:
                continue
            with ExitStack() as stack:
                ports = [stack.enter_context(server())[0] for _ in range(1 + behind)]
                port = stack.enter_context(proxy(ports))[0] if behind else ports[0]
                meter = Meter([])
                clicked = asyncio.run(_idle(port, count, seconds))
            title = f"{count:,} idle connections{' at nginx' if behind else ''}: a click, p95"
            note = _said(clicked, meter)
            made.append(make_row(title, clicked.p(0.95), "ms", 100, note=note))
    return made


SCENARIOS: Final = {"heavy": heavy, "idle": idle}


def rows(only: str | None = None, seconds: float = 8) -> list[Row]:
    """The rows of both scenarios, or of one; each row `seconds` long."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    found = (scenario(seconds) for name, scenario in SCENARIOS.items() if only in (None, name))
    return [row for made in found for row in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=SCENARIOS)
    parser.add_argument("--seconds", type=float, default=8)
    asked = parser.parse_args()
    print(table("Abuse", rows(asked.only, asked.seconds)))


if __name__ == "__main__":
    main()
