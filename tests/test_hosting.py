"""The server behind nginx, with the very file that README tells to use."""

import http.client
import re
import threading
import time
from collections import Counter
from contextlib import suppress

import pytest
import waitress

from app import create_app
from benchmarks.proxy import find_nginx, proxy
from benchmarks.serving import free_port
from components.delivery.compressed import LATER

pytestmark = pytest.mark.skipif(find_nginx() is None, reason="nginx is not installed")


class Hosted:
    """A server, nginx in front of it, and which paths nginx has asked it for."""

    def __init__(self):
        application = create_app().server
        self.asked = Counter()
        self.delivery = application.extensions["delivery"]

        def counted(environ, start_response):
            self.asked[environ["PATH_INFO"]] += 1
            return application(environ, start_response)

        self.server = waitress.create_server(counted, host="127.0.0.1", port=0, threads=4)

        def run():
            with suppress(OSError):  # it is closed while it listens
                self.server.run()

        threading.Thread(target=run, daemon=True).start()

    def get(self, port, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer


@pytest.fixture(scope="module")
def hosted():
    made = Hosted()
    port = made.server.effective_port
    with proxy([port, port]) as (front, _):
        made.front = front
        yield made
    made.server.close()


def static_files(hosted):
    page = hosted.get(hosted.front, "/").content.decode()
    links = re.findall(r'(?:src|href)="([^"#][^"]*)"', page)
    return [*(link if link.startswith("/") else f"/{link}" for link in links), *LATER]


def test_every_static_file_is_asked_for_once_and_then_answered_by_nginx(hosted):
    files = static_files(hosted)
    assert len(files) > 15
    for path in files:
        first, again = (hosted.get(hosted.front, path) for _ in range(2))
        assert (first.status, again.status) == (200, 200)
        assert first.content == again.content
        assert hosted.asked[path] == 1, path
        # What a browser is told stays what the server told, without what was meant for nginx.
        direct = hosted.get(hosted.server.effective_port, path)
        assert again.headers["Cache-Control"] == direct.headers["Cache-Control"]
        assert again.headers["Content-Security-Policy"] == direct.headers["Content-Security-Policy"]
        assert "X-Accel-Expires" not in again.headers
        known = hosted.get(hosted.front, path, **{"If-None-Match": again.headers["ETag"]})
        assert (known.status, known.content) == (304, b"")


OTHERS = [
    *("/health", "/bundle/x", "/assets/x"),
    "/_dash-component-suites/dash/dcc/async-highlight.v1_0_0m1.js",
]


def test_what_may_be_other_the_next_time_is_asked_for_each_time(hosted):
    for path in OTHERS:
        hosted.asked.clear()
        for _ in range(3):
            hosted.get(hosted.front, path)
        # What one process does not know is asked of the other as well.
        assert hosted.asked[path] in (3, 6), path


def unsigned(content):
    """A page without what Dash signs it with, for background callbacks, of which there are none."""
    return re.sub(rb'"end_id":"[^"]*"', b"", content)


PAGES = ("/", "/?seed=3", "/_dash-layout", "/_dash-dependencies")


def test_a_page_is_asked_for_once_a_second(hosted):
    for path in PAGES:
        hosted.get(hosted.front, path)
    hosted.delivery.wait()
    time.sleep(2.1)  # nginx counts in whole seconds
    for path in PAGES:
        hold_page(hosted, path)
    time.sleep(2.1)
    for path in PAGES:
        hosted.asked.clear()
        hosted.get(hosted.front, path)
        assert hosted.asked[path.split("?")[0]] == 1, path


def hold_page(hosted, path):
    """Asked for many times in a row: the server hardly is, and nobody sees a difference."""
    hosted.asked.clear()
    begun = time.monotonic()
    answers = [hosted.get(hosted.front, path) for _ in range(20)]
    assert hosted.asked[path.split("?")[0]] <= 1 + (time.monotonic() - begun) / 1.0, path
    direct = hosted.get(hosted.server.effective_port, path)
    told = ("Cache-Control", "Content-Security-Policy", "Content-Encoding", "Vary")
    for answer in answers:
        assert (answer.status, unsigned(answer.content)) == (200, unsigned(direct.content)), path
        assert [answer.headers[one] for one in told] == [direct.headers[one] for one in told], path


def test_a_foreign_host_gets_no_page_that_another_has_asked_for(hosted):
    assert hosted.get(hosted.front, "/").status == 200
    assert hosted.get(hosted.front, "/", Host="elsewhere.example").status == 400


def asked_in_a_lane(front, servers, lane, times=6):
    """How many of so many questions each of the servers was asked; all have to be answered."""
    before = [one.asked["/health"] for one in servers]
    headers = {} if lane is None else {"Deltaflow-Lane": str(lane)}
    answers = [servers[0].get(front, "/health", **headers) for _ in range(times)]
    assert {answer.status for answer in answers} == {200}
    return tuple(one.asked["/health"] - n for one, n in zip(servers, before, strict=True))


def test_one_lane_goes_to_one_process(hosted):
    other = Hosted()
    pair = [hosted, other]
    with proxy([one.server.effective_port for one in pair]) as (front, _):
        found = {asked_in_a_lane(front, pair, lane) for lane in range(12)}
        assert found == {(0, 6), (6, 0)}
        # Who says no lane is sent to whoever has less to do: here to each in turn.
        assert asked_in_a_lane(front, pair, None) == (3, 3)
    other.server.close()


def test_a_lane_whose_process_is_gone_goes_to_the_other(hosted):
    with proxy([hosted.server.effective_port, free_port()]) as (front, _):
        for lane in range(12):
            assert asked_in_a_lane(front, [hosted], lane, 1) == (1,)
