"""Which wing of Python may know which: imports go downwards, and only the page imports Dash."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A wing, and those that it may import from beside its own. Modules in no wing are the base: they
# know only each other.
BASE: set[str] = {"", "engine"}
DATA = {*BASE, "data"}
CONFIG = {*DATA, "config"}
MAY_IMPORT = {
    "engine": set(),
    "": {"engine"},
    "data": BASE,
    "config": DATA,
    "weights": BASE,
    "lessons": CONFIG,
    "formulas": CONFIG,
    "examples": CONFIG,
    "training": CONFIG,
    "walk": {*CONFIG, "formulas"},
    "derivation": {*CONFIG, "formulas", "walk"},
    "export": {*CONFIG, "formulas", "walk"},
    "serving": {""},
    "requests": {
        *CONFIG,
        *("derivation", "examples", "export", "formulas", "lessons"),
        *("serving", "training", "walk", "weights"),
    },
    "page": {*CONFIG, "examples", "export"},
    "delivery": {"", "serving"},
    "callbacks": {"", "page", "requests", "serving"},
}
MAY_IMPORT_DASH = {"page", "callbacks", "delivery"}
DASH = {"dash", "dash_bootstrap_components", "plotly", "flask_bootstrap"}


def wing_of(module: str) -> str | None:
    """The wing of a module of ours; None for one of somebody else's."""
    top, *rest = module.split(".")
    if top == "engine":
        return "engine"
    if top != "components":
        return None
    if rest[:1] == ["callbacks"]:
        return "callbacks"
    return rest[0] if rest and (ROOT / "components" / rest[0]).is_dir() else ""


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules that a file imports, each by its own name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            package = node.module or ""
            inner = (ROOT / package.replace(".", "/")).is_dir() and package.startswith("components")
            found |= {f"{package}.{a.name}" for a in node.names} if inner else {package}
    return frozenset(found)


FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for folder in ("engine", "components")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name != "__init__.py"
}


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_from_its_own_wing_and_those_below(module):
    here = wing_of(module)
    for other in imports(FILES[module]):
        assert other.split(".")[0] not in ("app", "serve"), f"{module} imports {other}"
        wing = wing_of(other)
        assert wing is None or wing == here or wing in MAY_IMPORT[here], f"{module}: {other}"
        dash = other.split(".")[0] in DASH
        assert not dash or here in MAY_IMPORT_DASH, f"{module} imports {other}"


def test_no_import_goes_in_circles():
    def reach(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " > ".join((*path, module))
        for other in imports(FILES[module]) & FILES.keys():
            reach(other, (*path, module))

    for module in FILES:
        reach(module, ())


def test_wings_are_in_the_table_and_the_table_has_no_circle():
    wings = {wing_of(module) for module in FILES}
    assert wings == MAY_IMPORT.keys()
    floor: dict[str, int] = {}
    while len(floor) < len(MAY_IMPORT):
        ready = [w for w in MAY_IMPORT if w not in floor and MAY_IMPORT[w] <= floor.keys()]
        assert ready, "the table itself goes in a circle"
        floor |= dict.fromkeys(ready, len(floor))
