"""The server's routes: what is asked well, asked badly, and asked for the page itself."""

import json
import re

import pytest

from app import create_app
from components import ids
from components.delivery import version
from components.delivery.bundle import Bundle
from components.requests.routes import ROUTES, TRAIN
from components.serving.settings import Settings
from tests.english import english

LINK = re.compile(r"""(?:src|href)\s*=\s*["']([^"'#][^"']*)["']""")

CALLS = [
    *(b"", b"[]", b"null", b"1", b"{", b"\xff\xfe", b"{}", b'{"output": null}'),
    b'{"output": "caption.children", "inputs": [], "changedPropIds": []}',
    b'{"output": ["a"], "inputs": {"x": 1}}',
    b'{"output": "..page.lang...controls.lang..", "outputs": 7}',
]
PASSES = [
    *(b"", b"3-3-2", b"[]", b"null", b'"text"', b"{", b"\xff", b"[" * 100_000),
    b'{"unknown": 1}',
    b'{"iteration": true}',
    b'{"iteration": 1e400}',
    b'{"iteration": 123456789012345678901234567890}',
    b'{"fields": {"seed": 123456789012345678901234567890}}',
    b'{"fields": []}',
    b'{"fields": {"__class__": "x"}}',
    b'{"fields": {"layer-sizes": "3-3-2"}, "weights": {"w": {}, "b": {}}}',
    b'{"changed": null, "fields": null}',
]


def assert_refused(response):
    assert 400 <= response.status_code < 500
    assert b"Traceback" not in response.data and b'File "' not in response.data


def test_health_is_ok(client):
    response = client.get("/health")
    assert (response.status_code, response.data) == (200, b"OK")


def test_a_pass_is_answered_whole(client):
    response = client.post("/pass", json={})
    assert response.status_code == 200 and response.mimetype == "application/json"
    kinds = [position["kind"] for position in response.json["pass"]["positions"]]
    assert kinds == ["input", "forward", "forward", "loss", "backward", "backward", "update"]
    assert response.json["notices"] == []


def test_the_same_request_has_the_same_answer(client):
    body = {"fields": {ids.LAYER_SIZES: "4-5-3", ids.GRANULARITY: "neuron"}, "iteration": 3}
    first = client.post("/pass", json=body).data
    assert client.post("/pass", json=body).data == first
    # A second app keeps no answers yet: it makes them anew.
    assert create_app().server.test_client().post("/pass", json=body).data == first


@pytest.mark.parametrize("raw", PASSES, ids=lambda raw: raw[:30].decode("latin-1"))
def test_a_crafted_pass_is_refused_in_a_sentence(client, raw):
    response = client.post("/pass", data=raw, content_type="application/json")
    assert response.status_code == 400
    assert_refused(response)
    assert set(response.json) == {"error"}
    told = english(response.json["error"])
    assert told.endswith(".") and len(told) < 500


def test_a_text_that_cannot_be_used_is_told_with_its_field(client):
    response = client.post("/pass", json={"fields": {ids.LEARNING_RATE: "fast"}})
    assert response.status_code == 200
    assert response.json["refused"]["field"] == ids.LEARNING_RATE
    assert "fast" in english(response.json["refused"]["text"])


def test_a_repair_is_told(client):
    body = {"fields": {ids.OUTPUT_ACTIVATION: "softmax"}, "changed": ids.OUTPUT_ACTIVATION}
    answer = client.post("/pass", json=body).json
    assert answer["pass"]["fields"][ids.LOSS] == "cross_entropy"
    assert len(answer["notices"]) == 1


@pytest.mark.parametrize("path", [*ROUTES, TRAIN])
def test_a_question_cannot_be_got(client, path):
    answer = client.get(path)
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        *("/x", "/.git/config", "/.env", "/%00", "/a" * 2000, "/index.html", "/health/x", "/pass/"),
        *("/bundle/", "/bundle/deltaflow-0000000000000000.js", "/static/x", "/assets", "/assets/"),
        *("/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/icon.svg/..", "/..", "/%2e%2e/x"),
        *("/_dash-component-suites/foo/bar.js", "/_dash-component-suites/dash/../app.py"),
        *("/bootstrap/static/css/bootstrap.min.css", "/<script>", "/_dash-layout/x"),
        *("/bundle/deltaflow.v1m0000000000000000.js", "/_reload-hash", "/_favicon.ico"),
    ],
)
def test_an_unknown_path_is_not_found_and_not_kept(client, caplog, path, method):
    answer = client.open(path, method=method)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store" and answer.mimetype == "text/plain"
    assert b"script" not in answer.data and caplog.records == []


def test_unknown_paths_gain_nothing():
    server = create_app().server
    client, delivery = server.test_client(), server.extensions["delivery"]
    for number in range(50):
        client.get(f"/_dash-component-suites/dash/a{number}/../dcc/async-graph.js")
        client.get(f"/bundle/deltaflow-{number:016x}.js")
        client.get(f"/assets/icon.svg?{number}")
    assert list(delivery._files) == ["/assets/icon.svg"]


def test_a_process_that_was_not_asked_for_the_page_has_its_files():
    links = LINK.findall(create_app().server.test_client().get("/").text)
    fresh = create_app().server.test_client()
    for link in links:
        answer = fresh.get(link if link.startswith("/") else f"/{link}")
        assert answer.status_code == 200, link
        named = "/bundle/" in link or re.search(r"\.v[0-9_]+m[0-9a-f]+\.", link)
        assert ("immutable" in answer.headers["Cache-Control"]) == bool(named), link
        assert named or link == "assets/icon.svg"


def test_answers_to_questions_tell_the_version_that_the_page_has(client):
    (defaults,) = re.findall(
        rf'<script id="{ids.DEFAULTS}"[^>]*>(.*)</script>', client.get("/").text
    )
    version = json.loads(defaults)["version"]
    assert re.fullmatch(r"[0-9a-f]{16}", version)
    for answer in (client.post("/pass", json={}), client.post("/pass", data=b"x")):
        assert answer.headers["Deltaflow-Version"] == version
    assert "Deltaflow-Version" not in client.get("/").headers


def test_the_version_is_that_of_scripts_styles_and_sources(tmp_path, monkeypatch):
    for folder in version.FOLDERS:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("1")
    monkeypatch.setattr(version, "ROOT", tmp_path)
    bundle = Bundle("/bundle/deltaflow-1.js", "text/javascript", b"1")
    made = [version.make_version([bundle])]
    made.append(version.make_version([Bundle("/bundle/deltaflow-2.js", "text/javascript", b"2")]))
    (tmp_path / "engine/a.py").write_text("2")
    made.append(version.make_version([bundle]))
    (tmp_path / "engine/a.py").rename(tmp_path / "engine/b.py")
    made.append(version.make_version([bundle]))
    assert len(set(made)) == 4


@pytest.mark.parametrize("prefix", ["/deltaflow/", "/courses/nn/deltaflow/"])
def test_under_a_prefix_everything_is_below_it_whether_a_proxy_takes_it_off_or_not(prefix):
    client = create_app(Settings(prefix=prefix)).server.test_client()
    page = client.get(prefix).text
    links = [link if link.startswith("/") else prefix + link for link in LINK.findall(page)]
    assert len(links) > 5
    for link in links:
        assert link.startswith(prefix)
        for path in (link, "/" + link.removeprefix(prefix)):
            answer = client.get(path)
            assert answer.status_code == 200 and "text/html" not in answer.content_type, path
    assert f'"requests_pathname_prefix":"{prefix}"'.replace("/", "\\u002f") in page
    for path in (prefix, "/"):
        assert client.get(f"{path}_dash-layout").status_code == 200
        assert client.get(f"{path}health").data == b"OK"
        assert "pass" in client.post(f"{path}pass", json={}).json
        assert client.get(f"{path}none").status_code == 404
    without = client.get(prefix[:-1], headers={"Host": "localhost"})
    assert without.status_code == 308 and without.headers["Location"] == prefix
    assert client.get(prefix[:-1] + "x").status_code == 404


@pytest.mark.parametrize("raw", CALLS, ids=lambda raw: raw[:30].decode("latin-1"))
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_a_crafted_callback_is_refused_without_a_traceback(client, raw, kind):
    assert_refused(client.post("/_dash-update-component", data=raw, content_type=kind))


def test_two_apps_in_one_process_share_no_state():
    one, other = create_app(), create_app()
    one.server.add_url_rule("/only-here", "only", lambda: "here")
    first, second = one.server.test_client(), other.server.test_client()
    before = second.post("/pass", json={}).data
    first.post("/pass", json={"fields": {ids.SEED: "8"}, "iteration": 5})
    assert second.post("/pass", json={}).data == before == first.post("/pass", json={}).data
    same = [c.get("/_dash-dependencies").data for c in (first, second)]
    assert same[0] == same[1]
    assert first.get("/only-here").data == b"here"
    assert second.get("/only-here").data != b"here"
