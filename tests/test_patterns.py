"""No regular expression of ours costs more than its text is long; it is read, not timed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patterns import flaws

ROOT = Path(__file__).parents[1]
PYTHON = [
    *ROOT.glob("*.py"),
    *(ROOT / "components").rglob("*.py"),
    *(ROOT / "engine").rglob("*.py"),
]
SCRIPTS = sorted((ROOT / "assets").rglob("*.js"))
ANCHORED = {"fullmatch", "match"}
MADE_BY = {*ANCHORED, "compile", "search", "split", "sub", "subn", "findall", "finditer"}
# In JavaScript a slash after one of these begins a pattern, after anything else it divides.
BEFORE_PATTERN = "(,=:[!&|?{};>\n"


def text_of(node: ast.expr) -> str | None:
    """The text of a constant, of one in other brackets or of several in a row."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def patterns_of(source: str) -> Iterator[tuple[str | None, bool]]:
    """Each pattern of a Python file and whether it is only matched from the beginning."""
    tree = ast.parse(source)
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    compiled = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            compiled[id(node.value)] = target.id if isinstance(target, ast.Name) else ""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = node.func.value
        if isinstance(of, ast.Name) and of.id == "re" and node.func.attr in MADE_BY:
            ways = {node.func.attr}
            if node.func.attr == "compile":
                ways = used.get(compiled.get(id(node), ""), {"search"})
            yield text_of(node.args[0]), ways <= ANCHORED


def patterns_of_script(source: str) -> Iterator[tuple[str, str]]:
    """Each literal pattern of a script with its flags; strings and comments are passed over."""
    at, before = 0, "\n"
    while at < len(source):
        here = source[at]
        if source.startswith(("//", "/*"), at):
            end = "\n" if source[at + 1] == "/" else "*/"
            at = source.index(end, at + 2) + len(end) if end in source[at + 2 :] else len(source)
            continue
        if here in "\"'`":
            at = closing(source, at)
        elif here == "/" and (before in BEFORE_PATTERN or source[:at].rstrip().endswith("return")):
            end = closing(source, at)
            flags = re.compile("[a-z]*").match(source, end + 1)[0]
            yield source[at + 1 : end], flags
            at = end
        before = here if not here.isspace() or here == "\n" else before
        at += 1


def closing(source: str, at: int) -> int:
    """Where what begins at a quote or a slash ends; in [ ] a slash is a letter."""
    mark, inside = source[at], False
    at += 1
    while source[at] != mark or inside:
        if source[at] == "\\":
            at += 1
        elif mark == "/":
            inside = source[at] == "[" or (inside and source[at] != "]")
        at += 1
    return at


def as_python(pattern: str) -> str:
    """The same pattern in Python's spelling, as far as ours need it."""
    spelled = re.sub(r"\\[pP]\{[^}]*\}", "[A-Z]", pattern.replace("[^]", r"[\s\S]"))
    return re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", spelled)


def test_patterns_of_python_are_linear():
    for path in PYTHON:
        for pattern, anchored in patterns_of(path.read_text(encoding="utf-8")):
            assert pattern is not None, f"{path}: what is put together cannot be judged"
            assert flaws(pattern, anchored) == [], (path, pattern)


def test_patterns_of_scripts_are_linear():
    for path in SCRIPTS:
        source = path.read_text(encoding="utf-8")
        assert "RegExp(" not in source, f"{path}: what is put together cannot be judged"
        for pattern, flags in patterns_of_script(source):
            anchored = pattern.startswith("^") or "y" in flags
            assert flaws(as_python(pattern), anchored) == [], (path, pattern)


def test_there_are_patterns_to_judge():
    python = [p for path in PYTHON for p in patterns_of(path.read_text(encoding="utf-8"))]
    scripts = [p for path in SCRIPTS for p in patterns_of_script(path.read_text(encoding="utf-8"))]
    written = sum(path.read_text(encoding="utf-8").count(".test(") for path in SCRIPTS)
    assert len(python) >= 5 and len(scripts) >= max(10, written)


# Those that were here once, and the textbook's.
SLOW = [
    r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", r"[+-]?(\d+,?\d*|,\d+)", r"(?:x+y?)+",
    r"\s*(?:,\s*x\s*)?,?\s*\)?\s*;?", r"(?:\w+\s*=)?\s*(?:[\w.]+\s*\()?\s*", r"(a+)+",
    r"(a|aa)+b*a*", r"(?:a*)*", r".*x.*y", r"\w+\d+", r"(\s*\w+\s*)+", r"(x)\1", r"0*(\d+)",
    r"(.*?) & z (.*?) & w", r"\s+$\s*", r"([^,]*,)*[^,]*", r"a*b?a*", r"[a-f]+[e-z]+",
    r"\S+@\S+", r"(?=.*a)b", r"\d{1,500}\d*", r"\d{2,}\d+", r"(?:\d{1,200},?)*",
]  # fmt: skip
SLOW_TO_SEARCH = [
    *(r"\s*,\s*|\s+", r"\s*;\s*", r"-?\d+x", r"\w+=", r"(\w+)\(", r" *\t *", r"⟦(.+):([^⟧]+)⟧"),
    *(r"⟦([^⟧]+)⟧", r"\d+(?:\.\d+)?%", r"(?:http)?\w+:", r"\s+$"),
]
QUICK = [
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", r"[0-9a-f]{64}", r"\d+", r"[ab]+|c",
    r"0*[1-9][0-9]{0,4}", r"(\d+) of (\d+) (\w+)", r"(?<!a)z(?!b)", r"\d+\.\d+", r"a+b+",
    r"[^x]*x.*", r"(?:ab)+",
]  # fmt: skip
QUICK_TO_SEARCH = [r",\s*\n", r"⟦([^⟦⟧]+)⟧", r"dur=([\d.]+)", r"[,\s]+", r"e(-?\d+)$", r"\d"]


@pytest.mark.parametrize("pattern", SLOW)
def test_a_slow_pattern_is_seen(pattern):
    assert flaws(pattern, anchored=True)


@pytest.mark.parametrize("pattern", SLOW_TO_SEARCH)
def test_a_search_that_begins_anew_is_seen(pattern):
    assert flaws(pattern, anchored=False)


@pytest.mark.parametrize("pattern", QUICK_TO_SEARCH)
def test_a_quick_search_is_let_through(pattern):
    assert flaws(pattern, anchored=False) == []


@pytest.mark.parametrize("pattern", QUICK)
def test_a_quick_pattern_is_let_through(pattern):
    assert flaws(pattern, anchored=True) == []


def test_patterns_are_found_in_sources():
    source = """A: Final = re.compile(r"a+")
A.fullmatch(x)
re.sub(r"b", "", f"{A}")
re.split(A, x)
"""
    assert list(patterns_of(source)) == [("a+", True), ("b", False), (None, False)]
    script = """const a = /x[/"]\\/y/gi; // no /z/ here
b = 4 / 2 / 1; c("/s/"); return /w/.test(`/`);"""
    assert list(patterns_of_script(script)) == [('x[/"]\\/y', "gi"), ("w", "")]
