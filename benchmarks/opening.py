"""Opening the page in a fresh Chromium: bytes, requests and the time until it is drawn.

python -m benchmarks.opening            a table of medians
python -m benchmarks.opening --each     also every file of one first visit
"""

import argparse
import json
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.rows import Row, make_row, table
from benchmarks.serving import serving
from components.delivery.compressed import LATER

__all__ = ["Visit", "read_log", "rows", "visit"]

# Nobody's clock but the page's own: both marks are taken in the browser, after a painted frame.
WATCH = """
window.__opened = {};
(() => {
  const painted = (name) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window.__opened[name] = performance.now(); };
    channel.port2.postMessage(0);
  });
  const marks = {
    drawn: '#network svg, #network canvas', ready: '#page.ready',
    formula: '#formula mjx-container', plot: '#loss-plot .main-svg',
  };
  new MutationObserver(() => {
    for (const [name, what] of Object.entries(marks)) {
      if (document.querySelector(what)) { delete marks[name]; painted(name); }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
})();
"""
# By the clock that the marks are taken with; the log's begins elsewhere.
ENDS = """
return ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
  .map(({ responseEnd, transferSize }) => [responseEnd, transferSize]);
"""
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--hide-scrollbars", "--window-size=1280,720"),
)
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


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium with an empty cache of its own."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options

    from tests.conftest import pytest_setup_options

    with tempfile.TemporaryDirectory() as profile:
        options: Options = pytest_setup_options()
        options.add_argument(f"--user-data-dir={profile}")
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        driver = webdriver.Chrome(options=options)
        try:
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
            yield driver
        finally:
            driver.quit()


def visit(driver: Any, url: str) -> Visit:
    """Open the page, wait until nothing more is loaded, and tell what it took."""
    driver.get("about:blank")
    driver.get_log("performance")
    driver.get(url)
    end, entries, quiet = time.monotonic() + PATIENCE, [], 0.0
    while time.monotonic() < end and quiet < SETTLED_SECONDS:
        more = driver.get_log("performance")
        entries += more
        marks = driver.execute_script("return window.__opened")
        busy = any("Network." in entry["message"] for entry in more) or "ready" not in marks
        quiet = 0.0 if busy else quiet + 0.1
        time.sleep(0.1)
    seen = read_log(entries)
    seen.marks = driver.execute_script("return window.__opened")
    seen.ends = driver.execute_script(ENDS)
    paint = "return performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0]"
    seen.marks["first paint"] = driver.execute_script(paint)
    return seen


def measure(url: str, times: int) -> tuple[list[Visit], list[Visit]]:
    """First and second visits, each pair in a browser of its own."""
    first, second = [], []
    for _ in range(times):
        with browser() as driver:
            first.append(visit(driver, url))
            second.append(visit(driver, url))
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


def rows(times: int = 3, url: str | None = None) -> list[Row]:
    """Bytes, requests and milliseconds of first and second visits, medians of `times` browsers."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return [make_row("opening the page", None, "", note="selenium is not installed")]
    if url is None:
        with serving() as (address, _):
            _wait_until_prepared(address)
            return rows(times, address + "/")
    return rows_of(*measure(url, times))


def rows_of(first: list[Visit], second: list[Visit]) -> list[Row]:
    """What first and second visits took, beside the page that is to be beaten."""
    playground = "TensorFlow Playground"
    return [
        make_row(
            "first visit, everything",
            first[0].bytes / 1e6,
            "MB",
            2.7,
            0.32,
            f"{len(first[0].files)} requests; reference {playground}",
        ),
        make_row(
            "first visit, until the first drawing",
            first[0].bytes_until("ready") / 1e6,
            "MB",
            note="MathJax and plotly.js come after it",
        ),
        make_row(
            "second visit",
            second[0].bytes / 1e3,
            "KB",
            100,
            note=f"{len(second[0].files)} requests, {second[0].cached} from the cache",
        ),
        make_row(
            "first drawing, first visit",
            _median(first, "ready"),
            "ms",
            1200,
            425,
            f"network drawn and ready to step; reference {playground}, 370–480",
        ),
        make_row("first drawing, second visit", _median(second, "ready"), "ms", 1200),
        make_row("formula typeset, first visit", _median(first, "formula"), "ms"),
        make_row("loss plot drawn, first visit", _median(first, "plot"), "ms"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", help="a running page; without it one is started")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--each", action="store_true", help="list the files of one first visit")
    asked = parser.parse_args()
    if asked.each and asked.url:
        with browser() as driver:
            for number in (1, 2):
                seen = visit(driver, asked.url)
                print(
                    f"visit {number}: {seen.bytes:,} bytes, {len(seen.files)} requests, "
                    f"{seen.cached} cached, {seen.marks}"
                )
                for url, size in sorted(seen.files.items(), key=lambda item: -item[1])[:30]:
                    print(f"{size:>10,} {url}")
    print(table("Opening the page", rows(asked.times, asked.url)))


if __name__ == "__main__":
    main()
