"""The next pass of 50,000 weights after an update, over a line of 10 Mbit/s with 20 ms.

    python -m benchmarks.large_pass

A real Chromium walks to the update and on; its line is that of the DevTools protocol. A pass counts
from the question until its answer is read, and its bytes are those of both ways: the question's
body and the answer as it is encoded, with its headers. What is drawn afterwards is not in it.
"""

import statistics
import time
from contextlib import ExitStack
from typing import Any, Final

from benchmarks.instrument import browser
from benchmarks.proxy import find_nginx, proxy
from benchmarks.rows import Row, table, without
from benchmarks.serving import serving

__all__ = ["SIZES", "rows"]

make_row: Final = without("reading it into numbers and drawing it; TLS")

SIZES: Final = "128-128-128-128-4"
LINE: Final = {
    "offline": False,
    "latency": 20,
    "downloadThroughput": 10e6 / 8,
    "uploadThroughput": 10e6 / 8,
}
# What a question carries, and the time until its answer is an object.
WATCHED: Final = """
window.__asked = [];
const { fetch } = window;
window.fetch = async (path, question) => {
  const begun = performance.now();
  const answer = await fetch(path, question), read = answer.json.bind(answer);
  answer.json = async () => {
    const content = await read();
    const all = performance.getEntriesByType("resource");
    const entry = all.filter(({ name }) => name === answer.url).at(-1);
    window.__asked.push({
      ms: performance.now() - begun, up: question.body.length, down: entry ? entry.transferSize : 0,
      again: Boolean(content.missing),
    });
    return content;
  };
  return answer;
};
"""
STEP: Final = """
const [done] = arguments, { press, state } = deltaflow;
(async () => {
  window.__asked = [];
  while (state.cursor < state.pass.last) await press("next");
  await state.ahead;
  window.__asked = [];
  performance.clearResourceTimings();
  await press("next");
  await state.ahead;
  done(window.__asked);
})();
"""


def walk(driver: Any, address: str, updates: int, line: bool) -> list[list[dict[str, Any]]]:
    """The questions, {"ms", "up", "down", "again"}, that each of so many updates causes."""
    driver.get(f"{address}/?layer-sizes={SIZES}")
    while not driver.execute_script("return window.deltaflow && deltaflow.state.ahead && 1"):
        time.sleep(0.2)
    time.sleep(2)
    driver.execute_script(WATCHED)
    driver.execute_cdp_cmd("Network.enable", {})
    if line:
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", LINE)
    return [driver.execute_async_script(STEP) for _ in range(updates)]


def _rows(where: str, found: list[list[dict[str, Any]]], targets: tuple[float, float]) -> list[Row]:
    sent = [sum(one["up"] + one["down"] for one in asked) for asked in found]
    taken = [sum(one["ms"] for one in asked) for asked in found]
    again = sum(any(one["again"] for one in asked) for asked in found)
    up = statistics.median(sum(one["up"] for one in asked) for asked in found)
    note = f"{up / 1e6:.3f} MB of it up; weights asked for again {again} of {len(found)} times"
    name = f"pass after an update, 50,000 weights, {where}"
    bytes_row = make_row(
        f"{name}, both ways", statistics.median(sent) / 1e6, "MB", targets[0], note=note
    )
    worst = f"longest {max(taken):.0f} ms"
    return [
        bytes_row,
        make_row(f"{name}, at 10 Mbit/s", statistics.median(taken), "ms", targets[1], note=worst),
    ]


def rows(updates: int = 5, line: bool = True) -> list[Row]:
    """Megabytes and milliseconds of one process, and of two behind nginx; medians of `updates`."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return [make_row("a large pass", None, "", note="selenium is not installed")]
    made = []
    with serving() as (address, _), browser() as page:
        driver = page.driver
        driver.set_script_timeout(120)
        made += _rows("one process", walk(driver, address, updates, line), (0.6, 500))
    if find_nginx() is None:
        return made
    with ExitStack() as stack:
        pair = [stack.enter_context(serving())[0] for _ in range(2)]
        port, _ = stack.enter_context(proxy([int(one.rsplit(":", 1)[1]) for one in pair]))
        driver = stack.enter_context(browser()).driver
        driver.set_script_timeout(120)
        found = walk(driver, f"http://127.0.0.1:{port}", updates, line)
        return made + _rows("two behind nginx", found, (0.6, 500))


if __name__ == "__main__":
    print(table("A large pass", rows()))
