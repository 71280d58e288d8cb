"""The environment that make run sets up."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_an_installed_environment_is_left_alone_until_its_file_changes(tmp_path: Path) -> None:
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(
        f'#!/bin/sh\ncase "$*" in *"pip install"*) echo pip; exit 9;; esac\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    file = tmp_path / "requirements.txt"
    file.write_text("one\n")
    (tmp_path / ".venv/installed").mkdir()
    shutil.copy(file, tmp_path / ".venv/installed")
    command = ["sh", str(ROOT / "scripts/environment.sh"), file.name]

    same = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "")
    file.write_text("two\n")
    changed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert changed.returncode != 0
    assert "pip\n" in changed.stdout
    assert (tmp_path / ".venv/installed/requirements.txt").read_text() == "one\n"
