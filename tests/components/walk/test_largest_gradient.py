"""Which weight has the largest gradient, as the caption of an update names it."""

import re

import numpy as np
import pytest

import engine
from components.config.texts import make_network
from components.messages import render
from tests.components.wire import config_of, pass_of


def stage_of(sizes, init):
    given = {"layer_sizes": "-".join(map(str, sizes)), "sample_y": ", ".join(["1"] * sizes[-1])}
    return config_of(sample_x=", ".join(["0.5"] * sizes[0]), init=init, **given)


@pytest.mark.parametrize("init", ["xavier", "zeros", "constant"])
def test_the_largest_gradient_is_named_by_its_place_or_as_one_of_several(init):
    for sizes in ((3, 3, 2), (2, 4, 3)):
        config = stage_of(sizes, init)
        net, (x, y) = make_network(config), config.columns()
        dw = engine.backward(net, engine.forward(net, x), y).dw
        most = max(np.abs(dw[l]).max() for l in net.w)
        said = render(pass_of(config)["positions"][-1]["caption"]["done"])
        equal = sum(int((np.abs(dw[l]) == most).sum()) for l in net.w)
        (place,) = re.findall(r"⟦dw:(\d):(\d):(\d)⟧", said)
        l, j, k = map(int, place)
        assert abs(dw[l][j - 1, k - 1]) == most, (sizes, said)
        assert ("The largest gradient is" in said) is (equal == 1), (sizes, said)
        assert (f"{equal} weights have" in said) is (equal > 1), (sizes, said)
