"""Who may ask, and what a browser may do with the answers: checks and headers of every request.

A page of another site cannot read answers of ours, but without these checks it could let its
visitors' browsers ask until this machine does nothing else.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from components.messages import Message, message, render
from components.refusal import refusal
from components.serving.settings import Settings
from components.visible import visible

__all__ = ["VERSION", "Application", "guarded", "inline_scripts", "policy"]

JSON: Final = "application/json"
VERSION: Final = "Deltaflow-Version"
MOST_SHOWN: Final = 100  # letters of a host
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
STATUS: Final = {
    400: "400 Bad Request",
    403: "403 Forbidden",
    415: "415 Unsupported Media Type",
}

Environment = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environment, Any], Iterable[bytes]]


class _InlineScripts(HTMLParser):
    """Collects the texts of a page's scripts that neither are files nor hold data."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self._inside = (
            tag == "script" and "src" not in facts and facts.get("type") != "application/json"
        )
        if self._inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def inline_scripts(page: str) -> tuple[str, ...]:
    """The scripts that stand in a page itself, as sources of `script-src`: their SHA-256."""
    return tuple(
        f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _InlineScripts(page).texts
    )


def policy(settings: Settings, scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy: all from this host, scripts as files or by their `scripts`."""
    sources = SOURCES | {"frame-ancestors": " ".join(settings.frame_ancestors)}
    sources["script-src"] = " ".join([sources["script-src"], *scripts])
    return "; ".join(f"{name} {allowed}" for name, allowed in sources.items())


@lru_cache(maxsize=256)
def _foreign_host(settings: Settings, host: str | None) -> Message | None:
    if host is None or settings.allows(host):
        return None
    what = message("refusal.request.host", host=repr(visible(host[:MOST_SHOWN])))
    return refusal(what, "request", allowed=message("allowed.hosts", setting="ALLOWED_HOSTS"))


def _foreign_page(environ: Environment) -> bool:
    """Whether no page of ours asks this, as far as the browser says who does."""
    site, origin = environ.get("HTTP_SEC_FETCH_SITE"), environ.get("HTTP_ORIGIN")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and _place(origin) != _place(f"//{environ.get('HTTP_HOST', '')}")


def _place(url: str) -> str:
    """Host and port of a URL, the port that its scheme stands for left out."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return url
    default = {"https": ":443", "http": ":80"}.get(parts.scheme, "")
    return parts.netloc.removesuffix(default) if default else parts.netloc


def _refusal(settings: Settings, environ: Environment) -> tuple[int, Message] | None:
    """Status and refusal of what no page of ours asks; None for what it may."""
    if (told := _foreign_host(settings, environ.get("HTTP_HOST"))) is not None:
        return 400, told
    if environ["REQUEST_METHOD"] != "POST":
        return None
    if _foreign_page(environ):
        return 403, refusal(message("refusal.request.origin"), "request")
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind != JSON:
        return 415, refusal(message("refusal.request.type", type=JSON), "request")
    return None


def _here(name: str, value: str) -> str:
    """A header; of a redirect only the path: a proxy in front may have another scheme and host."""
    return "/" + urlsplit(value).path.lstrip("/") if name == "Location" else value


def guarded(
    application: Application, settings: Settings, scripts: Iterable[str], version: str
) -> Application:
    """The application for pages of its own only; every answer carries the policy.

    Answers to questions carry the version of the program too: an open page sees by it that the
    server was updated. `scripts` are the inline scripts that its pages have.
    """
    always: Headers = [("Content-Security-Policy", policy(settings, scripts)), *HEADERS.items()]
    asked: Headers = [*always, (VERSION, version)]

    def answer(environ: Environment, start_response: Any) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]

        def start(status: str, headers: Headers, *error: Any) -> Any:
            if status.startswith("30"):
                headers = [(name, _here(name, value)) for name, value in headers]
            if method == "POST":
                return start_response(status, headers + asked, *error)
            kept = any(name == "Cache-Control" for name, _ in headers)
            fresh = headers if kept else [*headers, ("Cache-Control", "no-cache")]
            return start_response(status, fresh + always, *error)

        refused = _refusal(settings, environ)
        if refused is None:
            return application(environ, start)
        status, told = refused
        # What is opened as a page of its own has no catalog to be read with.
        body = orjson.dumps({"error": told if method == "POST" else render(told)})
        kind = [("Content-Type", JSON), ("Content-Length", str(len(body)))]
        start(STATUS[status], [*kind, ("Cache-Control", "no-store")])
        return [] if method == "HEAD" else [body]

    return answer
