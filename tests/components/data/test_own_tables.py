"""Tables as people bring them: read to the right numbers, or asked about, never guessed."""

import numpy as np
import pytest

from components.data.own import own_raw_data
from tests.components.data.csv_texts import made, question, read, said

THOUSANDS = {
    "area\tprice\n1,250\t250,000\n850\t99,500\n1,020\t310,000\n": (False, True),
    "Fläche;Preis\n1.000;250.000\n850;99.500\n1.020;310.000\n": (True, False),
    'a,b\n"1,250","250,000"\n"850","99,500"\n"1,020","310,000"\n': (False, True),
}


@pytest.mark.parametrize("text", THOUSANDS)
def test_a_mark_before_three_digits_is_asked_about(text):
    answer = read(text)
    (asked,) = question(answer)
    assert "own" not in answer and answer["told"] == "" and asked["name"] == "decimal"
    assert [choice["value"] for choice in asked["choices"]] == ["no", "yes"]
    groups, fraction = THOUSANDS[text]
    x = [1000 if "1.000" in text else 1250, 850, 1020]
    assert np.array_equal(made(text, decimal_comma=groups).x, [x])
    assert made(text, decimal_comma=groups).targets.tolist() == [[250000, 99500, 310000]]
    assert np.array_equal(made(text, decimal_comma=fraction).x, [[x[0] / 1000, 850, 1.02]])


DECIDED = {
    "10,5;250.000\n10,2;99.500\n8,5;1.000\n": ([10.5, 10.2, 8.5], [250000, 99500, 1000]),
    "1.000,92;250.000,00\n2,5;3,5\n": ([1000.92, 2.5], [250000, 3.5]),
    "1,250.5\t0.5\n2,000\t1.125\n": ([1250.5, 2000], [0.5, 1.125]),
    "0.125,1.250\n2.500,3.750\n": ([0.125, 2.5], [1.25, 3.75]),
    "1.234.567;2\n1.500;3\n": ([1234567, 1500], [2, 3]),
    "1 250,5;2\n3 000;4\n": ([1250.5, 3000], [2, 4]),
    "1'250.5;2\n3'000;4\n": ([1250.5, 3000], [2, 4]),
    '"0,5","1,25"\n"2,5","3"\n': ([0.5, 2.5], [1.25, 3]),
    "1,00,000\t1.5\n2,50,000\t2.5\n": ([100000, 250000], [1.5, 2.5]),
    "−1.5;2\n-2.5;3\n": ([-1.5, -2.5], [2, 3]),
    "1.5e3 2\n-2.5E-1 4\n": ([1500, -0.25], [2, 4]),
}


@pytest.mark.parametrize("text", DECIDED)
def test_what_the_table_decides_is_read_by_it(text):
    raw = made(text, kind="regression")
    assert [raw.x[0].tolist(), raw.targets[0].tolist()] == list(DECIDED[text])


def test_how_decimals_were_read_is_said_on_a_cell():
    answer = read("10,5;250.000\n10,2;99.500\n8,5;1.000\n")
    assert "Decimals are read with a comma: “10,5” is 10.5." in said(answer)
    assert "“250.000” (row 1, column 2, column 2) is read as 250000." in said(answer)
    assert answer["read"][0] == ["10.5", "250000"]


UNITS = ("price,share,mass,y\n$1200,12%,3.5 kg,a\n$900,15%,4 kg,b\n$1500,7%,2.25 kg,a\n",
         [[1200, 900, 1500], [12, 15, 7], [3.5, 4, 2.25]])  # fmt: skip


def test_money_percent_and_units_are_left_off_and_said():
    assert made(UNITS[0]).x.tolist() == UNITS[1]
    answer = read(UNITS[0])
    assert "“%” is left off in column 2 (share): “12%”, row 2, is 12." in said(answer)
    for cells in (("€ 3,50", "€ 4,25"), ("3,50 €", "4,25 €"), ("CHF 3.50", "CHF 4.25")):
        assert made(f"p;y\n{cells[0]};1.5\n{cells[1]};2.5\n").x.tolist() == [[3.5, 4.25]]
    assert made("元;y\n1200元;1.5\n($900);2.5\n1,300元;3.5\n", answers={"unread": "rows"},
                decimal_comma=False).x.tolist() == [[1200, 1300]]  # fmt: skip


@pytest.mark.parametrize("cells", [("12%", "0.12", "15%"), ("3 kg", "3500 g", "4 kg")])
def test_two_units_in_a_column_are_refused_by_the_cell(cells):
    answer = read("x,y\n" + "".join(f"{cell},{i}.5\n" for i, cell in enumerate(cells)))
    assert "own" not in answer and f"Row 3, column 1 (x): “{cells[1]}”" in answer["problems"][0]


HEADERS = {
    "0,1,2,label\n0.1,0.2,0.3,a\n0.4,0.5,0.1,b\n0.2,0.2,0.2,a\n0.9,0.5,0.1,b\n": (True, True),
    "2019,2020\n1.5,2.5\n3,4\n": (True, False),
    "2019,2020\n1,2\n": (True, False),
    "0,1,2,3\n0.5,0.25,1,2\n0.1,0.2,0.3,0.4\n": (True, False),
    ",0,1,y\n0,1.5,2,a\n1,3,4,b\n": (True, True),
    "red,yes\nblue,no\n": (True, False),
    "five,1.5\n2,3.5\n": (True, False),
    "5.1,3.5,setosa\n4.9,3,setosa\n7,3.2,virginica\n": (False, True),
    "5,3,setosa\n4,3,setosa\n7,3,virginica\n": (False, True),
    "1,2,3\n4,5,6\n7,8,9\n": (False, True),
    "0,0,0\n0,1,1\n1,0,1\n1,1,0\n": (False, True),
    "$1200,12%\n$900,15%\n": (False, True),
    "name,2024-01-01,2024-02-01\na,1,2\nb,2,3\n": (True, True),
    '"x" "y"\n"1" 5.1 3.5\n"2" 4.9 3\n': (True, True),
    "# x1 x2 y\n0 0 1\n0 1 0\n": (True, True),
}


@pytest.mark.parametrize("text", HEADERS)
def test_a_first_row_is_names_or_data_or_asked_about(text):
    header, sure = HEADERS[text]
    answer = read(text)
    assert answer["header"] is header
    assert ("header" in {p["name"] for p in question(answer)}) is not sure
    if not sure:
        assert "own" not in answer


LEFT_OUT = [
    (",x1,x2,y\n0,0.0,0.0,0\n1,0.0,1.0,1\n2,1.0,0.0,1\n3,1.0,1.0,0\n", "iiit", "index"),
    ("id,x,y\n842302,1.5,M\n842517,2.5,B\n843009,3,M\n", "xit", "index"),
    ("PassengerId,x,y\n892,1.5,0.5\n893,2.5,1.5\n894,3,2\n", "xit", "index"),
    ("d,x,y\n2024-01-05,1,2\n2024-01-06,2,3\n", "xit", "dates"),
    ("x,who,y\n1,Doe,0\n2,Roe,1\n3,Poe,0\n4,Moe,1\n", "ixt", "words"),
    ("t,y\n1,0.5\n2,0.25\n3,1.5\n", "it", ""),
]


@pytest.mark.parametrize(("text", "roles", "why"), LEFT_OUT)
def test_what_is_no_input_is_proposed_as_left_out(text, roles, why):
    roles = roles if why != "index" or roles[0] != "i" else "x" + roles[1:]
    answer = read(text)
    letters = {"input": "i", "target": "t", "ignored": "x"}
    assert "".join(letters[role] for role in answer["roles"]) == roles
    if why in ("index", "words"):
        proposal = next(p for p in answer["proposals"] if p["name"].startswith("role:"))
        assert [c["value"] for c in proposal["choices"]] == ["ignored", "input"]
        assert proposal["chosen"] == "ignored"


def test_dates_are_refused_by_name():
    text = "day,x,y\n2024-01-05,1,2\n2024-01-06,2,3\n"
    answer = read(text, roles=["input", "input", "target"])
    assert "own" not in answer and "Column 1 (day) holds dates" in answer["problems"][0]


SAVED = "0.0e+00 0.0e+00 0.0e+00\n0.0e+00 1.0e+00 1.0e+00\n1.0e+00 0.0e+00 1.0e+00\n"
DIVIDED = {
    SAVED: "blank",
    "  0.0   0.0  0\n  0.0\t1.0  1\n  1.0   0.0  1\n": "blank",
    "a|b|c\n0|0|0\n0|1|1\n1|0|1\n": "pipe",
    "sep=;\na;b;c\n0,0;0;0\n0;1;1\n1;0;1\n": "semicolon",
    "sep=|\na|b|c\n0|0|0\n0|1|1\n1|0|1\n": "pipe",
    "a,b,c\n0,0,0,\n0,1,1,\n1,0,1,\n": "comma",
    "a,b,c,\n0,0,0,\n0,1,1,\n1,0,1,\n": "comma",
    "# made by hand\na,b,c\n0,0,0\n# half\n0,1,1\n1,0,1\n": "comma",
    "a\tb\tc\n0\t0\t0\n0\t1\t1\n1\t0\t1\n": "tab",
    "0, 0, 0\n0, 1, 1\n1, 0, 1\n": "comma",
}


@pytest.mark.parametrize("text", DIVIDED)
def test_every_separator_gives_the_same_table(text):
    answer = read(text, kind="regression")
    assert answer["separator"] == DIVIDED[text]
    raw = own_raw_data(answer["own"]["name"])
    assert raw.x.tolist() == [[0, 0, 1], [0, 1, 0]] and raw.targets.tolist() == [[0, 1, 1]]


def test_numbers_of_rows_count_comments_and_the_line_that_tells_the_separator():
    text = "sep=;\n# one\na;b\n1;2\n# two\n3;x\n5;6\n7;8\n"
    assert "Row 6, column 2 (b): “x” is no number." in read(text, kind="regression")["problems"]
    assert "2 lines that begin with # are left out." in said(read(text))
