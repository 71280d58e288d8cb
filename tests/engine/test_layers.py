import numpy as np
import pytest

import engine


@pytest.fixture
def net():
    return engine.init_network([3, 4, 2], ["tanh", "linear"], seed=1)


def test_keys_are_the_layer_numbers_of_the_text(net):
    fwd = engine.forward(net, [1, 2, 3])
    assert list(net.w) == list(net.b) == list(fwd.z) == [2, 3]
    assert list(fwd.a) == [1, 2, 3]
    assert 1 not in net.w and 1 in fwd.a and len(net.w) == 2


@pytest.mark.parametrize("layer", [0, 1, 4, -1, -2, "2", None, 2.0])
def test_another_layer_raises_and_names_the_valid_ones(net, layer):
    with pytest.raises(KeyError, match=r"2 to 3") as raised:
        net.w[layer]
    assert repr(layer) in str(raised.value)


def test_a_numpy_integer_is_a_layer_number(net):
    assert net.w[np.int64(2)] is net.w[2]


def test_nothing_can_be_assigned(net):
    with pytest.raises(TypeError):
        net.w[2] = np.zeros((4, 3))
    with pytest.raises(ValueError, match="read-only"):
        net.w[2][0, 0] = 1.0


def test_equality_is_by_value(net):
    again = engine.init_network([3, 4, 2], ["tanh", "linear"], seed=1)
    other = engine.init_network([3, 4, 2], ["tanh", "linear"], seed=2)
    assert again.w == net.w and again == net
    assert other.w != net.w and other != net
    assert net.w != net.b and net.w != {2: 1}


def test_repr_is_short(net):
    assert repr(net.w) == "Layers({2: (4, 3), 3: (2, 4)})"
