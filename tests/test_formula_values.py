"""Every formula of a pass, computed from the very numbers that the page shows in it."""

from itertools import pairwise

import pytest

from components.config.texts import read_config
from components.formulas.focus import Focus
from components.requests.passes import answer_pass
from tests.components.shown import typeset
from tests.components.wire import pass_of
from tests.node import run_node
from tests.tex_values import lines_of, value_of

NETWORKS = {
    "3-3-2": {},
    "3-3-2 by neuron": {"granularity": "neuron"},
    "2-4-3 tanh softmax": {
        "layer-sizes": "2-4-3",
        "hidden-activation": "tanh",
        "output-activation": "softmax",
        "loss": "cross_entropy",
    },
    "1-2-1 linear": {"layer-sizes": "1-2-1", "output-activation": "linear"},
    "4-8-8-3 relu": {"layer-sizes": "4-8-8-3", "hidden-activation": "relu"},
    "2-4-3 tanh softmax by neuron": {
        "layer-sizes": "2-4-3",
        "hidden-activation": "tanh",
        "output-activation": "softmax",
        "granularity": "neuron",
    },
    "1-2-1 linear by neuron": {
        "layer-sizes": "1-2-1",
        "output-activation": "linear",
        "granularity": "neuron",
    },
    "4-8-8-3 relu by neuron": {
        "layer-sizes": "4-8-8-3",
        "hidden-activation": "relu",
        "granularity": "neuron",
    },
    "binary cross-entropy": {"loss": "binary_cross_entropy"},
    "mean": {"loss": "mean_squared_error", "hidden-activation": "elu"},
    "batch": {"dataset": "xor", "sample": "all", "hidden-activation": "softplus"},
    "mish huber": {"hidden-activation": "mish", "loss": "huber", "sample-y": "3, 0.4"},
    "selu log-cosh": {"hidden-activation": "selu", "output-activation": "linear"}
    | {"loss": "log_cosh"},
    "bipolar": {"hidden-activation": "bipolar_sigmoid", "output-activation": "bipolar_sigmoid"},
    "saturated bipolar": {"sample-x": "30, -20, 25", "hidden-activation": "bipolar_sigmoid"},
    "silu gelu": {"hidden-activation": "silu", "output-activation": "gelu"},
    "certain binary": {"sample-x": "900, -800, 700", "loss": "binary_cross_entropy"}
    | {"hidden-activation": "relu", "learning-rate": "0.000001"},
    "certain softmax": {"sample-x": "900, -800, 700", "output-activation": "softmax"}
    | {"loss": "cross_entropy", "hidden-activation": "elu"},
    "saturated": {"sample-x": "30, -20, 25", "hidden-activation": "tanh"},
}
WITH_NUMBERS = """
const { open } = await import("./assets/core/pass.js");
const { withNumbers } = await import("./assets/explanation/formula.js");
return given.map((wires) => wires.flatMap((wire) => {
  const pass = open(wire);
  return pass.positions.flatMap(({ kind, formula }, cursor) =>
    formula.map(({ name, tex }) => [kind, name, withNumbers(pass, cursor, tex)]));
}));
"""


def foci(sizes):
    """The walk, all at once, each neuron, and a weight of each."""
    yield from ({}, {"mode": "all"})
    for layer, n in enumerate(sizes, 1):
        for neuron in range(1, n + 1):
            yield {"layer": layer, "neuron": neuron}
            if layer > 1:
                yield {"layer": layer, "neuron": neuron, "input": sizes[layer - 2]}


def passes(fields):
    sizes = answer_pass({"fields": fields})["pass"]["sizes"]
    asked = [{"fields": fields, "focus": {**focus, "whole": True}} for focus in foci(sizes)]
    return [answer_pass(body)["pass"] for body in asked]


def test_each_line_evaluates_to_the_next_within_its_rounding():
    written = run_node(WITH_NUMBERS, *map(passes, NETWORKS.values()))
    for network, formulas in zip(NETWORKS, written, strict=True):
        hold_lines(network, formulas)


def hold_lines(network, formulas):
    compared = 0
    kinds = set()
    for kind, name, tex in formulas:
        assert "⟦" not in tex and "…" not in tex, (network, kind, name, tex)
        kinds.add(kind)
        for block in lines_of(tex):
            values = [(r, value_of(right, exact=r == "="), right) for r, right in block[1:]]
            for (_, first, one), (_, second, other) in pairwise(values):
                assert first.meets(second), (network, kind, name, one, first, other, second)
                compared += 1
    assert kinds == {"input", "forward", "loss", "backward", "update"}, network
    assert compared > 30, network


SHOWN = """
const { settings } = await import("./assets/core/format.js");
const { open } = await import("./assets/core/pass.js");
const { withNumbers } = await import("./assets/explanation/formula.js");
return given.map((wire) => [2, 4, 8].map((digits) => {
  const pass = open(wire);
  settings.digits = digits;
  return pass.positions.map(({ formula }, cursor) =>
    formula.map(({ tex }) => withNumbers(pass, cursor, tex)));
}));
"""


def test_the_page_writes_what_the_tests_without_it_evaluate():
    asked = [{"fields": fields, "focus": {"mode": "all"}} for fields in NETWORKS.values()]
    written = run_node(SHOWN, *(answer_pass(body)["pass"] for body in asked))
    for (network, fields), shown in zip(NETWORKS.items(), written, strict=True):
        built = pass_of(read_config(fields)[0], Focus(mode="all"))
        for digits, positions in zip((2, 4, 8), shown, strict=True):
            for at, texts in enumerate(positions):
                for formula, tex in zip(built["positions"][at]["formula"], texts, strict=True):
                    assert tex == typeset(built, at, formula["tex"], digits), network


@pytest.mark.parametrize(("x", "exact"), [("1, 2", True), ("1, 1e-20", False)])
def test_what_is_absorbed_on_the_stage_is_no_equality(x, exact):
    fields = {"layer-sizes": "2-1", "init": "constant", "sample-x": x, "sample-y": "1"}
    fields |= {"output-activation": "linear"}
    (formulas,) = run_node(WITH_NUMBERS, passes(fields))
    sums = [tex for kind, _, tex in formulas if kind == "forward" and "(0.5)(1) + (0.5)(" in tex]
    assert sums
    for tex in sums:
        assert (r"\approx" not in tex) == exact, tex


def test_a_wrong_number_is_found_out():
    block = lines_of(
        r"\begin{aligned} z &= \textstyle x \\ &\approx \textstyle (0.2502)(1) + (0.7944)(0.5) "
        r"\\ &\approx \textstyle 0.6484 \end{aligned}"
    )[0]
    numbers, wrong = (value_of(right, exact=False) for _, right in block[1:])
    assert not numbers.meets(wrong)
    assert numbers.meets(value_of("0.6474", exact=False))
