"""The engine is NumPy only."""

import ast
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


def imported_by(path):
    """The engine's modules that a file imports anywhere in it, for types alone included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("engine."):
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_no_import_of_the_engine_goes_in_circles():
    modules = {}
    for path in (ROOT / "engine").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(parts).removesuffix(".__init__")] = set(imported_by(path))
    arrows = {name: (found & set(modules)) - {name} for name, found in modules.items()}
    assert arrows["engine.timeline"] >= {"engine.nonfinite", "engine.update"}
    while leaves := {name for name, after in arrows.items() if not after & set(arrows)}:
        arrows = {name: after for name, after in arrows.items() if name not in leaves}
    assert not arrows
