"""The engine is NumPy only."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALLOWED = {"engine", "numpy"}
PROBE = """
import sys
import numpy.random
before = set(sys.modules)
import engine
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(new - set(sys.stdlib_module_names)))
"""


def test_the_engine_imports_nothing_but_numpy():
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "engine" in done.stdout.split()
    assert set(done.stdout.split()) <= ALLOWED


def test_every_exported_name_exists_once():
    import engine

    assert len(set(engine.__all__)) == len(engine.__all__)
    assert all(hasattr(engine, name) for name in engine.__all__)
