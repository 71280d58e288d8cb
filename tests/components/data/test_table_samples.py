"""The samples that a table makes: gaps, words, one-hot columns; right values by scikit-learn."""

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder

from components.data.own import own_raw_data
from tests.components.data.csv_texts import made, question, read, said

AGES = np.array([22, np.nan, 26, 35, np.nan, 54])
FARES = np.array([7.25, 71.5, 7.25, 53.1, 8.05, 51.5])
SEXES = np.array(["male", "female", "female", "female", "male", "male"])
GAPS = ["", "NA", "N/A", "nan", "?", "null", "-", "NULL", "None", "#N/A", "–"]


def table_with(gap):
    rows = [
        f"{s},{f'{a:g}' if a == a else gap},{f},{i % 2}"
        for i, (s, a, f) in enumerate(zip(SEXES, AGES, FARES, strict=True))
    ]
    return "Sex,Age,Fare,Survived\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("gap", GAPS)
def test_gaps_are_left_out_or_filled_and_counted(gap):
    hot = OneHotEncoder(sparse_output=False).fit_transform(SEXES[:, None]).T
    numbers = np.column_stack([AGES, FARES])
    known = ~np.isnan(AGES)
    answer = read(table_with(gap))
    assert "2 cells have no value. 2 rows are left out for it, 4 remain." in said(answer)
    raw = own_raw_data(answer["own"]["name"])
    assert raw.features == ("Sex=female", "Sex=male", "Age", "Fare")
    assert np.array_equal(raw.x, np.vstack([hot, numbers.T])[:, known])
    for way, strategy in (("mean", "mean"), ("frequent", "most_frequent")):
        filled = SimpleImputer(strategy=strategy).fit_transform(numbers).T
        raw = made(table_with(gap), answers={"gaps": way})
        assert np.array_equal(raw.x, np.vstack([hot, filled])) and raw.labels.tolist() == [0, 1] * 3


def test_a_gap_in_a_target_is_never_filled():
    raw = made("x,y\n1.5,2\n2.5,\n3.5,4\n", answers={"gaps": "mean"}, kind="regression")
    assert (raw.x.tolist(), raw.targets.tolist()) == ([[1.5, 3.5]], [[2, 4]])


def test_a_word_that_may_be_a_gap_is_asked_about():
    text = "x,land\n1,NA\n2,ZA\n3,NA\n4,ZA\n5,EG\n6,EG\n"
    (asked,) = question(read(text))
    assert asked["name"] == "missing" and "“NA” (row 2, column 2, land)" in asked["told"][0]
    assert made(text, answers={"missing": "word"}).classes == ("EG", "NA", "ZA")
    assert made(text, answers={"missing": "gap"}).x.tolist() == [[2, 4, 5, 6]]
    assert made("x,y\n1,+\n2,-\n3,+\n4,-\n").classes == ("+", "-")


def test_rows_that_cannot_be_read_are_left_out_on_demand():
    text = "x,y\n1,2\nsix,3\n3,4\n5,inf\n"
    answer = read(text, kind="regression")
    assert answer["problem_count"] == 2 and "own" not in answer
    raw = made(text, kind="regression", answers={"unread": "rows"})
    assert (raw.x.tolist(), raw.targets.tolist()) == ([[1, 3]], [[2, 4]])


HOT = "x1,x2,c0,c1\n0,0,1,0\n0,1,0,1\n1,0,0,1\n1,1,1,0\n"


def test_one_hot_targets_are_joined_as_classes():
    raw = made(HOT)
    assert raw.x.tolist() == [[0, 0, 1, 1], [0, 1, 0, 1]]
    assert (raw.classes, raw.labels.tolist()) == (("c0", "c1"), [0, 1, 1, 0])
    apart = made(HOT, answers={"onehot": "no"})
    assert len(apart.x) == 3
    numbers = made(HOT, roles=["input", "input", "target", "target"], kind="regression")
    assert numbers.targets.tolist() == [[1, 0, 0, 1], [0, 1, 1, 0]]


def test_two_columns_that_exclude_each_other_by_chance_are_asked_about():
    text = "a,b,y\n0,0,1\n0,1,0\n1,0,1\n1,1,0\n"
    (asked,) = question(read(text))
    assert asked["name"] == "onehot" and [c["value"] for c in asked["choices"]] == ["yes", "no"]
    assert made(text, answers={"onehot": "no"}).x.tolist() == [[0, 0, 1, 1], [0, 1, 0, 1]]


@pytest.mark.parametrize("labels", [("0.0", "1.0"), ("0", "1"), ("0.000e+00", "1.000e+00")])
def test_labels_that_are_numbers_are_classes_by_choice(labels):
    no, yes = labels
    text = f"x,y\n0.5,{no}\n1.5,{yes}\n2.5,{no}\n3.5,{yes}\n"
    raw = made(text)
    assert (raw.classes, raw.labels.tolist()) == (("0", "1"), [0, 1, 0, 1])
    assert made(text, kind="regression").targets.tolist() == [[0, 1, 0, 1]]
