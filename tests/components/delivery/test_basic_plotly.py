"""The smaller build of plotly.js: fetched by checksum, served where it is there, else the whole."""

import base64
import hashlib
import io
import re
import tarfile
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

import app
from components.delivery import basic_plotly as basic
from components.delivery.basic_plotly import BASIC, Release, basic_plotly, bundled_version, fetch
from components.delivery.bundle import Bundle
from components.delivery.dash_scripts import plotly_path

ROOT = Path(__file__).parents[3]
SCRIPT = b"window.Plotly = {}"
# The charts that the smaller build has, and what else is called a type: axes, shapes, components.
KNOWN = {"scatter", "bar", "pie"} | {"log", "linear", "line", "rect", "Graph"}


def archive_of(script: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        told = tarfile.TarInfo(BASIC.member)
        told.size = len(script)
        archive.addfile(told, io.BytesIO(script))
    return made.getvalue()


ARCHIVE = archive_of(SCRIPT)
CHECKSUM = "sha512-" + base64.b64encode(hashlib.sha512(ARCHIVE).digest()).decode()
OURS = replace(BASIC, integrity=CHECKSUM)


def answering(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[str]:
    """The addresses that are asked for, each answered with this content."""
    asked: list[str] = []

    def answer(address: str, timeout: float) -> io.BytesIO:
        assert 0 < timeout <= 10
        asked.append(address)
        return io.BytesIO(content)

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    return asked


def test_it_is_of_the_release_that_the_installed_package_bundles():
    assert bundled_version() == BASIC.version


def test_it_is_fetched_once_by_its_version_and_read_as_it_is(monkeypatch, tmp_path):
    asked = answering(monkeypatch, ARCHIVE)
    assert basic_plotly(tmp_path, OURS) is None
    for _ in range(2):
        fetch(tmp_path, OURS)
    assert len(asked) == 1 and asked[0].endswith(f"/{BASIC.package}-{BASIC.version}.tgz")
    assert basic_plotly(tmp_path, OURS) == SCRIPT


@pytest.mark.parametrize("content", [b"", ARCHIVE[:-1], ARCHIVE + b"\0", archive_of(b"other")])
def test_what_has_another_checksum_is_neither_kept_nor_served(monkeypatch, tmp_path, content):
    answering(monkeypatch, content)
    with pytest.raises(ValueError, match="checksum"):
        fetch(tmp_path, OURS)
    assert not list(tmp_path.iterdir())
    (tmp_path / OURS.archive).write_bytes(content)
    assert basic_plotly(tmp_path, OURS) is None


def test_that_of_another_release_is_neither_fetched_nor_served(monkeypatch, tmp_path):
    other: Release = replace(OURS, version="3.6.9")
    (tmp_path / other.archive).write_bytes(ARCHIVE)
    asked = answering(monkeypatch, ARCHIVE)
    fetch(tmp_path, other)
    assert basic_plotly(tmp_path, other) is None and not asked


def test_without_a_network_that_is_said_and_nothing_stops(monkeypatch, tmp_path, capsys):
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    basic.main()
    assert "no route" in (said := capsys.readouterr().out) and "all of plotly.js" in said


@pytest.mark.parametrize("made", [None, Bundle("/bundle/plotly-basic-0.js", "text/x", SCRIPT)])
def test_the_page_links_it_where_it_is_there_and_the_whole_where_not(monkeypatch, made):
    monkeypatch.setattr(app, "make_plotly", lambda folder: made)
    client = app.create_app().server.test_client()
    page = client.get("/").text
    [link] = re.findall(
        r'href="([^"]+)"[^>]*id="plotly-script"|id="plotly-script" href="([^"]+)"', page
    )
    path = "".join(link)
    assert path == (made.path if made else plotly_path())
    answer = client.get(path)
    assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]
    assert (answer.data == SCRIPT) == bool(made)


def test_the_plots_are_of_the_kinds_that_it_has():
    files = [*ROOT.glob("assets/plots/*.js"), ROOT / "assets/compare/plot.js"]
    named = {kind for file in files for kind in re.findall(r'\btype: "(\w+)"', file.read_text())}
    assert "scatter" in named and named <= KNOWN
