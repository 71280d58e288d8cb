"""`make run`: an environment that is installed once, and a server that starts and ends cleanly."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
HANG_SECONDS = 10
START_SECONDS = 60  # a cold import of Dash on a busy machine
STUB = """
import time

def prepare():
    pass

def server(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        print("in flight", flush=True)
        time.sleep(3600)
    if environ["PATH_INFO"] == "/brief":
        print("in flight", flush=True)
        time.sleep(0.2)
    if environ["PATH_INFO"] == "/long":
        print("in flight", flush=True)
        time.sleep(2)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"OK"]
"""
SLOW_START = "import time\ntime.sleep(3600)"
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start serve.py with the given app.py beside it (None: the real one) and environment."""
    started: list[tuple[subprocess.Popen[str], threading.Timer]] = []

    def start_one(app: str | None = STUB, **environment: str) -> subprocess.Popen[str]:
        folder = ROOT
        if app is not None:
            folder = tmp_path
            shutil.copy(ROOT / "serve.py", folder)
            needed = folder / "components" / "serving"
            shutil.copytree(ROOT / "components" / "serving", needed, dirs_exist_ok=True)
            (folder / "app.py").write_text(app)
        process = subprocess.Popen(
            [sys.executable, "serve.py"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PORT": str(free_port())} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        watchdog = threading.Timer(START_SECONDS, process.kill)
        watchdog.start()
        started.append((process, watchdog))
        return process

    yield start_one
    for process, watchdog in started:
        watchdog.cancel()
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def read_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.fullmatch(r"Deltaflow is at (http://\S+/)  \(Ctrl-C ends it\)\n", line)
    assert found, line or process.communicate()
    return found[1]


def connect(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    assert parts.hostname is not None
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=START_SECONDS)


def fetch(connection: http.client.HTTPConnection, path: str = "/health") -> tuple[int, bytes]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read()


def end(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str]:
    process.send_signal(number)
    _, errors = process.communicate(timeout=HANG_SECONDS)
    return process.returncode, errors


def test_the_real_page_is_served_at_the_printed_address(start: Start) -> None:
    port = free_port()
    process = start(app=None, PORT=str(port))
    url = read_url(process)
    assert url == f"http://127.0.0.1:{port}/"
    assert fetch(connect(url)) == (200, b"OK")
    status, page = fetch(connect(url), "/")
    assert status == 200
    assert b"_dash" in page
    assert end(process, signal.SIGTERM) == (0, "")


def test_a_taken_port_is_named_and_the_next_free_one_used(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        process = start(PORT=str(taken))
        assert process.stdout is not None
        told = re.fullmatch(rf"Port {taken} is taken; using (\d+)\.\n", process.stdout.readline())
        assert told
        url = read_url(process)
        assert urlsplit(url).port == int(told[1]) > taken
        assert fetch(connect(url)) == (200, b"OK")


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "70000", "80.5", "8_050", "８０５０"])
def test_a_wrong_port_is_told_in_one_line(start: Start, port: str) -> None:
    process = start(PORT=port)
    output, errors = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    assert output == ""
    assert errors == f"PORT={port}: a port is a whole number from 1 to 65535.\n"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_told_in_one_line(start: Start, host: str) -> None:
    process = start(HOST=host)
    output, errors = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    assert output == ""
    assert re.fullmatch(rf"HOST={re.escape(host)}: [^\n]+\.\n", errors)


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("[::]", "[::1]")]
)
def test_the_printed_address_can_be_opened(start: Start, host: str, shown: str) -> None:
    if ":" in host:
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip("this machine has no IPv6")
    url = read_url(start(HOST=host))
    assert url.startswith(f"http://{shown}:")
    assert fetch(connect(url)) == (200, b"OK")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_though_connections_are_open(start: Start, number: signal.Signals) -> None:
    process = start(TIME_LIMIT="0.1")
    url = read_url(process)
    kept_alive, in_flight = connect(url), connect(url)
    assert fetch(kept_alive) == (200, b"OK")
    assert kept_alive.sock is not None
    in_flight.request("GET", "/slow")
    assert process.stdout is not None
    assert process.stdout.readline() == "in flight\n"
    assert end(process, number) == (0, "")


@pytest.mark.parametrize("path", ["/brief", "/long"])
def test_a_request_in_flight_is_still_answered(start: Start, path: str) -> None:
    process = start()
    connection = connect(read_url(process))
    connection.request("GET", path)
    assert process.stdout is not None
    assert process.stdout.readline() == "in flight\n"
    process.send_signal(signal.SIGTERM)
    assert connection.getresponse().read() == b"OK"
    assert process.wait(timeout=HANG_SECONDS) == 0


def test_a_request_longer_than_the_limit_is_not_waited_for(start: Start) -> None:
    process = start(TIME_LIMIT="0.1")
    connection = connect(read_url(process))
    connection.request("GET", "/slow")
    assert process.stdout is not None
    assert process.stdout.readline() == "in flight\n"
    assert end(process, signal.SIGTERM) == (0, "")


def test_a_second_signal_ends_it_at_once(start: Start) -> None:
    process = start(TIME_LIMIT="600")
    connection = connect(read_url(process))
    connection.request("GET", "/slow")
    assert process.stdout is not None
    assert process.stdout.readline() == "in flight\n"
    process.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=1)
    assert end(process, signal.SIGTERM) == (0, "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TIME_LIMIT", "soon"),
        ("PREFIX", "/a b/"),
        ("ALLOWED_HOSTS", "a:1"),
        ("FRAME_ANCESTORS", ";"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(start: Start, name: str, text: str) -> None:
    process = start(**{name: text})
    output, errors = process.communicate(timeout=START_SECONDS)
    assert (process.returncode, output) == (1, "")
    assert re.fullmatch(rf"{name}={re.escape(text)}: [^\n]+\.\n", errors)


@pytest.mark.parametrize(("host", "others"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_who_can_open_it_is_said(start: Start, host: str, others: bool) -> None:
    process = start(HOST=host, PREFIX="/x/")
    assert read_url(process).endswith("/x/")
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    said = process.stdout.read()
    assert ("Everybody in this network can open it" in said) == others


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_while_it_still_starts(start: Start, number: signal.Signals) -> None:
    port = free_port()
    process = start(SLOW_START, PORT=str(port))
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
    assert end(process, number) == (0, "")
