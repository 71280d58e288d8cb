"""Published worked examples: printed digits where they are right, exact values where not."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import engine

DATA = Path(__file__).parents[2] / "examples" / "worked_examples.json"
EXAMPLES = {example["id"]: example for example in json.loads(DATA.read_text(encoding="utf-8"))}
PRINTED = [
    pytest.param(
        name,
        entry,
        id=f"{name}-{entry['symbol']}{entry['layer']}-{entry['row']}{entry.get('col', '')}"
        f"-{entry['when'].replace(' ', '_')}",
    )
    for name, example in EXAMPLES.items()
    for entry in example["printed"]
]


def network(example):
    return engine.Network(example["w"], example["b"], example["activations"], example["loss"])


def collected(net, example, granularity="layer"):
    """All values of one training step by symbol and layer, gathered from its trace."""
    rate, biases = example["learning_rate"] or 0.0, example["biases_updated"]
    steps = engine.trace(net, example["x"], example["y"], rate, granularity, biases)
    values = {("J", net.L): [[next(s.J for s in steps if s.kind == "loss")]]}
    for l in net.w:
        values["w", l], values["b", l] = net.w[l], net.b[l]
        for symbol in ("z", "a", "delta", "dw", "db"):
            here = [getattr(s, symbol) for s in steps if s.layer == l]
            values[symbol, l] = np.vstack([part for part in here if part is not None])
    return values, steps[-1].network


@cache
def state(name, when, granularity="layer"):
    example = EXAMPLES[name]
    net = network(example)
    for _ in range({"this step": 0, "after": 1, "after 10000 steps": 10_000}[when]):
        bwd = engine.backward(net, engine.forward(net, example["x"]), example["y"])
        net = engine.sgd_step(net, bwd, example["learning_rate"], example["biases_updated"])
    return collected(net, example, granularity)[0]


def half_a_unit(digits, value):
    """Half a unit in the last digit; of more digits than a float64 has, the float's spacing."""
    return 0.5 * 10.0 ** Decimal(digits).as_tuple().exponent + 2 * np.spacing(abs(value))


@pytest.mark.parametrize("granularity", engine.GRANULARITIES)
@pytest.mark.parametrize(("name", "entry"), PRINTED)
def test_printed_numbers(name, entry, granularity):
    values = state(name, entry["when"], granularity)
    value = values[entry["symbol"], entry["layer"]][entry["row"] - 1][entry.get("col", 1) - 1]
    from_printed = abs(value - float(entry["printed"]))
    if "erratum" not in entry:
        assert from_printed <= half_a_unit(entry["printed"], value)
        return
    exact = entry["erratum"]["exact"]
    assert abs(value - exact) <= half_a_unit(repr(exact), value)
    assert from_printed > half_a_unit(entry["printed"], value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_exact_values(name):
    example, exact = EXAMPLES[name], EXAMPLES[name]["exact"]
    net = network(example)
    values, new = collected(net, example)
    close = {"rtol": 1e-12, "atol": 1e-15}
    np.testing.assert_allclose(values["J", net.L], [[exact["J"]]], **close)
    for l in net.w:
        for symbol in ("z", "a", "delta", "db"):
            np.testing.assert_allclose(values[symbol, l][:, 0], exact[symbol][l - 2], **close)
        np.testing.assert_allclose(values["dw", l], exact["dw"][l - 2], **close)
    if example["learning_rate"] is None:
        return
    after = engine.cost(new, engine.forward(new, example["x"]), example["y"])
    assert after == pytest.approx(exact["J_after"], rel=1e-12)
    for l in net.w:
        np.testing.assert_allclose(new.w[l], exact["w_after"][l - 2], **close)
        np.testing.assert_allclose(new.b[l][:, 0], exact["b_after"][l - 2], **close)


def test_each_example_has_printed_numbers_and_some_are_errata():
    assert all(example["printed"] for example in EXAMPLES.values())
    assert sum("erratum" in entry.values[1] for entry in PRINTED) > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_gradient_check_agrees(name):
    example = EXAMPLES[name]
    assert engine.gradient_check(network(example), example["x"], example["y"]) < 1e-7
