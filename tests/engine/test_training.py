"""None"""

import re
from dataclasses import replace

import numpy as np
import pytest
from random_networks import random_case
from runs import run as engine_run

import engine
from engine.parameters import flat_vector

OPTIMISERS = list(engine.OPTIMISERS)
M, SIZE = 11, 3


def flat(net):
    return flat_vector(net.w.values(), net.b.values())


def case_of(seed=2):
    return random_case([3, 4, 2], ["tanh", "sigmoid"], "binary_cross_entropy", M, seed)


def train(case, **options):
    chosen = {"batches": 1, "batch_size": SIZE, "learning_rate": 0.05, "seed": 8} | options
    return engine_run(case.net, case.x, case.y, **chosen)


def go_on(case, run, **options):
    return train(replace(case, net=run.network), progress=run.progress, **options)


def assert_same_bits(one, other):
    assert flat(one.network).tobytes() == flat(other.network).tobytes()
    one, other = one.progress, other.progress
    assert (one.batch, one.steps) == (other.batch, other.steps)
    assert set(one.slots) == set(other.slots)
    for name, slot in one.slots.items():
        assert slot.tobytes() == other.slots[name].tobytes()


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("batch_size", [1, SIZE, M])
def test_a_run_cut_anywhere_keeps_every_bit(optimiser, batch_size):
    case = case_of()
    options = {"optimiser": optimiser, "batch_size": batch_size, "l1": 1e-3, "l2": 1e-3}
    whole = train(case, batches=30, **options)
    for cut in range(1, 30):
        part = train(case, batches=cut, **options)
        assert_same_bits(go_on(case, part, batches=30 - cut, **options), whole)
    steps = train(case, batches=0, **options)
    for _ in range(30):
        steps = go_on(case, steps, batches=1, **options)
    assert_same_bits(steps, whole)


def test_a_run_past_the_look_for_finite_values_keeps_every_bit():
    case = case_of()
    whole, part = train(case, batches=2500), train(case, batches=1700)
    assert_same_bits(go_on(case, part, batches=800), whole)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_frozen_biases_and_their_state_stay(optimiser):
    case = case_of()
    warm = train(case, batches=5, optimiser=optimiser)
    cold = go_on(case, warm, batches=5, optimiser=optimiser, update_biases=False)
    assert cold.network.b == warm.network.b and cold.network.w != warm.network.w
    bias = np.zeros(len(flat(case.net)), bool)
    bias[12:16] = bias[-2:] = True
    for name, slot in cold.progress.slots.items():
        np.testing.assert_array_equal(slot[bias], warm.progress.slots[name][bias])
        assert (slot[~bias] != warm.progress.slots[name][~bias]).any()


def test_an_epoch_takes_each_sample_once_and_the_last_batch_is_smaller():
    # One linear weight, y = x = 1 in one sample alone: η = the batch's length moves w by 1.
    for sample in range(4):
        x = np.zeros((1, 4))
        x[0, sample] = 1.0
        net = engine.Network([[[0.0]]], [[0.0]], ["linear"])
        order = np.random.default_rng([5, 1]).permutation(4)
        run = engine_run(
            net, x, x, batches=2, batch_size=3, learning_rate=3.0, seed=5,
            progress=engine.Progress(batch=2), update_biases=False,
        )  # fmt: skip
        alone = order[3] == sample
        assert run.network.w[2][0, 0] == pytest.approx(3.0 if alone else 1.0)


def test_batches_per_epoch():
    assert [engine.batches_per_epoch(10, n) for n in (1, 3, 5, 9, 10)] == [10, 4, 2, 2, 1]
    for m, size in [(10, 0), (10, 11), (0, 1), (10, 2.0), (10, True)]:
        with pytest.raises(ValueError, match="is refused; allowed: a whole number from 1"):
            engine.batches_per_epoch(m, size)


def test_no_batch_changes_nothing():
    case = case_of()
    run = train(case, batches=0, progress=engine.Progress(batch=7))
    assert run.network == case.net and run.progress.batch == 7 and not run.reached


@pytest.mark.parametrize("cut", [0, 3, 4, 9])
def test_the_target_loss_ends_the_run_at_the_first_epoch_end_below_it(cut):
    case = case_of()
    losses, run = [], train(case, batches=0)
    for _ in range(10):
        run = go_on(case, run, batches=4)
        losses.append(engine.cost(run.network, engine.forward(run.network, case.x), case.y))
    assert losses == sorted(losses, reverse=True)
    target = (losses[3] + losses[4]) / 2
    part = train(case, batches=cut, target_loss=target)
    assert not part.reached
    done = go_on(case, part, batches=1000, target_loss=target)
    assert done.reached and done.progress.batch == 5 * 4
    assert_same_bits(done, train(case, batches=20))


def test_what_blows_up_is_named_and_the_last_finite_state_kept():
    net = engine.init_network([1, 2, 1], ["linear", "linear"], seed=1)
    x, y = np.array([[1.0, -2.0, 3.0]]), np.array([[2.0, 0.0, 1.0]])
    options = {"batch_size": 2, "learning_rate": 50.0, "seed": 3}
    with pytest.raises(engine.TrainingStoppedError, match="no longer finite at") as raised:
        engine_run(net, x, y, batches=5000, **options)
    error, kept = raised.value, raised.value.training
    batch = kept.progress.batch
    assert isinstance(error, engine.NonFiniteError) and 0 < batch < 100
    assert np.isfinite(flat(kept.network)).all() and f"batch {batch + 1}" in str(error)
    assert_same_bits(engine_run(net, x, y, batches=batch, **options), kept)
    order = np.random.default_rng([3, batch // 2]).permutation(3)
    chosen = order[:2] if batch % 2 == 0 else order[2:]
    with pytest.raises(engine.NonFiniteError) as readable:
        engine.trace(kept.network, x[:, chosen], y[:, chosen], learning_rate=50.0)
    assert (error.symbol, error.layer, error.kind) == (
        readable.value.symbol, readable.value.layer, readable.value.kind,
    )  # fmt: skip
    with pytest.raises(engine.TrainingStoppedError) as again:
        engine_run(
            kept.network, x, y, batches=1, progress=kept.progress, **options
        )  # fmt: skip
    assert again.value.training.progress.batch == batch


def test_a_step_that_overflows_alone_is_named_at_update():
    net = engine.Network([[[1.0]]], [[0.0]], ["linear"])
    with pytest.raises(engine.TrainingStoppedError) as raised:
        engine_run(net, [[1.0]], [[1e3]], batches=3, batch_size=1, learning_rate=1e308)
    error = raised.value
    assert (error.symbol, error.layer, error.kind) == ("w", 2, "update")
    assert error.training.progress.batch == 0 and error.training.network == net


@pytest.mark.parametrize("optimiser", ["rmsprop", "adam"])
def test_a_state_that_overflows_stops_the_run(optimiser):
    net = engine.Network([[[1e153]]], [[0.0]], ["linear"])
    with pytest.raises(engine.TrainingStoppedError) as raised:
        engine_run(
            net, [[1e3]], [[0.0]], batches=3, batch_size=1, learning_rate=0.1, optimiser=optimiser
        )  # fmt: skip
    error = raised.value
    assert (error.symbol, error.layer) in {
        ("J", 2),
        ("dw", 2),
    } and error.training.progress.batch == 0


def test_the_error_says_where_and_can_be_made_again_from_its_arguments():
    run = engine.Training(case_of().net, engine.Progress(batch=4))
    error = engine.TrainingStoppedError("z", 2, "forward", run)
    assert str(error) == "z of layer 2 is no longer finite at forward of batch 5"
    assert type(error)(*error.args).training is run


@pytest.mark.parametrize(
    ("options", "got", "allowed"),
    [
        ({"batches": -1}, "batches = -1", "from 0"),
        ({"batches": 1.5}, "batches = 1.5", "a whole number"),
        ({"batch_size": 0}, "batch_size = 0", "from 1 to"),
        ({"batch_size": 12}, "batch_size = 12", "from 1 to 11"),
        ({"learning_rate": np.nan}, "learning_rate = nan", "finite"),
        ({"learning_rate": -1}, "learning_rate = -1", "0 or more"),
        ({"optimiser": "adagrad"}, "optimiser = 'adagrad'", "sgd, momentum"),
        ({"seed": 2**32}, "seed = 4294967296", "to 4294967295"),
        ({"l1": -0.1}, "l1 = -0.1", "0 or more"),
        ({"l2": "1"}, "l2 = '1'", "finite"),
        ({"update_biases": 1}, "update_biases = 1", "True, False"),
        ({"target_loss": np.inf}, "target_loss = inf", "finite"),
        ({"progress": {}}, "progress = {}", "a Progress"),
        (
            {"optimiser": "adam", "progress": engine.Progress(slots={})},
            "slots of progress = []",
            "mean",
        ),
        (
            {
                "optimiser": "momentum",
                "progress": engine.Progress(slots={"velocity": np.ones(3)}),
            },
            "of progress = (3,)",
            "(26,)",
        ),
    ],
)
def test_a_bad_argument_is_named_with_value_and_limits(options, got, allowed):
    with pytest.raises(ValueError, match=re.escape(got)) as raised:
        train(case_of(), **options)
    assert allowed in str(raised.value).partition("allowed: ")[2]


def test_bad_data_and_bad_progress_are_refused():
    case = case_of()
    options = {"batches": 1, "batch_size": 1, "learning_rate": 1}
    for x, y, name in [(case.x[:2], case.y, "x"), (case.x, case.y[:, 1:], "y"),
                       (case.x, case.y + 2, "y"), (case.x * np.nan, case.y, "x")]:  # fmt: skip
        with pytest.raises(ValueError, match=f"^{name} "):
            engine_run(case.net, x, y, **options)
    for bad in [
        {"slots": {"v": [np.inf]}}, {"slots": {"v": [[1.0]]}}, {"slots": []}, {"steps": -1},
        {"steps": 1.0}, {"batch": -1}, {"batch": 2**53 + 1},
    ]:  # fmt: skip
        (name,) = bad
        with pytest.raises(ValueError, match=f"^{name}.* is refused"):
            engine.Progress(**bad)
    with pytest.raises(ValueError, match=r"settings = \{\} is refused; allowed: a Settings"):
        engine.train(case.net, case.x, case.y, {}, batches=1)


def test_slots_are_a_copy_that_cannot_be_written():
    vector = np.ones(3)
    kept = engine.Progress(slots={"velocity": vector})
    vector[0] = 5.0
    assert kept.slots["velocity"][0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        kept.slots["velocity"][0] = 2.0
