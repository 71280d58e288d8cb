"""Each field against texts that people and scripts type into fields."""

import itertools
from itertools import pairwise

import pytest

import engine
from components import ids
from components.config.fields import FIELDS, FieldError, number_text, parse_fields
from components.messages import LANGUAGES, render
from components.number_reading import read_number

TEXTS = {
    "empty": "",
    "blank": "  ",
    "word": "abc",
    "negative": "-1",
    "zero": "0",
    "fraction": "3.5",
    "large": "1e9",
    "nan": "nan",
    "infinity": "inf",
    "huge": "1e308",
    "overflowing": "1e309",
    "underscore": "1_000",
    "full-width": "７",
    "full-width sizes": "３-３-２",
    "200 layers": "-".join(["1"] * 200),
    "50,001 weights": "90-90-90-103-111-118",
    "very long": "1 " * 4000,
}
ACCEPTED = {
    ids.LEARNING_RATE: {"fraction"},
    ids.SEED: {"zero"},
    ids.NOISE: {"zero"},
    ids.DATA_SEED: {"zero"},
    ids.OWN_DATA: {"empty"},
    ids.SAMPLE_X: {"negative", "zero", "fraction"},
    ids.SAMPLE_Y: {"negative", "zero", "fraction"},
    ids.L1: {"zero", "fraction"},
    ids.L2: {"zero", "fraction"},
    ids.TARGET_LOSS: {"empty", "blank", "zero", "fraction"},
}


def count_weights(sizes: str) -> int:
    numbers = [int(n) for n in sizes.split("-")]
    return sum(n * k for n, k in pairwise(numbers))


def message_of(field: str, text: str) -> str:
    with pytest.raises(FieldError) as caught:
        parse_fields({field: text})
    assert caught.value.field == field
    return str(caught.value)


@pytest.mark.parametrize("field", ids.FIELDS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_taken_or_refused_with_field_value_and_limit(field, text):
    if text in ACCEPTED.get(field, ()):
        assert parse_fields({field: TEXTS[text]}).keys() == set(ids.FIELDS)
        return
    message = message_of(field, TEXTS[text])
    label, allowed = str(FIELDS[field].label), str(FIELDS[field].allowed)
    assert message.startswith(label)
    assert allowed in message
    assert len(message) < len(label + allowed) + 120
    if TEXTS[text].strip():
        assert TEXTS[text][:37] in message
    else:
        assert "empty" in message


def test_what_is_allowed_names_every_choice_in_each_language():
    for field, language in itertools.product(FIELDS.values(), LANGUAGES):
        told = render(field.allowed, language)
        called = [render(choice, language) for choice in (field.choices or {}).values()]
        assert [name for name in called if name not in told] == [], (field.name, language)


@pytest.mark.parametrize("field", ids.FIELDS)
def test_a_default_is_accepted(field):
    assert parse_fields({field: FIELDS[field].default}) == parse_fields({})


def test_fields_are_those_of_the_ids():
    assert tuple(FIELDS) == ids.FIELDS


def test_exactly_the_most_weights_are_accepted():
    most, more = "100-125-100-125-100", TEXTS["50,001 weights"]
    assert count_weights(most) == engine.MAX_WEIGHTS
    assert count_weights(more) == engine.MAX_WEIGHTS + 1
    assert parse_fields({ids.LAYER_SIZES: most})[ids.LAYER_SIZES] == (100, 125, 100, 125, 100)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (ids.LAYER_SIZES, "-".join(["1"] * 10), "-".join(["1"] * 11)),
        (ids.LAYER_SIZES, "128-1", "129-1"),
        (ids.LAYER_SIZES, "1-1", "1"),
        (ids.LAYER_SIZES, " 3 – 2 ", "3--2"),
        (ids.LEARNING_RATE, "0.000001", "0.00000099"),
        (ids.LEARNING_RATE, "1000", "1000.1"),
        (ids.LEARNING_RATE, " .5 ", "0,5,5"),
        (ids.LEARNING_RATE, "1/2", "1/0"),
        (ids.L2, "0,5", "1,"),
        (ids.SAMPLE_X, "1/2 −.3 1e-3", "1/2/3"),
        (ids.SEED, "4294967295", "4294967296"),
        (ids.POINTS, "10", "9"),
        (ids.POINTS, "2000", "2001"),
        (ids.CLASSES, "2", "1"),
        (ids.CLASSES, "4", "5"),
        (ids.NOISE, "1", "1.01"),
        (ids.TRAIN_SHARE, "10", "9"),
        (ids.TRAIN_SHARE, "100", "101"),
        (ids.DATA_SEED, "4294967295", "4294967296"),
        (ids.OWN_DATA, "0a" * 32, "0A" * 32),
        (ids.SAMPLE_X, " ".join(["1"] * 128), " ".join(["1"] * 129)),
        (ids.SAMPLE_X, "1000000", "1000001"),
        (ids.SAMPLE_X, "(1, −0.5)", "1;;2"),
        (ids.SAMPLE_X, "1; 2", "1; 2, 3"),
        (ids.SAMPLE_X, ";".join(["1"] * 100), ";".join(["1"] * 101)),
    ],
)
def test_limits_are_inclusive(field, good, bad):
    parse_fields({field: good})
    message_of(field, bad)


NUMBER_FIELDS = (ids.LEARNING_RATE, ids.NOISE, ids.L1, ids.L2, ids.TARGET_LOSS)


@pytest.mark.parametrize("field", NUMBER_FIELDS)
@pytest.mark.parametrize(
    ("text", "value"),
    [("0,5", 0.5), ("1/2", 0.5), (".3", 0.3), ("1e-3", 1e-3), (" 3 / 4 ", 0.75), ("+0,25", 0.25),
     ("0,5/2", 0.25), ("1E-1", 0.1), ("1.", 1.0)],
)  # fmt: skip
def test_every_field_reads_a_number_as_the_table_does(field, text, value):
    assert parse_fields({field: text})[field] == value == read_number(text)


@pytest.mark.parametrize("text", ["0", "0.0", "-0.5", "−1/2", "0,0", "-1e-9"])
def test_a_learning_rate_of_nothing_is_refused_with_its_reason(text):
    message = message_of(ids.LEARNING_RATE, text)
    assert "at 0 no weight moves, below it J would rise" in message


@pytest.mark.parametrize(
    ("text", "point", "list_"),
    [("0,5 1,5", "0.5 1.5", "0, 5, 1, 5"), ("0,5 1", "0.5 1", "0, 5, 1"),
     ("1; -0,5\t2", "-0.5 2", "-0, 5, 2")],
)  # fmt: skip
def test_commas_that_may_be_decimal_or_not_are_asked_about(text, point, list_):
    message = message_of(ids.SAMPLE_X, text)
    assert f"“{point}”" in message and f"“{list_}”" in message


@pytest.mark.parametrize(
    ("text", "read"),
    [("0,5", (0, 5)), ("0.5 1.5", (0.5, 1.5)), ("1, 2 3", (1, 2, 3)), ("1,0.5 2", (1, 0.5, 2)),
     ("1,0,1 0,1,0", (1, 0, 1, 0, 1, 0)), ("1 ,2", (1, 2))],
)  # fmt: skip
def test_commas_between_the_numbers_of_a_sample_separate(text, read):
    assert parse_fields({ids.SAMPLE_X: text})[ids.SAMPLE_X] == (read,)


@pytest.mark.parametrize("value", [0.1, -2.5e-7, 1e22, 3.0, 5e-324, 1 / 3])
def test_number_text_reads_back_as_the_same_number(value):
    assert float(number_text(value)) == value
    assert not number_text(value).endswith(".0")
