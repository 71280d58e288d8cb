"""The configuration: what is repaired, told, refused, and written back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from components import ids
from components.config.fields import FIELDS, FieldError
from components.config.texts import make_network, read_config, write_config
from tests.english import english

SOFTMAX = {ids.OUTPUT_ACTIVATION: "softmax", ids.LOSS: "cross_entropy"}
BINARY = {ids.LOSS: "binary_cross_entropy"}

REPAIRS = {
    "cross-entropy brings softmax": (
        {ids.LOSS: "cross_entropy"},
        ids.LOSS,
        {ids.OUTPUT_ACTIVATION: "softmax"},
    ),
    "binary cross-entropy brings sigmoid": (
        {**BINARY, ids.OUTPUT_ACTIVATION: "tanh"},
        ids.LOSS,
        {ids.OUTPUT_ACTIVATION: "sigmoid"},
    ),
    "another loss takes softmax away": (
        {ids.OUTPUT_ACTIVATION: "softmax"},
        ids.LOSS,
        {ids.OUTPUT_ACTIVATION: "sigmoid"},
    ),
    "softmax brings cross-entropy": (
        {ids.OUTPUT_ACTIVATION: "softmax"},
        ids.OUTPUT_ACTIVATION,
        {ids.LOSS: "cross_entropy"},
    ),
    "leaving sigmoid leaves binary cross-entropy": (
        {**BINARY, ids.OUTPUT_ACTIVATION: "relu"},
        ids.OUTPUT_ACTIVATION,
        {ids.LOSS: "half_squared_error"},
    ),
    "leaving softmax leaves cross-entropy": (
        {ids.LOSS: "cross_entropy", ids.OUTPUT_ACTIVATION: "tanh"},
        ids.OUTPUT_ACTIVATION,
        {ids.LOSS: "half_squared_error"},
    ),
    "data set the ends of the network": (
        {ids.DATASET: "xor", ids.SAMPLE: "2"},
        ids.DATASET,
        {ids.LAYER_SIZES: "2-3-1", ids.SAMPLE_X: "0, 1", ids.SAMPLE_Y: "1"},
    ),
    "data are one-hot for softmax": (
        {**SOFTMAX, ids.DATASET: "and", ids.SAMPLE: "4"},
        ids.DATASET,
        {ids.LAYER_SIZES: "2-3-2", ids.SAMPLE_X: "1, 1", ids.SAMPLE_Y: "0, 1"},
    ),
    "other ends leave the data": (
        {ids.DATASET: "or", ids.LAYER_SIZES: "3-4-2"},
        ids.LAYER_SIZES,
        {ids.DATASET: "by_hand", ids.LAYER_SIZES: "3-4-2"},
    ),
    "more neurons pad the sample": (
        {ids.LAYER_SIZES: "4-3-3"},
        ids.LAYER_SIZES,
        {ids.SAMPLE_X: "1, 0.5, -0.5, 0", ids.SAMPLE_Y: "1, 0, 0"},
    ),
    "fewer neurons cut the sample": (
        {ids.LAYER_SIZES: "2-3-1"},
        ids.LAYER_SIZES,
        {ids.SAMPLE_X: "1, 0.5", ids.SAMPLE_Y: "1"},
    ),
    "targets of softmax become one-hot": (
        {**SOFTMAX, ids.SAMPLE_Y: "0.2, 0.9"},
        ids.OUTPUT_ACTIVATION,
        {ids.SAMPLE_Y: "0, 1"},
    ),
    "targets of binary cross-entropy are cut": (
        {**BINARY, ids.SAMPLE_Y: "2, -1"},
        ids.LOSS,
        {ids.SAMPLE_Y: "1, 0"},
    ),
    "more samples of x repeat y": (
        {ids.SAMPLE_X: "1, 2, 3; 4, 5, 6"},
        ids.SAMPLE_X,
        {ids.SAMPLE_Y: "1, 0; 1, 0"},
    ),
}
REFUSALS = {
    "x of another length": ({ids.SAMPLE_X: "1, 2"}, ids.SAMPLE_X),
    "y of another length": ({ids.SAMPLE_Y: "1"}, ids.SAMPLE_Y),
    "fewer targets than samples": (
        {ids.SAMPLE_X: "1, 2, 3; 4, 5, 6", ids.SAMPLE_Y: "1, 0"},
        ids.SAMPLE_Y,
    ),
    "targets of softmax": ({**SOFTMAX, ids.SAMPLE_Y: "0.5, 0.4"}, ids.SAMPLE_Y),
    "targets of binary cross-entropy": ({**BINARY, ids.SAMPLE_Y: "1.5, 0"}, ids.SAMPLE_Y),
    "a fifth sample": ({ids.DATASET: "xor", ids.SAMPLE: "5"}, ids.SAMPLE),
}


def assert_usable(config):
    net = make_network(config)
    x, y = config.columns()
    engine.trace(net, x, y, config.learning_rate, config.granularity, config.update_biases)


@pytest.mark.parametrize("name", REPAIRS)
def test_a_repair_is_told_and_whole(name):
    texts, changed, expected = REPAIRS[name]
    config, said = read_config(texts, changed)
    written = write_config(config)
    assert said and all(sentence.endswith(".") for sentence in english(said))
    for field in ids.FIELDS:
        asked = texts.get(field, FIELDS[field].default)
        assert written[field] == expected.get(field, asked), field
    assert_usable(config)
    assert read_config(written, changed) == (config, [])


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_beyond_repair_names_its_field(name):
    texts, field = REFUSALS[name]
    with pytest.raises(FieldError, match=f"^{FIELDS[field].label}: .*Allowed: ") as caught:
        read_config(texts, field)
    assert caught.value.field == field


def test_typing_a_sample_leaves_the_data_without_a_word():
    texts = {ids.DATASET: "xor", ids.LAYER_SIZES: "2-3-1", ids.SAMPLE_X: "5, 6", ids.SAMPLE_Y: "1"}
    config, said = read_config(texts, ids.SAMPLE_X)
    assert (config.dataset, config.x, said) == ("by_hand", ((5.0, 6.0),), [])


def test_no_fields_is_the_network_of_the_derivation():
    config, said = read_config({})
    assert said == []
    assert write_config(config) == {name: field.default for name, field in FIELDS.items()}
    assert config.sizes == (3, 3, 2) and config.seed == 7 and config.learning_rate == 0.5


@pytest.mark.parametrize("gate", ["xor", "and", "or"])
def test_all_samples_of_a_gate_are_its_truth_table(gate):
    texts = {ids.DATASET: gate, ids.SAMPLE: "all", ids.LAYER_SIZES: "2-2-1"}
    config, _ = read_config(texts)
    truth = {"xor": lambda p, q: p != q, "and": lambda p, q: p and q, "or": lambda p, q: p or q}
    assert [bool(y) for (y,) in config.y] == [bool(truth[gate](p, q)) for p, q in config.x]
    assert sorted(config.x) == [(p, q) for p in (0, 1) for q in (0, 1)]


def test_only_the_activations_of_hidden_layers_repeat():
    config, _ = read_config({ids.LAYER_SIZES: "2-3-3-1", ids.OUTPUT_ACTIVATION: "linear"})
    assert config.activations == ["sigmoid", "sigmoid", "linear"]
    assert replace(config, sizes=(2, 1)).activations == ["linear"]


def test_columns_hold_samples_as_columns():
    texts = {ids.SAMPLE_X: "1, 2, 3; 4, 5, 6", ids.SAMPLE_Y: "0, 1; 1, 0"}
    x, y = read_config(texts)[0].columns()
    assert np.array_equal(x, [[1, 4], [2, 5], [3, 6]])
    assert np.array_equal(y, [[0, 1], [1, 0]])


numbers = st.one_of(
    st.sampled_from([0.0, 1.0, -0.5]), st.floats(-1e6, 1e6, allow_nan=False).map(float)
)


@st.composite
def field_texts(draw):
    """Texts that are each accepted, in any combination, and the field touched last."""
    texts = {
        name: draw(st.sampled_from(list(field.choices)))
        for name, field in FIELDS.items()
        if field.choices and draw(st.booleans())
    }
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=4))
    texts[ids.LAYER_SIZES] = "-".join(map(str, sizes))
    texts[ids.SAMPLE] = draw(st.sampled_from(["1", "2", "4", "all"]))
    texts[ids.LEARNING_RATE] = repr(draw(st.floats(1e-6, 1000)))
    for name in (ids.SAMPLE_X, ids.SAMPLE_Y):
        n, m = draw(st.integers(1, 5)), draw(st.integers(1, 3))
        rows = [draw(st.lists(numbers, min_size=n, max_size=n)) for _ in range(m)]
        texts[name] = "; ".join(", ".join(map(repr, row)) for row in rows)
    return texts, draw(st.sampled_from([None, *ids.FIELDS]))


@given(field_texts())
@settings(deadline=None, derandomize=True, max_examples=150)
def test_what_is_written_reads_back_as_it_is(asked):
    texts, changed = asked
    try:
        config, _ = read_config(texts, changed)
    except FieldError as error:
        assert error.field == changed  # without a last change everything can be repaired
        return
    written = write_config(config)
    for touched in (None, changed):
        again, said = read_config(written, touched)
        assert (again, said) == (config, [])
    assert write_config(again) == written
    net = make_network(config)
    x, y = config.columns()
    engine.backward(net, engine.forward(net, x), y)
