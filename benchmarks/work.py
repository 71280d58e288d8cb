"""All that a step of 3-3-2 causes until the page is idle again: main thread, raster, memory.

python -m benchmarks.work
"""

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from benchmarks.instrument import Instrument, browser, trace_categories
from benchmarks.pages import NO_PEER, Deltaflow, peer_of, playground, shown_by
from benchmarks.rows import Row, attempt, make_row, table
from benchmarks.serving import serving

__all__ = ["TARGET", "long_run", "raster_milliseconds", "rows", "rows_of"]

SIZES: Final = "3-3-2"
TARGET: Final = 40.0
FLAT: Final = 1.1
# A step's movement ends within 0.4 s, its last repaint soon after.
UNTIL_IDLE: Final = 1.2
TRACED: Final = trace_categories("cc", "disabled-by-default-devtools.timeline")
RASTER: Final = "RasterTask"
# The clicks from one input to the next: forward, J, backward, Update and on.
WHOLE_WALK: Final = 2 * (SIZES.count("-") + 1) + 1
MANY: Final = """
const [steps, done] = arguments;
(async () => {
  for (let i = 0; i < steps; i++) await deltaflow.press('next');
  done(true);
})();
"""


def raster_milliseconds(entries: Iterable[Mapping[str, Any]]) -> float:
    """What the raster tasks of a performance log of Chromium took, in sum."""
    spent = 0.0
    for entry in entries:
        said = json.loads(entry["message"])["message"]
        event = said["params"]
        if said["method"] == "Tracing.dataCollected" and event.get("name") == RASTER:
            spent += event.get("dur", 0) / 1000
    return spent


def _steps(page: Any, clicks: int) -> None:
    for _ in range(clicks):
        page.step()
        time.sleep(UNTIL_IDLE)


def _walk(page: Any, clicks: int) -> None:
    """So many clicks of a walk: forward, backward, Update and on, as they come."""
    if not isinstance(page, Deltaflow):
        return _steps(page, clicks)
    last = SIZES.count("-") + 1
    buttons = ["step-forward"] * last + ["step-backward"] * (last - 1) + ["apply-update"]
    for number in range(clicks):
        page.press([*buttons, "step-forward"][number % (len(buttons) + 1)])
        time.sleep(UNTIL_IDLE)
    return None


def main_thread(page: Any, sizes: str, clicks: int) -> float:
    """Milliseconds of main thread that a click causes until the page is idle."""
    page.open(sizes)
    # The first Update makes the first point of a plot, which brings plotly.js: not a step's work.
    _walk(page, WHOLE_WALK)
    time.sleep(UNTIL_IDLE)
    idle = page.seen.idle()
    return page.seen.work(lambda: _walk(page, clicks), idle)[0] / clicks


def raster(page: Any, sizes: str, clicks: int) -> float:
    """Milliseconds of raster tasks that a click causes, in a browser that keeps a trace."""
    page.open(sizes)
    page.seen.driver.get_log("performance")
    begun = time.monotonic()
    time.sleep(2)
    idle = raster_milliseconds(page.seen.driver.get_log("performance"))
    idle /= time.monotonic() - begun
    begun = time.monotonic()
    _walk(page, clicks)
    passed = time.monotonic() - begun
    spent = raster_milliseconds(page.seen.driver.get_log("performance"))
    return (spent - idle * passed) / clicks


def rows_of(main: float, drawn: float, theirs: tuple[float, float] | None) -> Row:
    """The row of the work of a step, beside the peer's (main thread, raster)."""
    note = f"main thread {main:.0f} ms, raster {drawn:.0f} ms"
    note += f"; reference: {theirs[0]:.0f} and {theirs[1]:.0f} ms" if theirs else f"; {NO_PEER}"
    return make_row(
        f"{SIZES}: work of a step until the page is idle",
        main + drawn,
        "ms",
        TARGET,
        sum(theirs) if theirs else None,
        note,
        excludes="the compositor, the browser's own process, scripts of the trace",
    )


def long_run(page: Deltaflow, steps: int) -> list[Row]:
    """The heap after many positions beside that after a fifth of them, both when it is idle.

    Until then the engine of the browser still compiles what it has run, and the plot has come.
    """
    page.open(SIZES)
    driver = page.seen.driver
    driver.execute_async_script(MANY, steps // 5)
    time.sleep(UNTIL_IDLE)
    early = page.seen.heap()
    driver.execute_async_script(MANY, steps - steps // 5)
    time.sleep(UNTIL_IDLE)
    heap = page.seen.heap()
    note = f"reference: after {steps // 5}"
    return [
        make_row(f"JavaScript heap after {steps:,} steps", heap, "MB", FLAT, early, note,
                 of_ratio=True, excludes="memory outside of the heap: elements, pictures")
    ]  # fmt: skip


def _beside(seen: Instrument, address: str, measured: Any, clicks: int) -> tuple[float, float]:
    """Ours and the peer's, which is 0 where there is none."""
    ours = measured(Deltaflow(seen, address), SIZES, clicks)
    peer = shown_by(seen, SIZES)
    return ours, measured(peer, peer_of(SIZES), clicks) if peer else 0.0


def _work(address: str, clicks: int) -> list[Row]:
    with browser() as seen:
        main = _beside(seen, address, main_thread, clicks)
    with browser(TRACED) as seen:
        drawn = _beside(seen, address, raster, clicks)
    return [rows_of(main[0], drawn[0], (main[1], drawn[1]) if playground() else None)]


def rows(clicks: int = 14, steps: int = 1000) -> list[Row]:
    """The work of a step, over two walks, and what the page gains over many steps."""
    with serving() as (address, _):
        made = attempt("work of a step", _work, address, clicks)
        with browser() as seen:
            made += attempt("long run", long_run, Deltaflow(seen, address), steps)
    return made


if __name__ == "__main__":
    print(table("The work of a step", rows()))
