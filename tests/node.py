"""The browser's modules run by node, where a test in Python needs them without a browser."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson

__all__ = ["find_node", "run_node"]

ROOT = Path(__file__).parent.parent
WRAPPED = """
import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf8"));
const result = await (async () => { %s })();
process.stdout.write(JSON.stringify(result ?? null));
"""


def find_node() -> str:
    """The node of the test environment, else the one on PATH."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    node = shutil.which("node", path=places)
    assert node, "node is missing: pip install -r tests/requirements.txt brings it"
    return node


def run_node(code: str, *given: Any) -> Any:
    """The value of an async function's body, with the arguments as `given`.

    It imports modules by their place: `await import("./assets/core/format.js")`.
    """
    done = subprocess.run(
        [find_node(), "--input-type=module", "--eval", WRAPPED % code],
        input=orjson.dumps(given).decode(),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
