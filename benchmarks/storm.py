"""An opening storm: 1,000 people open the page within 10 s, two processes behind nginx.

    python -m benchmarks.storm
    python -m benchmarks.storm --pages 300 --seconds 5 --each
    python -m benchmarks.storm --alone      one process and no nginx

What a page asks for is what a Chromium has just asked for on its first visit: the page, the files,
and the questions of its scripts. Each page of the storm asks the same again, from a time that is
fixed beforehand, whatever the servers do: the page itself, then the rest in that order on six
connections that are kept alive. It counts from that time until all of it has come.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from benchmarks.hall import WAITRESS, server
from benchmarks.proxy import find_nginx, proxy
from benchmarks.rows import Row, make_row, table
from benchmarks.serving import Meter
from benchmarks.students import quantile

__all__ = ["Request", "ask_pages", "read_requests", "rows"]

CONNECTIONS: Final = 6  # of a browser to one host
LONGEST: Final = 60.0  # seconds until a page is given up
# Behind TLS, as README has it, a browser takes Brotli.
HEADERS: Final = "Host: localhost\r\nAccept-Encoding: gzip, deflate, br\r\nUser-Agent: storm\r\n"
NOT_IN_IT: Final = "TLS, the browsers' own work, and the line to them"


@dataclass(frozen=True)
class Request:
    """One request of a page: "GET" or "POST", its path with query, and its body."""

    method: str
    path: str
    body: str = ""

    @property
    def raw(self) -> bytes:
        body = self.body.encode()
        about = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        return f"{self.method} {self.path} HTTP/1.1\r\n{HEADERS}{about}\r\n".encode() + body


def read_requests(entries: list[dict[str, Any]]) -> list[Request]:
    """The requests that a performance log of Chromium tells, the page itself first."""
    found = []
    for entry in entries:
        message = json.loads(entry["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        asked = message["params"]["request"]
        url = urlsplit(asked["url"])
        if url.scheme.startswith("http"):
            path = url.path + (f"?{url.query}" if url.query else "")
            found.append(Request(asked["method"], path, asked.get("postData", "")))
    return found


def _requests_of(address: str) -> list[Request]:
    """What a first visit with an empty cache asks for, until nothing more comes for a second."""
    from benchmarks.instrument import browser

    with browser() as page:
        driver = page.driver
        driver.get_log("performance")
        driver.get(address)
        entries: list[dict[str, Any]] = []
        quiet = 0
        while quiet < 10:
            more = driver.get_log("performance")
            entries += more
            quiet = 0 if any("Network." in entry["message"] for entry in more) else quiet + 1
            time.sleep(0.1)
        return read_requests(entries)


class Answers(asyncio.BufferedProtocol):
    """A connection that reads one answer after the other, and keeps of each its status and size."""

    # One for all: what has come is looked at before anything else comes.
    view: ClassVar = memoryview(bytearray(2**18))

    def __init__(self) -> None:
        self._head, self._left = b"", 0
        self._done: asyncio.Future[int] | None = None
        self.bytes = 0
        self.open = False
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport, self.open = transport, True

    def ask(self, request: Request) -> "asyncio.Future[int]":
        """Ask; the result is the status, once the answer is there whole."""
        self._head, self._left = b"", 0
        self._done = asyncio.get_running_loop().create_future()
        self.transport.write(request.raw)
        return self._done

    def get_buffer(self, sizehint: int) -> memoryview:
        return self.view

    def buffer_updated(self, nbytes: int) -> None:
        self.bytes += nbytes
        if self._left:
            self._left -= nbytes
        else:
            self._head += self.view[:nbytes].tobytes()
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self.open = head.startswith(b"HTTP/1.1") and b"connection: close" not in head.lower()
            length = head.lower().split(b"content-length:")[1].split(b"\r\n")[0]
            self._left = int(length) - len(rest)
        if not self._left and self._done and not self._done.done():
            self._done.set_result(int(self._head.split(b" ", 2)[1]))

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        if self._done and not self._done.done():
            self._done.set_exception(exc or ConnectionResetError("closed before the answer"))


@dataclass
class Storm:
    """What came of it: seconds of every page, bytes of one of them, and what went wrong."""

    took: list[float] = field(default_factory=list)
    bytes: int = 0
    errors: list[str] = field(default_factory=list)
    slowest: dict[str, float] = field(default_factory=dict)


async def _open(port: int, requests: list[Request], due: float, storm: Storm) -> None:
    await asyncio.sleep(max(0.0, due - time.monotonic()))
    connections: list[Answers] = []
    waiting = iter(requests[1:])
    loop = asyncio.get_running_loop()

    async def connect() -> Answers:
        _, made = await loop.create_connection(Answers, "127.0.0.1", port)
        connections.append(made)
        return made

    async def ask(connection: Answers, request: Request) -> None:
        began = time.monotonic()
        status = await connection.ask(request)
        if status != 200:
            storm.errors.append(f"{status} {request.path}")
        took = time.monotonic() - began
        storm.slowest[request.path] = max(took, storm.slowest.get(request.path, 0.0))

    async def work(connection: Answers | None) -> None:
        for request in waiting:
            if connection is None or not connection.open:
                connection = await connect()
            await ask(connection, request)

    try:
        first = await connect()
        await ask(first, requests[0])
        await asyncio.gather(work(first), *(work(None) for _ in range(CONNECTIONS - 1)))
        storm.took.append(time.monotonic() - due)
    except OSError as error:
        # A page that is not whole is not one that came quickly.
        storm.errors.append(f"{type(error).__name__}: {error}")
    storm.bytes = sum(connection.bytes for connection in connections)


async def ask_pages(port: int, requests: list[Request], pages: int, seconds: float) -> Storm:
    """Let so many pages be opened, evenly over so many seconds; their connections stay open."""
    storm, begin = Storm(), time.monotonic() + 0.5
    opened = (_open(port, requests, begin + seconds * i / pages, storm) for i in range(pages))
    tasks = [asyncio.create_task(one) for one in opened]
    _, late = await asyncio.wait(tasks, timeout=seconds + LONGEST)
    for task in late:
        task.cancel()
    storm.errors += ["not opened in a minute"] * len(late)
    return storm


@contextmanager
def _served(command: str, alone: bool) -> Iterator[tuple[int, list[int]]]:
    """Two servers behind nginx, or one alone: the port to ask, and their processes."""
    with ExitStack() as stack:
        made = [stack.enter_context(server(command)) for _ in range(1 if alone else 2)]
        ports, processes = [port for port, _ in made], [process.pid for _, process in made]
        if alone:
            yield ports[0], processes
        else:
            port, nginx = stack.enter_context(proxy(ports))
            yield port, [nginx, *processes]


def rows(
    pages: int = 1000,
    seconds: float = 10,
    command: str = WAITRESS,
    each: bool = False,
    alone: bool = False,
) -> list[Row]:
    """One row: the 95th percentile of the seconds that it takes to have the page whole."""
    servers = "one process" if alone else "two behind nginx"
    name = f"{pages:,} open the page in {seconds:g} s, {servers}, p95"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return [make_row(name, None, "s", 1.5, note="selenium is not installed")]
    if not alone and find_nginx() is None:
        return [make_row(name, None, "s", 1.5, note="nginx is not installed")]
    with _served(command, alone) as (port, processes):
        requests = _requests_of(f"http://127.0.0.1:{port}/")
        meter = Meter(processes)
        storm = asyncio.run(ask_pages(port, requests, pages, seconds))
        cores = meter.told()
    if each:
        for path, took in sorted(storm.slowest.items(), key=lambda item: -item[1]):
            print(f"{took:8.3f} s {path}")
    errors = f"{len(storm.errors)} errors" + "".join(f" ({one})" for one in storm.errors[:1])
    note = (
        f"median {quantile(storm.took, 0.5):.2f} s, {len(requests)} requests and "
        f"{storm.bytes / 1e6:.2f} MB each, {errors}; {cores}"
    )
    return [make_row(name, quantile(storm.took, 0.95), "s", 1.5, note=note, excludes=NOT_IN_IT)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--command", default=WAITRESS, help="another server; {port} is its port")
    parser.add_argument("--each", action="store_true", help="print the slowest of every request")
    parser.add_argument("--alone", action="store_true", help="one process and no nginx")
    asked = parser.parse_args()
    made = rows(asked.pages, asked.seconds, asked.command, asked.each, asked.alone)
    print(table("An opening storm", made))


if __name__ == "__main__":
    main()
