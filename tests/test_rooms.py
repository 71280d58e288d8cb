"""Which room of the house may know which: the imports of the browser's modules go one way."""

import posixpath
import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).parent.parent / "assets"
# The folder of a module, and the folders that it may import from beside its own.
BELOW = {
    "core": set(),
    "kit": {"core"},
    "server": {"core"},
    "walk": {"core", "server"},
    "drawing": {"core", "kit", "server", "walk"},
    "explanation": {"core", "kit", "server", "walk"},
    "places": {"core", "kit", "server", "walk"},
    "plots": {"core", "kit", "server", "walk", "drawing"},
}
VIEWS = {*BELOW}
BELOW |= dict.fromkeys(("compare", "dialogs", "page"), VIEWS)
BELOW["lessons"] = {*VIEWS, "page"}
BELOW[""] = {*BELOW}

MODULES = sorted(path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js"))
TYPES = "core/types.js"  # read by the type checker alone
TOUCHES_THE_PAGE = re.compile(r"\b(?:document|window|location|localStorage|sessionStorage)\b")


def imports(module: str) -> set[str]:
    text = (ASSETS / module).read_text(encoding="utf-8")
    here = posixpath.dirname(module)
    found = re.findall(r'^(?:import|\}).* from "(.*)";$', text, re.M)
    return {posixpath.normpath(posixpath.join(here, path)) for path in found}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_from_its_own_room_and_those_below(module):
    room = posixpath.dirname(module)
    for other in imports(module):
        assert other in MODULES
        assert posixpath.dirname(other) in BELOW[room] | {room}, f"{module} imports {other}"


def test_no_import_goes_in_circles_and_every_module_is_used():
    seen: set[str] = set()

    def reach(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " > ".join((*path, module))
        seen.add(module)
        for other in sorted(imports(module)):
            reach(other, (*path, module))

    for entry in ("dash.js", "later.js"):
        reach(entry, ())
    assert seen == set(MODULES) - {TYPES}


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("core/")])
def test_the_core_knows_no_page(module):
    code = re.sub(r"//.*|/\*.*?\*/", "", (ASSETS / module).read_text(encoding="utf-8"), flags=re.S)
    assert not TOUCHES_THE_PAGE.search(code)


@pytest.mark.parametrize("module", MODULES)
def test_lines_of_a_module_are_short(module):
    assert max(map(len, (ASSETS / module).read_text(encoding="utf-8").splitlines())) <= 120
