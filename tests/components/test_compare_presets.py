"""Every preset shows what its sentence says, trained by the turns that the page asks for."""

from base64 import b64decode
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from components import ids
from components.compare_dialog import COLUMNS
from components.compare_presets import MOST_RUNS, PRESETS, write_presets
from components.config import read_config, write_config
from components.turns import answer_turn

PICTURES = 20


@cache
def curves(name):
    """The answers of every run of a preset at PICTURES equal steps, up to where it stopped."""
    return [run({**PRESETS[name].common, **row}) for row in PRESETS[name].rows]


def run(fields):
    answers = [answer_turn({"fields": fields, "views": ["layers", "histograms"]})]
    batches = int(fields[ids.EPOCHS]) * answers[0]["per_epoch"] // PICTURES
    while len(answers) <= PICTURES and not answers[-1]["stopped"]:
        last = answers[-1]
        body = {key: last[key] for key in ("weights", "state", "batch", "iteration")}
        asked = {"fields": fields, "batches": batches, "views": ["layers", "histograms"]}
        answers.append(answer_turn({**body, **asked}))
    return answers


def losses(answers, part="train"):
    return [answer["metrics"][f"{part}_loss"] for answer in answers]


def idle(answer, layer):
    return answer["views"]["histograms"]["layers"][str(layer)]["idle"]


def delta(answer, layer):
    return answer["views"]["layers"]["delta"][str(layer)]


def w2(answer):
    fields = answer["fields"][ids.LAYER_SIZES].split("-")
    return np.frombuffer(b64decode(answer["weights"]["w"]["2"])).reshape(int(fields[1]), -1)


def test_the_browser_gets_every_preset_whole():
    for written, (name, preset) in zip(write_presets(), PRESETS.items(), strict=True):
        assert written["name"] == name
        assert [{**written["common"], **row} for row in written["rows"]] == [
            {**preset.common, **row} for row in preset.rows
        ]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_taken_as_it_is_written(name):
    preset = PRESETS[name]
    assert 2 <= len(preset.rows) <= MOST_RUNS
    data = set()
    for row in preset.rows:
        assert set(row) <= set(COLUMNS)
        fields = {**preset.common, **row}
        config, said = read_config(fields)
        assert said == []
        assert {key: write_config(config)[key] for key in fields} == fields
        data.add((config.dataset, config.sizes[0], config.sizes[-1]))
    assert len(data) == 1


def test_a_small_rate_creeps_a_right_one_falls_a_large_one_jumps_and_a_larger_one_blows_up():
    small, right, large, larger = map(losses, curves("rates"))
    assert small[-1] > 10 * right[-1]
    assert small == sorted(small, reverse=True)
    assert right[-1] < 0.02 * right[0]
    assert sum(after > 1.2 * before for before, after in pairwise(large)) >= 2
    assert not any(after > 1.05 * before for before, after in pairwise(right[1:]))
    stopped = [answers[-1]["stopped"] for answers in curves("rates")]
    assert stopped[:3] == [None] * 3
    assert "finite" in stopped[3]
    assert len(larger) < PICTURES


def test_sigmoid_loses_delta_in_a_deep_network_and_does_not_learn():
    sigmoid, tanh, relu = curves("vanishing")
    for answer in (sigmoid[0], sigmoid[-1]):
        assert answer["views"]["layers"]["words"].startswith("δ vanishes")
        assert delta(answer, 2) < 1e-3 * delta(answer, 8)
    assert losses(sigmoid)[-1] > 0.65
    for learned in (tanh, relu):
        assert delta(learned[0], 2) > 0.1 * delta(learned[0], 8)
        assert losses(learned)[-1] < 0.1
        assert learned[-1]["metrics"]["test_score"] > 0.9


def test_equal_weights_stay_equal_and_learn_no_more_than_one_neuron():
    zeros, constant, xavier = curves("symmetry")
    for answers in (zeros, constant):
        rows = w2(answers[-1])
        assert np.ptp(rows, axis=0).max() < 1e-9 * max(1, np.abs(rows).max())
        assert losses(answers)[-1] > 0.6
    assert np.array_equal(w2(zeros[-1]), np.zeros((8, 2)))
    assert np.ptp(w2(xavier[-1]), axis=0).min() > 1
    assert losses(xavier)[-1] < 0.1


def test_relu_dies_at_a_rate_that_leaky_relu_comes_back_from():
    dead, leaky, right = curves("dying")
    assert all(idle(answer, 3) == "8 of 8 dead" for answer in dead[1:])
    assert all(delta(answer, 2) == 0 for answer in dead[1:])
    assert min(losses(dead)[1:]) > 0.2
    assert losses(leaky)[-1] < 0.6 * min(losses(dead)[1:])
    assert losses(right)[-1] < 0.02
    assert idle(right[-1], 3) != "8 of 8 dead"


def test_momentum_is_through_where_plain_sgd_still_creeps():
    plain, momentum, nesterov = map(losses, curves("momentum"))
    assert plain[-1] > 0.25
    assert plain[4] - plain[-1] < 0.1
    for fast in (momentum, nesterov):
        assert fast[-1] < 0.05 * plain[-1]
        assert fast[10] < 0.5 * plain[10]


def test_without_l2_the_test_loss_turns_and_rises():
    without, some, more = curves("overfitting")
    test = losses(without, "test")
    best = test.index(min(test))
    assert best < PICTURES // 2
    assert test[-1] > 3 * test[best]
    assert losses(without)[-1] < 0.3 * losses(some)[-1] < losses(more)[-1]
    for penalised in (some, more):
        assert losses(penalised, "test")[-1] < 0.3 * test[-1]
        assert losses(penalised, "test")[-1] < 1.5 * min(losses(penalised, "test"))
        score = penalised[-1]["metrics"]["test_score"]
        assert score > without[-1]["metrics"]["test_score"] + 0.04
