"""Serve the page with waitress, as the settings of README say, until SIGTERM or Ctrl-C."""

import errno
import gc
import ipaddress
import logging
import os
import resource
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import Any

import waitress

from components.serving.patience import read_in_turn
from components.serving.settings import LAST_PORT, read_settings

__all__ = ["address_of", "announce", "listen", "main"]

SETTINGS = {
    "threads": 6,
    "ident": "Deltaflow",
    # Above what the application takes: it answers with a message, waitress cuts the line.
    "max_request_body_size": 64 * 2**20,
    # A request with weights comes in a handful of pieces instead of sixty: each costs the loop a
    # moment in which another thread computes. Larger ones would keep a click behind an upload.
    "recv_bytes": 2**16,
    # Longer than the proxy of deploy/nginx.conf keeps its connections.
    "channel_timeout": 30,
    "cleanup_interval": 5,
    # select() ends at 1024 descriptors.
    "asyncore_use_poll": True,
}
# A lecture hall keeps several connections per listener open, and idle ones cost next to nothing.
MOST_CONNECTIONS = 4000
# Files, the listener, what a body is kept in while it arrives.
OTHER_DESCRIPTORS = 200
# Longer than any question takes, for its answer to be sent.
GRACE_SECONDS = 1.0
EVERY_ADDRESS = ("0.0.0.0", "::")
# An answer is some thousand objects without cycles; looking for garbage took a sixth of its time.
COLLECT_AFTER = (20_000, 20, 50)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the first free port of host, counted from port.

    Raises ValueError if host is not an address of this machine, or no port may be used or is free.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ValueError(f"HOST={host}: no such address or name.") from error
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    for candidate in range(port, LAST_PORT + 1):
        listener = socket.socket(family)
        try:
            # Otherwise a restart finds its own port taken for a minute.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address[0], candidate, *address[2:]))
            listener.listen(socket.SOMAXCONN)
            return listener
        except OSError as error:
            listener.close()
            if error.errno == errno.EACCES:
                raise ValueError(f"PORT={candidate}: this account may not use it.") from error
            if error.errno != errno.EADDRINUSE:
                raise ValueError(f"HOST={host}: {error.strerror}.") from error
    raise ValueError(f"PORT={port}: no port from {port} to {LAST_PORT} is free.")


def address_of(listener: socket.socket) -> str:
    """Return the URL at which a browser on this machine opens the page."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _outward_address() -> str | None:
    """This machine's address in its network, if it is in one; nothing is sent to find it."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return None


def announce(listener: socket.socket, prefix: str) -> str:
    """What is printed at the start: where the page is and, where others can open it, who."""
    here = address_of(listener)
    told = f"Deltaflow is at {here.rstrip('/')}{prefix}  (Ctrl-C ends it)"
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_loopback:
        return told
    outward = _outward_address() if host in EVERY_ADDRESS else host
    at = f" at http://{outward}:{port}{prefix}" if outward and ":" not in outward else ""
    return f"{told}\nEverybody in this network can open it{at}."


def _connections() -> int:
    """How many connections this process may have open, its limit raised as far as is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_DESCRIPTORS
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(100, wanted - OTHER_DESCRIPTORS)


def serve(server: Any, stop: threading.Event, grace: float) -> None:
    """Run the waitress server in a thread until stop is set, then let requests in flight end.

    At most `grace` seconds; nothing new is taken meanwhile. Raises RuntimeError if the server ends
    by itself.
    """
    # Waitress itself waits five seconds for its workers, and its loop may be anywhere in the code
    # when a signal comes; a thread beside it leaves the main one free to answer at once.
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    while not stop.wait(1):
        if not loop.is_alive():
            raise RuntimeError("The server ended by itself.")
    server.accepting = False
    end = time.monotonic() + grace
    server.task_dispatcher.shutdown(timeout=grace)
    while time.monotonic() < end and any(
        channel.total_outbufs_len for channel in list(server.active_channels.values())
    ):
        time.sleep(0.01)


def main() -> None:
    """Serve until SIGTERM or Ctrl-C; a wrong setting ends it with a message and status 1."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    try:
        settings = read_settings(os.environ)
        listener = listen(settings.host, settings.port)
    except ValueError as error:
        sys.exit(str(error))
    if (used := listener.getsockname()[1]) != settings.port:
        print(f"Port {settings.port} is taken; using {used}.", flush=True)
    logging.getLogger("waitress").setLevel(logging.ERROR)

    # Late, since it takes a second: a wrong setting is told at once.
    from app import prepare
    from app import server as application

    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    threading.Thread(target=prepare, daemon=True).start()
    server = waitress.create_server(
        application, sockets=[listener], connection_limit=_connections(), **SETTINGS
    )
    read_in_turn(server)
    for number in (signal.SIGINT, signal.SIGTERM):
        # The second time at once.
        signal.signal(number, lambda *_: os._exit(0) if stop.is_set() else stop.set())
    print(announce(listener, settings.prefix), flush=True)
    serve(server, stop, settings.time_limit + GRACE_SECONDS)


if __name__ == "__main__":
    main()
    # A request that is still being computed must not hold up, or crash, the interpreter's own end.
    os._exit(0)
