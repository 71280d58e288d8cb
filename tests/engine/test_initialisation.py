import re

import numpy as np
import pytest
from scipy import stats

import engine

SIZES = [100, 128, 90]


def wide(init, seed=3, **more):
    return engine.init_network(SIZES, ["relu", "linear"], init=init, seed=seed, **more)


@pytest.mark.parametrize("init", engine.INITIALISATIONS)
def test_biases_start_at_zero_and_shapes_are_right(init):
    net = wide(init)
    assert net.sizes == tuple(SIZES)
    assert not any(b.any() for b in net.b.values())


def test_the_promised_schemes_exist():
    names = ["xavier", "he", "normal", "uniform", "zeros", "constant"]
    assert list(engine.INITIALISATIONS) == names
    assert all(row.name == name and row.formula for name, row in engine.INITIALISATIONS.items())


@pytest.mark.parametrize(
    ("init", "std"),
    [
        ("xavier", lambda n_in, n_out: np.sqrt(2 / (n_in + n_out))),
        ("he", lambda n_in, n_out: np.sqrt(2 / n_in)),
        ("normal", lambda n_in, n_out: 1.0),
        ("uniform", lambda n_in, n_out: 1 / np.sqrt(3)),
    ],
)
def test_spread_is_that_of_the_law(init, std):
    net = wide(init)
    for layer, w in net.w.items():
        expected = std(*net.sizes[layer - 2 : layer])
        assert w.std() == pytest.approx(expected, rel=0.03)
        assert abs(w.mean()) < 0.05 * expected


@pytest.mark.parametrize(("init", "bounded"), [("xavier", True), ("uniform", True), ("he", False)])
def test_uniform_laws_are_bounded(init, bounded):
    w = wide(init).w[2]
    limit = {"xavier": np.sqrt(6 / 228), "uniform": 1.0, "he": 2 * np.sqrt(2 / 100)}[init]
    assert (np.abs(w).max() <= limit) is np.bool_(bounded)
    assert np.abs(w).max() > 0.99 * limit


def test_zeros_and_constant():
    assert not wide("zeros").w[2].any()
    assert (wide("constant").w[3] == 0.5).all()
    assert (wide("constant", constant=-2).w[3] == -2.0).all()


def test_the_seed_decides_and_the_global_generator_does_not():
    np.random.seed(1)
    first, state = wide("he", seed=5), np.random.get_state()[1].copy()
    np.random.seed(2)
    assert wide("he", seed=5) == first != wide("he", seed=6)
    np.random.seed(1)
    assert (np.random.get_state()[1] == state).all()
    assert wide("he", seed=2**32 - 1).L == 3


@pytest.mark.parametrize(
    ("change", "got", "allowed"),
    [
        ({"sizes": "3-3-2"}, "sizes = '3-3-2'", "a list of neurons per layer"),
        ({"sizes": 3}, "sizes = 3", "a list of neurons per layer"),
        ({"sizes": [3]}, "sizes = [3]", "2 to 10 layers"),
        ({"sizes": [3, 0, 2]}, "layer 2, = 0", "from 1 to 128"),
        ({"sizes": [3, 3.0, 2]}, "layer 2, = 3.0", "whole number"),
        ({"sizes": [3, True, 2]}, "layer 2, = True", "whole number"),
        ({"sizes": [3, "3", 2]}, "layer 2, = '3'", "whole number"),
        ({"sizes": [3, 10**5000, 2]}, "int too long to print", "from 1 to 128"),
        ({"init": "glorot"}, "init = 'glorot'", "xavier, he, normal, uniform, zeros, constant"),
        ({"init": None}, "init = None", "xavier"),
        ({"seed": -1}, "seed = -1", "from 0 to 4294967295"),
        ({"seed": 2**32}, "seed = 4294967296", "from 0 to 4294967295"),
        ({"seed": 1.5}, "seed = 1.5", "whole number"),
        ({"seed": True}, "seed = True", "whole number"),
        ({"seed": None}, "seed = None", "whole number"),
        ({"constant": np.inf}, "constant = inf", "finite number"),
        ({"constant": "a"}, "constant = 'a'", "finite number"),
        ({"activations": ["relu"]}, "activations = ('relu',)", "2 names"),
        ({"loss": "hinge"}, "loss = 'hinge'", "half_squared_error"),
    ],
)
def test_a_bad_argument_is_named_with_value_and_limits(change, got, allowed):
    arguments = {"sizes": [3, 3, 2], "activations": ["relu", "linear"]} | change
    with pytest.raises(ValueError, match=re.escape(got)) as raised:
        engine.init_network(**arguments)
    assert allowed in str(raised.value).partition("allowed: ")[2]


def law(formula, n_in, n_out):
    """The distribution that a formula names, of scipy.stats."""
    for sign, written in {"−": "-", "√": "sqrt", "w ~ ": "", "w = ": ""}.items():
        formula = formula.replace(sign, written)
    names = {
        "U": lambda low, high: stats.uniform(low, high - low),
        "N": lambda mean, variance: stats.norm(mean, np.sqrt(variance)),
        **{"sqrt": np.sqrt, "n_in": n_in, "n_out": n_out},
    }
    return eval(formula, names)


@pytest.mark.parametrize(("n_in", "n_out"), [(3, 100), (100, 90), (100, 3)])
@pytest.mark.parametrize("name", engine.INITIALISATIONS)
def test_the_formula_is_what_is_drawn(name, n_in, n_out):
    named = law(engine.INITIALISATIONS[name].formula, n_in, n_out)
    seeds = range(12)
    nets = [engine.init_network([n_in, n_out], ["tanh"], init=name, seed=seed) for seed in seeds]
    w = np.concatenate([net.w[2].ravel() for net in nets])
    assert all((net.b[2] == 0).all() for net in nets)
    if isinstance(named, float | int):
        assert (w == named).all()
    else:
        assert named.cdf(w.min()) < 0.01 and named.cdf(w.max()) > 0.99
        assert stats.kstest(w, named.cdf).pvalue > 0.001
        assert stats.kstest(w, lambda v: named.cdf(v / 1.1)).pvalue < 0.001
