"""The page as it is answered: all from this host, every callback in the browser."""

import json
import re
from pathlib import Path

from components.delivery.bundle import make_bootstrap
from components.delivery.link import link as linked

LINK = re.compile(r"""(?:src|href)\s*=\s*["']([^"']+)["']""")

ROOT = Path(__file__).parent.parent


def test_the_page_and_all_that_it_links_come_from_this_host(client):
    index = client.get("/").text
    links = LINK.findall(index)
    assert any(link.startswith("/bundle/bootstrap-") for link in links)
    bundles = [address for address in links if "/bundle/" in address]
    (script,) = (address for address in bundles if address.endswith(".js"))
    bootstrap, styles = (address for address in bundles if address.endswith(".css"))
    assert bootstrap == make_bootstrap().path
    for path in ROOT.glob("assets/styles/*.css"):
        assert path.read_bytes() in client.get(styles).data, path.name
    assert client.get(script).text == linked(ROOT / "assets/dash.js")
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
    assert [link for link in scripts if "polyfill" in link or "dash_table" in link] == []


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
