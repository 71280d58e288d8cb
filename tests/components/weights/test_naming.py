"""Names of courses and of frameworks, no names at all, and layers that are refused by name."""

from itertools import pairwise

import numpy as np
import pytest
from safetensors.numpy import save

from components.weights.files import read_arrays
from components.weights.layers import ArrangedLayers, Question, arrange_layers
from components.weights.refusal import WeightFileError
from tests.components.weights.test_bad_weight_files import npz
from tests.english import english

RNG = np.random.default_rng(8)
SIZES = (3, 4, 2)
W = [RNG.normal(size=(n, k)) for k, n in pairwise(SIZES)]
B = [RNG.normal(size=n) for n in SIZES[1:]]
W_T = [w.T.copy() for w in W]
NAMES = {
    "courses": "W1 b1 W2 b2",
    "underscores": "W_1 b_1 W_2 b_2",
    "dots": "w.1 b.1 w.2 b.2",
    "from 0": "weights0 biases0 weights1 biases1",
    "words": "W_hidden b_hidden W_out b_out",
    "abbreviated": "wih bh who bo",
    "long": "weights_input_hidden bias_hidden weights_hidden_output bias_output",
    "camel": "hiddenWeights hiddenBias outputWeights outputBias",
    "haiku": "linear/w linear/b linear_1/w linear_1/b",
    "flax": "params/Dense_0/kernel params/Dense_0/bias params/Dense_1/kernel params/Dense_1/bias",
    "jax": "['Dense_0']['kernel'] ['Dense_0']['bias'] ['Dense_1']['kernel'] ['Dense_1']['bias']",
    "keras 3": "d/vars/0 d/vars/1 d_1/vars/0 d_1/vars/1",
    "prefixes": "module.fc1.weight module.fc1.bias module.fc2.weight module.fc2.bias",
    "onnx": "layers.0.weight layers.0.bias layers.2.weight layers.2.bias",
    "sklearn": "coefs_0 intercepts_0 coefs_1 intercepts_1",
    "places": "arr_0 arr_1 arr_2 arr_3",
    "numbered": "weights_0 weights_1 weights_2 weights_3",
    "parameters": "param_0 param_1 param_2 param_3",
}


def assert_these(layers, w=W, b=B):
    assert isinstance(layers, ArrangedLayers)
    assert all(map(np.array_equal, layers.w, w)) and len(layers.w) == len(w)
    assert all(np.array_equal(one[:, 0], other) for one, other in zip(layers.b, b, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_names_are_understood_and_matrices_transposed_where_shapes_say_so(name):
    w1, b1, w2, b2 = NAMES[name].split()
    for matrices in (W, W_T):
        for shape in ((-1,), (-1, 1), (1, -1)):
            if shape != (-1,) and name in ("numbered",):
                continue  # matrices alone, by their name
            arrays = {w1: matrices[0], b1: B[0].reshape(shape), w2: matrices[1],
                      b2: B[1].reshape(shape)}  # fmt: skip
            layers = arrange_layers(read_arrays(npz(**arrays)), True)
            assert_these(layers)
            assert ("transposed" in " ".join(english(layers.told))) == (matrices is W_T)


def test_places_may_hold_all_matrices_first():
    for matrices in (W, W_T):
        arrays = dict(zip(("arr_0", "arr_1", "arr_2", "arr_3"), matrices + B, strict=True))
        assert_these(arrange_layers(read_arrays(npz(**arrays)), True))


def test_places_without_biases_count_beyond_9():
    matrices = [RNG.normal(size=(k + 2, k + 1)) for k in range(9)]
    arrays = {f"arr_{i}": w for i, w in enumerate(matrices)}
    layers = arrange_layers(dict(sorted(arrays.items(), reverse=True)), False)
    assert_these(layers, matrices, [np.zeros(len(w)) for w in matrices])


def test_squares_whose_names_have_no_convention_are_asked_for():
    squares = [RNG.normal(size=(3, 3)) for _ in range(2)]
    for names in (("W1", "b1", "W2", "b2"), ("arr_0", "arr_1", "arr_2", "arr_3")):
        arrays = dict(zip(names, (squares[0], np.ones(3), squares[1], np.ones(3)), strict=True))
        question = arrange_layers(arrays, True)
        assert isinstance(question, Question)
        assert [choice.columns for choice, _ in question.choices] == [False, True]
        for choice, _ in question.choices:
            wanted = [w.T for w in squares] if choice.columns else squares
            assert_these(arrange_layers(arrays, True, choice), wanted, [np.ones(3)] * 2)


def test_squares_follow_the_convention_of_the_names_or_the_side_of_their_biases():
    squares = [RNG.normal(size=(3, 3)) for _ in range(2)]
    turned = [w.T for w in squares]
    for names, shape, wanted in (
        ("a1.weight a1.bias a2.weight a2.bias", (3,), squares),
        ("a1.kernel a1.bias a2.kernel a2.bias", (3,), turned),
        ("linear/w linear/b linear_1/w linear_1/b", (3,), turned),
        ("coefs_0 intercepts_0 coefs_1 intercepts_1", (3,), turned),
        ("W1 b1 W2 b2", (3, 1), squares),
        ("W1 b1 W2 b2", (1, 3), turned),
        ("w2 b2 w3 b3", (3,), squares),
    ):
        arrays = zip(
            names.split(),
            (squares[0], np.ones(shape), squares[1], np.ones(shape)),
            strict=True,
        )
        assert_these(arrange_layers(dict(arrays), True), wanted, [np.ones(3)] * 2)


def test_what_is_the_same_turned_round_is_not_asked_for():
    arrays = {f"{s}{l}": np.array([[0.5 * l]]) for l in (1, 2) for s in "Wb"}
    assert_these(arrange_layers(arrays, True), [[[0.5]], [[1.0]]], [[0.5], [1.0]])


def test_whole_numbers_bfloat16_and_single_numbers_are_taken():
    for kind in (np.int8, np.uint8, np.int32, np.int64):
        arrays = {"W1": np.array([[1, 2]], kind), "b1": np.array(3, kind)}
        for content in (npz(**arrays), save(arrays)):
            assert_these(arrange_layers(read_arrays(content)), [[[1, 2]]], [[3]])
    upper = np.array([[0x3FC0, 0xC020]], "<u2")  # 1.5 and -2.5
    content = npz(W1=upper.view("<V2"), b1=np.ones(1))
    assert_these(arrange_layers(read_arrays(content)), [[[1.5, -2.5]]], [[1.0]])


FOREIGN = {
    "norm.weight": "LayerNorm",
    "encoder.layer_norm.weight": "LayerNorm",
    "layer_normalization/gamma": "LayerNorm",
    "ln_1.weight": "LayerNorm",
    "1.weight": "PReLU",
    "embedding.weight": "Embedding",
    "tok_emb.weight": "Embedding",
    "embedding/embeddings": "Embedding",
    "lstm.weight_ih_l0": "LSTM",
    "rnn.weight_hh_l0": "RNN",
    "lstm/lstm_cell/recurrent_kernel": "LSTM",
    "attn.in_proj_weight": "attention",
    "fc.weight_g": "weight_norm",
    "fc.parametrizations.weight.original0": "weight_norm",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_layer_of_another_kind_is_refused_by_its_name(name):
    vector = any(word in name for word in ("norm.", "gamma", "ln_1", "1.weight"))
    arrays = {"0.weight": W[0], "0.bias": B[0], name: np.ones(4) if vector else np.ones((9, 3))}
    with pytest.raises(WeightFileError) as caught:
        arrange_layers(arrays)
    told = str(caught.value)
    assert told.startswith(f"{name}: ") and FOREIGN[name] in told and "cannot be shown" in told


def test_convolutions_are_refused_by_their_kind():
    with pytest.raises(WeightFileError, match=r"conv1.weight: .*Conv"):
        read_arrays(save({"conv1.weight": np.ones((8, 3, 3, 3))}))


def test_a_batch_norm_whose_place_the_names_do_not_tell_is_refused_with_the_way_out():
    def of_keras(gamma, beta, mean, variance):
        return {"dense/kernel": W_T[0], "dense/bias": B[0], gamma: np.ones(4), beta: np.ones(4),
                mean: np.ones(4), variance: np.ones(4), "dense_1/kernel": W_T[1]}  # fmt: skip

    ends = ("gamma", "beta", "moving_mean", "moving_variance")
    names = [f"batch_normalization/{end}" for end in ends]
    places = [f"layers/batch_normalization/vars/{i}" for i in range(4)]
    for arrays in (of_keras(*names), of_keras(*places)):
        with pytest.raises(WeightFileError, match=r"a BatchNorm.*fold it into that layer"):
            arrange_layers(arrays)
    last = {"0.weight": W[0], "2.running_mean": np.ones(4), "2.running_var": np.ones(4)}
    with pytest.raises(WeightFileError, match=r"2.running_mean: a BatchNorm"):
        arrange_layers(last)


def test_what_has_no_effect_is_passed_over_and_said():
    arrays = {"layers/dense/vars/0": W_T[0], "layers/dense/vars/1": B[0],
              "layers/dropout/seed_generator/vars/0": np.ones(2),
              "optimizer/vars/0": np.ones(3), "layers/dense_1/vars/0": W_T[1],
              "layers/dense_1/vars/1": B[1]}  # fmt: skip
    layers = arrange_layers(arrays)
    assert_these(layers)
    assert "dropout/seed_generator/vars/0 and optimizer/vars/0" in " ".join(english(layers.told))
