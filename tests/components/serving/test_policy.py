"""Who may ask, and what every answer forbids the browser."""

import hashlib
import re
from base64 import b64encode

import pytest
from flask.testing import FlaskClient

from app import create_app
from components.serving.settings import Settings
from tests.english import english

FOREIGN = "https://evil.example"
# What is answered in different ways: page, file, short form, data, question, refusal, nothing.
ANSWERS = [
    *(("GET", path) for path in ("/", "/health", "/_dash-layout", "/assets/icon.svg")),
    *(("GET", path) for path in ("/none", "/bundle/deltaflow-0.js", "/pass")),
    *(("POST", path) for path in ("/pass", "/none", "/_dash-update-component")),
    ("HEAD", "/"),
]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(
        Settings(frame_ancestors=("'self'", "https://course.example"))
    ).server.test_client()


def directives(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize(("method", "path"), ANSWERS)
def test_every_answer_has_the_policy(client, method, path):
    answer = client.open(path, method=method, json={} if method == "POST" else None)
    found = directives(answer)
    assert found["default-src"] == "'self'" and found["object-src"] == "'none'"
    assert found["frame-ancestors"] == "'self' https://course.example"
    assert "unsafe" not in found["script-src"] and "*" not in found["script-src"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert method == "POST" or "Cache-Control" in answer.headers


def test_the_scripts_in_the_page_are_allowed_by_their_hash_and_no_others(client):
    page = client.get("/")
    inline = [
        text
        for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL)
        if "src=" not in attributes and "application/json" not in attributes
    ]
    assert len(inline) == 1
    digest = b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert directives(page)["script-src"] == f"'self' 'sha256-{digest}'"
    assert page.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", ["/", "/pass", "/assets/icon.svg", "/health"])
def test_a_foreign_host_is_refused_in_a_sentence(client, method, path):
    answer = client.open(path, method=method, json={}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    if method != "HEAD":
        told = english(answer.json["error"])
        assert "evil.example" in told and "ALLOWED_HOSTS" in told


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://localhost"}, 200),  # a proxy in front ends the encryption
        ({"Origin": "http://localhost:80"}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": FOREIGN}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:8051"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://[x"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_only_a_page_of_this_server_may_ask(client, headers, status):
    assert client.post("/pass", json={}, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("text/plain", 415),
        ("text/plain; a=application/json", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        (None, 415),
    ],
)
def test_a_question_is_json(client, kind, status):
    answer = client.post("/pass", data=b"{}", content_type=kind)
    assert answer.status_code == status
    assert status == 200 or english(answer.json["error"]).endswith(".")
