"""The page as it is answered: all from this host, every callback in the browser."""

import json
import re
from pathlib import Path

import brotli

from components.delivery.bundle import make_bootstrap
from components.delivery.link import link_apart

# What a page brings; a place within itself is nothing that comes.
LINK = re.compile(r"""(?:src|href)\s*=\s*["']([^"'#][^"']*)["']""")

ROOT = Path(__file__).parent.parent


def test_the_page_and_all_that_it_links_come_from_this_host(client):
    index = client.get("/").text
    links = LINK.findall(index)
    assert any(link.startswith("/bundle/bootstrap-") for link in links)
    bundles = [address for address in links if "/bundle/" in address]
    scripts = [address for address in bundles if address.endswith(".js")]
    bootstrap, styles = (address for address in bundles if address.endswith(".css"))
    assert bootstrap == make_bootstrap().path
    for path in ROOT.glob("assets/styles/*.css"):
        assert path.read_bytes() in client.get(styles).data, path.name
    apart = link_apart(ROOT / "assets/dash.js", ROOT / "assets/later.js")
    # Where the small build of plotly.js is there, it is a bundle as well.
    assert [client.get(script).text for script in scripts[: len(apart)]] == list(apart)
    for address in links:
        assert not re.match(r"([a-z]+:)?//", address), address
        response = client.get(address if address.startswith("/") else f"/{address}")
        assert response.status_code == 200, address
        assert response.data and "text/html" not in response.content_type


def strings(part):
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("href", "src") and isinstance(value, str):
                yield value
            yield from strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value)


def test_the_layout_links_no_other_host(client):
    response = client.get("/_dash-layout")
    assert response.status_code == 200
    for address in strings(response.json):
        assert not re.match(r"([a-z]+:)?//", address), address


def test_no_script_comes_that_nothing_uses(client):
    scripts = [link for link in LINK.findall(client.get("/").text) if link.endswith(".js")]
    assert any("dash_renderer" in link for link in scripts)
    unused = ("dash_table", "dash_bootstrap_components")
    assert [link for link in scripts if any(name in link for name in unused)] == []


def test_a_browser_loads_styles_and_our_script_by_itself_and_nothing_else(client):
    page = re.sub(
        r"<template.*?</template>|<noscript.*?</noscript>", "", client.get("/").text, flags=re.S
    )
    tags = [tag for tag in re.findall(r"<(?:script|link|img)\b[^>]*>", page) if LINK.search(tag)]
    loaded = [LINK.findall(tag)[0] for tag in tags if 'rel="alternate"' not in tag]
    kinds = [re.sub(r"-[0-9a-f]{16}", "", address) for address in loaded]
    assert kinds == [
        *("assets/icon.svg", "/bundle/bootstrap.css", "/bundle/deltaflow.css"),
        "/bundle/deltaflow.js",
    ]


def test_the_page_itself_goes_out_short_and_is_not_sent_twice(client):
    client.get("/")
    client.application.extensions["delivery"].wait()
    short = client.get("/", headers={"Accept-Encoding": "br"})
    assert short.headers["Content-Encoding"] == "br"
    assert brotli.decompress(short.data).decode() == client.get("/").text
    assert short.headers["Cache-Control"] == "no-cache"
    known = {"Accept-Encoding": "br", "If-None-Match": short.headers["ETag"]}
    assert client.get("/", headers=known).status_code == 304


def test_our_styles_and_scripts_name_no_other_host():
    files = [path for kind in ("js", "css", "svg") for path in ROOT.glob(f"assets/**/*.{kind}")]
    assert {path.suffix for path in files} == {".js", ".css", ".svg"}
    for path in files:
        for address in re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8")):
            assert address.startswith("http://www.w3.org/"), f"{path.name}: {address}"


def test_bootstrap_loads_nothing_from_elsewhere(client):
    css = client.get(make_bootstrap().path).text
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", css):
        assert address.startswith("data:") or not re.match(r"([a-z]+:)?//", address)
    assert "@import" not in css


def test_every_callback_runs_in_the_browser(client):
    callbacks = json.loads(client.get("/_dash-dependencies").data)
    assert callbacks
    assert all(callback["clientside_function"] for callback in callbacks)
