"""What is asked where a file does not tell the order of its layers."""

import pytest
from safetensors.numpy import save

from components.refusal import RequestError
from components.weights.announced import MOST_ARRAYS
from components.weights.layers import Choice, Question, arrange_layers
from components.weights.names import read_name, sort_key, tell_order
from tests.components.weights.orders import asked, asked_of, network, stems


def test_there_and_back_is_asked_for():
    for names in (("up", "down"), ("encoder", "decoder"), ("features.0", "classifier.0")):
        arrays = network(names, (4, 6, 4))
        assert sorted(asked(arrange_layers(arrays))) == sorted([[*names], [*names[::-1]]])
        words = {words.split(" (")[1] for _, words in arrange_layers(arrays).choices}
        assert words == {"4-6-4)", "6-4-6)"}


def test_words_propose_an_order_and_it_is_still_asked_for():
    for names in (("encoder", "decoder"), ("fc_in", "fc_out"), ("input", "hidden", "output")):
        question = arrange_layers(network(names, (4,) * (len(names) + 1)))
        assert asked(question)[0] == list(names) and len(question.choices) > 1


def test_numbers_that_tell_a_part_leave_a_shorter_question():
    names = ("enc.0", "enc.2", "dec.0", "dec.2")
    found = asked(arrange_layers(network(names, (8, 4, 2, 4, 8))))
    assert sorted(found) == sorted([list(names), ["dec.0", "dec.2", "enc.0", "enc.2"]])


def test_many_orders_are_asked_for_by_their_beginning_until_one_is_left():
    names = [f"word_{letter}" for letter in "ihgfedcba"]
    arrays = network(names, (4,) * 10)
    chosen, questions = None, 0
    while isinstance(found := arrange_layers(arrays, chosen=chosen), Question):
        assert 2 <= len(found.choices) <= len(names)
        begun = ([f"{name}.weight" for name in names[:k]] for k in range(len(names) + 1))
        wanted = set(map(tuple, begun))
        chosen = next(choice for choice, _ in found.choices if choice.order in wanted)
        questions += 1
    assert stems(found) == names and questions <= len(names)


@pytest.mark.parametrize(
    ("order", "columns"),
    [(["a.weight", "a.weight"], False), (["x"], False), (["a.weight", "b.weight", "c"], False),
     (["c.weight"], False), (["c.weight", "b.weight", "a.weight"], False),
     (["a.weight", "b.weight", "c.weight"], True)],
)  # fmt: skip
def test_a_choice_that_is_none_of_the_file_is_refused(order, columns):
    content = save(network("abc", (4, 4, 4, 3)))
    refused = asked_of(content, chosen={"order": order, "columns": columns})["refused"]["text"]
    assert refused == "file: In the order that was chosen the layers of this file do not chain."


@pytest.mark.parametrize(
    "chosen",
    [1, [], {}, {"order": []}, {"order": "a", "columns": True}, {"order": ["a"], "columns": 1},
     {"order": [1], "columns": True}, {"order": ["a"] * (MOST_ARRAYS + 1), "columns": True}],
)  # fmt: skip
def test_a_choice_that_no_page_sends_is_a_bad_request(chosen):
    with pytest.raises(RequestError, match="chosen"):
        asked_of(save(network("ab", (4, 4, 4))), chosen=chosen)


@pytest.mark.parametrize(
    ("name", "read"),
    [("w2", ("2", "matrix", None)), ("b10", ("10", "bias", None)),
     ("W1", ("1", "matrix", None)), ("B_1", ("1", "bias", None)), ("w.1", ("1", "matrix", None)),
     ("weights_1", ("1", "matrix", None)), ("biases1", ("1", "bias", None)),
     ("W_hidden", ("hidden", "matrix", None)), ("hiddenBias", ("hidden", "bias", None)),
     ("wih", ("ih", "matrix", None)), ("bo", ("o", "bias", None)), ("w", ("", "matrix", None)),
     ("fc.weight", ("fc", "matrix", False)), ("weight", ("", "matrix", False)),
     ("module._orig_mod.net.0.weight", ("module._orig_mod.net.0", "matrix", False)),
     ("fc1_weight", ("fc1", "matrix", False)), ("fc.weights", ("fc", "matrix", None)),
     ("²weight", ("²", "matrix", False)), ("层.weight", ("层", "matrix", False)),
     ("dense/kernel:0", ("dense", "matrix", True)), ("d/vars/1", ("d", "bias", None)),
     ("layers\\dense_1\\vars\\0", ("layers/dense_1", "matrix", True)),
     ("params/Dense_0/kernel", ("Dense_0", "matrix", True)),
     ("['params']['Dense_1']['bias']", ("Dense_1", "bias", None)),
     ("layers.0.kernel.value", ("layers.0", "matrix", True)),
     ("mlp/~/linear_1/w", ("mlp/~/linear_1", "matrix", True)),
     ("linear/b", ("linear", "bias", None)), ("coefs_0", ("0", "matrix", True)),
     ("intercepts_1", ("1", "bias", None)), ("coefs_.0", ("0", "matrix", True)),
     ("1.running_var", ("1", "variance", None)), ("1.num_batches_tracked", ("1", "ignored", None)),
     ("bn/moving_mean:0", ("bn", "mean", None)), ("bn/gamma", ("bn", "scale", None)),
     ("batch_stats/BatchNorm_0/var", ("BatchNorm_0", "variance", None)),
     ("w²", None), ("w٣", None), ("", None), ("out", None), ("fc1b", None)],
)  # fmt: skip
def test_a_name_says_what_an_array_is(name, read):
    assert read_name(name) == read


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [("fc2", "fc10", True), ("fc", "fc2", True), ("dense", "dense_1", True), ("a", "b", False),
     ("fc2", "out", False), ("net", "net.0", False), ("net.0", "net.0.1", False),
     ("1", "01", False), ("a1b", "a2a", True), ("²", "³", False), ("", "0", True)],
)  # fmt: skip
def test_numbers_tell_an_order_and_words_do_not(before, after, told):
    keys = sorted([sort_key(before), sort_key(after)])
    assert tell_order(*keys) is told


def test_choices_are_those_that_were_offered():
    question = arrange_layers(network("ab", (4, 4, 4)))
    assert question.choices[0][0] == Choice(("a.weight", "b.weight"), False)
