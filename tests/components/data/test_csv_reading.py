"""CSV as programs and people write it: read the same whatever its form, or refused by place."""

import numpy as np
import pytest

from components.data.cell_reading import read_cell
from components.data.csv_reading import CsvError, Form, read_table
from components.data.own import own_raw_data
from components.refusal import RequestError
from components.requests.own_table import answer_read
from tests.components.data.csv_texts import read

ROWS = [["0.5", "1.5", "cat"], ["-2", "0.25", "dog"], ["1e3", "4", "cat"]]
FORMS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
}


def written(separator, decimal=".", header=True, end="\n", quote=""):
    rows = [["a", "b", "animal"], *ROWS] if header else ROWS
    cells = [[f"{quote}{c.replace('.', decimal)}{quote}" for c in row] for row in rows]
    return end.join(separator.join(row) for row in cells)


@pytest.mark.parametrize("separator", FORMS)
@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_every_form_gives_the_same_data(separator, decimal, header, end, quote, bom):
    if separator == "comma" and decimal == ",":
        return
    answer = read(bom + written(FORMS[separator], decimal, header, end, quote))
    assert answer["problems"] == [] and answer["separator"] == separator
    assert answer["header"] is header and answer["decimal_comma"] is (decimal == ",")
    assert answer["roles"] == ["input", "input", "target"] and answer["kind"] == "classes"
    raw = own_raw_data(answer["own"]["name"])
    assert np.array_equal(raw.x, [[0.5, -2, 1000], [1.5, 0.25, 4]])
    assert raw.classes == ("cat", "dog") and list(raw.labels) == [0, 1, 0]
    assert raw.features == (("a", "b") if header else ("column 1", "column 2"))


def test_quoted_cells_hold_separators_quotes_and_lines():
    table = read_table('"a, b","c ""d"""\n"1","x\ny"\n')
    assert table.names == ("a, b", 'c "d"') and table.rows == (("1", "x\ny"),)


def test_an_unreadable_cell_is_named_by_row_and_column():
    answer = read("height;width;kind\n1;2;a\n\n3;two;b\n<5;5;a\n7;8;inf\n")
    assert "own" not in answer and answer["problem_count"] == 3
    assert answer["problems"] == [
        "Row 5, column 1 (height): “<5” is no number.",
        "Row 4, column 2 (width): “two” is no number.",
        "Row 6, column 3 (kind): “inf” stands for a number that failed: it is no class.",
    ]


def test_many_unreadable_cells_are_counted_and_some_are_named():
    text = "a,b\n" + "1,2\n" * 200 + "x,2\n" * 150
    answer = read(text, roles=["input", "target"], kind="regression")
    assert len(answer["problems"]) == 20 and answer["problem_count"] == 150


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("a,b\n1,2\n3\n", "Row 3 has 1 cell, row 1 has 2"),
        ("a,b\n1,2,3\n", "Row 2 has 3 cells, row 1 has 2"),
        ("a,b\n", "no row of data"),
        (",".join(["1"] * 101), "101 columns"),
        ("1,2\n" * 10_001, "more than 10,000 rows"),
        ("a,b\n" + "1,2\n" * 10_001, "more than 10,000 rows"),
        ('a,b\n"1,2\n', "cannot be read"),
        ('a,b\n"1"x,2\n', "Row 2 cannot be read"),
        ("PK\x03\x04\0\0", "binary"),
        ("1" * 5_000_001, "5 MB"),
        ("é" * 2_500_001, "5 MB"),
        ("a," + "x" * 200_000, "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_with_its_limit(text, words):
    refused = read(text)["refused"]["text"]
    assert words in refused and refused.endswith(".")
    if text.strip(" \n;"):
        assert "Allowed" in refused or "most" in refused


def test_the_limits_are_inclusive():
    assert read("\n".join(["1,2"] * 10_000))["count"] == 10_000
    assert read("a,b\n" + "\n".join(["1,2"] * 10_000))["count"] == 10_000
    assert len(read(",".join(["1"] * 100) + "\n" + ",".join(["2"] * 100))["names"]) == 100


@pytest.mark.parametrize(
    "text", ["nan", "inf", "1_0", "７", "0x1", "", "--1", "1.2.3", "1,2,3", "<5", "Q1", "1 2"]
)
def test_what_is_no_decimal_is_no_number(text):
    assert read_cell(text) is None


def test_a_form_that_is_given_is_kept_to():
    text = "2019,2020\n1,2\n"
    assert not read_table(text, Form(header=False)).header
    assert read_table(text, Form(header=True)).names == ("2019", "2020")
    assert read_table("1;2,5\n", Form(separator=";", decimal_comma=False)).decimal_comma is False
    assert len(read_table("1;2,5\n", Form(separator=",")).names) == 2


@pytest.mark.parametrize(
    ("target", "kind"),
    [(["0", "1", "1", "0"], "classes"), (["0.5", "1", "2", "1"], "regression"),
     (["a", "b", "a", "b"], "classes"), (["1", "2", "3", "4"], "regression")],
)  # fmt: skip
def test_the_kind_of_the_target_is_suggested(target, kind):
    assert read("\n".join(f"{i}.5,{cell}" for i, cell in enumerate(target)))["kind"] == kind


def test_targets_and_ignored_columns_are_chosen():
    text = "id,a,b,c\nq,1,2,3\nr,4,5,6\n"
    answer = read(text, roles=["ignored", "input", "target", "target"], kind="regression")
    raw = own_raw_data(answer["own"]["name"])
    assert np.array_equal(raw.x, [[1, 4]]) and np.array_equal(raw.targets, [[2, 5], [3, 6]])
    assert raw.outputs == ("b", "c") and raw.features == ("a",)
    for roles in (["input"] * 4, ["target"] * 4, ["ignored", "input", "target", "target"]):
        answer = read(text, roles=roles, kind="classes")
        assert "own" not in answer and "one target" in answer["problems"][0]


def test_numeric_labels_are_in_the_order_of_numbers():
    answer = read("x,y\n1,10\n2,9\n3,10\n", kind="classes")
    assert own_raw_data(answer["own"]["name"]).classes == ("9", "10")


def test_too_many_labels_are_a_problem():
    text = "\n".join(f"1,label {i}" for i in range(101))
    assert "101 different labels" in read(text)["problems"][0]


def test_a_preview_is_bounded_and_asks_for_nothing_to_be_kept():
    answer = answer_read({"text": "\n".join(f"{i},{'x' * 500}{i % 2}" for i in range(50))})
    assert len(answer["rows"]) == 8 and max(map(len, answer["rows"][0])) == 100
    assert "own" not in answer and answer["count"] == 50


@pytest.mark.parametrize(
    "wrong",
    [{"text": 1}, {"separator": "."}, {"header": 1}, {"decimal_comma": "yes"}, {"kind": []},
     {"roles": "input"}, {"roles": ["output"]}, {"roles": [["input"]]}],
)  # fmt: skip
def test_options_that_no_page_sends_are_bad_requests(wrong):
    with pytest.raises(RequestError):
        answer_read({"text": "1,2\n3,4", **wrong})


def test_csv_errors_are_sentences():
    with pytest.raises(CsvError, match=r"\.$"):
        read_table("a,b\n1\n")
