"""CONTRIBUTING.md leads to files that are there, and names every room."""

import re
from pathlib import Path

from tests.test_python_rooms import MAY_IMPORT
from tests.test_rooms import BELOW

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there():
    named = re.findall(r"`((?:assets|components|engine|tests)/[\w/.]+)`", TEXT)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_what_is_named_within_a_file_is_in_it():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and "/" in line]
    named = 0
    for row in rows:
        words = re.findall(r"`([^`]+)`", row)
        files = [ROOT / word for word in words if (ROOT / word).is_file()]
        for word in words:
            if files and not (ROOT / word).exists():
                named += 1
                assert any(word in path.read_text(encoding="utf-8") for path in files), word
    assert named > 5


def test_every_room_is_told():
    rooms = {*MAY_IMPORT, *BELOW} - {"", "engine", "callbacks"}
    assert {room for room in rooms if f"`{room}`" not in TEXT} == set()
