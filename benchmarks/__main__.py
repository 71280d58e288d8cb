"""All rows of the benchmark, in one run of less than ten minutes.

python -m benchmarks                    every part that is there
python -m benchmarks passes opening     these only
"""

import argparse
import os
import platform
import time
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Final

import numpy as np

from benchmarks.rows import make_row, print_rows

__all__ = ["PARTS", "main", "run"]

PARTS: Final = {
    "engine": "The engine",
    "passes": "The pass",
    "opening": "Opening the page",
    "stepping": "Stepping",
    "training": "Training as seen in the page",
    "hall": "The lecture hall",
}


def machine() -> str:
    """What the figures were taken on."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return (
        f"{platform.machine()}, {cores} cores, {platform.system()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, load at the start {load:.1f}"
    )


def run(names: Iterable[str]) -> None:
    """Print the table of each part; one that fails is told and does not end the others."""
    for name in names:
        if find_spec(f"benchmarks.{name}") is None:
            continue
        begun = time.monotonic()
        try:
            rows = import_module(f"benchmarks.{name}").rows()
        except Exception as error:
            rows = [make_row(name, None, "", note=f"failed: {type(error).__name__}: {error}")]
        print_rows(f"{PARTS[name]} ({time.monotonic() - begun:.0f} s)", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"{', '.join(sorted(unknown))}: a part is one of {', '.join(PARTS)}")
    print(machine())
    run(asked.parts or PARTS)


if __name__ == "__main__":
    main()
