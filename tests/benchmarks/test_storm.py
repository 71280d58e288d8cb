"""The storm of openings at tiny sizes: what it asks and counts, not how fast it was."""

import asyncio
import json
import time
from collections import Counter

from benchmarks import large_pass, storm
from tests.benchmarks.test_benchmarks import listening

PAGE = [
    storm.Request("GET", "/"),
    *(storm.Request("GET", f"/{name}") for name in range(20)),
    storm.Request("POST", "/pass", '{"ü": 1}'),
]


def asked_event(url, method="GET", **more):
    params = {"request": {"url": url, "method": method, **more}}
    message = {"method": "Network.requestWillBeSent", "params": params}
    return {"message": json.dumps({"message": message})}


def test_a_page_asks_what_the_browser_asked():
    other = {"message": json.dumps({"message": {"method": "Page.loaded", "params": {}}})}
    log = [
        asked_event("http://page/?seed=3"),
        other,
        asked_event("data:image/png;base64,AA"),
        asked_event("http://page/a.js"),
        asked_event("http://page/pass", "POST", postData="{}"),
    ]
    found = storm.read_requests(log)
    assert [(one.method, one.path, one.body) for one in found] == [
        ("GET", "/?seed=3", ""),
        ("GET", "/a.js", ""),
        ("POST", "/pass", "{}"),
    ]
    assert found[2].raw.endswith(b"Content-Length: 2\r\n\r\n{}")
    assert b"Accept-Encoding: gzip, deflate, br\r\n" in found[0].raw


def test_every_page_asks_for_all_of_it_and_counts_from_its_time():
    seen, bodies = Counter(), []

    def application(environ, start):
        path = environ["PATH_INFO"]
        seen[path] += 1
        if path == "/pass":
            bodies.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        time.sleep(0.3 if path == "/3" else 0)
        size = 300_000 if path == "/7" else 2
        start("200 OK" if path != "/9" else "500 No", [("Content-Length", str(size))])
        return [b"x" * size]

    with listening(application) as port:
        came = asyncio.run(storm.ask_pages(port, PAGE, 3, 0.3))
    assert seen == {one.path: 3 for one in PAGE}
    assert bodies == ['{"ü": 1}'.encode()] * 3
    assert len(came.took) == 3 and min(came.took) >= 0.3
    assert came.errors == ["500 /9"] * 3
    assert 300_000 < came.bytes < 310_000
    assert came.slowest["/3"] >= 0.3


def test_a_page_that_does_not_come_whole_is_an_error_and_no_time():
    def application(environ, start):
        start("200 OK", [("Content-Length", "10")])
        return [b"cut"]  # and the connection is closed

    with listening(application) as port:
        came = asyncio.run(storm.ask_pages(port, PAGE, 2, 0.1))
    assert came.took == [] and len(came.errors) == 2


def test_a_large_pass_counts_every_question_of_an_update():
    whole = {"ms": 400.0, "up": 500_000, "down": 30_000, "again": False}
    named = {"ms": 50.0, "up": 1_000, "down": 200, "again": True}
    sent, took = large_pass._rows("here", [[named, whole], [whole], [named, whole]], (0.6, 500))
    assert sent["ours"] == 0.5312 and took["ours"] == 450
    assert "again 2 of 3" in sent["note"] and "longest 450 ms" in took["note"]
