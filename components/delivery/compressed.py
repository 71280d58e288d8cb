"""Static files on their way to the browser: compressed once, kept, cached for as long as is right.

Only files that exist are answered, each by its one path, and by a path with the fingerprint of its
content for ever. Nothing is compressed while somebody waits: until a file's short forms are made,
in a thread of its own, it goes out as it is. They also stay in a folder, so that the next start
finds them made.
"""

import gzip
import hashlib
import queue
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import brotli
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from components.delivery.folder import keep_file

__all__ = ["Delivery"]

FOLDERS: Final = ("/_dash-component-suites/", "/assets/", "/bundle/")
# Beside what has a fingerprint: named by its content, whole.
NAMED: Final = "/bundle/"
# The same for everybody as long as the process lives.
SINGLE: Final = ("/", "/_dash-layout", "/_dash-dependencies")
# What Dash's components load by themselves, after the page's links.
LATER: Final = ("/_dash-component-suites/dash/dcc/async-graph.js",)
SMALLEST: Final = 512
COMPRESSORS: Final[dict[str, Callable[[bytes], bytes]]] = {
    # In the order in which they are made; mtime=0 keeps gzip's bytes the same on every host.
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
    "br": lambda body: bytes(brotli.compress(body, quality=11, lgwin=24)),
}
BEST_FIRST: Final = ("br", "gzip")
FOREVER: Final = "public, max-age=31536000, immutable"
ASK: Final = "no-cache"
# Another version of a file than the one its address names: good for once.
ONCE: Final = "no-store"
# The seconds for which nginx may answer with it. A browser asks each time about what Dash loads by
# itself, which has one address in all its versions; a minute of that is answered in front.
PROXY: Final = "X-Accel-Expires"
KEPT_BY_PROXY: Final = {FOREVER: "31536000", ASK: "60", ONCE: "0"}


@dataclass
class _File:
    """What is known of a static file: the digest of its content, and its short forms so far."""

    digest: str
    mimetype: str
    short: dict[str, bytes] = field(default_factory=dict)


def _is_static(path: str) -> bool:
    return path.startswith(FOLDERS) or path in SINGLE


class Delivery:
    """Answers for a server's static files, by path without the fingerprint in it."""

    def __init__(
        self,
        server: Flask,
        folder: Path | None,
        paths: Collection[str],
        links: Collection[str] = (),
    ) -> None:
        """`paths` are those of all files, without fingerprints; `links` those that the page has.

        `folder` keeps compressed files between starts; None keeps them in memory only.
        """
        self._server, self._folder = server, folder
        self._paths, self._links = frozenset(paths), tuple(links)
        self._files: dict[str, _File] = {}
        self._lock = threading.Lock()
        self._jobs: queue.PriorityQueue[tuple[int, int, _File, bytes]] = queue.PriorityQueue()
        self._worker: threading.Thread | None = None
        server.before_request(self._answer)
        server.after_request(self._keep)

    def prepare(self) -> None:
        """Take in what opening the page asks for, so that the first visitor finds it made."""
        client = self._server.test_client()
        for path in (*self._links, *SINGLE, *LATER):
            client.get(path).close()

    def wait(self) -> None:
        """Return when every file taken in so far has all its short forms."""
        self._jobs.join()

    def _answer(self) -> Response | None:
        """The best short form that is made and the browser takes; None leaves it to the view."""
        if request.method not in ("GET", "HEAD") or not _is_static(request.path):
            return None
        path = check_fingerprint(request.path)[0]
        if path not in self._paths:
            raise NotFound
        known = self._files.get(path)
        if known is None:
            return None
        taken = request.accept_encodings
        encoding = next((e for e in BEST_FIRST if e in known.short and taken[e] > 0), None)
        if encoding is None:
            return None
        answer = Response(known.short[encoding], mimetype=known.mimetype)
        answer.headers["Content-Encoding"] = encoding
        return self._described(answer, f"{known.digest}-{encoding}")

    def _keep(self, answer: Response) -> Response:
        """Take in a file that a view has just answered whole, and say how long it may be kept."""
        if answer.status_code != 200 or not _is_static(request.path) or request.method != "GET":
            return answer
        if "Content-Encoding" in answer.headers:
            return answer
        answer.direct_passthrough = False
        body = answer.get_data()
        path = check_fingerprint(request.path)[0]
        with self._lock:
            known = self._files.get(path)
            if known is None:
                known = _File(hashlib.sha256(body).hexdigest()[:32], answer.mimetype or "")
                self._files[path] = known
                if len(body) >= SMALLEST:
                    self._shorten(known, body)
        return self._described(answer, known.digest)

    def _shorten(self, known: _File, body: bytes) -> None:
        for order, encoding in enumerate(COMPRESSORS):
            if (made := self._read(known.digest, encoding)) is not None:
                known.short[encoding] = made
            else:
                self._jobs.put((order, id(known), known, body))
        if self._worker is None and not self._jobs.empty():
            self._worker = threading.Thread(target=self._work, daemon=True)
            self._worker.start()

    def _work(self) -> None:
        while True:
            order, _, known, body = self._jobs.get()
            encoding = list(COMPRESSORS)[order]
            try:
                made = COMPRESSORS[encoding](body)
                self._write(known.digest, encoding, made)
                known.short[encoding] = made
            finally:
                self._jobs.task_done()

    def _read(self, digest: str, encoding: str) -> bytes | None:
        if self._folder is None:
            return None
        with suppress(OSError):
            return (self._folder / f"{digest}.{encoding}").read_bytes()
        return None

    def _write(self, digest: str, encoding: str, made: bytes) -> None:
        if self._folder is not None:
            keep_file(self._folder, f"{digest}.{encoding}", made)

    def _described(self, answer: Response, tag: str) -> Response:
        """With its ETag and how long it may be kept; 304 without a body where that is known."""
        named = check_fingerprint(request.path)[1] or request.path.startswith(NAMED)
        lasting = FOREVER if request.path in self._links else ONCE
        answer.headers["Cache-Control"] = kept = lasting if named else ASK
        if request.path not in SINGLE:
            answer.headers[PROXY] = KEPT_BY_PROXY[kept]
        answer.vary.add("Accept-Encoding")
        answer.set_etag(tag)
        answer.make_conditional(request.environ)
        return answer
