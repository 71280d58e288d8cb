"""All rows of the benchmark, in one run.

python -m benchmarks                    every part that is there
python -m benchmarks passes opening     these only
python -m benchmarks --record benchmarks/results      and write the tables and their picture
"""

import argparse
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.picture import draw
from benchmarks.rows import Row, make_row, table

__all__ = ["PARTS", "main", "record", "run"]

PARTS: Final = {
    "engine": "The engine",
    "passes": "The pass",
    "turns": "A turn of training",
    "opening": "Opening the page",
    "stepping": "Stepping",
    "editing": "Changing things by hand",
    "work": "The work of a step",
    "training": "Training as seen in the page",
    "large_pass": "A large pass",
    "hall": "The lecture hall",
    "storm": "An opening storm",
    "abuse": "Beside abusers",
}


def machine() -> str:
    """What the figures were taken on."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return (
        f"{platform.machine()}, {cores} cores, {platform.system()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, load at the start {load:.1f}"
    )


def run(names: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of each part, its table printed; one that fails is told and ends no other."""
    found = {}
    for name in names:
        begun = time.monotonic()
        try:
            rows = import_module(f"benchmarks.{name}").rows()
        except Exception as error:
            rows = [make_row(name, None, "", note=f"failed: {type(error).__name__}: {error}")]
        print(table(f"{PARTS[name]} ({time.monotonic() - begun:.0f} s)", rows), flush=True)
        found[PARTS[name]] = rows
    return found


def record(path: Path, measured: Mapping[str, Sequence[Row]], said: str) -> None:
    """Write the tables to path.md and the picture of them to path.svg."""
    tables = [table(title, rows) for title, rows in measured.items()]
    path.with_suffix(".md").write_text("\n".join(["# Results", "", said, "", *tables]))
    path.with_suffix(".svg").write_text(draw(measured))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--record", type=Path, help="a path: .md and .svg are written to")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"{', '.join(sorted(unknown))}: a part is one of {', '.join(PARTS)}")
    begun, said = time.monotonic(), machine()
    print(f"{said}\n", flush=True)
    measured = run(asked.parts or PARTS)
    took = f"Taken in one run of {time.monotonic() - begun:.0f} s."
    print(took)
    if asked.record:
        record(asked.record, measured, f"{said}. {took}")


if __name__ == "__main__":
    main()
