"""nginx with the project's own configuration, unprivileged, in a folder that is thrown away."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.serving import ROOT, free_port, started, wait_for

__all__ = ["configuration", "find_nginx", "proxy"]

SITE: Final = ROOT / "deploy/nginx.conf"
MAIN: Final = """\
daemon off;
worker_processes 1;
error_log stderr crit;
pid {folder}/pid;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def find_nginx() -> str | None:
    """The path of nginx; Debian keeps it where only root looks for programs."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def configuration(folder: str, port: int, servers: Sequence[int]) -> str:
    """The site's file as it is, with other ports and folders, in a main file around it."""
    site = SITE.read_text(encoding="utf-8")
    swaps = [
        ("listen 8050 ", f"listen 127.0.0.1:{port} ", 1),
        ("proxy_cache_path /var/cache/nginx/deltaflow ", f"proxy_cache_path {folder}/cache ", 1),
    ]
    swaps += [
        (f"127.0.0.1:{8051 + i} ", f"127.0.0.1:{server} ", site.count("\nupstream "))
        for i, server in enumerate(servers)
    ]
    for written, used, times in swaps:
        if site.count(written) != times:
            raise ValueError(f"{SITE.name}: {written!r} is there {site.count(written)} times.")
        site = site.replace(written, used)
    return MAIN.format(folder=folder, site=site)


@contextmanager
def proxy(servers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """nginx in front of the servers at these ports: its port and its process."""
    port, program = free_port(), find_nginx()
    if program is None:
        raise RuntimeError("nginx is not installed: apt-get install nginx-light")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file = Path(folder) / "nginx.conf"
        file.write_text(configuration(folder, port, servers), encoding="utf-8")
        command = [program, "-p", folder, "-c", str(file), "-e", "stderr"]
        with started(command) as process:
            wait_for(f"http://127.0.0.1:{port}/health", process)
            yield port, process.pid
