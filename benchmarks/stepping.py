"""From a click on the page to the painted step, beside bare lines restyled in the same browser.

python -m benchmarks.stepping
"""

import statistics
import time
from typing import Any, Final

from benchmarks.opening import browser
from benchmarks.rows import Row, make_row, table
from benchmarks.serving import serving

__all__ = ["NETWORKS", "rows", "step_times"]

# Layer sizes, the target in milliseconds, and as many bare lines as the drawing has edges.
NETWORKS: Final = (("3-3-2", 25.0, 15), ("2-8-8-8-8-8-8-1", 50.0, 344))
PAUSE: Final = 0.35
FLOOR: Final = """
const [count] = arguments, made = [];
const host = document.body.appendChild(document.createElement('div'));
host.style = 'position:fixed;inset:0;background:#fff;z-index:99';
host.innerHTML = '<svg width="1000" height="500"></svg>';
for (let i = 0; i < count; i++) {
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  const place = { x1: i % 7 * 140, y1: i * 37 % 500, x2: i % 7 * 140 + 140, y2: i * 61 % 500 };
  for (const [name, value] of Object.entries(place)) line.setAttribute(name, value);
  made.push(host.firstChild.appendChild(line));
}
window.__floor = () => made.forEach((line) => {
  line.style.stroke = Math.random() > 0.5 ? 'royalblue' : 'darkorange';
  line.style.strokeWidth = 5 * Math.random();
});
"""
# A frame has been painted when a message sent in its callback arrives.
TIMED: Final = """
const [what, done] = arguments, begun = performance.now();
if (what === 'floor') window.__floor(); else document.getElementById(what).click();
requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now() - begun);
  channel.port2.postMessage(0);
});
"""
COUNTED: Final = """
window.__asked = 0;
const { fetch } = window;
window.fetch = (...request) => { window.__asked++; return fetch(...request); };
"""
MANY: Final = """
const [steps, done] = arguments;
(async () => {
  for (let i = 0; i < steps; i++) await deltaflow.press('next');
  done(true);
})();
"""
PLAYED: Final = """
const [done] = arguments, { state, subscribe } = deltaflow, seen = [];
let watched = true;
subscribe('changed', () => watched && seen.push(state.pass.iteration * 100 + state.cursor));
document.getElementById('speed').value = '0';
document.getElementById('play').click();
setTimeout(() => {
  document.getElementById('play').click();
  watched = false;
  const at = seen.filter((place, i) => place !== seen[i - 1]);
  const length = state.pass.last + 1;
  const number = (place) => Math.floor(place / 100) * length + place % 100;
  done([at.length, number(at.at(-1)) - number(at[0]) + 1]);
}, 2000);
"""


def _walk(last: int) -> list[str]:
    """The clicks of one training step: forward to J, backward to δ²."""
    return ["step-forward"] * last + ["step-backward"] * (last - 1)


def step_times(driver: Any, times: int, last: int) -> list[float]:
    """Milliseconds from click to paint of each step of `times` walks; between them Reset."""
    found = []
    for _ in range(times):
        for name in _walk(last):
            found.append(driver.execute_async_script(TIMED, name))
            time.sleep(PAUSE)
        driver.execute_script("document.getElementById('reset').click()")
        time.sleep(2 * PAUSE)
    return found


def _heap(driver: Any) -> float:
    driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    return float(driver.execute_script("return performance.memory.usedJSHeapSize"))


def _measured(driver: Any, address: str, sizes: str, times: int) -> dict[str, Any]:
    driver.get(f"{address}/?layer-sizes={sizes}")
    while not driver.execute_script("return document.querySelector('#formula mjx-container')"):
        time.sleep(0.2)
    time.sleep(2)
    driver.execute_script(COUNTED)
    last = sizes.count("-") + 1
    found: dict[str, Any] = {"steps": step_times(driver, times, last)}
    # Each Reset asks for the start and for the pass after it; all else would be a step's.
    found["calls"] = driver.execute_script("return window.__asked") - 2 * times
    return found


def rows(times: int = 3, steps: int = 1000) -> list[Row]:
    """Click to paint, calls, memory and what Play shows; medians over `times` walks."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return [make_row("stepping", None, "", note="selenium is not installed")]
    made = []
    with serving() as (address, _), browser() as driver:
        driver.set_script_timeout(120)
        for sizes, target, edges in NETWORKS:
            found = _measured(driver, address, sizes, times)
            driver.execute_script(FLOOR, edges)
            floor = [driver.execute_async_script(TIMED, "floor") for _ in range(20)]
            spread = sorted(found["steps"])
            p95 = spread[int(0.95 * (len(spread) - 1))]
            made.append(
                make_row(
                    f"{sizes}, click to painted",
                    statistics.median(spread),
                    "ms",
                    target,
                    statistics.median(floor),
                    f"p95 {p95:.0f} ms; reference: {edges} bare lines",
                )
            )
            made.append(make_row(f"{sizes}, server calls in a pass", found["calls"], "", 0))
        driver.get(f"{address}/")
        time.sleep(3)
        driver.execute_async_script(MANY, steps // 10)
        early = _heap(driver)
        driver.execute_async_script(MANY, steps)
        note = f"after {steps} steps; reference: after {steps // 10}"
        heap = _heap(driver)
        made.append(make_row("memory of the page", heap / 1e6, "MB", None, early / 1e6, note))
        shown, passed = driver.execute_async_script(PLAYED)
        made.append(
            make_row("Play at its fastest, positions shown", shown, "", passed, at_least=True)
        )
    return made


if __name__ == "__main__":
    print(table("Stepping", rows()))
