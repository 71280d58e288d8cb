"""That the instrument reads a page of known behaviour right: counts and ratios, no times."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.instrument import Shown, blocked, browser, p95
from benchmarks.training import Film
from benchmarks.work import raster_milliseconds

PAGE = """<!doctype html><button id=b>b</button><output id=o>0</output><canvas id=c></canvas>
<script>
const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
let blocking = 0, later = 0;
b.onclick = () => {
  busy(blocking);
  setTimeout(() => { o.textContent = Number(o.textContent) + 1; }, later);
};
</script>"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text(PAGE)
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with browser() as instrument:
        instrument.mark({"button": "#b"})
        instrument.open(f"http://127.0.0.1:{server.server_port}/")
        yield instrument
    server.shutdown()


def test_a_handler_that_blocks_is_seen_by_the_frame_the_work_and_the_long_tasks(seen):
    seen.js("blocking = 300; later = 0")
    before = len(seen.long_tasks())
    shown = []
    spent, _ = seen.work(lambda: shown.append(seen.timed_click("#b", "#o")))
    assert shown[0].frame >= 300 and shown[0].presented >= shown[0].painted >= 300
    assert spent >= 300
    tasks = seen.long_tasks()[before:]
    assert len([task for task in tasks if task[1] >= 290]) == 1 and blocked(tasks) >= 240


def test_a_change_that_comes_after_the_frame_counts(seen):
    seen.js("blocking = 0; later = 400")
    shown = seen.timed_click("#b", "#o")
    assert shown.painted >= 400 > shown.frame and shown.presented == shown.painted


def test_only_the_change_that_is_waited_for_counts(seen):
    seen.js("blocking = 0; later = 0; o.textContent = 0")
    seen.js("setTimeout(() => { o.textContent = 41 }, 700)")
    shown = seen.timed_click("#b", "#o", "o.textContent === '41'")
    assert shown.presented > 100 and seen.js("return o.textContent") == "41"


def test_marks_are_of_what_was_found(seen):
    assert set(seen.js("return __probe.marks")) == {"button"}


def test_parts_that_change_are_told_apart_a_canvas_too(seen):
    seen.js("__probe.watch({ output: '#o', canvas: '#c', button: '#b' }, '#o')")
    seen.js("o.textContent = 5; c.getContext('2d').fillRect(0, 0, 1, 1)")
    seen.wait("__probe.film.frames.length > 3")
    film = Film(seen.js("return __probe.film"), [])
    assert [len(film.parts[name]) for name in ("output", "canvas", "button")] == [1, 1, 0]
    assert film.pictures() == 0 and film.epoch(-1) == 5


def test_the_later_of_frame_and_change_is_presented():
    assert Shown(24, 20.5).presented == 24 and Shown(16, 80).presented == 80
    assert p95(range(100)) == 95 and blocked([[0, 60], [90, 150]]) == 110


def test_raster_is_the_sum_of_its_tasks():
    def event(name, duration, method="Tracing.dataCollected"):
        said = {"method": method, "params": {"name": name, "dur": duration}}
        return {"message": json.dumps({"message": said})}

    log = [event("RasterTask", 1500), event("Paint", 900), event("RasterTask", 500)]
    assert raster_milliseconds([*log, event("RasterTask", 7, "Network.x")]) == 2
