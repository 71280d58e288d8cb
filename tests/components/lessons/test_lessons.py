"""Every station of every lesson: its place is there, and what it states is computed anew."""

import re
from itertools import pairwise

import numpy as np
import pytest

from components.lessons.files import LESSONS, built_in
from components.lessons.lesson import KINDS
from components.messages import LANGUAGES
from tests.components.lessons.walking import position_of, stops, texts_of
from tests.components.shown import typeset
from tests.components.wire import REFERENCE, array_of, entries, read
from tests.test_catalogs import NAMES, WORK
from tests.tex_values import value_of

SHAPE = re.compile(r"(\\delta|[wbzax])(?:\^(\d))?\\,\((\d)\\times(\d)\)")
RELATION = re.compile(r"=|\\approx|\\leftarrow|,")
# What a line of numbers alone is made of.
PART = r"[\d.\s()\[\]+-]|\\(?:left|right|tfrac|ln|[;,])|\^2"
NUMERIC = re.compile(rf"(?:{PART})*\d(?:{PART})*")
# Constants of mathematics and sizes of a network to be tried.
TYPED = {"0", "1", "2-3-1", "2-2-1"}


# Names that Chinese readers read as they are.
LATIN = {*NAMES, "sigmoid", "tanh", "softmax", "ReLU", "PageDown", "Leaky"}


def ids(stop):
    return f"{stop.lesson}.{stop.number + 1}"


def test_there_are_fourteen_lessons_or_more_each_a_question_in_both_languages():
    assert len(LESSONS) >= 14
    for name in LESSONS:
        titles = [built_in(name, language).title for language in LANGUAGES]
        assert titles[0].endswith("?") and titles[1].endswith("？")


def test_both_languages_have_the_same_stations_places_and_numbers():
    for english, chinese in zip(stops("en"), stops("zh"), strict=True):
        ours, other = english.station, chinese.station
        assert (ours.place, ours.light) == (other.place, other.light)
        assert len(ours.notes) == len(other.notes)
        asked = [s.question and (s.question.kind, s.question.right) for s in (ours, other)]
        assert asked[0] == asked[1]
        stated = [
            sorted(REFERENCE.findall("".join(text for _, text, _ in texts_of(stop))))
            for stop in (english, chinese)
        ]
        assert stated[0] == stated[1], ids(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reference_is_known_where_it_is_read(language):
    count = 0
    for stop in stops(language):
        place = stop.station.place
        assert stop.at(place.at) <= stop.at(place.to)
        assert place.table is None or place.table <= len(stop.built["sizes"])
        for _, text, position in texts_of(stop):
            for symbol, places in REFERENCE.findall(text):
                if symbol in ("≈", "="):
                    continue
                value = read(stop.built, position, symbol, *map(int, places.split(":")))
                assert value is not None, (ids(stop), symbol, places)
                count += 1
        for reference in stop.station.light:
            symbol, *at = reference.split(":")
            assert read(stop.built, stop.at(place.to), symbol, *map(int, at)) is not None
    assert count > 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_is_typed(language):
    for stop in stops(language):
        for kind, text, _ in texts_of(stop):
            bare = re.sub(r"BP\d|L2", "", REFERENCE.sub("", text))
            if kind != "tex":
                assert set(re.findall(r"\d[\d.,-]*\d|\d", bare)) <= TYPED, (ids(stop), text)
            else:
                # Indices, shapes, one half, 1 − a, layers and neurons by their number.
                bare = re.sub(r"[_^]\{[^{}]*\}|[_^]\d|\\tfrac\d\d|\\times", " ", bare)
                assert not re.search(r"\d[.,]?\d", bare), (ids(stop), text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_formula_evaluates_to_the_next_within_its_rounding(language):
    compared = 0
    for stop in stops(language):
        for kind, tex, position in texts_of(stop):
            if kind != "tex" or "⟦≈⟧" not in tex:
                continue
            shown = typeset(stop.built, position, tex, 4)
            sides = [side.strip() for side in RELATION.split(shown)]
            for one, other in pairwise(sides):
                if NUMERIC.fullmatch(one) and NUMERIC.fullmatch(other):
                    assert value_of(one, False).meets(value_of(other, False)), (ids(stop), shown)
                    compared += 1
    assert compared >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_shape_is_that_of_the_array(language):
    count = 0
    for stop in stops(language):
        for kind, tex, _ in texts_of(stop):
            if kind != "tex":
                continue
            found = SHAPE.findall(tex)
            assert len(found) == tex.count(r"\times"), (ids(stop), tex)
            for symbol, layer, rows, cols in found:
                value = entries(stop.built, symbol.strip("\\"), int(layer or 1))[0]
                assert (value["rows"], value["cols"]) == (int(rows), int(cols)), (ids(stop), tex)
                count += 1
    assert count >= 8


def test_a_question_is_asked_before_its_answer_is_known_and_has_one():
    kinds = set()
    for stop in stops():
        if (question := stop.station.question) is None:
            continue
        kinds.add(question.kind)
        assert question.answer, ids(stop)
        if question.kind == "number":
            symbol, *places = question.right.split(":")
            last = stop.at(stop.station.place.to)
            places = [int(n) for n in places]
            first = stop.at(stop.station.place.at)
            assert read(stop.built, first, symbol, *places) is None, ids(stop)
            assert read(stop.built, last, symbol, *places) is not None
        if question.kind == "point":
            layer, neuron = question.right
            assert neuron <= stop.built["sizes"][layer - 1]
            focus = stop.station.place.focus
            assert (focus.get("layer"), focus.get("neuron")) != question.right
    assert kinds == set(KINDS)


def test_chinese_has_no_english_words_but_names():
    for stop in stops("zh"):
        for kind, text, _ in texts_of(stop):
            if kind != "tex":
                words = re.findall(r"[A-Za-z]{3,}", WORK.sub(" ", REFERENCE.sub(" ", text)))
                left = [word for word in words if word not in LATIN]
                assert left == [], (ids(stop), text)


def value(stop, reference, at=None):
    symbol, *places = reference.split(":")
    found = read(stop.built, stop.at(at or stop.station.place.to), symbol, *map(int, places))
    assert found is not None
    return found


def norm(stop, layer):
    return float(np.linalg.norm(array_of(entries(stop.built, "delta", layer)[0])))


def row(stop, symbol, layer):
    return array_of(entries(stop.built, symbol, layer)[0]).ravel()


# What the words claim: the lesson, and what has to hold of its stations.
CLAIMS = {
    "01-neuron": lambda s: row(s[2], "z", 2).argmax() == 0 and sum(row(s[2], "z", 2) > 0) == 1,
    "04-weight": lambda s: value(s[1], "dw:3:1:2") < 0,
    "05-output-delta": lambda s: (
        value(s[1], "delta:3:1") < 0 < value(s[1], "delta:3:2")
        and np.allclose(row(s[2], "x", 1), 60 * row(s[1], "x", 1))
        and norm(s[2], 2) < 1e-6 * norm(s[2], 3)
    ),
    "08-paths": lambda s: (
        abs(value(s[1], "w:3:2:1") * value(s[1], "delta:3:2"))
        > 3 * abs(value(s[1], "w:3:1:1") * value(s[1], "delta:3:1"))
    ),
    "09-gradients": lambda s: (
        value(s[0], "x:1:2") == value(s[0], "x:1:1") / 2
        and value(s[0], "dw:2:1:2") == value(s[0], "dw:2:1:1") / 2
        and abs(row(s[2], "dw", 3)).argmax() == 0
        and abs(row(s[2], "delta", 3)).argmax() == row(s[2], "a", 2).argmax() == 0
    ),
    "10-update": lambda s: (
        value(s[0], "dw:3:1:1") < 0
        and np.isclose(
            value(s[1], "w:3:1:1") - value(s[1], "w_before:3:1:1"),
            2 * (value(s[0], "w:3:1:1") - value(s[0], "w_before:3:1:1")),
        )
        and s[3].metrics["train_loss"] > 5 * s[4].metrics["train_loss"]
        and float(s[4].station.place.fields["learning-rate"])
        == 300 * float(s[3].station.place.fields["learning-rate"])
    ),
    "11-batch": lambda s: (
        sum(row(s[1], "delta", 3) > 0) == 2
        and abs(value(s[2], "db:3:1")) < 0.1 * abs(row(s[2], "delta", 3)).min()
    ),
    "12-softmax": lambda s: (
        np.isclose(row(s[0], "a", 3).sum(), 1) and abs(row(s[2], "delta", 3).sum()) < 1e-15
    ),
    "13-vanishing": lambda s: (
        norm(s[1], 8) > 1000 * norm(s[1], 2)
        and norm(s[2], 8) < 1000 * norm(s[2], 2)
        and norm(s[3], 8) < 1000 * norm(s[3], 2)
        and len(s[0].built["sizes"]) == 8
    ),
    "14-zeros": lambda s: (
        len(set(row(s[0], "a", 2))) == 1
        and not row(s[1], "delta", 2).any()
        and row(s[2], "delta", 2).any()
        and np.ptp(row(s[2], "delta", 2)) == 0
        and len(set(row(s[3], "delta", 2))) == 3
    ),
    "15-dying-relu": lambda s: (
        value(s[0], "z:2:2") < 0 == value(s[0], "a:2:2") == value(s[1], "delta:2:2")
        and value(s[1], "delta:3:1") != 0
        and not row(s[2], "a", 2).any()
        and 0 < norm(s[3], 2) < 0.1 * norm(s[3], 3)
    ),
    "16-momentum": lambda s: s[1].metrics["train_loss"] < 0.5 * s[0].metrics["train_loss"],
    "17-overfitting": lambda s: (
        s[1].metrics["train_loss"] < s[0].metrics["train_loss"] / 3
        and s[1].metrics["test_loss"] > 2 * s[0].metrics["test_loss"]
        and abs(s[0].metrics["test_loss"] - s[0].metrics["train_loss"]) < 0.1
        and s[2].metrics["train_loss"] > s[1].metrics["train_loss"]
        and s[2].metrics["test_loss"] < s[1].metrics["test_loss"] / 2
    ),
    "18-boundary": lambda s: (
        s[0].metrics["train_score"] < 0.7 and s[1].metrics["train_score"] > 0.95
    ),
    "19-own-data": lambda s: s[2].metrics["test_score"] > 0.9 and s[0].built["sizes"][0] == 4,
}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_a_lesson_claims_is_so(name):
    assert CLAIMS[name]([stop for stop in stops() if stop.lesson == name])


def test_a_position_that_is_not_there_is_found_out():
    with pytest.raises(AssertionError):
        position_of(stops()[0].built, "forward-9")
