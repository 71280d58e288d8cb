"""The settings of a server, read once from its environment; README has the table of them."""

import ipaddress
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import Final

__all__ = ["LAST_PORT", "NAMES", "Settings", "read_settings"]

NAMES: Final = ("HOST", "PORT", "PREFIX", "TIME_LIMIT", "ALLOWED_HOSTS", "FRAME_ANCESTORS")
# Dash would obey these in some of its links and not in others.
OF_DASH: Final = (
    "DASH_URL_BASE_PATHNAME",
    "DASH_REQUESTS_PATHNAME_PREFIX",
    "DASH_ROUTES_PATHNAME_PREFIX",
)
LAST_PORT: Final = 65535
SHORTEST_LIMIT: Final = 0.1
LONGEST_LIMIT: Final = 600
# What a host's name, and a source of a Content-Security-Policy, is made of (RFC 1123, CSP 3).
LABEL: Final = frozenset(ascii_letters + digits + "_-")
WORDS: Final = ("'self'", "'none'", "*")


@dataclass(frozen=True)
class Settings:
    """What an operator can set.

    `host`, `port`: where it listens; `prefix`: the path under which a proxy shows the page, with
    a slash at both ends; `time_limit`: seconds after which a question is ended; `allowed_hosts`:
    names beside this machine's own by which it may be asked; `frame_ancestors`: sources of pages
    that may show it in a frame.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    prefix: str = "/"
    time_limit: float = 5.0
    allowed_hosts: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ("'self'",)

    def allows(self, host: str) -> bool:
        """Whether a request may name this host, as its Host header has it, port included.

        A page elsewhere can let its own name lead here (DNS rebinding), but no name is an address:
        every address is allowed, and of names this machine's and those that are set.
        """
        name = re.sub(r":[0-9]*$", "", host.strip().lower()).rstrip(".")
        if "*" in self.allowed_hosts or _is_address(name.strip("[]")):
            return True
        local = socket.gethostname().lower()
        own = ("localhost", self.host.lower(), local, f"{local}.local")
        if name in own or name in self.allowed_hosts or name.endswith(".localhost"):
            return True
        wild = (allowed[1:] for allowed in self.allowed_hosts if allowed.startswith("*."))
        return any(name.endswith(ending) for ending in wild)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_name(text: str) -> bool:
    """Whether a text is a host's name, the first part of which may be an asterisk."""
    labels = text.removeprefix("*.").split(".")
    return all(label and LABEL.issuperset(label) for label in labels)


def _is_source(text: str) -> bool:
    """Whether a text may stand in `frame-ancestors`: a word, or a host with scheme and port."""
    host, colon, port = text.removeprefix("https://").removeprefix("http://").partition(":")
    fits = not colon or port == "*" or (port.isascii() and port.isdigit())
    return text in WORDS or (_is_name(host) and fits)


def _port(text: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,4}", text, re.ASCII) or int(text) > LAST_PORT:
        raise ValueError(f"PORT={text}: a port is a whole number from 1 to {LAST_PORT}.")
    return int(text)


def _prefix(text: str) -> str:
    parts = text.strip("/").split("/") if text.strip("/") else []
    if not all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part, re.ASCII) for part in parts):
        raise ValueError(f"PREFIX={text}: a prefix is a path of plain names, such as /deltaflow/.")
    return "/" + "".join(f"{part}/" for part in parts)


def _time_limit(text: str) -> float:
    number = re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text, re.ASCII)
    if number and SHORTEST_LIMIT <= float(text) <= LONGEST_LIMIT:
        return float(text)
    raise ValueError(
        f"TIME_LIMIT={text}: a time limit is a number of seconds from {SHORTEST_LIMIT} to "
        f"{LONGEST_LIMIT}."
    )


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(text.lower().replace(",", " ").split())
    for host in hosts:
        if host != "*" and not _is_name(host) and not _is_address(host.strip("[]")):
            raise ValueError(
                f"ALLOWED_HOSTS={host}: a host is a name without a port, such as "
                "course.example.org, *.example.org for all below it, or * for any."
            )
    return hosts


def _ancestors(text: str) -> tuple[str, ...]:
    sources = tuple(text.replace(",", " ").split())
    for source in sources:
        if not _is_source(source):
            raise ValueError(
                f"FRAME_ANCESTORS={source}: allowed are 'self', 'none' and origins such as "
                "https://course.example.org, separated by blanks."
            )
    return sources


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; what is not set, or empty, is as in `Settings`.

    Raises ValueError with the name, the value and what is allowed.
    """
    for name in OF_DASH:
        if text := environment.get(name):
            raise ValueError(f"{name}={text}: the path of the page is set by PREFIX.")
    given = {name: text for name in NAMES if (text := environment.get(name, "").strip())}
    known = Settings()
    return Settings(
        host=given.get("HOST", "").strip("[] ") or known.host,
        port=_port(given["PORT"]) if "PORT" in given else known.port,
        prefix=_prefix(given.get("PREFIX", known.prefix)),
        time_limit=_time_limit(given["TIME_LIMIT"]) if "TIME_LIMIT" in given else known.time_limit,
        allowed_hosts=_hosts(given.get("ALLOWED_HOSTS", "")),
        frame_ancestors=_ancestors(given.get("FRAME_ANCESTORS", "")) or known.frame_ancestors,
    )
