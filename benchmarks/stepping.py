"""From a real click on the page to the frame that shows the step, beside TensorFlow Playground's.

python -m benchmarks.stepping
"""

import time
from collections import defaultdict
from typing import Final

from benchmarks.instrument import SIZES, Instrument, Shown, browser, median, p95
from benchmarks.pages import NO_PEER, Deltaflow, peer_of, playground, shown_by
from benchmarks.rows import Row, attempt, table, without
from benchmarks.serving import serving

__all__ = ["GRANULARITIES", "KINDS", "TARGETS", "presented", "rows", "rows_of"]

make_row: Final = without("the screen after the frame; others who use the server")

# Most milliseconds until the presented frame by layer sizes and window; None where none was set.
TARGETS: Final[dict[str, dict[str, float | None]]] = {
    "3-3-2": {"1280×720": 16.0, "1920×1080": 20.0},
    "2-8-8-8-8-8-8-1": {"1280×720": 32.0, "1920×1080": 32.0},
    "64-32-10": {"1280×720": 40.0, "1920×1080": 40.0},
    "2-16-16-8-2": {"1280×720": None, "1920×1080": None},
}
GRANULARITIES: Final = ("layer", "neuron")
KINDS: Final = {"step": "step", "update": "Update", "next": "step after Update"}
AT_ONCE: Final = 4  # steps of each way in a walk: those of a large network by neuron are alike
PAUSE: Final = 0.15
COUNTED: Final = """
window.__asked = 0;
const { fetch } = window;
window.fetch = (...request) => { window.__asked++; return fetch(...request); };
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

Times = dict[str, list[Shown]]


def walk(page: Deltaflow) -> Times:
    """One training step by clicks, from `input` to the next; what lies between is passed."""
    found: Times = defaultdict(list)
    for button, end in (("step-forward", "loss"), ("step-backward", "backward")):
        forward = end == "loss"
        length = page.seen.js(
            "return deltaflow.state.pass.positions.filter(({ kind }) => kind === arguments[0])"
            ".length",
            "forward" if forward else "backward",
        )
        for _ in range(min(AT_ONCE, length + forward)):
            found["step"].append(page.press(button))
            time.sleep(PAUSE)
        page.go(end)
    found["update"].append(page.press("apply-update"))
    time.sleep(PAUSE)
    found["next"].append(page.step())
    time.sleep(PAUSE)
    return found


def presented(page: Deltaflow, sizes: str, granularity: str, times: int) -> Times:
    """What was seen of each kind of click in so many walks."""
    page.open(sizes, granularity)
    found: Times = defaultdict(list)
    for _ in range(times):
        for kind, shown in walk(page).items():
            found[kind] += shown
    return found


def peer_steps(seen: Instrument, sizes: str, times: int) -> list[Shown]:
    """The same of the peer's Step, which is a whole epoch; empty where there is none."""
    page = shown_by(seen, sizes)
    if page is None:
        return []
    page.open(peer_of(sizes))
    found = []
    for _ in range(times):
        found.append(page.step())
        time.sleep(PAUSE)
    return found


def rows_of(sizes: str, granularity: str, size: str, found: Times, peer: list[Shown]) -> list[Row]:
    """A row for each kind of click."""
    made, theirs = [], median([shown.presented for shown in peer]) if peer else None
    for kind, word in KINDS.items():
        times = [shown.presented for shown in found[kind]]
        painted = median([shown.painted for shown in found[kind]])
        note = f"p95 {p95(times):.0f} ms of {len(times)}, painted after {painted:.0f} ms"
        if peer and kind == "step":
            note += f"; reference: Step of TensorFlow Playground {peer_of(sizes)}, an epoch"
        target = TARGETS[sizes][size]
        made.append(
            make_row(
                f"{sizes} by {granularity}, {size}: {word}",
                median(times),
                "ms",
                target,
                theirs if kind == "step" else None,
                note,
                untargeted="" if target else "none was set for this network",
            )
        )
    return made


def _measured(
    page: Deltaflow, sizes: str, granularity: str, size: str, times: int, peer: list[Shown]
) -> list[Row]:
    return rows_of(sizes, granularity, size, presented(page, sizes, granularity, times), peer)


def calls(page: Deltaflow, sizes: str) -> list[Row]:
    """Whether a pass that is there asks the server for anything."""
    page.open(sizes)
    page.seen.js(COUNTED)
    last = sizes.count("-") + 1
    for button in ["step-forward"] * last + ["step-backward"] * (last - 1):
        page.press(button)
    asked = page.seen.js("return window.__asked")
    note = "the pass after it is asked for before"
    return [make_row(f"{sizes}: server calls in a pass", asked, "", 0, note=note)]


def played(page: Deltaflow) -> list[Row]:
    page.open("3-3-2")
    shown, passed = page.seen.driver.execute_async_script(PLAYED)
    name = "Play at its fastest, positions shown"
    return [make_row(name, shown, "", passed, note="of those passed in 2 s", at_least=True)]


def rows(times: int = 2) -> list[Row]:
    """Presented steps of each network, window and granularity, over `times` walks."""
    made: list[Row] = []
    with serving() as (address, _), browser() as seen:
        page = Deltaflow(seen, address)
        for size in SIZES:
            seen.resize(size)
            for sizes in TARGETS:
                peer = peer_steps(seen, sizes, 6 * times)
                for way in GRANULARITIES:
                    given = (page, sizes, way, size, times, peer)
                    made += attempt(f"{sizes} by {way}, {size}", _measured, *given)
        for sizes in ("3-3-2", "2-8-8-8-8-8-8-1"):
            made += attempt(f"{sizes}: server calls", calls, page, sizes)
        made += attempt("Play", played, page)
        if playground() is None:
            made[0]["note"] += f"; {NO_PEER}"
    return made


if __name__ == "__main__":
    print(table("Stepping", rows()))
