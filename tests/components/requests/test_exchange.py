"""Requests made by hand: what no page sends is refused with its part, value and limit."""

from base64 import b64encode

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import ids
from components.config.fields import FieldError
from components.config.texts import make_network, read_config
from components.refusal import RequestError
from components.requests.passes import answer_pass
from components.requests.reading import STAGE, read_body
from tests.components.wire import entries

KNOWN = (*STAGE, "focus")
FIELDS_OF_3_3_2 = {ids.LAYER_SIZES: "3-3-2"}


def encoded(array):
    return b64encode(np.asarray(array, "<f8").tobytes()).decode()


def weights_of(net):
    return {s: {str(l): encoded(a) for l, a in getattr(net, s).items()} for s in "wb"}


GOOD = weights_of(make_network(read_config({})[0]))


def with_layer(symbol, layer, value):
    return {**GOOD, symbol: {**GOOD[symbol], layer: value}}


BAD = {
    "fields null": ({"fields": None}, "fields"),
    "fields list": ({"fields": ["3-3-2"]}, "fields"),
    "fields unknown": ({"fields": {"layers": "3"}}, "fields"),
    "field number": ({"fields": {ids.SEED: 7}}, "fields.seed"),
    "field null": ({"fields": {ids.LOSS: None}}, "fields.loss"),
    "field list": ({"fields": {ids.SAMPLE_X: [1, 2]}}, "fields.sample-x"),
    "changed unknown": ({"changed": "speed"}, "changed"),
    "changed list": ({"changed": ["seed"]}, "changed"),
    "changed number": ({"changed": 1}, "changed"),
    "changed object": ({"changed": {}}, "changed"),
    "iteration bool": ({"iteration": True}, "iteration"),
    "iteration negative": ({"iteration": -1}, "iteration"),
    "iteration float": ({"iteration": 1.0}, "iteration"),
    "iteration text": ({"iteration": "1"}, "iteration"),
    "iteration null": ({"iteration": None}, "iteration"),
    "iteration huge": ({"iteration": 10**10}, "iteration"),
    "weights text": ({"weights": "w"}, "weights"),
    "weights list": ({"weights": []}, "weights"),
    "weights false": ({"weights": False}, "weights"),
    "weights half": ({"weights": {"w": GOOD["w"]}}, "weights"),
    "weights more": ({"weights": {**GOOD, "c": {}}}, "weights"),
    "weights named by a number": ({"weights": {"named": 1}}, "weights.named"),
    "weights named by no digest": ({"weights": {"named": "w"}}, "weights.named"),
    "weights named and more": ({"weights": {"named": "0" * 64, "w": {}}}, "weights"),
    "layers null": ({"weights": {**GOOD, "w": None}}, "weights.w"),
    "layers list": ({"weights": {**GOOD, "b": [GOOD["b"]["2"]]}}, "weights.b"),
    "layer missing": ({"weights": {**GOOD, "w": {"2": GOOD["w"]["2"]}}}, "weights.w"),
    "layer more": ({"weights": with_layer("w", "4", "")}, "weights.w"),
    "array null": ({"weights": with_layer("w", "3", None)}, "weights.w.3"),
    "array list": ({"weights": with_layer("b", "2", [0, 0, 0])}, "weights.b.2"),
    "array not base64": ({"weights": with_layer("w", "2", "§§§§")}, "weights.w.2"),
    "array cut": ({"weights": with_layer("w", "2", GOOD["w"]["2"][:-3])}, "weights.w.2"),
    "array short": ({"weights": with_layer("w", "2", encoded([0.0] * 8))}, "weights.w.2"),
    "array empty": ({"weights": with_layer("b", "3", "")}, "weights.b.3"),
    "array nan": ({"weights": with_layer("w", "2", encoded([np.nan] * 9))}, "weights.w.2"),
    "array inf": ({"weights": with_layer("b", "3", encoded([0, -np.inf]))}, "weights.b.3"),
    "focus list": ({"focus": []}, "focus"),
    "focus unknown": ({"focus": {"column": 1}}, "focus"),
    "focus mode": ({"focus": {"mode": "none"}}, "focus.mode"),
    "focus mode list": ({"focus": {"mode": []}}, "focus.mode"),
    "focus layer": ({"focus": {"layer": 4}}, "focus.layer"),
    "focus layer 0": ({"focus": {"layer": 0}}, "focus.layer"),
    "focus neuron": ({"focus": {"layer": 3, "neuron": 3}}, "focus.neuron"),
    "focus neuron bool": ({"focus": {"layer": 2, "neuron": True}}, "focus.neuron"),
    "focus input": ({"focus": {"layer": 2, "input": 4}}, "focus.input"),
    "focus sample": ({"focus": {"sample": 2}}, "focus.sample"),
    "focus whole": ({"focus": {"whole": 1}}, "focus.whole"),
}
NOT_OBJECTS = [b"", b"{", b"null", b"[]", b"1", b'"w"', b"\xff", b"nan", b"[" * 5000, b'{"x": 1}']


@pytest.mark.parametrize("name", BAD)
def test_a_crafted_request_names_the_part_and_what_is_allowed(name):
    body, part = {"fields": FIELDS_OF_3_3_2} | BAD[name][0], BAD[name][1]
    with pytest.raises(RequestError) as caught:
        answer_pass(read_body(orjson.dumps(body), KNOWN))
    message = str(caught.value)
    assert message.startswith(f"{part}: ")
    assert "Allowed: " in message and len(message) < 400


@pytest.mark.parametrize("raw", NOT_OBJECTS, ids=lambda raw: raw[:8].decode("latin-1"))
def test_what_is_not_an_object_of_the_known_keys_is_refused(raw):
    with pytest.raises(RequestError, match=r"^request: "):
        read_body(raw, KNOWN)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'{"fields": {}, "iteration": 1, "fields": {"seed": "8"}}', "fields"),
        (b'{"fields": {"seed": "7", "seed": "8"}}', "seed"),
        (b'{"fields": {}, "f\\u0069elds": {}}', "fields"),
        (b'{"weights": {"w": {"2": "", "2": ""}, "b": {}}}', "2"),
        (b'{"fields": {"seed\\u202e": "7", "seed\\u202e": "8"}}', "seed⟨U+202E⟩"),
    ],
)
def test_a_key_that_stands_twice_is_refused_by_its_name(raw, name):
    with pytest.raises(RequestError) as caught:
        read_body(raw, KNOWN)
    assert str(caught.value) == f"request: “{name}” stands twice in one object."


def test_one_key_in_several_objects_is_no_repetition():
    raw = b'{"fields": {}, "focus": {"mode": "one"}, "weights": {"w": {"2": ""}, "b": {"2": ""}}}'
    assert set(read_body(raw, KNOWN)) == {"fields", "focus", "weights"}


def test_long_values_are_shortened_in_the_message():
    with pytest.raises(RequestError) as caught:
        answer_pass({"changed": "x" * 10_000})
    assert len(str(caught.value)) < 400 and "…" in str(caught.value)


def test_weights_go_through_exactly():
    rng = np.random.default_rng(1)
    w = {"2": rng.normal(size=(3, 3)), "3": np.full((2, 3), 5e-324)}
    b = {"2": rng.normal(size=(3, 1)) * 1e-200, "3": np.array([[-0.0], [1 / 3]])}
    asked = {s: {l: encoded(a) for l, a in v.items()} for s, v in (("w", w), ("b", b))}
    answer = answer_pass({"fields": FIELDS_OF_3_3_2, "weights": asked, "iteration": 12})
    assert answer["fresh"] is False and answer["pass"]["iteration"] == 12
    for symbol in "wb":
        for layer in (2, 3):
            sent = entries(answer["pass"], symbol, layer)[0]
            assert sent["data"] == asked[symbol][str(layer)]


@pytest.mark.parametrize("field", ids.FIELDS)
def test_only_sizes_init_and_seed_make_new_weights(field):
    moved = with_layer("b", "3", encoded([0.25, -0.25]))
    body = {"fields": FIELDS_OF_3_3_2, "changed": field, "weights": moved, "iteration": 3}
    answer = answer_pass(body)
    remade = field in (ids.LAYER_SIZES, ids.INIT, ids.SEED)
    assert answer["fresh"] is remade
    assert answer["pass"]["iteration"] == (0 if remade else 3)
    bias = entries(answer["pass"], "b", 3)[0]
    assert (bias["data"] == moved["b"]["3"]) is not remade


def test_weights_of_the_default_sizes_are_taken_without_naming_the_sizes():
    answer = answer_pass({"weights": GOOD, "iteration": 3})
    assert answer["fresh"] is False and answer["pass"]["iteration"] == 3


def test_a_field_that_cannot_be_used_is_no_bad_request():
    with pytest.raises(FieldError) as caught:
        answer_pass({"fields": {ids.SEED: "abc"}})
    assert caught.value.field == ids.SEED


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(KNOWN), json_values))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_any_json_is_answered_or_refused(body):
    try:
        answer = answer_pass(read_body(orjson.dumps(body), KNOWN))
    except (RequestError, FieldError) as error:
        assert str(error)
    else:
        assert answer["pass"]["positions"]
