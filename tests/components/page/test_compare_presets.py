"""Every preset shows what its sentence says, trained by the turns that the page asks for."""

from base64 import b64decode
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

import engine
from components import ids
from components.config.texts import read_config, write_config
from components.messages import message, render
from components.page.compare import COLUMNS
from components.page.compare_presets import MOST_RUNS, PRESETS, write_presets
from components.requests.train import answer_turn
from components.training.data import load_data
from components.training.views import GRID

PICTURES = 20
VIEWS = ("layers", "histograms", "boundary")
NAMED = ("sigmoid", "tanh", "relu")


@cache
def curves(name, pictures=PICTURES, views=VIEWS):
    """The answers of every run of a preset at so many equal steps, up to where it stopped."""
    return [run({**PRESETS[name].common, **row}, pictures, views) for row in PRESETS[name].rows]


def run(fields, pictures, views):
    answers = [answer_turn({"fields": fields, "views": list(views)})]
    batches = int(fields[ids.EPOCHS]) * answers[0]["per_epoch"] // pictures
    while len(answers) <= pictures and not answers[-1]["stopped"]:
        last = answers[-1]
        body = {key: last[key] for key in ("weights", "state", "batch", "iteration")}
        asked = {"fields": fields, "batches": batches, "views": list(views)}
        answers.append(answer_turn({**body, **asked}))
    return answers


def look(name):
    return render(message(f"preset.{name}.look"))


def losses(answers, part="train"):
    return [answer["metrics"][f"{part}_loss"] for answer in answers]


def dead_of(count):
    return {"kind": "dead", "count": count, "of": 8}


def idle(answer, layer):
    return answer["views"]["histograms"]["layers"][str(layer)]["idle"]


def delta(answer, layer):
    return answer["views"]["layers"]["delta"][str(layer)]


def weights(answer, layer):
    sizes = [int(n) for n in answer["fields"][ids.LAYER_SIZES].split("-")]
    shape = sizes[layer - 1], sizes[layer - 2]
    return np.frombuffer(b64decode(answer["weights"]["w"][str(layer)])).reshape(shape)


def guessing(answer):
    """J of an output that is the share of its class whatever the sample."""
    config, _ = read_config(answer["fields"])
    p = load_data(config).y_train.mean()
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


def steepest(answer):
    """The largest step of the output between neighbours of the picture."""
    values = np.frombuffer(b64decode(answer["views"]["boundary"]["values"]), np.uint8)
    return np.abs(np.diff(values.reshape(GRID, GRID).astype(int))).max()


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


def test_rates_creep_fall_jump_and_blow_up():
    small, right, large, larger = (losses(answers) for answers in curves("rates", 500, ()))
    assert len(small) == len(right) == len(large) == 501
    assert right[1] <= small[-1] < small[0]
    assert all(after < before for before, after in pairwise(small))
    assert all(after < before for before, after in pairwise(right))
    assert 100 < sum(after > before for before, after in pairwise(large)) < 200
    assert large[-1] < 0.1 * large[0]
    stopped = [answers[-1]["stopped"] for answers in curves("rates", 500, ())]
    assert stopped[:3] == [None] * 3
    assert stopped[3][0].key == "stop.training"
    assert all(after > before for before, after in pairwise(larger[:-1]))


def test_sigmoid_loses_delta_in_a_deep_network_and_does_not_learn():
    sigmoid, tanh, relu = curves("vanishing")
    for answer in (sigmoid[0], sigmoid[-1]):
        assert answer["views"]["layers"]["flow"]["kind"] == "vanishing"
        norms = [delta(answer, layer) for layer in range(2, 9)]
        assert norms == sorted(norms) and norms[0] < 1e-3 * norms[-1]
    for J in losses(sigmoid)[1:]:
        assert pytest.approx(guessing(sigmoid[0]), rel=0.01) == J
    for learned in (tanh, relu):
        assert delta(learned[0], 2) > 0.1 * delta(learned[0], 8)
        assert losses(learned)[-1] < 0.1
        assert learned[-1]["metrics"]["test_score"] > 0.9
    z = np.linspace(-20, 20, 4001)
    steepest = {name: engine.ACTIVATIONS[name].derivative(z).max() for name in NAMED}
    assert steepest == {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0}


def test_equal_weights_stay_equal_and_learn_no_more_than_one_neuron():
    zeros, constant, xavier = curves("symmetry")
    guessed = guessing(zeros[0])
    assert f"the {guessed:.2f} of guessing" in look("symmetry")
    for answers in (zeros, constant):
        for answer in answers:
            for w in (weights(answer, 2), weights(answer, 3).T):
                assert np.ptp(w, axis=0).max() <= 1e-9 * max(1, np.abs(w).max())
        assert min(losses(answers)) > guessed - 0.02
    assert np.array_equal(weights(zeros[-1], 2), np.zeros((8, 2)))
    rows = weights(xavier[-1], 2)
    apart = np.linalg.norm(rows[:, None] - rows, axis=2) + 9 * np.eye(8)
    assert apart.min() > 0.01
    assert losses(xavier)[-1] < 0.1


def test_relu_dies_at_a_rate_that_leaky_relu_comes_back_from():
    dead, leaky, right = curves("dying", 60)
    assert [idle(answer, 3) for answer in dead[:2]] == [dead_of(2), dead_of(8)]
    assert dead[1]["epoch"] == 5
    for answer in dead[1:]:
        assert idle(answer, 3) == dead_of(8) and delta(answer, 2) == delta(answer, 3) == 0
        assert np.array_equal(weights(answer, 2), weights(dead[1], 2))
    assert min(losses(dead)[1:]) > 0.2
    assert all(idle(answer, 3) == dead_of(2) for answer in right)
    assert losses(right)[-1] < 0.02
    assert losses(leaky)[-1] < 0.1 * losses(leaky)[0]
    slow = [next(i for i, J in enumerate(losses(a)) if J < 0.05) for a in (leaky, right)]
    assert slow[0] > 5 * slow[1]
    assert engine.ACTIVATIONS["leaky_relu"].derivative(np.array([-1.0])) == 0.01


def test_momentum_is_through_where_plain_sgd_still_creeps():
    plain, momentum, nesterov = map(losses, curves("momentum"))
    for J in (plain, momentum, nesterov):
        flat = [before for before, after in pairwise(J) if 0 < before - after < 0.02 * before]
        assert any(pytest.approx(0.3, abs=0.02) == J for J in flat)
    assert plain[-1] == pytest.approx(0.3, abs=0.02)
    for fast in (momentum, nesterov):
        assert fast[-1] < 0.05 * plain[-1]
        assert fast[10] < 0.5 * plain[10]
    assert f"β = {engine.BETA}" in look("momentum")
    assert pytest.approx(10) == 1 / (1 - engine.BETA)


def test_without_l2_the_test_loss_turns_and_rises():
    without, some, more = curves("overfitting")
    train, test = losses(without), losses(without, "test")
    best = test.index(min(test))
    assert best < PICTURES // 2
    assert test[-1] > 3 * test[best]
    assert all(after < before for before, after in pairwise(train))
    assert train[-1] < 0.3 * losses(some)[-1] < losses(more)[-1]
    config, _ = read_config(without[0]["fields"])
    assert len(load_data(config).train) == 40
    assert without[-1]["metrics"]["train_score"] == 1
    for penalised in (some, more):
        assert losses(penalised, "test")[-1] < 0.3 * test[-1]
        assert losses(penalised, "test")[-1] < 1.5 * min(losses(penalised, "test"))
        score = penalised[-1]["metrics"]["test_score"]
        assert score > without[-1]["metrics"]["test_score"] + 0.04
        assert steepest(penalised[-1]) < 0.7 * steepest(without[-1])
        for layer in (2, 3, 4):
            norms = [np.linalg.norm(weights(a[-1], layer)) for a in (penalised, without)]
            assert norms[0] < 0.6 * norms[1]
