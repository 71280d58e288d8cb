"""TensorFlow Playground's engine, nn.ts, in Node: compiled from where the environment says.

`NN_TS` is the path of the file in a checkout of the Playground; nothing of it is kept here.
"""

import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.problems import SEED, Problem, Start, start_of

__all__ = ["NOT_THERE", "epochs_a_second", "is_there", "measured"]

NOT_THERE: Final = "no reference: NN_TS= names no nn.ts, or node is not installed"
RUN: Final = Path(__file__).with_suffix(".js")
ROOT: Final = RUN.parent.parent
LONGEST: Final = 120


def is_there() -> bool:
    """Whether nn.ts is named, and Node and a compiler are installed."""
    named = os.environ.get("NN_TS", "")
    return bool(named and Path(named).is_file() and shutil.which("node") and _compiler())


def _compiler() -> str | None:
    own = ROOT / "node_modules/.bin/tsc"
    return str(own) if own.exists() else shutil.which("tsc")


def _compiled(folder: str) -> str:
    """The path of nn.ts as a CommonJS module; types that newer compilers miss are no matter."""
    compiler, source = _compiler(), os.environ["NN_TS"]
    assert compiler is not None, "looked for before"
    options = ("--module", "commonjs", "--target", "es2017", "--outDir", folder)
    done = subprocess.run([compiler, source, *options], capture_output=True, text=True,
                          timeout=LONGEST, cwd=folder)  # fmt: skip
    found = next(Path(folder).rglob("nn.js"), None)
    if found is None:
        raise RuntimeError(f"nn.ts could not be compiled: {done.stdout[:300]}")
    return str(found)


def order(problem: Problem) -> list[list[int]]:
    """The batches of an epoch, as places among the samples: those of `Start.batches`."""
    places = np.random.default_rng([SEED, 0]).permutation(problem.m)
    size = problem.batch_size
    return [places[k : k + size].tolist() for k in range(0, problem.m, size)]


def measured(problem: Problem, start: Start, steps: int, rounds: int) -> dict[str, Any]:
    """{"us": median microseconds a step, "w", "b": after one epoch, as lists by layer}.

    Its networks have one output and squared errors; RuntimeError where it does not run.
    """
    given = {
        "sizes": problem.sizes, "hidden": problem.hidden, "output": problem.output,
        "w": [w.tolist() for w in start.w], "b": [b[:, 0].tolist() for b in start.b],
        "x": start.x.tolist(), "y": start.y.tolist(), "batches": order(problem),
        "rate": problem.learning_rate, "steps": steps, "rounds": rounds,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["node", str(RUN), _compiled(folder)], input=json.dumps(given),
                              capture_output=True, text=True, timeout=LONGEST)  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"nn.ts: {done.stderr[-300:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@cache
def epochs_a_second(sizes: str) -> float | None:
    """Epochs a second on 250 points in batches of 10, tanh throughout; None where it is not."""
    if not is_there():
        return None
    layers = tuple(map(int, sizes.split("-")))
    problem = Problem(sizes, layers, "tanh", "tanh", "half_squared_error", 250, 10, 0.03, 1.0)
    found = measured(problem, start_of(problem), 25 * (1000 // len(layers)), 5)
    return float(1e6 / (25 * found["us"]))
