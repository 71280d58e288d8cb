"""Who may ask, and what a browser may do with the answers: checks and headers of every request.

A page of another site cannot read answers of ours, but without these checks it could let its
visitors' browsers ask until this machine does nothing else.
"""

import hashlib
from base64 import b64encode
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import orjson
from flask import Flask, Response, request

from components.serving.settings import Settings

__all__ = ["guard", "policy"]

SOURCES: Final = {
    "default-src": "'self'",
    "script-src": "'self'",
    # The drawing sets widths and colours as styles of its elements, and so does Plotly.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@lru_cache(maxsize=8)
def _inline_scripts(page: bytes) -> str:
    """The hashes of the scripts that stand in a page itself, as sources of `script-src`."""
    parts = (part.partition(b"</script>")[0] for part in page.split(b"<script")[1:])
    digests = [
        b64encode(hashlib.sha256(script).digest()).decode()
        for attributes, _, script in (part.partition(b">") for part in parts)
        if b"src=" not in attributes and b"application/json" not in attributes
    ]
    return "".join(f" 'sha256-{digest}'" for digest in digests)


def policy(settings: Settings, scripts: str = "") -> str:
    """The Content-Security-Policy: all from this host, scripts as files or by their `scripts`."""
    sources = SOURCES | {"frame-ancestors": " ".join(settings.frame_ancestors)}
    sources["script-src"] += scripts
    return "; ".join(f"{name} {allowed}" for name, allowed in sources.items())


def _foreign_host(settings: Settings) -> str | None:
    host = request.headers.get("Host")
    if host is None or settings.allows(host):
        return None
    return (
        f"request: this server does not answer for the host {host[:100]!r}. Allowed: addresses, "
        "the names of the machine, and those of the setting ALLOWED_HOSTS."
    )


def _foreign_page() -> str | None:
    """Why this is not asked by a page of ours, as far as the browser says who asks."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:
        own = origin is None or _place(origin) == _place(f"//{request.headers.get('Host', '')}")
    return None if own else "request: a page of another origin asks; only this server's own may."


def _place(url: str) -> str:
    """Host and port of a URL, the port that its scheme stands for left out."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return url
    default = {"https": ":443", "http": ":80"}.get(parts.scheme, "")
    return parts.netloc.removesuffix(default) if default else parts.netloc


def _refused(text: str, status: int) -> Response:
    answer = Response(orjson.dumps({"error": text}), status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def guard(server: Flask, settings: Settings) -> None:
    """Refuse what no page of ours asks, and send every answer with its policy."""

    @server.before_request
    def refuse() -> Response | None:
        if (text := _foreign_host(settings)) is not None:
            return _refused(text, 400)
        if request.method != "POST":
            return None
        if (text := _foreign_page()) is not None:
            return _refused(text, 403)
        if request.mimetype != "application/json":
            return _refused("request: its content type is not application/json.", 415)
        return None

    @server.after_request
    def describe(answer: Response) -> Response:
        inline = answer.mimetype == "text/html" and not answer.direct_passthrough
        scripts = _inline_scripts(answer.get_data()) if inline else ""
        answer.headers["Content-Security-Policy"] = policy(settings, scripts)
        answer.headers.update(HEADERS)
        if request.method in ("GET", "HEAD"):
            answer.headers.setdefault("Cache-Control", "no-cache")
        return answer
