"""The page's own scripts and styles as one file each, so that opening it takes few requests."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, Response

__all__ = ["Bundle", "make_bundle", "serve_bundle"]

KINDS: Final = {"js": "text/javascript", "css": "text/css"}


@dataclass(frozen=True)
class Bundle:
    """The files of one kind, joined in the order of their names; `path` names their content."""

    path: str
    mimetype: str
    content: bytes


def make_bundle(folder: Path, kind: str) -> Bundle:
    """Join all files of a kind, "js" or "css"; each script is strict and has a scope of its own."""
    parts = [path.read_bytes() for path in sorted(folder.glob(f"*.{kind}"))]
    content = b"\n".join(parts)
    digest = hashlib.sha256(content).hexdigest()[:16]
    # Not the form of Dash's fingerprints, which are left out when a file is looked for.
    return Bundle(f"/bundle/deltaflow-{digest}.{kind}", KINDS[kind], content)


def serve_bundle(server: Flask, bundle: Bundle) -> None:
    """Answer the bundle at its address, and at no other."""
    server.add_url_rule(
        bundle.path, bundle.path, lambda: Response(bundle.content, mimetype=bundle.mimetype)
    )
