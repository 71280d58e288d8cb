"""Opening the page in a fresh Chromium: bytes, requests and the time until it is drawn.

python -m benchmarks.opening            a table of medians
"""

import argparse
import json
import statistics
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.instrument import FAST_LINE, LINE, Instrument, blocked, browser
from benchmarks.pages import NO_PEER, Deltaflow, Playground, playground
from benchmarks.rows import Row, attempt, table, without
from benchmarks.serving import serving
from components.delivery.compressed import LATER

__all__ = ["Visit", "read_log", "rows", "visit"]

make_row: Final = without("looking up a name, TLS, the start of the browser; others who open it")

# By the clock that the marks are taken with; the log's begins elsewhere.
ENDS = """
return ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
  .map(({ responseEnd, transferSize }) => [responseEnd, transferSize]);
"""
SETTLED_SECONDS = 1.0
PATIENCE = 30


@dataclass
class Visit:
    """One opening: encoded bytes with headers by address, and milliseconds since navigation.

    `ends` are pairs of such milliseconds and bytes, one for each file.
    """

    files: dict[str, int] = field(default_factory=dict)
    ends: list[list[float]] = field(default_factory=list)
    cached: int = 0
    marks: dict[str, float] = field(default_factory=dict)
    blocked: float = 0.0
    heap: float = 0.0
    plotted: int = 0

    @property
    def bytes(self) -> int:
        return sum(self.files.values())

    def bytes_until(self, mark: str) -> float:
        """What had come in whole at a mark of the page."""
        return sum(size for end, size in self.ends if end <= self.marks[mark])


def _is_cached(method: str, said: dict[str, Any]) -> bool:
    if method == "Network.responseReceived":
        return bool(said["response"].get("fromDiskCache"))
    return method == "Network.requestServedFromCache"


def read_log(entries: list[dict[str, Any]]) -> Visit:
    """The visit that a performance log of Chromium tells (CDP's Network domain)."""
    seen, urls, cached = Visit(), {}, set()
    for entry in entries:
        message = json.loads(entry["message"])["message"]
        method, said = message["method"], message["params"]
        name = said.get("requestId")
        if method == "Network.requestWillBeSent":
            urls[name] = said["request"]["url"]
        elif _is_cached(method, said):
            cached.add(name)
        elif method == "Network.loadingFinished" and name not in cached:
            url = urls.get(name, "")
            if url.startswith("http"):
                # A file asked for twice was sent twice.
                seen.files[url] = seen.files.get(url, 0) + int(said["encodedDataLength"])
    seen.cached = len(cached)
    return seen


def visit(page: Any) -> Visit:
    """Open a page, step once as soon as it can be, wait until nothing more is loaded."""
    seen = page.seen
    seen.driver.get("about:blank")
    seen.driver.get_log("performance")
    seen.mark(page.marks)
    seen.cdp("Page.navigate", url=page.address())
    seen.wait("window.__probe?.marks.ready")
    stepped = page.step().presented + seen.js("return __probe.shown.from")
    end, entries, quiet = time.monotonic() + PATIENCE, [], 0.0
    while time.monotonic() < end and quiet < SETTLED_SECONDS:
        more = seen.driver.get_log("performance")
        entries += more
        quiet = 0.0 if any("Network." in one["message"] for one in more) else quiet + 0.1
        time.sleep(0.1)
    found = read_log(entries)
    found.marks = seen.js("return __probe.marks") | {"first step": stepped}
    found.ends = seen.js(ENDS)
    found.blocked, found.heap = blocked(seen.long_tasks()), seen.heap()
    return found


def plotted(page: Deltaflow, found: Visit) -> None:
    """Train: what had come when the first curve stood in the loss plot, and how long it took."""
    seen = page.seen
    begun = seen.js("return performance.now()")
    seen.mark_now({"curve": page.CURVE})
    seen.click("#train")
    found.marks["curve"] = seen.wait("__probe.marks.curve") - begun
    found.plotted = found.bytes + read_log(seen.driver.get_log("performance")).bytes


def measure(
    make: Callable[[Instrument], Any], times: int, line: Mapping[str, float] = FAST_LINE
) -> tuple[list[Visit], list[Visit]]:
    """First and second visits over a line, each pair in a browser of its own."""
    first, second = [], []
    for _ in range(times):
        with browser() as seen:
            page = make(seen)
            seen.line(line)
            first.append(visit(page))
            if isinstance(page, Deltaflow):
                plotted(page, first[-1])
            second.append(visit(page))
    return first, second


def _median(visits: list[Visit], mark: str) -> float | None:
    known = [seen.marks[mark] for seen in visits if seen.marks.get(mark)]
    return statistics.median(known) if known else None


def _wait_until_prepared(address: str) -> None:
    """Wait until the largest file goes out in its shortest form: once for a machine, some 20 s."""
    end = time.monotonic() + 3 * PATIENCE
    asked = urllib.request.Request(address + LATER[-1], headers={"Accept-Encoding": "br"})
    while time.monotonic() < end:
        with urllib.request.urlopen(asked) as answer:
            if answer.headers["Content-Encoding"] == "br":
                return
        time.sleep(0.5)


def rows(times: int = 3) -> list[Row]:
    """First and second visits on this machine and at 10 Mbit/s, medians of `times` browsers."""
    with serving() as (address, _):
        _wait_until_prepared(address)
        return [
            *attempt("opening", _beside, address, times, FAST_LINE),
            *attempt("opening at 10 Mbit/s", _beside, address, times, LINE),
        ]


def _beside(address: str, times: int, line: Mapping[str, float]) -> list[Row]:
    ours = measure(lambda seen: Deltaflow(seen, address), times, line)
    peer = playground()
    theirs = measure(lambda seen: Playground(seen, peer), times, line) if peer else None
    return rows_of(*ours, theirs) if line is FAST_LINE else slow_rows_of(*ours, theirs)


Pair = tuple[list[Visit], list[Visit]]


def rows_of(first: list[Visit], second: list[Visit], theirs: Pair | None) -> list[Row]:
    """Bytes and milliseconds of visits on this machine, beside the peer's."""
    one, peer = first[0], theirs[0][0] if theirs else None
    all_of_peer = peer and peer.bytes / 1e6
    note = "reference: all of TensorFlow Playground" if peer else NO_PEER
    sizes = [
        ("bytes until a step is possible", one.bytes_until("ready"), 0.3),
        ("bytes until formulas", one.bytes_until("formula"), 0.8),
        ("bytes before a plot has something to show", one.bytes, 0.9),
        ("bytes with plots", one.plotted, 1.4),
    ]
    made = [
        make_row(f"first visit: {name}", size / 1e6, "MB", most, all_of_peer, note)
        for name, size, most in sizes
    ]
    kept = f"{len(second[0].files)} requests, {second[0].cached} from the cache"
    made.append(make_row("second visit: bytes", second[0].bytes / 1e3, "KB", 100.0, note=kept))
    visits = (("first", first, 0, 350.0, 400.0), ("second", second, 1, 220.0, 270.0))
    for visit_name, ours, place, ready, stepped in visits:
        for mark, most in (("ready", ready), ("first step", stepped)):
            reference = _median(theirs[place], mark) if theirs else None
            name = f"{visit_name} visit: {mark}"
            made.append(make_row(name, _median(ours, mark), "ms", most, reference))
    made.append(make_row("first visit: formulas", _median(first, "formula"), "ms",
                         untargeted="one is set at 10 Mbit/s"))  # fmt: skip
    for name, unit, most, read in (
        ("blocked over 50 ms in sum", "ms", 120.0, lambda seen: seen.blocked),
        ("JavaScript heap", "MB", 15.0, lambda seen: seen.heap),
    ):
        reference = statistics.median(map(read, theirs[0])) if theirs else None
        ours = statistics.median(map(read, first))
        made.append(make_row(f"first visit: {name}", ours, unit, most, reference))
    return made


def slow_rows_of(first: list[Visit], second: list[Visit], theirs: Pair | None) -> list[Row]:
    """Milliseconds of visits at 10 Mbit/s and 20 ms."""
    made = []
    for mark, most in (("first step", 480.0), ("formula", 1100.0), ("curve", 900.0)):
        reference = _median(theirs[0], mark) if theirs else None
        note = "from Train to the first curve of the loss" if mark == "curve" else ""
        name = f"10 Mbit/s, 20 ms, first visit: {mark}"
        made.append(make_row(name, _median(first, mark), "ms", most, reference, note))
    stepped = _median(second, "first step")
    made.append(make_row("10 Mbit/s, 20 ms, second visit: first step", stepped, "ms",
                         untargeted="one is set without a line"))  # fmt: skip
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    print(table("Opening the page", rows(parser.parse_args().times)))


if __name__ == "__main__":
    main()
