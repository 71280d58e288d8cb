"""Training as it is seen in the page: epochs and pictures a second, and what a picture costs.

python -m benchmarks.training
"""

import statistics
import time
from typing import Any, Final

from benchmarks.opening import browser
from benchmarks.rows import Row, make_row, table
from benchmarks.serving import serving

__all__ = ["NETWORKS", "rows", "run_for"]

# Layer sizes and epochs a second of TensorFlow Playground on two cores (250 points, batch 10).
NETWORKS: Final = (("2-4-2-1", 60.0), ("2-8-8-8-8-8-8-1", 21.0))
TIMES_PLAYGROUND: Final = 10
UPDATES: Final = 10.0
GROWTH: Final = 1.2
QUERY: Final = (
    "?dataset=circles&points=250&train-share=100&hidden-activation=tanh&batch-size=10"
    "&epochs=1000000&layer-sizes="
)
# An update is all that the page does with one answer: its picture, its words and its plots.
WATCHED: Final = """
window.__updates = [];
const { plots, page } = deltaflow, { take } = plots, { show } = page;
let spent = 0;
const timed = (work) => (...given) => {
  const begun = performance.now();
  work(...given);
  spent += performance.now() - begun;
};
page.show = timed(show);
plots.take = (answer) => {
  timed(take)(answer);
  window.__updates.push([performance.now(), answer.epoch, spent, answer.took]);
  spent = 0;
};
"""


def run_for(driver: Any, address: str, sizes: str, seconds: float) -> list[list[float]]:
    """Train so long with loss, boundary and maps in view: [ms, epoch, page ms, server ms].

    One entry for each update.
    """
    size = {"width": 1920, "height": 1080, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(f"{address}/{QUERY}{sizes}")
    while not driver.execute_script("return document.querySelector('#formula mjx-container')"):
        time.sleep(0.2)
    time.sleep(2)
    driver.execute_script("document.getElementById('plot-data').click()")
    time.sleep(1)
    driver.execute_script(WATCHED + "document.getElementById('train').click()")
    time.sleep(seconds)
    driver.execute_script("document.getElementById('train').click()")
    time.sleep(0.5)
    found: list[list[float]] = driver.execute_script("return window.__updates")
    return found


def _costs(updates: list[list[float]], first: float, last: float) -> float | None:
    """The median milliseconds that the page spends on an update between two epochs."""
    found = [spent for _, epoch, spent, _ in updates if first <= epoch <= last]
    return statistics.median(found) if found else None


def rows(seconds: float = 12) -> list[Row]:
    """Epochs and updates a second of each network, and how the cost of an update grows."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return [make_row("training in the page", None, "", note="selenium is not installed")]
    made = []
    with serving() as (address, _), browser() as driver:
        for sizes, playground in NETWORKS:
            updates = run_for(driver, address, sizes, seconds)
            # The first second is the warming up of a run, whose turns begin with one batch.
            steady = [update for update in updates if update[0] > updates[0][0] + 1000]
            span = (steady[-1][0] - steady[0][0]) / 1000
            epochs = (steady[-1][1] - steady[0][1]) / span
            target = TIMES_PLAYGROUND * playground
            note = "reference: TensorFlow Playground"
            made.append(
                make_row(f"{sizes}, epochs", epochs, "1/s", target, playground, note, at_least=True)
            )
            server = statistics.median(update[3] for update in steady)
            page = statistics.median(update[2] for update in steady)
            note = f"server {server:.0f} ms and page {page:.0f} ms each"
            rate = (len(steady) - 1) / span
            made.append(
                make_row(f"{sizes}, updates", rate, "1/s", UPDATES, note=note, at_least=True)
            )
            early, late = _costs(updates, 100, 3000), _costs(updates, 10_000, 1e9)
            if late is not None:
                note = "reference: after 100 to 3,000 epochs"
                name = f"{sizes}, an update after 10,000 epochs"
                made.append(make_row(name, late, "ms", GROWTH, early, note, of_ratio=True))
    return made


if __name__ == "__main__":
    print(table("Training as seen in the page", rows()))
