"""What may be asked of an export, and in which language it is written."""

import re
from base64 import b64encode

import numpy as np
import pytest

from components import ids
from components.export.formats import FORMATS
from components.messages import DEFAULT, LANGUAGES, render
from components.refusal import RequestError
from components.requests.export import answer_export
from components.requests.reading import read_stage
from tests.components.requests.exported import computed, text_of

worksheets = pytest.mark.parametrize("form", ("markdown", "latex"))


@worksheets
def test_what_is_asked_is_blank_without_the_solutions_and_given_with_them(form):
    J, layers = computed({})
    asked = [
        array for symbol in ("z", "delta", "dw", "w_after") for array in layers[symbol].values()
    ]
    numbers = [f"{value:.6g}" for array in asked for value in array.flat] + [f"{J:.6g}"]
    blank, solved = (text_of(form, {}, solutions=solutions) for solutions in (False, True))
    assert [number for number in numbers if number in blank] == []
    assert [number for number in numbers if number not in solved] == []
    assert "underline" in blank
    assert "underline" not in solved


@worksheets
def test_what_is_given_stands_on_both(form):
    _, layers = computed({})
    for solutions in (False, True):
        text = text_of(form, {}, solutions=solutions, digits=17)
        for value in (*layers["w"][2].flat, *layers["w"][3].flat):
            assert repr(float(value)) in text


def test_files_are_named_after_network_and_step():
    stage = {"fields": {ids.LAYER_SIZES: "3-3-2"}}
    names = {form: answer_export({**stage, "format": form})["name"] for form in FORMATS}
    assert names["csv"] == "deltaflow-3-3-2-step1.csv"
    assert names["latex"] == "deltaflow-3-3-2-step1-worksheet.tex"
    assert len(set(names.values())) == len(FORMATS)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"format": "docx"}, 'format: "docx"'),
        ({"format": None}, "format: null"),
        ({"format": ["csv"]}, "format: "),
        ({"format": "latex", "digits": 1}, "digits: 1"),
        ({"format": "latex", "digits": True}, "digits: true"),
        ({"format": "markdown", "solutions": "yes"}, 'solutions: "yes"'),
        ({"format": "markdown", "language": "fr"}, 'language: "fr"'),
        ({"format": "markdown", "language": "zh-Hans"}, 'language: "zh-Hans"'),
        ({"format": "csv", "language": "../en"}, 'language: "../en"'),
        ({"format": "latex", "language": None}, "language: null"),
        ({"format": "latex", "language": ["zh"]}, 'language: ["zh"]'),
    ],
)
def test_what_no_page_sends_is_refused(asked, named):
    with pytest.raises(RequestError, match=re.escape(named)):
        answer_export(asked)


def test_what_is_allowed_as_a_language_is_told():
    with pytest.raises(RequestError, match=", ".join(LANGUAGES)):
        answer_export({"format": "markdown", "language": ""})


@pytest.mark.parametrize("form", FORMATS)
def test_words_are_those_of_the_language_and_names_of_columns_stay(form):
    texts = {language: text_of(form, {}, language=language) for language in LANGUAGES}
    assert texts[DEFAULT] == text_of(form, {})
    has_words = FORMATS[form].group != "numbers"
    assert len(set(texts.values())) == (len(LANGUAGES) if has_words else 1)


@pytest.mark.parametrize("form", FORMATS)
def test_a_step_that_overflows_is_told_instead(form):
    fields = {
        ids.LAYER_SIZES: "-".join(["1"] + ["128"] * 3 + ["1"]),
        ids.HIDDEN_ACTIVATION: "linear",
        ids.OUTPUT_ACTIVATION: "linear",
        ids.SAMPLE_X: "1000000",
        ids.SAMPLE_Y: "0",
    }
    stage = read_stage({"fields": fields})
    huge = {
        symbol: {
            str(l): b64encode(np.full(array.shape, 1e200).tobytes()).decode()
            for l, array in getattr(stage.net, symbol).items()
        }
        for symbol in ("w", "b")
    }
    answer = answer_export({"fields": fields, "weights": huge, "format": form})
    assert "z³" in render(answer["refused"]["text"])
