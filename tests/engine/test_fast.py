import itertools

import numpy as np
import pytest
from random_networks import COMBINATIONS, HIDDEN, random_case
from reference_training import ReferenceNetwork

import engine
from engine.fast import FastTraining
from engine.fast.activations import FAST_ACTIVATIONS
from engine.parameters import flat_vector, layered
from engine.penalties import penalty_gradient

SIZES = [3, 4, 2, 3]
VALUES = np.array([0.0, 1e-9, 0.3, 1, 2.5, 7, 20, 38, 100, 709.5, 800, 1e4, 1e160, 1e308])


def flat(net):
    return flat_vector(net.w.values(), net.b.values())


def readable_step(net, x, y, rule, slots, t, eta=0.1, l1=0.0, l2=0.0, biases=True):
    """One step with the readable engine: the new parameters and slots, flat."""
    bwd = engine.backward(net, engine.forward(net, x), y)
    dw = [bwd.dw[l] + penalty_gradient(net.w[l], l1, l2) for l in net.w]
    theta, moved = flat(net), [np.array(slot) for slot in slots]
    frozen_biases = flat_vector([w * 0 for w in dw], [b * 0 + 1 for b in bwd.db.values()]) > 0
    new = theta.copy()
    rule.step(new, flat_vector(dw, bwd.db.values()), moved, eta, t)
    if not biases:
        for now, before in [(new, theta), *zip(moved, slots, strict=True)]:
            now[frozen_biases] = before[frozen_biases]
    return new, moved


@pytest.mark.parametrize("name", engine.ACTIVATIONS)
def test_the_fast_activation_is_that_of_the_table_for_every_size_of_z(name):
    row, values = engine.ACTIVATIONS[name], np.concatenate([VALUES, -VALUES])
    z = np.stack([values, values[::-1], np.roll(values, 3)])
    a, d = np.empty_like(z), np.full_like(z, 0.7)
    with np.errstate(all="ignore"):
        forward, backward = FAST_ACTIVATIONS[name](z.copy(), a, d)
        for call, arguments in [*forward, *backward]:
            call(*arguments)
        wanted = [row.f(z), np.full_like(z, 0.7) if row.derivative is None else row.derivative(z)]
    np.testing.assert_allclose(a, wanted[0], rtol=1e-12, atol=1e-300)
    if row.derivative is not None:
        np.testing.assert_allclose(d, 0.7 * wanted[1], rtol=1e-12, atol=1e-300)


def test_the_two_tables_have_the_same_rows():
    assert FAST_ACTIVATIONS.keys() == engine.ACTIVATIONS.keys()


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_step_equals_the_readable_one(hidden):
    # Every activation meets every loss, and both of them every optimiser.
    optimisers = itertools.cycle(engine.OPTIMISERS)
    for _ in range(HIDDEN.index(hidden)):
        next(optimisers)
    for output, loss in COMBINATIONS:
        name = next(optimisers)
        for size, l1, l2, biases in [(1, 0, 0, True), (2, 0.01, 0.02, False), (5, 0, 0.1, True)]:
            case = random_case(SIZES, [hidden, hidden, output], loss, 5, size)
            settings = engine.Settings(
                batch_size=size, learning_rate=0.1, optimiser=name, seed=9, l1=l1, l2=l2,
                update_biases=biases,
            )  # fmt: skip
            hold_step(case, settings)


def hold_step(case, settings):
    """The fourth step of training, as the readable engine takes it."""
    net, told = case.net, (case.net.activations, case.net.loss, settings)
    rule = engine.OPTIMISERS[settings.optimiser]
    rng = np.random.default_rng(1)
    slots = [rng.uniform(0.1, 1, size=len(flat(net))) for _ in rule.slots]
    fast = FastTraining(
        list(net.w.values()), list(net.b.values()), net.activations, net.loss, case.x, case.y,
        settings,
        engine.Progress(steps=3, batch=2, slots=dict(zip(rule.slots, slots, strict=True))),
    )  # fmt: skip
    i = fast.samples()
    wanted, moved = readable_step(
        net, case.x[:, i], case.y[:, i], rule, slots, 4,
        l1=settings.l1, l2=settings.l2, biases=settings.update_biases,
    )  # fmt: skip
    fast.run(1)
    found = flat_vector(*fast.parameters())
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12, err_msg=str(told))
    for mine, slot in zip(fast.slots(), moved, strict=True):
        np.testing.assert_allclose(mine, slot, rtol=1e-12, atol=1e-12, err_msg=str(told))


@pytest.mark.parametrize(("output", "loss"), COMBINATIONS)
def test_the_step_is_the_slope_of_the_cost_in_random_directions(output, loss):
    smooth = "tanh" if output in ("relu", "leaky_relu") else "gelu"
    case = random_case(SIZES, [smooth, "silu", output], loss, 4, 6)
    net, theta = case.net, flat(case.net)

    def cost(vector):
        moved = engine.Network(*layered(vector, SIZES), net.activations, loss)
        return engine.cost(moved, engine.forward(moved, case.x), case.y)

    fast = FastTraining(
        list(net.w.values()), list(net.b.values()), net.activations, loss, case.x, case.y,
        engine.Settings(batch_size=4, learning_rate=1.0), engine.Progress(),
    )  # fmt: skip
    assert fast.cost() == pytest.approx(cost(theta), rel=1e-13)
    fast.run(1)
    gradient = theta - flat_vector(*fast.parameters())
    for direction in np.random.default_rng(3).normal(size=(5, len(theta))):
        h = 1e-6
        slope = (cost(theta + h * direction) - cost(theta - h * direction)) / (2 * h)
        assert slope == pytest.approx(gradient @ direction, rel=1e-6, abs=1e-7)


def test_nothing_given_is_changed():
    case = random_case(SIZES, ["tanh", "tanh", "linear"], "half_squared_error", 5, 0)
    arrays = [np.array(a) for a in (*case.net.w.values(), *case.net.b.values(), case.x, case.y)]
    slot = np.ones(len(flat(case.net)))
    copies = [a.copy() for a in (*arrays, slot)]
    fast = FastTraining(
        arrays[:3], arrays[3:6], case.net.activations, case.net.loss, *arrays[6:],
        engine.Settings(batch_size=2, learning_rate=0.1, optimiser="momentum"),
        engine.Progress(slots={"velocity": slot}),
    )  # fmt: skip
    kept = fast.parameters()[0][0]
    before = kept.copy()
    fast.run(7)
    for now, then in zip((*arrays, slot, kept), (*copies, before), strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("size", [1, 7, 20, 64])
@pytest.mark.parametrize(("l2", "biases"), [(0.0, True), (0.01, True), (0.0, False)])
def test_a_large_layer_is_trained_as_written_from_the_papers(size, l2, biases):
    # Large enough to be moved block by block where nothing but a plain step follows, with a last
    # block that is not full; and rows that are gathered batch by batch, the last of them fewer.
    sizes, rng = [400, 90, 3], np.random.default_rng(2)
    w = [rng.normal(0, 0.05, (j, k)) for j, k in zip(sizes[1:], sizes[:-1], strict=True)]
    b = [rng.normal(size=(j, 1)) for j in sizes[1:]]
    x, y = rng.normal(size=(400, 64)), rng.uniform(size=(3, 64))
    fast = FastTraining(
        w, b, ["sigmoid", "sigmoid"], "half_squared_error", x, y,
        engine.Settings(
            batch_size=size, learning_rate=0.1, seed=4, l2=l2, update_biases=biases
        ),
        engine.Progress(),
    )  # fmt: skip
    plain = ReferenceNetwork(w, b)
    for k in range(2 * fast.batches_per_epoch):
        i = fast.samples()
        dw, db = plain.gradient(x.T[i], y.T[i])
        plain.w = [old - 0.1 * (g + l2 * old) for old, g in zip(plain.w, dw, strict=True)]
        if biases:
            plain.b = [old - 0.1 * g for old, g in zip(plain.b, db, strict=True)]
        fast.run(1)
        assert fast.steps == fast.batch == k + 1
    found = fast.parameters()
    for mine, wanted in zip([*found[0], *found[1]], [*plain.w, *plain.b], strict=True):
        np.testing.assert_allclose(mine.reshape(wanted.shape), wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("size", [1, 3, 20, 64])
def test_the_cut_into_turns_changes_nothing(size):
    x, y = np.random.default_rng(3).normal(size=(2, 70, 64))
    runs = []
    for turns in ([30], [1] * 30, [7, 0, 2, 20, 1]):
        fast = FastTraining(
            [np.full((70, 70), 0.01)], [np.zeros((70, 1))], ["tanh"], "half_squared_error", x, y,
            engine.Settings(batch_size=size, learning_rate=0.01, seed=4), engine.Progress(),
        )  # fmt: skip
        for batches in turns:
            fast.run(batches)
        runs.append((fast.batch, fast.steps, flat_vector(*fast.parameters())))
    for batch, steps, theta in runs:
        assert (batch, steps) == (30, 30)
        np.testing.assert_array_equal(theta, runs[0][2])
