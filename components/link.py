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

__all__ = ["Module", "link", "read_module"]

ALLOWED: Final = (
    'import { a, b as c } from "./file.js"; at the top; export before a function, class or const'
)
IMPORT: Final = re.compile(r'import \{([^{}]*)\} from "(\.{1,2}/[\w./-]+\.js)";\n')
EXPORT: Final = re.compile(r"^export (?=(?:(?:async )?function|class|const) ([\w$]+)\b)", re.M)
NAME: Final = re.compile(r"([\w$]+)(?: as ([\w$]+))?")
COMMENT: Final = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/[ \t]*)\n", re.M | re.S)
BLANK: Final = re.compile(r"(?:\n+|//[^\n]*\n|/\*.*?\*/)", re.S)
# What is left of module syntax when the two forms are taken away.
FOREIGN: Final = re.compile(r"^[ \t]*(?:import|export)\b(?!\s*[:(,}]).*|\bimport\s*[(.].*", re.M)


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


def read_module(path: Path) -> Module:
    """Take a file apart; ValueError where it uses another form of import or export."""
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file")
    text, at = path.read_text(encoding="utf-8"), 0
    imports: dict[Path, dict[str, str]] = {}
    bound: set[str] = set()
    while match := BLANK.match(text, at) or IMPORT.match(text, at):
        at = match.end()
        if match.re is IMPORT:
            names = _names(path, match[1], bound)
            imports.setdefault((path.parent / match[2]).resolve(), {}).update(names)
    code = text[at:]
    exports = tuple(EXPORT.findall(code))
    if len(set(exports)) < len(exports):
        _refuse(path, "a name is exported twice")
    code = EXPORT.sub("", COMMENT.sub("", code))
    if foreign := FOREIGN.search(code):
        _refuse(path, f"{foreign[0].strip()[:60]!r} cannot be linked. Allowed: {ALLOWED}")
    return Module(path, imports, exports, code)


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
    parts: list[str] = []
    number: dict[Path, str] = {}
    for module in _in_order(entry):
        number[module.path] = f"$m{len(number)}"
        head = "".join(
            f"const {{ {_bound(names)} }} = {number[needed]};\n"
            for needed, names in module.imports.items()
        )
        tail = f"return {{ {', '.join(module.exports)} }};" if module.exports else ""
        parts.append(
            f"// {module.path.parent.name}/{module.path.name}\n"
            f"const {number[module.path]} = (() => {{\n{head}{module.code}{tail}\n}})();\n"
        )
    return '(function () {\n"use strict";\n' + "".join(parts) + "})();\n"


def _bound(names: dict[str, str]) -> str:
    return ", ".join(
        local if local == name else f"{name}: {local}" for local, name in sorted(names.items())
    )
