"""Runs that a lecture shows, by the turns that the page asks for: they reach what is claimed."""

import pytest

from components import ids
from components.turns import answer_turn

SOFTMAX = {ids.OUTPUT_ACTIVATION: "softmax", ids.LOSS: "cross_entropy"}
RUNS = {
    "digits": (
        {
            ids.LAYER_SIZES: "64-32-10",
            ids.HIDDEN_ACTIVATION: "relu",
            ids.INIT: "he",
            ids.LEARNING_RATE: "0.1",
            ids.BATCH_SIZE: "32",
            **SOFTMAX,
        },
        30,
        0.95,
    ),
    "iris": (
        {
            ids.LAYER_SIZES: "4-8-3",
            ids.HIDDEN_ACTIVATION: "tanh",
            ids.LEARNING_RATE: "0.1",
            **SOFTMAX,
        },
        100,
        0.95,
    ),
    "spirals": (
        {
            ids.LAYER_SIZES: "2-8-8-2",
            ids.HIDDEN_ACTIVATION: "tanh",
            ids.OPTIMISER: "adam",
            ids.LEARNING_RATE: "0.01",
            ids.POINTS: "400",
            ids.NOISE: "0.05",
            **SOFTMAX,
        },
        400,
        0.95,
    ),
    "sine": (
        {
            ids.LAYER_SIZES: "1-8-8-1",
            ids.HIDDEN_ACTIVATION: "tanh",
            ids.OUTPUT_ACTIVATION: "linear",
            ids.LEARNING_RATE: "0.05",
        },
        400,
        0.95,
    ),
}


def run(fields, epochs):
    start = answer_turn({"fields": fields, "batches": 0})
    return answer_turn({"fields": fields, "batches": epochs * start["per_epoch"]})


@pytest.mark.parametrize("dataset", RUNS)
def test_what_is_learnt_holds_for_the_test_part(dataset):
    fields, epochs, least = RUNS[dataset]
    answer = run({ids.DATASET: dataset, **fields}, epochs)
    assert answer["stopped"] is None
    assert answer["metrics"]["test_score"] >= least


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_xor_is_learnt_from_five_seeds(seed):
    fields = {
        ids.DATASET: "xor",
        ids.LAYER_SIZES: "2-4-1",
        ids.HIDDEN_ACTIVATION: "tanh",
        ids.LEARNING_RATE: "0.5",
        ids.SEED: seed,
    }
    metrics = run(fields, 2000)["metrics"]
    assert metrics["train_score"] == 1 and metrics["train_loss"] < 0.01
