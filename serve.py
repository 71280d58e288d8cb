"""Serve the page with waitress, on HOST and PORT, until SIGTERM or Ctrl-C."""

import errno
import gc
import logging
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from typing import Any

import waitress

__all__ = ["address_of", "listen", "main", "read_address"]

LAST_PORT = 65535
SETTINGS = {
    "threads": 6,
    "ident": "Deltaflow",
    # Above what the application takes: it answers with a message, waitress cuts the line.
    "max_request_body_size": 64 * 2**20,
    "channel_timeout": 60,
    # A lecture hall keeps several connections per listener open; select() ends at 1024 descriptors.
    "connection_limit": 1000,
    "asyncore_use_poll": True,
}
GRACE_SECONDS = 0.5
# An answer is some thousand objects without cycles; looking for garbage took a sixth of its time.
COLLECT_AFTER = (20_000, 20, 50)


def read_address(environment: Mapping[str, str]) -> tuple[str, int]:
    """Return (host, port) from HOST (default 127.0.0.1) and PORT (default 8050).

    Raises ValueError if PORT is not a whole number from 1 to 65535.
    """
    host = environment.get("HOST", "").strip("[] ") or "127.0.0.1"
    text = environment.get("PORT", "").strip() or "8050"
    if not re.fullmatch(r"0*[1-9][0-9]{0,4}", text, re.ASCII) or int(text) > LAST_PORT:
        raise ValueError(f"PORT={text}: a port is a whole number from 1 to {LAST_PORT}.")
    return host, int(text)


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


def serve(server: Any, stop: threading.Event) -> None:
    """Run the waitress server in a thread until stop is set, then give requests in flight a moment.

    Raises RuntimeError if the server ends by itself.
    """
    # Waitress itself waits five seconds for its workers, and its loop may be anywhere in the code
    # when a signal comes; a thread beside it leaves the main one free to answer at once.
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    while not stop.wait(1):
        if not loop.is_alive():
            raise RuntimeError("The server ended by itself.")
    server.task_dispatcher.shutdown(timeout=GRACE_SECONDS)


def main() -> None:
    """Serve until SIGTERM or Ctrl-C; a wrong HOST or PORT ends it with a message and status 1."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    try:
        host, port = read_address(os.environ)
        listener = listen(host, port)
    except ValueError as error:
        sys.exit(str(error))
    if (used := listener.getsockname()[1]) != port:
        print(f"Port {port} is taken; using {used}.", flush=True)
    logging.getLogger("waitress").setLevel(logging.ERROR)

    # Late, since it takes a second: a wrong PORT is told at once.
    from app import prepare
    from app import server as application

    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    threading.Thread(target=prepare, daemon=True).start()
    server = waitress.create_server(application, sockets=[listener], **SETTINGS)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print(f"Deltaflow is at {address_of(listener)}  (Ctrl-C ends it)", flush=True)
    serve(server, stop)


if __name__ == "__main__":
    main()
    # A request that is still being computed must not hold up, or crash, the interpreter's own end.
    os._exit(0)
