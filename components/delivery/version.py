"""Which version of the program this is."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from components.delivery.bundle import Bundle

__all__ = ["make_version"]

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("components", "engine")


def make_version(bundles: Iterable[Bundle]) -> str:
    """Sixteen hexadecimal digits of a hash over the page's bundles and the server's sources."""
    digest = hashlib.sha256()
    for bundle in bundles:
        digest.update(bundle.path.encode())
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
