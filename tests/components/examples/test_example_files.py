"""Example files: what is written can be read, and what cannot be used is named with its place."""

import json

import numpy as np
import pytest

from components import ids
from components.config.texts import make_network, read_config
from components.examples.comparison import compare_exact
from components.examples.files import PUBLISHED, published, read_file, write_file
from components.examples.reading import stage_fields
from components.examples.values import ExampleError
from components.messages import DEFAULT, LANGUAGES, Message, catalog
from components.refusal import RequestError
from components.requests.examples import answer_example_text
from tests.english import answered, english

RAW = {data["id"]: data for data in json.loads(PUBLISHED.read_text(encoding="utf-8"))}
MAZUR = RAW["mazur-2015"]
ENTRY = MAZUR["printed"][0]


@pytest.mark.parametrize("name", list(RAW))
def test_a_published_example_comes_to_the_stage_as_it_is(name):
    data, example = RAW[name], published()[name]
    config, notices = read_config(stage_fields(example))
    assert notices == []
    assert config.activations == data["activations"]
    assert config.loss == data["loss"]
    assert config.update_biases is data["biases_updated"]
    assert (list(config.x[0]), list(config.y[0])) == (data["x"], data["y"])
    if data["learning_rate"] is None:
        assert ids.LEARNING_RATE not in stage_fields(example)
    else:
        assert config.learning_rate == data["learning_rate"]
    for l, (w, b) in enumerate(zip(data["w"], data["b"], strict=True), start=2):
        np.testing.assert_array_equal(example.net.w[l], w)
        np.testing.assert_array_equal(example.net.b[l][:, 0], b)


def words_of(example):
    return [example.title, example.source, *(entry.why for entry in example.printed if entry.why)]


@pytest.mark.parametrize("name", list(RAW))
def test_the_words_of_a_published_example_are_those_of_its_file(name):
    data = RAW[name]
    whys = [entry["erratum"]["why"] for entry in data["printed"] if "erratum" in entry]
    assert english(words_of(published()[name])) == [data["title"], data["source"], *whys]


def test_the_catalog_has_words_of_no_other_example():
    told = [told for example in published().values() for told in words_of(example)]
    kept = {key for key in catalog(DEFAULT) if key.startswith("published.")}
    assert all(isinstance(one, Message) for one in told)
    assert {one.key for one in told} == kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_stage_is_called_in_a_language_and_read_as_it_is(language):
    config, _ = read_config({ids.HIDDEN_ACTIVATION: "tanh"})
    example = read_file(write_file(config, make_network(config), language))
    title = {"en": "3-3-2, tanh and sigmoid", "zh": "3-3-2，tanh和sigmoid"}[language]
    source = {"en": "saved from the stage", "zh": "从画面保存"}[language]
    assert (example.title, example.source) == (title, source)


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {ids.SAMPLE_X: "1, 2, 3; -4, 0.1, 6", ids.SAMPLE_Y: "1, 0; 0.3, 1"},
        {ids.LAYER_SIZES: "3-2"},
        {ids.OUTPUT_ACTIVATION: "softmax", ids.LOSS: "cross_entropy", ids.UPDATE_BIASES: "false"},
    ],
)
def test_what_is_saved_is_read_back_to_the_bit(texts):
    config, _ = read_config(texts)
    net = make_network(config)
    example = read_file(write_file(config, net))
    for l in net.w:
        np.testing.assert_array_equal(example.net.w[l], net.w[l])
        np.testing.assert_array_equal(example.net.b[l], net.b[l])
    again, _ = read_config({**texts, **stage_fields(example)})
    assert again == config
    count, differing = compare_exact(example)
    assert count > 0
    assert differing == []


def test_the_largest_network_fits_in_a_file():
    config, _ = read_config({ids.LAYER_SIZES: "128-128-128-128-6"})
    text = write_file(config, make_network(config))
    assert read_file(text).net.sizes == (128, 128, 128, 128, 6)


def test_exact_values_that_overflow_are_left_out():
    config, _ = read_config({ids.HIDDEN_ACTIVATION: "linear", ids.OUTPUT_ACTIVATION: "linear"})
    net = make_network(config)
    huge = type(net)([1e200 * w for w in net.w.values()], net.b, net.activations, net.loss)
    assert json.loads(write_file(config, huge))[0]["exact"] == {}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"w": None}, ["w", "null", "a list"]),
        ({"w": [[[1, 2], [3]], [[1, 2]]]}, ["w of layer 2, row 2", "1 number", "2"]),
        ({"w": [[[1, 2], [3, "a"]], [[1, 2]]]}, ["w of layer 2, row 2, number 2", '"a"']),
        ({"w": [[[1, 2], [3, True]], [[1, 2]]]}, ["w of layer 2, row 2, number 2", "true"]),
        (
            {"w": [[[1, 2], [3, 4]], [[1, 2, 3]]]},
            ["w of layer 3", "3 numbers in a row", "layer 2 has 2 neurons"],
        ),
        ({"b": [[1], [2]]}, ["b of layer 2", "1 number", "layer 2 has 2 neurons"]),
        ({"activations": ["sigmod", "tanh"]}, ["activations, layer 2", "sigmod", "sigmoid, tanh"]),
        ({"activations": ["sigmoid"]}, ["activations", "2 names"]),
        ({"activations": "sigmoid"}, ["activations", '"sigmoid"', "2 names"]),
        ({"activations": ["softmax", "sigmoid"]}, ["activations, layer 2", "last layer only"]),
        ({"activations": ["sigmoid", 1]}, ["activations, layer 3", "1", "sigmoid, tanh"]),
        ({"loss": ["huber"]}, ["loss", '["huber"]', "huber"]),
        ({"b": [[1, 2]]}, ["b", "1 array", "w has 2"]),
        ({"w": [[[1] * 200], [[1]]]}, ["Layer sizes", "200", "128"]),
        ({"loss": "hinge"}, ["loss", "hinge", "mean_squared_error"]),
        ({"loss": "cross_entropy"}, ["cross_entropy", "softmax"]),
        ({"learning_rate": "half"}, ["learning_rate", '"half"']),
        ({"learning_rate": 1e9}, ["Learning rate", "1000000000", "1000"]),
        ({"learning_rate": None}, ["printed, entry 11", "after", "no learning rate"]),
        ({"biases_updated": 1}, ["biases_updated", "1", "true or false"]),
        ({"x": [1]}, ["x", "1 number", "layer 1 has 2"]),
        ({"x": [1, 2e6]}, ["Input x", "2000000", "1000000"]),
        ({"x": [[1, 2], [3]]}, ["x, sample 2", "1 number"]),
        ({"x": [[1, 2], [3, 4]]}, ["y", "1 sample", "2"]),
        ({"title": 5}, ["title", "5", "a text"]),
        ({"printed": {}}, ["printed", "a list"]),
        ({"printed": [{**ENTRY, "symbol": "q"}]}, ["printed, entry 1", "q", "z, a, delta"]),
        ({"printed": [{**ENTRY, "layer": 4}]}, ["printed, entry 1", "4", "2 to 3"]),
        ({"printed": [ENTRY, {**ENTRY, "row": 3}]}, ["printed, entry 2, row", "3", "1 to 2"]),
        ({"printed": [{**ENTRY, "printed": "1_0"}]}, ["printed, entry 1, printed", "1_0"]),
        ({"printed": [{**ENTRY, "printed": "1e400"}]}, ["printed, entry 1, printed", "1e400"]),
        ({"printed": [{**ENTRY, "when": "after 10001 steps"}]}, ["when", "10001", "10000"]),
        ({"exact": {"z": [["a"]]}}, ["exact, z", '"a"', "a number"]),
    ],
)
def test_a_defect_is_named_with_its_place_and_what_is_allowed(change, named):
    with pytest.raises(ExampleError) as refusal:
        read_file(json.dumps([{**MAZUR, **change}]))
    for part in named:
        assert part in str(refusal.value)


def test_softmax_targets_that_do_not_sum_to_one_are_refused():
    with pytest.raises(ExampleError, match=r"^y: .*sum"):
        read_file(json.dumps([{**RAW["softmax"], "y": [0.2, 0.2, 0.2]}]))


def test_hidden_layers_of_two_kinds_are_refused():
    hidden = {"w": [[[1]], [[1]], [[1]]], "b": [[0], [0], [0]], "x": [1], "y": [1]}
    names = {"activations": ["tanh", "relu", "sigmoid"], "printed": [], "exact": {}}
    with pytest.raises(ExampleError, match="one activation for all hidden layers"):
        read_file(json.dumps([{**MAZUR, **hidden, **names}]))


@pytest.mark.parametrize("key", ["title", "activations", "learning_rate", "w", "x", "y"])
def test_a_missing_key_is_named(key):
    without = {name: value for name, value in MAZUR.items() if name != key}
    with pytest.raises(ExampleError, match=rf"\b{key}\b"):
        read_file(json.dumps([without]))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "not JSON"),
        ('[{"title": ', "not JSON"),
        ("[NaN]", "column 2"),
        ('[{"x": [1e999]}]', "infinity"),
        ("[" * 5000, "not JSON"),
        ("{}", "an example, or a list of 1 to 100"),
        ("[]", "a list of 0"),
        (f"[{'1, ' * 100}2]", "a list of 101"),
        ("[1]", "an object"),
        (" " * 2_000_001, "2 MB"),
    ],
)
def test_a_text_that_is_no_example_file_is_refused(text, named):
    with pytest.raises(ExampleError, match=named):
        read_file(text)


NET = {"activations": ["logistic", "Identity"], "loss": "MSE", "w": [[[0.5, "-0,25"]], [[2]]],
       "learning_rate": "0,5", "biases_updated": True, "x": ["1/2", "1,0"], "y": ["0.25"],
       "title": "of a course"}  # fmt: skip


def test_what_people_write_is_understood():
    printed = [
        {"symbol": "z", "layer": 2, "row": 1, "when": "this step", "printed": digits}
        for digits in (0.0, "0,00", "-0,00", 1e-9)
    ]
    example = read_file(json.dumps({**NET, "printed": printed}))
    assert list(example.net.activations) == ["sigmoid", "linear"]
    assert example.net.loss == "mean_squared_error" and example.learning_rate == 0.5
    assert example.net.w[2].tolist() == [[0.5, -0.25]] and not example.net.b[2].any()
    assert example.x.ravel().tolist() == [0.5, 1.0] and example.y.tolist() == [[0.25]]
    assert [entry.digits for entry in example.printed] == ["0.0", "0.00", "-0.00", "1e-09"]


@pytest.mark.parametrize(
    ("activation", "loss", "meant"),
    [("Sigmoid", "half_squared_error", ("sigmoid", "half_squared_error")),
     ("tansig", "Mean Squared Error", ("tanh", "mean_squared_error")),
     ("purelin", "SSE", ("linear", "squared_error")),
     ("Leaky ReLU", "smooth-l1", ("leaky_relu", "huber")),
     ("swish", "Log-Cosh", ("silu", "log_cosh")),
     ("logistic", "binary_crossentropy", ("sigmoid", "binary_cross_entropy")),
     ("Softmax", "categorical_crossentropy", ("softmax", "cross_entropy"))],
)  # fmt: skip
def test_common_names_stand_for_those_of_the_page(activation, loss, meant):
    entries = {"activations": ["tanh", activation], "loss": loss, "w": [[[1]], [[1], [2]]],
               "x": [1], "y": [1, 0]}  # fmt: skip
    net = read_file(json.dumps([{**NET, **entries}])).net
    assert (net.activations[-1], net.loss) == meant


def test_the_published_file_gives_a_menu_and_then_each_of_its_examples():
    text = PUBLISHED.read_text(encoding="utf-8")
    menu = answered(answer_example_text, {"text": text})["menu"]
    assert len(menu) == 8 and menu == [data["title"] for data in RAW.values()]
    for at, data in enumerate(RAW.values(), start=1):
        answer = answered(answer_example_text, {"text": text, "at": at})
        assert answer["title"] == data["title"]
    for at in (0, 9, "1", True):
        with pytest.raises(RequestError, match="at"):
            answered(answer_example_text, {"text": text, "at": at})
