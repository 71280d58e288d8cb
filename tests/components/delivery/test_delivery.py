"""Static files: short forms of the same content, cached as long as is right."""

import gzip
import zlib

import brotli
import pytest
from flask import Flask, Response

from app import create_app
from components.delivery import compressed as delivery
from components.delivery.bundle import make_scripts, make_styles, serve_bundle
from components.delivery.compressed import LATER, Delivery

TEXT = b"window.deltaflow = window.deltaflow || {};\n" * 100
OPEN = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
SUITE = "/_dash-component-suites/dcc.js"
LASTING = "/_dash-component-suites/dcc.v4_4_1m17955.js"
PATHS = ("/assets/walk.js", "/assets/tiny.js", SUITE, "/assets/absent.js")


def deliver(server, folder=None):
    return Delivery(server, folder, PATHS, [LASTING])


@pytest.fixture
def server():
    flask = Flask("static", static_folder=None)
    flask.calls = []

    @flask.get("/assets/<name>")
    def asset(name):
        flask.calls.append(name)
        body = {"walk.js": TEXT, "tiny.js": b"1"}.get(name)
        return Response(body, mimetype="text/javascript") if body else ("none", 404)

    @flask.get("/_dash-component-suites/<name>")
    def suite(name):
        flask.calls.append(name)
        return Response(TEXT, mimetype="text/javascript")

    @flask.get("/health")
    def health():
        return "OK" * 1000

    return flask


def get(server, path, accept="gzip, br", **headers):
    return server.test_client().get(path, headers={"Accept-Encoding": accept, **headers})


def settled(server, folder=None, path=LASTING):
    made = deliver(server, folder)
    get(server, path)
    made.wait()
    return made


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_every_form_is_the_same_content(server, accept, encoding):
    settled(server)
    answer = get(server, LASTING, accept)
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert OPEN[encoding](answer.data) == TEXT
    assert answer.mimetype == "text/javascript"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_nobody_waits_for_a_short_form(server, monkeypatch):
    import threading

    let_go = threading.Event()
    monkeypatch.setitem(delivery.COMPRESSORS, "gzip", lambda body: let_go.wait(20) and b"late")
    made = deliver(server)
    for _ in range(3):
        answer = get(server, LASTING)
        assert answer.data == TEXT and "Content-Encoding" not in answer.headers
    let_go.set()
    made.wait()
    assert get(server, LASTING).headers["Content-Encoding"] == "br"


def test_a_short_form_is_made_once_and_asks_no_view(server, monkeypatch):
    times = []
    made = delivery.COMPRESSORS["br"]
    monkeypatch.setitem(delivery.COMPRESSORS, "br", lambda body: times.append(1) or made(body))
    settled(server)
    before = len(server.calls)
    for _ in range(5):
        get(server, LASTING)
    assert len(times) == 1 and len(server.calls) == before


def test_the_next_start_finds_them_made(server, tmp_path, monkeypatch):
    settled(server, tmp_path / "cache")
    again = Flask("again", static_folder=None)
    again.add_url_rule(LASTING, "walk", lambda: Response(TEXT, mimetype="text/css"))
    for name in delivery.COMPRESSORS:
        monkeypatch.setitem(delivery.COMPRESSORS, name, lambda body: 1 / 0)
    deliver(again, tmp_path / "cache")
    get(again, LASTING)
    assert brotli.decompress(get(again, LASTING).data) == TEXT


def test_a_folder_that_cannot_be_written_loses_nothing(server, tmp_path):
    (tmp_path / "file").write_text("")
    settled(server, tmp_path / "file" / "cache")
    assert get(server, LASTING).headers["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (LASTING, "immutable"),
        ("/_dash-component-suites/dcc.v4_5_0m99.js", "no-store"),
        (SUITE, "no-cache"),
        ("/assets/walk.js", "no-cache"),
        ("/assets/walk.js?m=17.5", "no-cache"),
    ],
)
@pytest.mark.parametrize("accept", ["br", "identity"])
def test_only_what_the_page_links_by_its_content_is_kept_without_asking(server, path, kept, accept):
    settled(server, path=path)
    answer = get(server, path, accept)
    assert answer.status_code == 200
    found = answer.headers["Cache-Control"]
    assert [word for word in ("immutable", "no-store", "no-cache") if word in found] == [kept]


@pytest.mark.parametrize("accept", ["br", "identity"])
def test_a_proxy_keeps_for_a_while_what_a_browser_asks_about_each_time(server, accept):
    made = deliver(server)
    for path in (SUITE, "/assets/walk.js", LASTING, LASTING.replace("4_4", "4_5")):
        get(server, path)
        made.wait()
        answer = get(server, path, accept)
        told, kept = answer.headers["Cache-Control"], int(answer.headers["X-Accel-Expires"])
        assert ("no-store" in told) == (kept == 0) and ("immutable" in told) == (kept > 60), path
    for path in ("/assets/absent.js", "/assets/unknown.js", "/health"):
        assert "X-Accel-Expires" not in get(server, path, accept).headers


@pytest.mark.parametrize("accept", ["br", "gzip", "identity"])
def test_what_the_browser_has_is_not_sent_again(server, accept):
    settled(server)
    first = get(server, LASTING, accept)
    again = get(server, LASTING, accept, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = get(server, LASTING, accept, **{"If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_each_form_has_its_own_tag(server):
    settled(server)
    tags = {get(server, LASTING, accept).headers["ETag"] for accept in ("br", "gzip", "identity")}
    assert len(tags) == 3


def test_a_file_is_kept_once_whatever_it_is_called(server):
    made = deliver(server)
    for number in range(20):
        get(server, f"/_dash-component-suites/dcc.v1m{number}.js")
        get(server, f"/assets/walk.js?m={number}")
    made.wait()
    assert sorted(made._files) == sorted([SUITE, "/assets/walk.js"])


@pytest.mark.parametrize(
    "path",
    [
        *("/assets/a1/../walk.js", "/assets//walk.js", "/assets/./walk.js", "/assets/WALK.js"),
        *("/assets/%2e%2e/app.py", "/assets/walk.js%00", "/assets/\\walk.js", "/assets/walk.js/"),
        *("/_dash-component-suites/foo/bar.js", "/_dash-component-suites/", "/bundle/x.js"),
        "/assets/unknown.js",
    ],
)
def test_what_does_not_exist_asks_no_view_and_is_not_kept(server, path):
    made = deliver(server)
    answer = get(server, path)
    assert answer.status_code in (404, 308)
    assert not made._files and server.calls == []


def test_errors_tiny_files_and_other_answers_are_left_alone(server):
    made = settled(server, path="/assets/absent.js")
    assert get(server, "/assets/absent.js").status_code == 404
    get(server, "/health")
    assert not made._files
    get(server, "/assets/tiny.js")
    made.wait()
    assert get(server, "/assets/tiny.js").data == b"1"
    assert "ETag" not in get(server, "/health").headers


def test_a_bundle_is_all_styles_in_order_under_a_name_of_their_content(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/b.css").write_text("second")
    (tmp_path / "styles/a.css").write_text("first")
    (tmp_path / "styles/a.js").write_text("no style")
    bundle = make_styles(tmp_path)
    assert bundle.content == b"first\nsecond" and bundle.mimetype == "text/css"
    (tmp_path / "styles/b.css").write_text("changed")
    assert make_styles(tmp_path).path != bundle.path


def test_a_bundle_of_modules_is_one_script_under_a_name_of_its_content(tmp_path):
    (tmp_path / "later.js").write_text("window.second = 1;\n")
    (tmp_path / "dash.js").write_text("window.first = 1;\n")
    bundle, later = make_scripts(tmp_path)
    assert b"window.first = 1;" in bundle.content
    (tmp_path / "dash.js").write_text("window.first = 2;\n")
    changed, same = make_scripts(tmp_path)
    assert changed.path != bundle.path and same == later and b"second" in later.content
    flask = Flask("bundle", static_folder=None)
    serve_bundle(flask, bundle)
    answer = flask.test_client().get(bundle.path)
    assert answer.data == bundle.content and answer.mimetype == "text/javascript"
    assert flask.test_client().get("/bundle/deltaflow-0.js").status_code == 404


def test_the_pages_own_files_are_delivered_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    # A quick form is enough here: the slow one differs in nothing but size.
    monkeypatch.setitem(delivery.COMPRESSORS, "br", lambda body: brotli.compress(body, quality=1))
    server = create_app().server
    plain = {path: get(server, path, "identity").data for path in LATER}
    server.extensions["delivery"].prepare()
    server.extensions["delivery"].wait()
    for path, body in plain.items():
        for accept in ("br", "gzip"):
            answer = get(server, path, accept)
            assert answer.headers["Content-Encoding"] == accept, path
            assert zlib.crc32(OPEN[accept](answer.data)) == zlib.crc32(body)
