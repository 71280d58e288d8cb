"""The order of the layers of a file: told by numbers, by the file, by the shapes, or asked for."""

import io
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save

from components import ids
from components.weights import orders as layer_orders
from components.weights.choices import MOST_CHOICES
from components.weights.layers import ArrangedLayers, arrange_layers
from components.weights.orders import MOST_TRIES, next_ones, orders
from components.weights.refusal import WeightFileError
from tests.components.weights.orders import asked, asked_of, network, stems
from tests.english import english


def npz(arrays):
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


edges = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=5)


def all_orders(listed, rules, begun=()):
    return {
        order
        for order in permutations(range(len(listed)))
        if order[: len(begun)] == tuple(begun)
        and all(listed[a][1] == listed[b][0] for a, b in pairwise(order))
        and all(order.index(a) < order.index(b) for a, b in rules)
    }


@given(edges, st.data())
@settings(max_examples=300, deadline=None)
def test_the_orders_are_those_that_trying_all_permutations_finds(listed, data):
    places = st.integers(0, len(listed) - 1)
    pairs = data.draw(st.sets(st.tuples(places, places).filter(lambda p: p[0] < p[1]), max_size=2))
    found, complete = orders(listed, pairs, (), 1000)
    assert complete and len(found) == len(set(found)) and set(found) == all_orders(listed, pairs)
    free = all_orders(listed, ())
    assert set(next_ones(listed, (), ())) == {order[0] for order in free}
    for order in list(free)[:2]:
        begun = order[: len(order) // 2]
        expected = {other[len(begun)] for other in all_orders(listed, (), begun)}
        assert set(next_ones(listed, (), begun)) == expected


COUNTED = {
    "torch": ("0", "2", "4"),
    "long": ("net.layers.0", "net.layers.2", "net.layers.10"),
    "one word": ("fc1", "fc2", "fc10"),
    "underscore": ("layer_1", "layer_2", "layer_3"),
    "first without": ("dense", "dense_1", "dense_2"),
    "first bare": ("fc", "fc2", "fc3"),
    "middle": ("block1.linear", "block2.linear", "block10.linear"),
    "words after": ("layer1_hidden", "layer2_entry", "layer3_a"),
    "two numbers": ("m.0.0", "m.0.1", "m.1.0"),
    "number and word": ("conv2d", "conv2d_1", "conv2d_2"),
}
WORDS = {
    "hidden": ("input", "hidden", "output"),
    "one": ("one", "two", "three"),
    "first": ("first", "second", "third"),
    "german": ("eingang", "mitte", "ausgang"),
    "letters": ("c", "a", "b"),
    "layers": ("layer_z", "layer_y", "layer_x"),
    "roman": ("layer_i", "layer_ii", "layer_iii"),
    "half": ("entry", "fc1", "fc2"),
    "mixed": ("embed", "head", "proj"),
    "other numbers": ("enc.1", "mid.0", "dec.2"),
}


@pytest.mark.parametrize("sizes", [(4, 4, 4, 4), (4, 7, 5, 3), (4, 6, 4, 6)], ids=str)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("names", COUNTED.values(), ids=COUNTED)
def test_numbers_in_names_tell_the_order_whatever_the_order_of_the_file(names, sizes, bias):
    arrays = dict(reversed(network(names, sizes, bias).items()))
    for in_order in (True, False):
        layers = arrange_layers(arrays, in_order)
        assert isinstance(layers, ArrangedLayers) and stems(layers) == list(names)
        assert layers.sizes == sizes
        expected = [arrays[f"{name}.weight"] for name in names]
        assert all(map(np.array_equal, layers.w, expected))


@pytest.mark.parametrize("sizes", [(4, 4, 4, 4), (4, 6, 4, 6), (4, 7, 5, 3)], ids=str)
@pytest.mark.parametrize("names", WORDS.values(), ids=WORDS)
def test_where_words_alone_would_tell_an_npz_is_read_in_its_own_order(names, sizes):
    answer = asked_of(npz(network(names, sizes)))
    told = " ".join(answer["told"])
    assert " → ".join(f"{name}.weight" for name in names) in told
    assert "it is that of the file" in told
    assert answer["fields"][ids.LAYER_SIZES] == "-".join(map(str, sizes))


@pytest.mark.parametrize("names", WORDS.values(), ids=WORDS)
def test_where_words_alone_would_tell_a_file_sorted_by_names_asks(names):
    answer = asked_of(save(network(names, (4, 4, 4, 4))))
    offered = answer["question"]["choices"]
    assert 2 <= len(offered) <= MOST_CHOICES and "told" not in answer
    right = [f"{name}.weight" for name in names]
    chosen = next(choice for choice in offered if choice["order"] == right)
    taken = asked_of(save(network(names, (4, 4, 4, 4))), chosen=chosen)
    told = " ".join(taken["told"])
    assert " → ".join(right) in told and "was chosen" in told
    assert f"{' → '.join(right)} (4-4-4-4)" == chosen["text"]


@pytest.mark.parametrize("names", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("ending", ["weight", "kernel"])
def test_shapes_tell_the_order_where_only_one_chains(names, ending):
    layers = arrange_layers(network(names, (4, 7, 5, 3), ending=ending))
    assert isinstance(layers, ArrangedLayers) and stems(layers) == list(names)
    assert "their shapes do" in english(layers.told[1])


def test_an_npz_that_contradicts_the_numbers_in_its_names_is_not_believed():
    arrays = network(("fc2", "fc1", "head"), (4, 4, 4, 4))
    question = arrange_layers(arrays, in_order=True)
    assert all(found.index("fc1") < found.index("fc2") for found in asked(question))


def test_numbers_whose_order_does_not_chain_give_way_to_shapes():
    layers = arrange_layers(network(("fc3", "fc1", "fc2"), (4, 7, 5, 3)))
    assert stems(layers) == ["fc3", "fc1", "fc2"] and "do not chain" in english(layers.told[1])


@pytest.mark.parametrize("bias", [True, False])
def test_that_names_decide_which_side_is_the_input_is_true_where_it_is_said(bias):
    torch, keras = (
        arrange_layers(network(("a1", "a2"), (3, 3, 3), bias, ending))
        for ending in ("weight", "kernel")
    )
    assert "rows are neurons, as in PyTorch" in english(torch.told[1])
    assert "columns are neurons, as in Keras" in english(keras.told[1])
    assert all(np.array_equal(a, b) for a, b in zip(torch.w, keras.w, strict=True))


def test_names_that_disagree_about_the_sides_are_asked_about():
    arrays = {"a1.weight": np.eye(3), "a2.kernel": np.arange(9.0).reshape(3, 3)}
    question = arrange_layers(arrays)
    assert [choice.columns for choice, _ in question.choices] == [False, True]
    one, other = (english(told) for _, told in question.choices)
    assert "as PyTorch" in one and "as Keras" in other
    by_column = arrange_layers(arrays, chosen=question.choices[1][0])
    assert np.array_equal(by_column.w[1], arrays["a2.kernel"].T)


def attention(blocks, width=32, tokens=65):
    kinds = {"q": (width, width), "k": (width, width), "v": (width, width), "o": (width, width),
             "ff1": (4 * width, width), "ff2": (width, 4 * width)}  # fmt: skip
    arrays = {"tok.weight": (tokens, width), "pos.weight": (16, width)}
    arrays |= {f"blocks.{i}.{k}.weight": s for i in range(blocks) for k, s in kinds.items()}
    return {name: np.zeros(shape, np.float32) for name, shape in arrays.items()}


def squares(count, side=4, word="word_"):
    return {f"{word}{chr(97 + i)}.weight": np.zeros((side, side)) for i in range(count)}


ODD = {"odd.weight": np.zeros((9, 7))}
LARGE = {
    **{f"{n} squares": squares(n) for n in (9, 10, 12, 15, 20)},
    **{f"{n} squares and an odd one": squares(n) | ODD for n in (3, 9, 12, 19)},
    **{f"{n} counted squares and an odd one": network(map(str, range(n)), (4,) * (n + 1), False)
       | ODD for n in (9, 15, 19)},
    **{f"{n} blocks of attention": attention(n) for n in (1, 2, 3)},
    "wide attention": attention(2, 64, 30),
    "two circles": squares(9) | squares(9, 5, "other_"),
    "there and back": network([f"w{chr(97 + i)}" for i in range(18)], (3, 5) * 9 + (3,), False),
    "star": {f"s{chr(97 + i)}.weight": np.zeros((i + 2, 3)) for i in range(18)},
    "counted star": {f"{i}.weight": np.zeros((i + 2, 3)) for i in range(18)},
    "two stars": {f"s{chr(97 + i)}.weight": np.zeros((i % 5 + 2, i % 3 + 2)) for i in range(20)},
    "biases misplaced": {**squares(9), **{f"word_{c}.bias": np.zeros(5) for c in "abcdefghi"}},
    "biases half": {**squares(9), "word_c.bias": np.zeros(3)},
    "rules against": {f"{c}{9 - i}.weight": np.zeros((4, 4)) for i in range(9) for c in "xy"},
    **{f"{n} arrays": network(map(str, range(n // 2)), (2,) * (n // 2 + 1)) for n in (22, 40)},
    "one": squares(1),
    "embedding": {"a.weight": np.zeros((100, 8)), "b.weight": np.zeros((8, 100))},
    "flat": {f"v{chr(97 + i)}.weight": np.zeros((1, 1)) for i in range(20)},
    "names that are numbers": {f"{'9' * 150}{i}.weight": np.zeros((2, 2)) for i in range(18)},
    "convolution": {"conv.weight": np.zeros((3, 3, 3)), "fc.weight": np.zeros((3, 3))},
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_any_file_is_answered_after_few_tries(name, monkeypatch):
    tries = 0
    chain = layer_orders.chain

    def counted(*arguments):
        nonlocal tries
        tries += 1
        return chain(*arguments)

    monkeypatch.setattr(layer_orders, "chain", counted)
    answer = asked_of(save(LARGE[name]))
    assert set(answer) & {"refused", "question", "told"}
    # Each search looks at all that may follow each time it goes on, in two readings, twice.
    assert tries <= 4 * MOST_TRIES * len(LARGE[name])
    if "refused" in answer:
        assert answer["refused"]["text"].startswith("file: ")
        assert len(answer["refused"]["text"]) < 900


def test_what_is_wrong_with_shapes_is_told():
    def refused(arrays):
        with pytest.raises(WeightFileError) as caught:
            arrange_layers(arrays)
        return str(caught.value)

    assert "odd.weight takes 7 inputs and gives 9, numbers that no other has" in refused(
        squares(9) | ODD
    )
    assert "12 of them take 32 inputs, and 10 give 32" in refused(attention(2))
    assert "2 groups" in refused(squares(3) | squares(3, 5, "other_"))
    bias = {"word_a.bias": np.zeros(5)}
    assert "the bias of word_a.weight has 5 numbers" in refused(squares(2) | bias)
    rows = {"a.weight": np.zeros((3, 2)), "a.bias": np.zeros(3)}
    columns = {"b.weight": np.zeros((3, 2)), "b.bias": np.zeros(2)}
    assert "by row, others by column" in refused(rows | columns)
    assert "11 layers" in refused(squares(10))
