"""The one instrument of all rows of a page: input, presented frames, work, long tasks, lines.

Input comes by CDP as from a hand; what follows is timed by the page's own clock (`instrument.js`).
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = [
    "FAST_LINE",
    "LINE",
    "SIZES",
    "Instrument",
    "Shown",
    "blocked",
    "browser",
    "median",
    "p95",
    "trace_categories",
]

PROBE: Final = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
PATIENCE: Final = 30.0
# What Event Timing does not tell of has been presented before.
LEAST_TOLD: Final = 16.0
# The entry of an event comes some frames after the frame that it tells of.
TOLD_AFTER: Final = 0.15
SIZES: Final = {"1280×720": (1280, 720), "1920×1080": (1920, 1080)}
# Bytes a second and milliseconds, as CDP takes them: 10 Mbit/s, 20 ms; and none at all.
LINE: Final = {"latency": 20, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
FAST_LINE: Final = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
KEYS: Final = {"Enter": (13, "\r")}
BLOCKING: Final = 50.0


@dataclass(frozen=True)
class Shown:
    """Milliseconds from an input: to the frame after it (Event Timing), and to the watched change.

    `presented` is the later of the two, so that what an answer changes later counts as well.
    """

    frame: float
    painted: float

    @property
    def presented(self) -> float:
        return max(self.frame, self.painted)


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


def p95(values: Sequence[float]) -> float:
    """The value that 95 % of them do not exceed."""
    ranked = sorted(values)
    return float(ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))])


def blocked(tasks: Sequence[Sequence[float]]) -> float:
    """Milliseconds that long tasks [begun, duration] take beyond 50 each, in sum."""
    return float(sum(duration - BLOCKING for _, duration in tasks))


def trace_categories(*names: str) -> dict[str, Any]:
    """The capability of a browser that keeps a trace of these categories in its log."""
    return {"traceCategories": ",".join(names), "enableNetwork": False, "enablePage": False}


@contextmanager
def browser(trace: Mapping[str, Any] | None = None) -> Iterator["Instrument"]:
    """A Chromium with an empty cache of its own, which reaches this machine only."""
    from selenium import webdriver

    from tests.conftest import pytest_setup_options

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = pytest_setup_options()
        options.add_argument(f"--user-data-dir={profile}")
        only_here = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
        options.add_argument(f"--host-resolver-rules={only_here}")
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        if trace:
            options.add_experimental_option("perfLoggingPrefs", dict(trace))
        driver = webdriver.Chrome(options=options)
        try:
            driver.set_script_timeout(120)
            yield Instrument(driver)
        finally:
            driver.quit()


class Instrument:
    """A page and what is done to it and read of it; `driver` is selenium's."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=PROBE)
        self.cdp("Performance.enable")
        self._marks: Any = None

    def cdp(self, method: str, **given: Any) -> Any:
        return self.driver.execute_cdp_cmd(method, given)

    def js(self, code: str, *given: Any) -> Any:
        return self.driver.execute_script(code, *given)

    def wait(self, condition: str, *given: Any) -> Any:
        """Wait until an expression is true, and return it; TimeoutError after half a minute."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.js(f"return {condition}", *given):
                return value
            time.sleep(0.005)
        raise TimeoutError(f"not within {PATIENCE:.0f} s: {condition}")

    def resize(self, size: str) -> None:
        width, height = SIZES[size]
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=False)  # fmt: skip

    def line(self, given: Mapping[str, float]) -> None:
        """The network between page and server from now on."""
        self.cdp("Network.enable")
        self.cdp("Network.emulateNetworkConditions", offline=False, **given)

    def mark(self, selectors: Mapping[str, str]) -> None:
        """Pages opened from now on note when each selector first finds something: `marks`."""
        if self._marks:
            self.cdp("Page.removeScriptToEvaluateOnNewDocument", **self._marks)
        source = f"__probe.mark({json.dumps(selectors)})"
        self._marks = self.cdp("Page.addScriptToEvaluateOnNewDocument", source=source)

    def mark_now(self, selectors: Mapping[str, str]) -> None:
        """The same for the page that is open."""
        self.js("__probe.mark(arguments[0])", dict(selectors))

    def open(self, url: str) -> None:
        """Load a page anew, whatever its fragment."""
        self.driver.get("about:blank")
        self.driver.get(url)

    def point(self, selector: str) -> tuple[float, float]:
        """The middle of an element, brought into view."""
        found = self.js(
            "const element = document.querySelector(arguments[0]);"
            "element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });"
            "const { left, top, width, height } = element.getBoundingClientRect();"
            "return [left + width / 2, top + height / 2];",
            selector,
        )
        return found[0], found[1]

    def hover(self, at: str | tuple[float, float]) -> tuple[float, float]:
        x, y = self.point(at) if isinstance(at, str) else at
        self.cdp("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        return x, y

    def click(self, at: str | tuple[float, float], count: int = 1) -> None:
        """Press the left button at an element or a point, once or as often as `count` says."""
        x, y = self.hover(at)
        for number in range(1, count + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left",
                         clickCount=number)  # fmt: skip

    def insert(self, text: str) -> None:
        """Type a text where the cursor is, over what is selected there."""
        self.cdp("Input.insertText", text=text)

    def key(self, name: str) -> None:
        code, text = KEYS[name] if name in KEYS else (ord(name.upper()), name)
        given = {"key": name, "code": name, "windowsVirtualKeyCode": code}
        self.cdp("Input.dispatchKeyEvent", type="keyDown", text=text, **given)
        self.cdp("Input.dispatchKeyEvent", type="keyUp", **given)

    def timed(
        self, act: Callable[[], object], event: str, watched: str, is_shown: str = "true"
    ) -> Shown:
        """Act, and read when its event was answered: the frame after it, and the watched change.

        The change is the first of the watched element at which the expression `is_shown` holds.
        """
        given = f"{json.dumps(event)}, {json.dumps(watched)}"
        self.js(f"__probe.arm({given}, () => {is_shown})")
        act()
        self.wait("__probe.shown.painted !== null")
        time.sleep(TOLD_AFTER)
        read = self.js(f"return __probe.read('{event}')")
        return Shown(max(LEAST_TOLD, read["presented"] or 0.0), read["painted"])

    def timed_click(self, at: str, watched: str, is_shown: str = "true") -> Shown:
        """`timed` for a click on an element, over which the pointer rests already."""
        place = self.hover(at)
        return self.timed(lambda: self.click(place), "click", watched, is_shown)

    def metrics(self) -> dict[str, float]:
        """CDP's metrics of the page's main thread: seconds, counts and bytes by name."""
        return {one["name"]: one["value"] for one in self.cdp("Performance.getMetrics")["metrics"]}

    def work(self, during: Callable[[], object], idle: float = 0.0) -> tuple[float, float]:
        """Milliseconds of main thread while something is done, less `idle` a second; seconds."""
        before, begun = self.metrics()["TaskDuration"], time.monotonic()
        during()
        spent, passed = self.metrics()["TaskDuration"] - before, time.monotonic() - begun
        return 1000 * spent - idle * passed, passed

    def idle(self, seconds: float = 2.0) -> float:
        """Milliseconds of main thread a second while nothing is done."""
        spent, passed = self.work(lambda: time.sleep(seconds))
        return spent / passed

    def heap(self) -> float:
        """MB of JavaScript in use after the garbage was collected."""
        self.cdp("HeapProfiler.collectGarbage")
        return self.metrics()["JSHeapUsedSize"] / 1e6

    def long_tasks(self, since: float = 0.0) -> list[list[float]]:
        """[begun, duration] of the tasks over 50 ms, in milliseconds of the page's clock."""
        return [task for task in self.js("return __probe.tasks") if task[0] >= since]
