"""No file and no function is longer than can be read at once, in Python, JavaScript and CSS."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SUFFIXES = {".py", ".js", ".css"}
MOST_OF_A_FILE = 250
MOST_OF_A_FUNCTION = 40
# A script's functions begin so and end where a line of the same depth begins with a brace.
BEGINS = re.compile(r"^( *)(?!(?:if|for|while|switch|catch)\b)\S.*(?:=>|\)) \{$")


def files() -> list[str]:
    """All of ours: what tools have brought is hidden or in node_modules."""
    tops = [top for top in ROOT.iterdir() if top.name[0] != "." and top.name != "node_modules"]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    names = (path.relative_to(ROOT).as_posix() for path in found if path.suffix in SUFFIXES)
    return sorted(names)


def functions(name: str, text: str) -> Iterator[tuple[str, int]]:
    """The functions of a file, each with how many lines it has."""
    lines = text.splitlines()
    if name.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield node.name, node.end_lineno - node.lineno + 1
    elif name.endswith(".js"):
        for first, line in enumerate(lines):
            if begun := BEGINS.match(line):
                ends = (
                    n for n in range(first + 1, len(lines)) if lines[n].startswith(begun[1] + "}")
                )
                yield line.strip(), next(ends) - first + 1


FILES = files()


def test_there_is_something_to_look_at():
    assert {Path(name).suffix for name in FILES} == SUFFIXES and len(FILES) > 300


def test_files_and_their_functions_are_short():
    long = {}
    for name in FILES:
        text = (ROOT / name).read_text(encoding="utf-8")
        found = {one: n for one, n in functions(name, text) if n > MOST_OF_A_FUNCTION}
        if (lines := len(text.splitlines())) > MOST_OF_A_FILE:
            found["the file"] = lines
        if found:
            long[name] = found
    assert long == {}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.py", "class A:\n    async def f(self):\n        x = 1\n\n        return x\n", [4]),
        (
            "a.js",
            "function f(a) {\n  return a;\n}\nconst g = (b) => {\n  f(b);\n  f(b);\n};\n",
            [3, 4],
        ),
        ("a.js", "export async function f() {\n  if (a) {\n    b();\n  }\n}\n", [5]),
        ("a.js", 'test("x", () => {\n  go((a) => {\n    a();\n  });\n});\n', [5, 3]),
        ("a.js", "class A {\n  f(a) {\n    return a;\n  }\n}\n", [3]),
        ("a.css", "a {\n  b: c;\n}\n", []),
    ],
)
def test_functions_are_counted_from_their_first_line_to_their_last(name, text, found):
    assert [n for _, n in functions(name, text)] == found
