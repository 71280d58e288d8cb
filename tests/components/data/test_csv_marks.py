"""Quotes, torn numbers and hidden letters in a table."""

import pytest

from components.data.csv_reading import read_table
from components.data.own import read_own
from components.refusal import RequestError
from tests.components.data.csv_texts import read

SHUT = 'a quote (") is opened there and never closed'
BROKEN = {
    "comma": (("a,b", '1,"2', "3,4"), 2, SHUT),
    "semicolon": (("a;b", "1;2", '3;"4', "5;6"), 3, SHUT),
    "tab": (("a\tb", "1\t2", '"3\t4'), 3, SHUT),
    "header": (('a,"b', "1,2"), 1, SHUT),
    "last": (("a,b", "1,2", '3,"4'), 3, SHUT),
    "three columns": (("a,b,c", '1,2,"3', "4,5,6"), 2, SHUT),
    "after blank lines": (("a,b", "", '1,"2'), 3, SHUT),
    "text after a quote": (("a,b", '1,"2"x', "3,4"), 2, "expected after"),
    "closed by another": (("a,b", '1,"2', '3,"4"', "5,6"), 2, "expected after"),
    "swallows too much": (("a,b", '1,"2', *["3,4"] * 40_000), 2, "more than 131,072 characters"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quote_that_goes_wrong_is_told_with_the_row_it_opens_in(name, end):
    lines, row, words = BROKEN[name]
    refused = read(end.join(lines))["refused"]["text"]
    assert refused.startswith(f"Row {row} cannot be read: ") and words in refused


def test_a_quote_within_words_is_a_letter():
    assert read_table('5" pipe,1\n3" pipe,2\n').rows[1] == ('3" pipe', "2")


FAILED = [
    *("inf", "-Inf", "+infinity", "−inf", "1e400", "-1e400", "1e16"),
    *("9" * 20, "1,e400", "#DIV/0!", "#VALUE!", "#NUM!", "#REF!"),
]


@pytest.mark.parametrize("cell", FAILED)
@pytest.mark.parametrize("others", [("cat", "dog"), ("1.5", "2.5"), ("0", "1")])
def test_a_number_that_failed_becomes_no_class(cell, others):
    table = "\n".join(f"{i}\t{text}" for i, text in enumerate([*others, cell, cell, cell]))
    for options in ({}, {"kind": "classes", "roles": ["input", "target"]}):
        answer = read("x\ty\n" + table, **options)
        assert "own" not in answer and answer["problem_count"] >= 3
        assert f"Row 4, column 2 (y): “{cell}”" in " ".join(answer["problems"])


@pytest.mark.parametrize(
    ("others", "count"), [(("1", "2", "3"), 1), (("E1", "E2", "E1"), 0), (("a", "b", "a"), 0)]
)
def test_the_end_of_a_torn_number_is_told_from_the_name_of_a_class(others, count):
    text = "x,y\n" + "\n".join(f"{i},{cell}" for i, cell in enumerate([*others, "e400"]))
    answer = read(text, kind="classes", roles=["input", "target"])
    assert answer["problem_count"] == count


def test_a_number_beyond_what_is_read_is_told_as_such():
    assert "“1e400” is beyond ±10¹⁵" in read("x,y\n1,2\n1e400,3\n")["problems"][0]


HIDDEN = {
    "bell": ("a\x07b", "a␇b"),
    "escape": ("\x1b[31mred", "␛[31mred"),
    "delete": ("a\x7fb", "a⟨U+007F⟩b"),
    "line": ("a\nb", "a␊b"),
    "tab": ("a\tb", "a␉b"),
    "override": ("abc\u202ecba", "abc⟨U+202E⟩cba"),
    "embedding": ("a\u202bb", "a⟨U+202B⟩b"),
    "isolate": ("a\u2067b\u2069", "a⟨U+2067⟩b⟨U+2069⟩"),
    "mark": ("a\u200fb", "a⟨U+200F⟩b"),
    "no width": ("ca\u200bt", "ca⟨U+200B⟩t"),
    "line separator": ("a\u2028b", "a⟨U+2028⟩b"),
    "next line": ("a\x85b", "a⟨U+0085⟩b"),
    "byte order": ("a\ufeffb", "a⟨U+FEFF⟩b"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_hides_or_reverses_text_is_shown_in_names_and_classes(name):
    written_as, shown = HIDDEN[name]
    answer = read(f'"{written_as}",y\n1,"{written_as}"\n2,other\n')
    assert answer["own"]["features"] == [shown] and shown in answer["own"]["classes"]
    assert answer["names"][0] == answer["rows"][0][1] == shown
    refused = read(f'x,y\n1,2\n"{written_as}",3\n3,4\n', kind="regression")
    assert f"“{shown}” is no number" in refused["problems"][0]
    with pytest.raises(RequestError, match="control characters"):
        read_own({**answer["own"], "features": [written_as]})


def test_letters_of_all_scripts_stay_as_they_are():
    text = "größe,猫,שלום,हिन्दी,é️\n1,2,3,4,5\n6,7,8,9,1\n"
    assert list(read_table(text).names) == text.split("\n")[0].split(",")


def test_labels_that_differ_in_hidden_letters_stay_two_classes():
    answer = read('x,y\n1,"a\nb"\n2,"a\tb"\n3,a b\n')
    assert len(answer["own"]["classes"]) == 3


def test_of_many_thousand_wrong_cells_some_are_told_and_all_counted():
    text = "\n".join([",".join(["1"] * 100)] * 501 + [",".join(["x"] * 100)] * 499)
    answer = read(text, header=False, roles=["input"] * 99 + ["target"], kind="regression")
    assert answer["problem_count"] == 49_900 and len(answer["problems"]) == 20
