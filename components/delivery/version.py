"""Which version of the program answers: an open page sees by it that the server was updated."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from flask import Flask, Response, request

from components.delivery.bundle import Bundle

__all__ = ["HEADER", "make_version", "tell_version"]

HEADER: Final = "Deltaflow-Version"
ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("components", "engine")


def make_version(bundles: Iterable[Bundle]) -> str:
    """Sixteen hexadecimal digits of a hash over the page's bundles and the server's sources."""
    digest = hashlib.sha256()
    for bundle in bundles:
        digest.update(bundle.path.encode())
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def tell_version(server: Flask, version: str) -> None:
    """Put the version into a header of every answer to a question."""

    @server.after_request
    def tell(answer: Response) -> Response:
        if request.method == "POST":
            answer.headers[HEADER] = version
        return answer
