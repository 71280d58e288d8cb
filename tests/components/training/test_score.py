"""R² is that of scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from components.training.evaluation import Evaluation, build_metrics, r2_score
from tests.components.training.evaluated import made

R2_CASES = {
    "two outputs of different scale": ([[1, 2, 3.5], [100, 300, 250]], [[1, 2, 3], [90, 310, 240]]),
    "one output": ([[1, 2, 3.5]], [[1, 2, 3]]),
    "worse than the mean": ([[1, 2, 3]], [[3, 2, 1]]),
    "an output that never changes, met": ([[1, 2, 3], [4, 4, 4]], [[1, 2, 2], [4, 4, 4]]),
    "an output that never changes, missed": ([[1, 2, 3], [4, 4, 4]], [[1, 2, 2], [4, 4, 5]]),
    "nothing changes, met": ([[4, 4]], [[4, 4]]),
    "nothing changes, missed": ([[4, 4]], [[4, 5]]),
    "two samples": ([[1, 2]], [[1.5, 1.5]]),
}


@pytest.mark.parametrize("name", R2_CASES)
def test_r2_is_that_of_scikit_learn(name):
    from sklearn import metrics

    y, a = (np.array(rows, float) for rows in R2_CASES[name])
    assert r2_score(a, y) == pytest.approx(metrics.r2_score(y.T, a.T), rel=1e-12, abs=1e-15)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4), st.integers(2, 30), st.integers(0, 2**32 - 1))
def test_r2_of_random_numbers_is_that_of_scikit_learn(n, m, seed):
    from sklearn import metrics

    rng = np.random.default_rng(seed)
    y = rng.normal(size=(n, m)) * 10.0 ** rng.integers(-3, 4, (n, 1))
    a = y + rng.normal(size=(n, m)) * rng.choice([0, 1, 100])
    assert r2_score(a, y) == pytest.approx(metrics.r2_score(y.T, a.T), rel=1e-9)


def test_r2_of_one_sample_is_nothing_and_rounding_is_no_spread():
    assert r2_score(np.array([[1.0]]), np.array([[1.0]])) is None
    assert r2_score(np.full((1, 3), 0.2), np.full((1, 3), 0.1)) == 0
    assert r2_score(np.full((1, 2), np.inf), np.array([[1.0, 2.0]])) is None


def test_r2_on_the_page_is_that_of_scikit_learn():
    from sklearn import metrics

    config, net, data = made(
        sample_x="1, 0; 0, 1; 2, 3", sample_y="1, 100; 0, 0; 1, 250", layer_sizes="2-3-2"
    )
    a = engine.forward(net, data.x).a[3]
    expected = metrics.r2_score(data.y.T, a.T)
    found = build_metrics(Evaluation(net, data), config)["train_score"]
    assert found == pytest.approx(expected, rel=1e-12)
