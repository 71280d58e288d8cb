"""The comparison of printed and computed numbers, and the famous mistake."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import engine
from components.examples.comparison import Printed, agrees, build_comparison, compare_exact, walk
from components.examples.files import published
from components.examples.wrong_order import build_mistake, wrong_order
from components.requests.examples import build_answer


@pytest.mark.parametrize(
    ("digits", "value", "expected"),
    [
        (".3775", 0.37754, True),
        (".3775", 0.37756, False),
        (".420", 0.4196, True),
        (".42", 0.4149, False),
        ("-2.522", -2.5216495, True),
        ("-2.522", 2.522, False),
        ("1.5e-3", 0.00154, True),
        ("1.5e-3", 0.00156, False),
        ("0", -0.0, True),
        ("1.0513754685043635", 1.0513754685043637, True),
    ],
)
def test_half_a_unit_of_the_last_digit(digits, value, expected):
    assert agrees(digits, value) is expected


def compared(example, stops=(0, 1)):
    return build_comparison(example, walk(example.net, example.steps, stops), stops)


@pytest.mark.parametrize("name", list(published()))
def test_each_erratum_and_nothing_else_is_one(name):
    example = published()[name]
    stops = (0, 1) if example.learning_rate else (0,)
    entries = [entry for entry in example.printed if entry.steps in stops]
    verdicts = [row["verdict"] for row in compared(example, stops)]
    assert verdicts == ["erratum" if entry.why else "agrees" for entry in entries]


def test_a_wrong_digit_is_found():
    example = published()["hagan-ch11"]
    wrong = Printed("a", 2, 1, 1, 0, ".322")
    misjudged = Printed("a", 2, 1, 1, 0, ".322", exact=0.35, why="a guess")
    rows = compared(replace(example, printed=(wrong, misjudged, example.printed[0])))
    assert [row["verdict"] for row in rows] == ["differs", "differs", "agrees"]


def test_exact_values_are_compared_key_by_key():
    example = published()["softmax"]
    count, differing = compare_exact(example)
    assert count == sum(map(len, example.exact.values())) > 40
    assert differing == []
    off = {**example.exact, "dw": [n + 1e-9 for n in example.exact["dw"]], "J": [], "other": [1.0]}
    assert compare_exact(replace(example, exact=off))[1] == ["J", "dw", "other"]


def moved_while_going_back(w, b, x, y, rate):
    """Sigmoid and ½Σ in plain NumPy: each w is changed before the δ below it is taken."""
    a = [x]
    for matrix, bias in zip(w, b, strict=True):
        a.append(1 / (1 + np.exp(-(matrix @ a[-1] + bias))))
    w, delta = [matrix.copy() for matrix in w], (a[-1] - y) * a[-1] * (1 - a[-1])
    for i in reversed(range(len(w))):
        w[i] -= rate * np.outer(delta, a[i])
        delta = w[i].T @ delta * a[i] * (1 - a[i])
    return w


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 4, 2, 2), (2, 1)])
def test_the_wrong_order_is_the_one_that_moves_while_going_back(sizes):
    rng = np.random.default_rng(5)
    w = [rng.normal(size=(n, k)) for k, n in pairwise(sizes)]
    b = [rng.normal(size=n) for n in sizes[1:]]
    net = engine.Network(w, b, ["sigmoid"] * len(w), "half_squared_error")
    x, y = rng.normal(size=sizes[0]), rng.random(size=sizes[-1])
    example = replace(
        published()["mazur-2015"], net=net, x=x[:, None], y=y[:, None], learning_rate=0.7
    )
    new, _ = wrong_order(example, net)
    for got, expected in zip(new.w.values(), moved_while_going_back(w, b, x, y, 0.7), strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-12)
    differs = [not np.array_equal(new.w[l], example.step(net).w[l]) for l in net.w]
    assert differs == [True] * (len(w) - 1) + [False]


def test_the_wrong_order_makes_the_famous_number():
    example = published()["mazur-2015"]
    mistake = build_mistake(example, compared(example), (0, 1))
    (row,) = mistake["rows"]
    assert row["printed"] == ".291027924"
    assert row["reproduced"]
    assert agrees(row["printed"], row["wrong"])
    assert not agrees(row["printed"], row["value"])
    net = mistake["network"]
    assert engine.cost(net, engine.forward(net, example.x), example.y) == row["wrong"]


@pytest.mark.parametrize("name", ["hagan-ch11", "smaxx73-s6", "g-eoj-cs231n"])
def test_no_mistake_is_told_where_the_order_is_not_the_cause(name):
    example = published()[name]
    stops = (0, 1) if example.learning_rate else (0,)
    assert build_mistake(example, compared(example, stops), stops) is None


def test_a_walk_ends_where_a_weight_overflows():
    example = published()["relu-homework"]
    reached = walk(example.net, replace(example, learning_rate=1e200).steps, (0, 1, 50))
    assert list(reached) == [0, 1]


def mistaken_step(example, net):
    """The wrong order in the engine's own steps: one whole update for each layer that moves."""
    fwd, delta = engine.forward(net, example.x), {}
    for layer in range(net.L, 1, -1):
        bwd = engine.backward(net, fwd, example.y)
        delta[layer] = bwd.delta[layer]
        moved = engine.sgd_step(net, bwd, example.learning_rate, example.update_biases)
        net = net.moved(
            [(moved if l == layer else net).w[l] for l in net.w],
            [(moved if l == layer else net).b[l] for l in net.b],
        )
    return net, delta


@pytest.mark.parametrize("name", list(published()))
def test_the_wrong_order_is_that_of_the_engine_to_the_last_bit(name):
    example = replace(published()[name], learning_rate=published()[name].learning_rate or 0.3)
    net = other = example.net
    for _ in range(20):
        (net, delta), (other, expected) = wrong_order(example, net), mistaken_step(example, other)
        assert (net.w, net.b) == (other.w, other.b)
        assert all(np.array_equal(delta[l], expected[l]) for l in expected)


@pytest.mark.parametrize("name", list(published()))
def test_steps_ahead_are_those_one_by_one(name):
    example = published()[name]
    if example.learning_rate is None:
        return
    nets = walk(example.net, example.steps, (0, 1, 2, 150))
    net = example.net
    for taken in range(151):
        if taken in nets:
            for l in net.w:
                np.testing.assert_allclose(nets[taken].w[l], net.w[l], rtol=1e-12, atol=1e-14)
        net = example.step(net)
    assert nets[0] is example.net and nets[1].w == example.step(example.net).w


def test_ten_thousand_steps_are_not_taken_one_pass_after_the_other(monkeypatch):
    passes, backward = [], engine.backward
    monkeypatch.setattr(engine, "backward", lambda *asked: passes.append(1) or backward(*asked))
    answer = build_answer(published()["mazur-2015"], True)
    assert {"10", "100", "1000", "10000"} <= set(answer["states"])
    assert len(passes) < 50
