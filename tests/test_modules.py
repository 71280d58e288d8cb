"""The unit tests of the browser's modules, run by node; `node FILE` does the same."""

import subprocess
from pathlib import Path

import pytest

from tests.node import ROOT, find_node

FOLDER = Path(__file__).parent / "assets"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.test.js"))


@pytest.mark.parametrize("name", FILES)
def test_a_module_does_what_its_unit_tests_say(name):
    done = subprocess.run(
        [find_node(), str(FOLDER / name)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_unit_tests_stand_where_their_module_does():
    assert FILES
    for name in FILES:
        folder, file = name.rsplit("/", 1)
        assert folder != "core" or (ROOT / "assets" / folder / file.replace(".test", "")).is_file()
