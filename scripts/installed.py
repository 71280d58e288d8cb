"""Deltaflow as it is installed: `deltaflow` serves the page, `from deltaflow import engine` trains.

The modules import one another by the names they have in the source tree, so that tree stands as it
is in the folder `tree` and is put on the path; no other name is installed.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tree"))

import engine

__all__ = ["engine", "main"]


def main() -> None:
    """Serve the page until Ctrl-C, as `make run` does, with the settings of its environment."""
    import serve

    serve.main()
    # A request that is still being computed must not hold up, or crash, the interpreter's own end.
    os._exit(0)
