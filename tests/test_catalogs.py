"""The catalogs of words: every key that is used is there, none is unused, languages agree."""

import ast
import re
from functools import cache
from pathlib import Path

import orjson
import pytest

from components.messages import DEFAULT, FOLDER, LANGUAGES, PLACE

ROOT = Path(__file__).parents[1]
CATALOGS = {name: orjson.loads((FOLDER / f"{name}.json").read_bytes()) for name in LANGUAGES}
OTHERS = [name for name in LANGUAGES if name != DEFAULT]
PLURAL = re.compile(r"_(?:zero|one|two|few|many|other)$")
KEY = r"[a-z][\w-]*(?:\.[\w-]+)+"
# Calls whose first argument is a key.
ASKING = {"message", "text", "title", "label", "require"}
# What stands in place of a part of a key that is put together: anything that a key may have there.
PART = r"[\w.-]+"
SCRIPT_TEXT = re.compile(r'"([^"\n]*)"|`([^`]*)`')
# Names, symbols and code: what a reader of Chinese, too, reads in Latin letters.
NAMES = frozenset((ROOT / "tests" / "messages" / "names.txt").read_text("utf-8").split())
# Authors, titles and addresses of what others have published.
WORKS = (ROOT / "tests" / "messages" / "works.txt").read_text("utf-8").splitlines()
WORK = re.compile("|".join(rf"\b{re.escape(work)}\b" for work in WORKS))
TEX = re.compile(r"\$[^$]*\$|⟦[^⟧]*⟧|\\[A-Za-z]+")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def stem(key: str) -> str:
    return PLURAL.sub("", key)


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def of_python(path: Path) -> tuple[set[str], set[str]]:
    """The keys that a file asks for, and patterns of all its texts that may be keys."""
    asked, patterns = set(), set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in ASKING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                asked.add(first.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            patterns.add(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = (
                re.escape(str(v.value)) if isinstance(v, ast.Constant) else PART
                for v in node.values
            )
            patterns.add("".join(parts))
    return asked, patterns


def of_script(path: Path) -> tuple[set[str], set[str]]:
    asked, patterns = set(), set()
    source = path.read_text("utf-8")
    asked.update(re.findall(rf'\bmessage\("({KEY})"', source))
    for plain, template in SCRIPT_TEXT.findall(source):
        text = plain or template
        patterns.add(PART.join(re.escape(part) for part in re.split(r"\$\{[^{}]*\}", text)))
    return asked, patterns


@cache
def sources() -> tuple[frozenset[str], tuple[re.Pattern[str], ...], tuple[str, ...]]:
    """The keys asked for by name, what others may be put together from, and what ends a key."""
    found = [of_python(path) for path in (ROOT / "components").rglob("*.py")]
    found += [of_script(path) for path in (ROOT / "assets").rglob("*.js")]
    asked = {key for keys, _ in found for key in keys}
    patterns = {pattern for _, many in found for pattern in many}
    # A prefix that ends in a dot is put before something; one without any letters says nothing.
    patterns |= {pattern + PART for pattern in patterns if pattern.endswith(r"\.")}
    telling = [p for p in patterns if re.match(r"[a-z][\w-]*\\?\.", p)]
    endings = {p.removeprefix(PART).replace("\\", "") for p in patterns if p.startswith(PART)}
    after = tuple(end for end in endings if re.fullmatch(r"\.[a-z_]+", end))
    return frozenset(asked), tuple(re.compile(p) for p in telling), after


def is_used(key: str) -> bool:
    """Whether it may be asked for: as it is, or as what is put after a key that may be."""
    _, patterns, after = sources()
    if any(one.fullmatch(key) for one in patterns):
        return True
    return any(key.endswith(end) and is_used(key.removesuffix(end)) for end in after)


def test_every_key_that_is_asked_for_is_there():
    stems = {stem(key) for key in CATALOGS[DEFAULT]} | set(CATALOGS[DEFAULT])
    assert sorted(sources()[0] - stems) == []


def test_no_script_has_a_sentence_of_its_own():
    errors = re.compile(r'new \w*Error\((?:"[^"\n]*"|`[^`]*`)')
    found = []
    for path in (ROOT / "assets").rglob("*.js"):
        code = re.sub(r"(?m)^\s*(?://|/?\*).*$|\s// .*$", "", path.read_text("utf-8"))
        for plain, template in SCRIPT_TEXT.findall(errors.sub("", code)):
            if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text := plain or template):
                found.append((path.name, text))
    # The kind of a file, which no one reads.
    assert found == [("aside.js", "deltaflow unreadable session")]


def test_no_key_is_unused():
    kept = (key for key in CATALOGS[DEFAULT] if not key.startswith("language."))
    unused = [key for key in kept if not is_used(stem(key))]
    assert unused == []


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_keys_and_places(language):
    def table(name: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, text in CATALOGS[name].items():
            found.setdefault(stem(key), set()).update(places(text))
        return found

    ours, other = table(DEFAULT), table(language)
    assert sorted(set(ours) ^ set(other)) == []
    # One form of a plural may leave the number out: "the sample".
    assert {key: (ours[key], other[key]) for key in ours if ours[key] != other[key]} == {}


def test_chinese_has_no_english_words_but_names():
    found = {}
    for key, text in CATALOGS["zh"].items():
        if key.startswith("language."):
            continue
        left = WORK.sub(" ", TEX.sub(" ", PLACE.sub(" ", text)))
        if words := [word for word in ENGLISH.findall(left) if word not in NAMES]:
            found[key] = words
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_says_by_which_name_the_server_knows_it(language):
    assert CATALOGS[language]["language.code"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_is_sorted_and_written_alike(language):
    catalog = CATALOGS[language]
    head = [key for key in catalog if key.startswith("language.")]
    ordered = {key: catalog[key] for key in [*head, *sorted(set(catalog) - set(head))]}
    written = orjson.dumps(ordered, option=orjson.OPT_INDENT_2).decode() + "\n"
    assert (FOLDER / f"{language}.json").read_text("utf-8") == written
