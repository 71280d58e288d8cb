"""Every line in numbers, evaluated at the digits that are shown, has the value of the next."""

import itertools
import re

import numpy as np
import pytest

import engine
from components.config.fields import HIDDEN_ACTIVATIONS
from components.config.texts import make_network
from components.formulas.focus import Focus
from components.walk.training_pass import build_pass
from tests.components.shown import typeset
from tests.components.told import derivation_of
from tests.components.wire import config_of
from tests.tex_values import lines_of, value_of

SCALES = (0.0, 1e-3, 1.0, 9.0, 40.0, 300.0, 800.0)
OUTPUTS = {
    **{name: ("half_squared_error", name) for name in HIDDEN_ACTIVATIONS},
    "mean": ("mean_squared_error", "tanh"),
    "huber": ("huber", "linear"),
    "log-cosh": ("log_cosh", "leaky_relu"),
    "binary": ("binary_cross_entropy", "sigmoid"),
    "softmax": ("cross_entropy", "softmax"),
}
TARGETS = {"ones": ("1", "0"), "middle": ("0.3", "0.7"), "other": ("0", "1")}


def stage(output, hidden, scale, y, seed, granularity="layer"):
    """A 2-2-2 network whose z reach from −scale to scale in layers 2 and 3."""
    loss, name = OUTPUTS[output]
    config = config_of(
        layer_sizes="2-2-2",
        hidden_activation=hidden,
        output_activation=name,
        loss=loss,
        sample_x="1, -1",
        sample_y=", ".join(TARGETS[y]),
        learning_rate="0.000001",
        granularity=granularity,
    )
    draw, net = np.random.default_rng(seed), make_network(config)
    w = {2: draw.uniform(-1, 1, (2, 2)) * scale}
    a = engine.ACTIVATIONS[hidden].f(w[2] @ np.array([[1.0], [-1.0]]))
    w[3] = draw.uniform(-1, 1, (2, 2)) * scale / max(1.0, float(np.abs(a).max()))
    b = [draw.uniform(-0.1, 0.1, (2, 1)) * scale for _ in range(2)]
    return config, engine.Network([w[2], w[3]], b, net.activations, net.loss)


LOST = re.compile(r"\\ln\((0|1-1)\)|\(1\)\W*\(1-\(1\)\)")
# 1 + e^{−260} is 1 to the 60 digits of the evaluation.
TINY = 1e-50


def is_sum(name):
    """Formulas whose terms may cancel however they are written."""
    return name in ("z", "BP2", "update", "BP4 BP3", "BP4")


def check(name, tex, digits, told):
    compared = 0
    for block in lines_of(tex):
        values = [
            (right, value_of(right, relation == "=", digits), value_of(right, True))
            for relation, right in block[1:]
        ]
        for (one, first, point), (other, second, result) in itertools.pairwise(values):
            if r"\ln" in one and 0 < result.low < TINY:
                continue
            assert first.meets(second), (told, name, one, first, other, second)
            if not is_sum(name) and result.low != 0:
                # The very decimals, taken as they stand, do not give 0 or the other sign.
                assert point.low * result.low > 0, (told, name, one, point, other, result)
            compared += 1
    return compared


FOCUSES = (
    Focus(mode="all", whole=True),
    Focus(layer=2, neuron=1, input=1, whole=True),
    Focus(layer=3, neuron=2, whole=True),
)


def formulas_of(built):
    return [
        (at, formula["name"], formula["tex"])
        for at, position in enumerate(built["positions"])
        for formula in position["formula"]
    ]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_formulas_give_what_stands_beside_them(output, scale):
    hidden = output if output in HIDDEN_ACTIVATIONS else "tanh"
    compared = 0
    for y, seed in zip(TARGETS, (1, 2, 3), strict=True):
        config, net = stage(output, hidden, scale, y, seed)
        seen = set()  # most formulas stand under every focus
        for focus in FOCUSES:
            built = build_pass(config, net, 0, focus)
            assert built["stopped"] is None
            for at, name, formula in formulas_of(built):
                if (at, formula) in seen:
                    continue
                seen.add((at, formula))
                for digits in (2, 4, 8):
                    tex = typeset(built, at, formula, digits)
                    assert not LOST.search(tex), tex
                    compared += check(name, tex, digits, (y, seed, at, digits))
    assert compared > 200


STEEP = (0.5, 3.0, 7.0, 8.5, 14.0, 15.0, 36.0, 40.0, 700.0, 800.0)


@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
def test_a_slope_is_told_at_every_z(name):
    config = config_of(
        layer_sizes="1-1", output_activation=name, sample_x="1", sample_y="1", init="constant"
    )
    for value in (*STEEP, *(-z for z in STEEP)):
        net = engine.Network([[[value]]], [[[0.0]]], [name], config.loss)
        built = build_pass(config, net, 0)
        (formula,) = [f for f in built["positions"][-2]["formula"] if f["name"] == "σ′"]
        for digits in (2, 3, 4, 8):
            tex = typeset(built, len(built["positions"]) - 2, formula["tex"], digits)
            check("σ′", tex, digits, (value, digits))
            hold_slope(name, value, tex, digits)


def hold_slope(name, value, tex, digits):
    """The slope as it is told, to its digits."""
    slope = engine.ACTIVATIONS[name].derivative(np.array([[value]]))[0, 0]
    block = lines_of(tex)[-1]
    if slope <= 1e-300 or len(block) < 3:
        return
    numbers = block[-2][1]
    told = float(value_of(numbers, True).low)
    wide = 10.0 ** (1 - digits) * (3 + 2 * abs(value))
    assert abs(told - slope) <= wide * slope or wide > 0.5, (value, numbers, slope)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    "output", ["binary", "softmax", "gelu", "silu", "sigmoid", "mish", "huber", "log-cosh"]
)
def test_the_derivation_gives_what_stands_beside_it(output, scale):
    config, net = stage(output, "tanh", scale, "ones", 3)
    built = build_pass(config, net, 0)
    compared = 0
    for part in derivation_of(config):
        for block in part["blocks"]:
            if "numbers" not in block or part["id"] not in ("derivation-loss", "derivation-bp1"):
                continue
            at = [i for i, p in enumerate(built["positions"]) if p["kind"] == "backward"][-1]
            for digits in (2, 4, 8):
                tex = typeset(built, at, block["numbers"], digits)
                assert not LOST.search(tex), tex
                if "bmatrix" in tex:
                    continue
                lines = [
                    re.split(r"&(=|\\approx) ", line, maxsplit=1)[1:]
                    for line in tex.removesuffix(r" \end{aligned}").split(r" \\[4pt] ")
                ]
                values = [
                    value_of(right, relation == "=", digits)
                    for relation, right in lines
                    if not re.search(r"\\sum|\bz\b|\\sigma|\bs\b|\bu\b", right)
                ]
                for one, other in itertools.pairwise(values):
                    if "ln" not in tex or other.low > TINY or other.high <= 0:
                        assert one.meets(other), (tex, one, other)
                    compared += 1
    assert compared >= 3


SYMBOL = re.compile(r"(?<![A-Za-z\\_{])([a-zA-Z])(?![A-Za-z])")


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
def test_no_symbol_is_left_over_where_numbers_are_put_in(name, scale):
    config, net = stage(name, name, scale, "ones", 4)
    for focus in FOCUSES:
        built = build_pass(config, net, 0, focus)
        for at, _, formula in formulas_of(built):
            tex = typeset(built, at, formula, 4)
            for block in lines_of(tex):
                for _, right in block[1:]:
                    plain = re.sub(r"\\[A-Za-z]+|e\^", " ", right)
                    assert not SYMBOL.search(plain), (right, tex)
            if re.search(r"(?<![A-Za-z\\])u(?![A-Za-z])", tex):
                assert r"u_{" in tex and r"\sqrt{\tfrac{2}{\pi}}" in tex
