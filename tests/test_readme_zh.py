"""The README in Chinese says what the English one says, as far as that can be held."""

import re
from collections import Counter
from pathlib import Path

import pytest

import engine
from components.config.method_laws import ELSEWHERE, constants
from components.messages import catalog, message, render
from components.page.player import KEYS
from tests.test_catalogs import WORK

ROOT = Path(__file__).parent.parent
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
BOTH = (ENGLISH, CHINESE)
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])\d(?:[\d,.]*\d)?(?!\w)", re.ASCII)
# What stands around the name of a button.
AROUND = "▶‹›▾ "


def sections(text: str) -> list[str]:
    return re.split(r"^#+ .*$", text, flags=re.MULTILINE)


def table(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line[:1] == "|" and "|--" not in line]
    return [line.strip("| ").split(" | ") for line in lines]


PAIRS = list(zip(sections(ENGLISH), sections(CHINESE), strict=True))
TABLES = [(table(english), table(chinese)) for english, chinese in PAIRS if table(english)]


def prose(text: str) -> str:
    return FENCED.sub("", text)


def told(key: str) -> str:
    return render(message(key), "zh")


def test_each_leads_to_the_other():
    assert "(README.zh.md)" in ENGLISH and "(README.md)" in CHINESE
    targets = [
        Counter(t for t in re.findall(r"\]\(([^)]+)\)", text) if not t.startswith("README"))
        for text in BOTH
    ]
    assert targets[0] == targets[1]


def test_the_headings_are_as_deep():
    depths = [re.findall(r"^#+(?= )", text, re.MULTILINE) for text in BOTH]
    assert depths[0] == depths[1]


def test_commands_and_programs_are_the_same():
    def code(text: str) -> list[tuple[str, str]]:
        return [(kind, re.sub(r" +# .*", "", body)) for kind, body in FENCED.findall(text)]

    assert code(ENGLISH) == code(CHINESE)


def test_the_laws_of_the_text_are_the_same():
    # BP3 has words: the mean over the samples.
    laws = [
        [line for line in text.splitlines() if line.startswith("    ") and "BP3" not in line]
        for text in map(prose, BOTH)
    ]
    assert len(laws[0]) == 4 and laws[0] == laws[1]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_section_names_the_same_code_and_the_same_numbers(english, chinese):
    for pattern in (re.compile(r"`([^`\n]+)`"), NUMBER):
        found = [Counter(pattern.findall(prose(text))) for text in (english, chinese)]
        assert found[0] == found[1]


@pytest.mark.parametrize(("english", "chinese"), TABLES)
def test_a_table_has_the_same_rows(english, chinese):
    assert len(english) == len(chinese)
    for ours, other in zip(english, chinese, strict=True):
        assert len(ours) == len(other)
        if ours[0].startswith("`"):
            assert ours[0] == other[0]
        # Values to choose from are typed as they are, whatever the language.
        names = re.findall(r"[a-z]+(?:_[a-z]+)+", ours[1])
        assert names == re.findall(r"[a-z]+(?:_[a-z]+)+", other[1])


def test_the_keys_and_the_laws_are_told_as_the_page_tells_them():
    rows = [row for _, chinese in TABLES for row in chinese]
    for key in KEYS:
        assert [" ".join(told(f"keys.{key}.press").split()), told(f"keys.{key}")] in rows
    for name, rule in engine.OPTIMISERS.items():
        elsewhere = render(ELSEWHERE.get(name, "–"), "zh")
        assert [name, rule.formula, constants(rule.formula) or "–", elsewhere] in rows
    for name, law in engine.INITIALISATIONS.items():
        assert [name, law.formula] in rows


def test_buttons_are_called_as_they_are_on_the_page():
    words, left = catalog("en"), Counter(re.findall(r"\*\*(.+?)\*\*", CHINESE))
    for name in re.findall(r"\*\*(.+?)\*\*", ENGLISH):
        called = name.strip(AROUND).casefold()
        keys = [key for key, text in words.items() if text.strip(AROUND).casefold() == called]
        # A catalog may write the same button with its sign and without.
        names = {told(key) for key in keys} | {told(key).strip(AROUND) for key in keys}
        found = names & set(left)
        assert len(found) == 1, name
        left -= Counter(found)
    assert not left


def test_chinese_has_no_english_words_but_names():
    text = re.sub(r"`[^`\n]*`|\[[^\]]*\]\([^)]*\)|https?:\S+", " ", prose(CHINESE))
    text = re.sub(r"^    .*$", " ", WORK.sub(" ", text), flags=re.MULTILINE)
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", text)
