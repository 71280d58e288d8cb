"""The benchmark's functions at tiny sizes: what they count, not how fast it was."""

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from xml.etree import ElementTree

import orjson
import pytest
from werkzeug.serving import make_server

from benchmarks import hall, opening, passes, proxy, students, turns
from benchmarks.__main__ import record
from benchmarks.picture import draw
from benchmarks.requests import MIXED, body_of, with_own_weights
from benchmarks.rows import Row, attempt, make_row, met, share, table, without
from components.requests import train

ROW = set(Row.__annotations__)
row_of = without("what was left out")


@contextmanager
def listening(application):
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def test_a_row_has_its_ratio_where_there_is_a_reference():
    assert set(row_of("a", 1.0, "ms", 2)) == ROW
    assert row_of("a", 3.0, "ms", 9, reference=1.5)["ratio"] == 2
    assert row_of("a", None, "ms", reference=1.5)["ratio"] is None
    lines = table("Title", [row_of("absent", None, "", note="not installed")]).splitlines()
    assert "not installed" in lines[-1] and len({len(line) for line in lines[2:]}) == 1


def test_a_figure_without_a_target_says_why():
    with pytest.raises(ValueError, match="a target"):
        row_of("a", 1.0, "ms")
    with pytest.raises(ValueError, match="a target"):
        row_of("a", 1.0, "ms", 2.0, untargeted="none was set")
    assert "none was set" in table("T", [row_of("a", 1.0, "ms", untargeted="none was set")])


def test_a_figure_says_what_it_does_not_include():
    with pytest.raises(ValueError, match="does not include"):
        make_row("a", 1.0, "ms", 2.0)
    assert "what was left out" in table("T", [row_of("a", 1.0, "ms", 2.0)])
    assert make_row("a", None, "ms", 2.0)["excludes"] == ""


def test_what_fails_is_told_and_ends_nothing():
    def broken(number):
        raise RuntimeError(f"no {number}")

    assert attempt("a", broken, 3)[0]["note"] == "failed: RuntimeError: no 3"


REACHED = (
    (row_of("a", 20.0, "ms", 25), True, 0.8),
    (row_of("b", 30.0, "ms", 25), False, 1.2),
    (row_of("c", 30.0, "1/s", 60, at_least=True), False, 2.0),
    (row_of("d", 80.0, "1/s", 60, at_least=True), True, 0.75),
    (row_of("e", 8.0, "µs", 0.5, 20.0, of_ratio=True), True, 0.8),
    (row_of("f", 0, "", 0), True, None),
    (row_of("g", None, "ms", 25), None, None),
    (row_of("h", 3.0, "ms", untargeted="none was set"), None, None),
)


@pytest.mark.parametrize(("row", "reached", "used"), REACHED)
def test_a_target_is_the_most_or_the_least_of_ours_or_of_the_ratio(row, reached, used):
    assert met(row) is reached and share(row) == pytest.approx(used)
    assert {True: "| yes", False: "| no", None: "| –"}[reached] in table("Title", [row])


def test_the_picture_has_a_bar_for_each_target_and_marks_those_that_are_missed():
    root = ElementTree.fromstring(draw({"One & two": [row for row, _, _ in REACHED], "None": []}))
    bars = root.findall("{*}rect")
    used = [share for _, _, share in REACHED if share]
    assert len(bars) == len(used)
    widths = [float(bar.get("width")) for bar in bars]
    assert widths[0] / widths[3] == pytest.approx(0.8 / 0.75, rel=0.01)
    missed = [bar.get("class").endswith("missed") for bar in bars]
    assert missed == [value > 1 for value in used]
    words = [text.text for text in root.findall("{*}text")]
    assert "One & two" in words and "None" not in words and len(words) == 3 + 2 * len(bars)
    assert {"20 ms (≤ 25)", "80 1/s (≥ 60)", "0.4 of the reference (≤ 0.5)"} <= set(words)


def test_a_record_holds_the_tables_and_the_picture(tmp_path):
    record(tmp_path / "results", {"Part": [REACHED[0][0]]}, "some machine")
    assert "some machine" in (tmp_path / "results.md").read_text()
    assert "### Part" in (tmp_path / "results.md").read_text()
    assert (tmp_path / "results.svg").read_text() == draw({"Part": [REACHED[0][0]]})


def test_a_pass_is_measured_as_the_route_answers_it():
    from app import create_app

    raw = with_own_weights(body_of("3-3-2"), 5)
    client = create_app().server.test_client()
    answer = client.post("/pass", data=raw, content_type="application/json")
    assert answer.data == passes.answer(raw)
    assert orjson.loads(passes.answer(raw))["pass"]["iteration"] == 5
    made = passes.rows(times=1)
    assert [row["unit"] for row in made] == ["ms", "KB"] * 3
    assert all(set(row) == ROW and row["ours"] > 0 for row in made)


def test_the_fixed_cost_is_of_a_turn_that_trains_nothing():
    first, following = turns.bodies(samples=60)
    begun, answer = train.answer_turn(first), train.answer_turn(following)
    assert begun["batch"] == answer["batch"] == 1
    assert answer["weights"] == begun["weights"] and answer["metrics"] is None
    assert {row["unit"] for row in turns.rows(1, samples=60)} == {"ms"}


def test_mixed_questions_are_never_alike_and_all_sizes_come():
    bodies = hall.mixed_bodies()
    asked = [bodies() for _ in range(20)]
    assert len(set(asked)) == 20
    sizes = {orjson.loads(body)["fields"]["layer-sizes"] for body in asked}
    assert sizes == {size for size, _ in MIXED}
    assert len({hall.same_body()() for _ in range(3)}) == 1


def test_students_keep_their_times_and_count_from_them(monkeypatch):
    """A server that is slow once delays nobody: what was due meanwhile is late by as much."""
    slow = iter([0.6])

    monkeypatch.setattr(students, "OPENED_BEFORE", 0.1)

    def application(environ, start):
        time.sleep(next(slow, 0) if environ["PATH_INFO"] == "/pass" else 0)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    with listening(application) as port:
        asked = students.ask_passes(port, 1, 0.45, lambda: b"{}", every=0.1)
        outcome = asyncio.run(asked)
    assert outcome.sent == len(outcome.latencies) == 5
    assert not outcome.errors
    # Coordinated omission would leave only the first one late.
    assert sum(latency > 0.15 for latency in outcome.latencies) >= 3


def test_students_try_again_and_tell_what_was_refused():
    statuses = iter(["503 Busy", "200 OK", "400 Bad Request"])

    def application(environ, start):
        start(next(statuses), [("Content-Length", "2")])
        return [b"ok"]

    async def ask(port):
        outcome = students.Outcome()
        connection = students.Connection(port, outcome)
        answers = [await connection.post("/pass", b"{}") for _ in range(2)]
        connection.close()
        return answers, outcome

    with listening(application) as port:
        answers, outcome = asyncio.run(ask(port))
    assert answers == [b"ok", b"ok"]
    assert outcome.retries == 1 and outcome.errors == ["400 b'ok'"]


def test_quantiles():
    assert students.quantile([3, 1, 2], 0.5) == 2
    assert students.quantile(range(100), 0.95) == 95
    assert students.quantile([], 0.5) != students.quantile([], 0.5)


def test_the_proxy_runs_the_file_of_the_repository():
    text = proxy.configuration("logs", 9000, [9001, 9002])
    assert "listen 127.0.0.1:9000 " in text
    assert "127.0.0.1:9001 " in text and "127.0.0.1:9002 " in text
    assert "8050" not in text and "8051" not in text
    assert "non_idempotent" in text
    with pytest.raises(ValueError, match="8053"):
        proxy.configuration("logs", 9000, [9001, 9002, 9003])


def event(method, name, **params):
    message = {"method": f"Network.{method}", "params": {"requestId": name, **params}}
    return {"message": json.dumps({"message": message})}


def test_a_visit_counts_what_was_sent_and_not_what_was_kept():
    def sent(name, url, size, at, cached=False):
        return [
            event("requestWillBeSent", name, request={"url": url}, timestamp=at),
            event("responseReceived", name, response={"fromDiskCache": cached}),
            event("loadingFinished", name, encodedDataLength=size, timestamp=at + 0.1),
        ]

    log = [
        *sent("1", "http://page/", 100, 5.0),
        *sent("2", "http://page/a.js", 1000, 6.0),
        *sent("3", "http://page/b.js", 1000, 6.0, cached=True),
        *sent("4", "data:image/png", 5, 6.0),
    ]
    seen = opening.read_log(log)
    assert seen.files == {"http://page/": 100, "http://page/a.js": 1000}
    assert (seen.bytes, seen.cached) == (1100, 1)
    seen.marks, seen.ends = {"ready": 500}, [[100.0, 100], [1100.0, 1000], [1100.0, 0]]
    assert seen.bytes_until("ready") == 100
