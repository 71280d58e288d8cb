import re

import numpy as np
import pytest
from reference_training import batches, reference_run
from runs import run

import engine
from engine.parameters import flat_vector, layered

NAMES = list(engine.OPTIMISERS)
RATES = {"sgd": 0.5, "momentum": 0.1, "nesterov": 0.1, "rmsprop": 1e-4, "adam": 0.001}
M, SIZE, SEED, COUNT = 14, 4, 11, 10_000


def start():
    rng = np.random.default_rng(2)
    net = engine.init_network([2, 3, 1], ["sigmoid", "sigmoid"], seed=4)
    return net, rng.normal(size=(2, M)), rng.uniform(0.2, 0.8, (1, M))


def trained(net, x, y, name):
    done = run(
        net, x, y, batches=COUNT, batch_size=SIZE, learning_rate=RATES[name],
        optimiser=name, seed=SEED,
    )  # fmt: skip
    assert done.progress.batch == done.progress.steps == COUNT
    return flat_vector(done.network.w.values(), done.network.b.values())


@pytest.mark.parametrize("name", NAMES)
def test_10000_steps_agree_with_an_independent_implementation(name):
    net, x, y = start()
    w, b = reference_run(
        net.w.values(), net.b.values(), x, y, optimiser=name, eta=RATES[name], size=SIZE,
        seed=SEED, count=COUNT,
    )  # fmt: skip
    ours = trained(net, x, y, name)
    first = flat_vector(net.w.values(), net.b.values())
    assert np.abs(ours - first).max() > 0.1, "a run that goes nowhere would agree with anything"
    np.testing.assert_allclose(ours, flat_vector(w, b), rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_the_steps_agree_with_pytorch(name):
    torch = pytest.importorskip("torch")
    net, x, y = start()
    layers = [torch.nn.Linear(n, k, dtype=torch.float64) for n, k in ((2, 3), (3, 1))]
    with torch.no_grad():
        for layer, w, b in zip(layers, net.w.values(), net.b.values(), strict=True):
            layer.weight.copy_(torch.tensor(w))
            layer.bias.copy_(torch.tensor(b[:, 0]))
    parameters, eta = [p for layer in layers for p in layer.parameters()], RATES[name]
    optim = torch.optim
    rule = {
        "sgd": lambda: optim.SGD(parameters, eta),
        "momentum": lambda: optim.SGD(parameters, eta, momentum=0.9),
        "nesterov": lambda: optim.SGD(parameters, eta, momentum=0.9, nesterov=True),
        "rmsprop": lambda: optim.RMSprop(parameters, eta, alpha=0.9),
        "adam": lambda: optim.Adam(parameters, eta),
    }[name]()
    rows, targets = torch.tensor(x.T), torch.tensor(y.T)
    for chosen in batches(M, SIZE, SEED, COUNT):
        a = rows[chosen]
        for layer in layers:
            a = torch.sigmoid(layer(a))
        rule.zero_grad()
        (((a - targets[chosen]) ** 2).sum() / (2 * len(chosen))).backward()
        rule.step()
    theirs = np.concatenate([p.detach().numpy().ravel() for p in parameters])
    np.testing.assert_allclose(trained(net, x, y, name), theirs, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "moved", "kept"),
    [
        ("sgd", 1 - 0.1 * 2, {}),
        ("momentum", 1 - 0.1 * 2.9, {"velocity": 2.9}),
        ("nesterov", 1 - 0.1 * (2 + 0.9 * 2.9), {"velocity": 2.9}),
        ("rmsprop", 1 - 0.1 * 2 / (1.3**0.5 + 1e-8), {"mean_square": 1.3}),
        ("adam", 1 - 0.1 * (1.1 / 0.19) / ((1.003 / (1 - 0.999**2)) ** 0.5 + 1e-8),
         {"mean": 1.1, "mean_square": 1.003}),
    ],
)  # fmt: skip
def test_one_step_by_hand(name, moved, kept):
    rule = engine.OPTIMISERS[name]
    theta, g, slots = np.ones(1), np.full(1, 2.0), [np.ones(1) for _ in rule.slots]
    rule.step(theta, g, slots, 0.1, 2)
    np.testing.assert_allclose(theta, moved, rtol=1e-14)
    got = {slot: float(value[0]) for slot, value in zip(rule.slots, slots, strict=True)}
    assert got == pytest.approx(kept, rel=1e-14)


def test_rows_have_a_source_with_a_year():
    for name, rule in engine.OPTIMISERS.items():
        assert rule.name == name
        assert re.search(r"\b(19|20)\d\d\b", rule.step.__doc__), name


# From the formulas' signs to Python's; what stands side by side is multiplied.
SIGNS = {"−": "-", "β₂": "B", "β": "b", "θ": "x", "η": "eta", "ε": "eps", "ᵗ": "**t", "²": "**2"}


def evaluated(formula, values):
    for sign, written in SIGNS.items():
        formula = formula.replace(sign, written)
    formula = re.sub(r"√(\w)", r"sqrt(\1)", formula).replace("√(", "sqrt(")
    formula = re.sub(r"(?<=[\w)]) (?=[\w(])", " * ", formula)
    for assignment in formula.split(", "):
        name, value = assignment.split(" ← ")
        values[name] = eval(value, {"sqrt": np.sqrt}, values)
    return values


@pytest.mark.parametrize("name", NAMES)
def test_the_formula_is_what_is_computed(name):
    rule, rng = engine.OPTIMISERS[name], np.random.default_rng(5)
    theta = rng.normal(size=4)
    slots = [np.zeros(4) for _ in rule.slots]
    values = {"x": theta.copy(), "v": 0.0, "s": 0.0, "m": 0.0, "eta": 0.1}
    values |= {"b": engine.BETA, "B": engine.BETA_2, "eps": engine.EPSILON}
    for t in range(1, 8):
        g = rng.normal(size=4) * 10.0 ** rng.integers(-9, 2, 4)
        rule.step(theta, g.copy(), slots, 0.1, t)
        values = evaluated(rule.formula, {**values, "g": g, "t": t})
        np.testing.assert_allclose(theta, values["x"], rtol=1e-10, atol=1e-13)


def test_a_flat_vector_has_the_stated_order_and_comes_back():
    net = engine.Network([[[1, 2], [3, 4]], [[7, 8]]], [[5, 6], [9]], ["tanh", "linear"])
    vector = flat_vector(net.w.values(), net.b.values())
    np.testing.assert_array_equal(vector, np.arange(1.0, 10.0))
    w, b = layered(vector, net.sizes)
    assert engine.Network(w, b, net.activations, net.loss) == net


def test_penalty():
    net = engine.Network([[[3, -4]], [[-1]]], [[100], [100]], ["tanh", "linear"])
    assert engine.penalty(net, 0, 0) == 0
    assert engine.penalty(net, l1=2) == 2 * 8
    assert engine.penalty(net, l2=3) == 0.5 * 3 * 26
    assert engine.penalty(net, l1=2, l2=3) == 16 + 39
    with pytest.raises(ValueError, match=r"l1 = -1 is refused; allowed: a finite number, 0"):
        engine.penalty(net, l1=-1)
    huge = engine.Network([[[1e200]]], [[0]], ["linear"])
    assert engine.penalty(huge, l2=1.0) == np.inf and engine.penalty(huge) == 0
