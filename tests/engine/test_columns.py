"""Samples that are checked once for many passes."""

import numpy as np
import pytest
from random_networks import random_case

import engine


@pytest.mark.parametrize("batch_size", [3, 7])
def test_samples_checked_before_train_to_the_same_bits(batch_size):
    case = random_case([2, 3, 1], ["tanh", "sigmoid"], "half_squared_error", 7, 1)
    settings = engine.Settings(batch_size=batch_size, learning_rate=0.1, seed=3)
    checked = engine.Columns("x", case.x), engine.Columns("y", case.y)
    runs = [
        engine.train(case.net, x, y, settings, batches=11).network
        for x, y in ((case.x, case.y), checked, checked)
    ]
    for run in runs[1:]:
        assert all(np.array_equal(run.w[l], runs[0].w[l]) for l in run.w)
    fwd = [engine.forward(case.net, x) for x in (case.x, checked[0])]
    assert engine.cost(case.net, fwd[1], checked[1]) == engine.cost(case.net, fwd[0], case.y)
    with pytest.raises(ValueError, match=r"x = .* is refused"):
        engine.Columns("x", [[np.nan]])
    with pytest.raises(ValueError, match=r"x of shape \(1, 2\)"):
        engine.forward(case.net, engine.Columns("x", [[1, 2]]))
