"""The page's server as processes of their own, on this machine only, ended with the block."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

__all__ = ["ROOT", "Meter", "free_port", "resident_megabytes", "serving", "started", "wait_for"]

ROOT = Path(__file__).parent.parent
PATIENCE = 60


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the address answers; RuntimeError if it ends first or takes a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{url} did not come up: {process.args}")


@contextmanager
def started(
    command: Sequence[str], cores: set[int] | None = None, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command, on the given cores only, until the block ends."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(
    cores: set[int] | None = None, port: int | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`serve.py` on a free port: its address without the last slash, and its process."""
    port = port or free_port()
    command = [sys.executable, "serve.py"]
    with started(command, cores, HOST="127.0.0.1", PORT=str(port)) as process:
        url = f"http://127.0.0.1:{port}"
        wait_for(url + "/health", process)
        yield url, process


class Meter:
    """Which share of the machine's cores whom a stretch of time took: servers, students, others."""

    def __init__(self, servers: Sequence[int]) -> None:
        self._servers = [psutil.Process(pid) for pid in servers]
        self._before = (time.monotonic(), *self._read())

    def _read(self) -> tuple[float, float, float]:
        """CPU seconds so far of the servers with their children, of this process, of everybody."""
        theirs = 0.0
        for server in self._servers:
            with suppress(psutil.NoSuchProcess):
                for process in (server, *server.children(recursive=True)):
                    theirs += sum(process.cpu_times()[:2])
        everybody = psutil.cpu_times()
        return theirs, time.process_time(), sum(everybody) - everybody.idle - everybody.iowait

    def told(self) -> str:
        """The cores that were busy since the meter was made, as a phrase."""
        now = (time.monotonic(), *self._read())
        wall, servers, students, everybody = (b - a for a, b in zip(self._before, now, strict=True))
        others = max(0.0, everybody - servers - students)
        shares = {"servers": servers, "students": students, "others": others}
        return "cores: " + ", ".join(f"{name} {spent / wall:.2f}" for name, spent in shares.items())


def resident_megabytes(process: int) -> float:
    """The memory that a process has in use, in MB (VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6
