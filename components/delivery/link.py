"""The browser's modules as one classic script, so that opening the page takes one request for all.

Native modules would cost as many round trips as they stand deep; no library of PyPI links them. Of
JavaScript's module syntax two forms are enough, and everything else is refused at the start:
imports by name from a file, at the top, and exports where a function, a class or a const is
declared. Lines of nothing but comment stay behind: who reads the code reads the modules.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

__all__ = ["Module", "link", "link_apart", "read_module"]

ALLOWED: Final = (
    'import { a, b as c } from "./file.js"; at the top; export before a function, class or const'
)
IMPORT: Final = re.compile(r'import \{([^{}]*)\} from "(\.{1,2}/[\w./-]+\.js)";')
EXPORT: Final = re.compile(r"export (?:(?:async )?function|class|const) ([\w$]+)")
NAME: Final = re.compile(r"([\w$]+)(?: as ([\w$]+))?")
# What begins another statement of modules; `import:` and `export,` are names within an object.
STATEMENT: Final = re.compile(r"(?:import|export)\b(?! ?[:,}(])")
TYPE: Final = "/** @type "
# What the window calls the modules that a later script needs of the first.
SHARED: Final = "deltaflowModules"
EXPRESSIONS: Final = ("import(", "import (", "import.")


class Module(NamedTuple):
    """A file's imports, {file: {local name: name there}}, its exports, and the code between."""

    path: Path
    imports: dict[Path, dict[str, str]]
    exports: tuple[str, ...]
    code: str


def _refuse(path: Path, why: str) -> NoReturn:
    raise ValueError(f"{path}: {why}")


def _names(path: Path, text: str, bound: set[str]) -> dict[str, str]:
    """What an import binds, {local name: name there}; adds it to `bound`."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = NAME.fullmatch(part)
        if match is None:
            _refuse(path, f"{part!r} in an import. Allowed: a name, or a name as another")
        local = match[2] or match[1]
        if local in bound:
            _refuse(path, f"{local} is imported twice")
        bound.add(local)
        found[local] = match[1]
    return found


def _without_comments(text: str) -> Iterator[str]:
    """The lines that are more than a comment, or are blank."""
    inside = False
    for line in text.splitlines():
        words = line.strip()
        if inside or words.startswith("/**"):
            # A type may stand before an expression: what follows it on its line is code.
            inside = "*/" not in words
            if inside or words.endswith("*/"):
                continue
        if not words.startswith("//"):
            yield _without_types(line)


def _without_types(line: str) -> str:
    """A line of code without the types within it."""
    while (begins := line.find(TYPE)) >= 0:
        line = line[:begins] + line[line.index("*/", begins) + 2 :].lstrip(" ")
    return line


def _statements(lines: Iterator[str]) -> Iterator[str]:
    """The same, each import in one piece."""
    for line in lines:
        while line.startswith("import {") and ";" not in line:
            line += next(lines, ";")
        yield line


def read_module(path: Path) -> Module:
    """Take a file apart; ValueError where it uses another form of import or export."""
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    imports: dict[Path, dict[str, str]] = {}
    bound: set[str] = set()
    exports: list[str] = []
    code: list[str] = []
    for line in _statements(_without_comments(path.read_text(encoding="utf-8"))):
        imported = None if any(code) else IMPORT.fullmatch(line)
        exported = EXPORT.match(line)
        if imported:
            needed = (path.parent / imported[2]).resolve()
            imports.setdefault(needed, {}).update(_names(path, imported[1], bound))
            continue
        if exported:
            exports.append(exported[1])
            line = line.removeprefix("export ")
        if STATEMENT.match(line.strip()) or any(form in line for form in EXPRESSIONS):
            _refuse(path, f"{line.strip()[:60]!r} cannot be linked. Allowed: {ALLOWED}")
        code.append(line)
    if len(set(exports)) < len(exports):
        _refuse(path, "a name is exported twice")
    return Module(path, imports, tuple(exports), "\n".join(code).strip("\n") + "\n")


def _in_order(entry: Path) -> Iterator[Module]:
    """Every module that `entry` needs, each after those that it imports, `entry` last."""
    done: dict[Path, Module] = {}

    def visit(path: Path, trail: tuple[Path, ...]) -> Iterator[Module]:
        if path in trail:
            circle = [other.name for other in (*trail[trail.index(path) :], path)]
            _refuse(path, f"imports go in a circle: {' > '.join(circle)}")
        if path in done:
            return
        module = read_module(path)
        for needed, names in module.imports.items():
            yield from visit(needed, (*trail, path))
            if missing := set(names.values()) - set(done[needed].exports):
                _refuse(path, f"{needed.name} exports no {', '.join(sorted(missing))}")
        done[path] = module
        yield module

    yield from visit(entry.resolve(), ())


def link(entry: Path) -> str:
    """One strict script that does what the module `entry` does; its names stay its own.

    Each module becomes a function's body that returns what it exports, in the order of imports.
    Raises ValueError, naming file and reason, where a file or a name is missing, where imports go
    in a circle, and where a form is used that is not allowed here.
    """
    return _script(list(_in_order(entry)), {})


def link_apart(entry: Path, later: Path) -> tuple[str, str]:
    """The script of `entry`, and a second one, run after it, of what only `later` needs.

    A module of both is in the first alone, which hands what the second needs to it under one name
    of the window. Raises ValueError as `link`.
    """
    first = list(_in_order(entry))
    known = {module.path for module in first}
    rest = [module for module in _in_order(later) if module.path not in known]
    used = {path for module in rest for path in module.imports}
    shared = {m.path: f"$m{n}" for n, m in enumerate(first) if m.path in used}
    names = f"[{', '.join(shared.values())}]"
    handed = _script(first, {}, end=f"window.{SHARED} = {names};\n")
    return handed, _script(rest, shared, begin=f"const {names} = window.{SHARED};\n")


def _script(modules: list[Module], known: dict[Path, str], begin: str = "", end: str = "") -> str:
    """The modules as one script; `known` are those that stand in it already, by their names."""
    parts: list[str] = []
    number = dict(known)
    mark = "$n" if known else "$m"
    for module in modules:
        number[module.path] = f"{mark}{len(parts)}"
        head = "".join(
            f"const {{ {_bound(names)} }} = {number[needed]};\n"
            for needed, names in module.imports.items()
        )
        tail = f"return {{ {', '.join(module.exports)} }};" if module.exports else ""
        parts.append(
            f"// {module.path.parent.name}/{module.path.name}\n"
            f"const {number[module.path]} = (() => {{\n{head}{module.code}{tail}\n}})();\n"
        )
    return '(function () {\n"use strict";\n' + begin + "".join(parts) + end + "})();\n"


def _bound(names: dict[str, str]) -> str:
    return ", ".join(
        local if local == name else f"{name}: {local}" for local, name in sorted(names.items())
    )
