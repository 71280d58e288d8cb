"""The page's own scripts and styles as one file each, and other files by their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import flask_bootstrap
from flask import Flask, Response

from components import messages
from components.delivery.basic_plotly import basic_plotly
from components.delivery.link import link_apart

__all__ = [
    "Bundle",
    "make_bootstrap",
    "make_catalogs",
    "make_plotly",
    "make_scripts",
    "make_styles",
    "serve_bundle",
]

# What runs at once, and what is brought when it is first needed.
ENTRY: Final = "dash.js"
LATER: Final = "later.js"
STYLES: Final = "styles/*.css"
# The themes of dash-bootstrap-components are links to a CDN; this package ships the same file.
BOOTSTRAP: Final = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/css/bootstrap.min.css"


@dataclass(frozen=True)
class Bundle:
    """All files of one kind in one; `path` names their content."""

    path: str
    mimetype: str
    content: bytes


def make_scripts(folder: Path) -> tuple[Bundle, Bundle]:
    """The modules that open the page, linked as one, and those that are brought later.

    Raises ValueError where they cannot be linked.
    """
    names = ("deltaflow", "deltaflow-later")
    scripts = link_apart(folder / ENTRY, folder / LATER)
    first, later = (
        _named(name, "js", "text/javascript", script.encode())
        for name, script in zip(names, scripts, strict=True)
    )
    return first, later


def make_styles(folder: Path) -> Bundle:
    """All style sheets as one, by their names."""
    parts = [path.read_bytes() for path in sorted(folder.glob(STYLES))]
    return _named("deltaflow", "css", "text/css", b"\n".join(parts))


def _named(name: str, kind: str, mimetype: str, content: bytes) -> Bundle:
    digest = hashlib.sha256(content).hexdigest()[:16]
    # Not the form of Dash's fingerprints, which are left out when a file is looked for.
    return Bundle(f"/bundle/{name}-{digest}.{kind}", mimetype, content)


def make_bootstrap() -> Bundle:
    """Bootstrap's styles, which stand before ours."""
    return _named("bootstrap", "css", "text/css", BOOTSTRAP.read_bytes())


def make_plotly(folder: Path) -> Bundle | None:
    """The smaller build of plotly.js, where it is in this folder."""
    content = basic_plotly(folder)
    return _named("plotly-basic", "js", "text/javascript", content) if content else None


def make_catalogs() -> dict[str, Bundle]:
    """The catalog of each language, as the browser asks for it."""
    files = {name: messages.FOLDER / f"{name}.json" for name in messages.LANGUAGES}
    return {
        name: _named(f"messages-{name}", "json", "application/json", path.read_bytes())
        for name, path in files.items()
    }


def serve_bundle(server: Flask, bundle: Bundle) -> None:
    """Answer the bundle at its address, and at no other."""
    server.add_url_rule(
        bundle.path, bundle.path, lambda: Response(bundle.content, mimetype=bundle.mimetype)
    )
