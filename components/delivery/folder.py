"""The folder in which files are kept between starts."""

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["cache_folder", "keep_file"]


def cache_folder() -> Path:
    """Where files are kept between starts: $XDG_CACHE_HOME/deltaflow."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deltaflow"


def keep_file(folder: Path, name: str, content: bytes) -> None:
    """Write a file whole or not at all.

    A folder that cannot be written costs the next start its time, nothing else.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{name}.{os.getpid()}"
        part.write_bytes(content)
        part.replace(folder / name)
