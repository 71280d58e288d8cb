"""Sentences that claim something of numbers: what is wrong or largest, whose derivative δ is."""

import itertools
import re

import numpy as np
import pytest

import engine
from components.config.texts import make_network, read_config
from components.examples.comparison import build_comparison, walk
from components.examples.files import published
from components.examples.wrong_order import build_mistake
from components.formulas.focus import Focus
from components.formulas.notes import with_notes
from components.formulas.parts import Known, Place
from components.messages import render
from components.walk.training_pass import build_pass
from tests.components.shown import shown
from tests.components.told import derivation_of
from tests.components.wire import config_of, pass_of
from tests.english import english

SIZES = (1, 2, 3)
BATCH = {"sample_x": "1, 2, 3; -1, 0, 0.5; 0, 0, 0", "sample_y": "1, 0; 0, 1; 0, 0"}
OUTPUTS = {
    "sigmoid": {},
    "linear": {"output_activation": "linear"},
    "binary": {"loss": "binary_cross_entropy"},
    "softmax": {
        "output_activation": "softmax",
        "loss": "cross_entropy",
        "sample_y": "1, 0; 0, 1; 0.5, 0.5",
    },
}


def stage_of(sizes, **more):
    given = {"layer_sizes": "-".join(map(str, sizes)), "sample_y": ", ".join(["1"] * sizes[-1])}
    return config_of(sample_x=", ".join(["0.5"] * sizes[0]), **given, **more)


def plain_order(config, l):
    """δ^{l+1} times (w^{l+1})ᵀ ⊙ σ′(z^l) where NumPy can multiply them, and δ^l."""
    net, (x, y) = make_network(config), config.columns()
    fwd = engine.forward(net, x)
    delta = engine.backward(net, fwd, y).delta
    derivative = engine.ACTIVATIONS[net.activation(l)].derivative
    scaled = net.w[l + 1].T * derivative(fwd.z[l])
    try:
        return delta[l + 1] @ scaled, delta[l]
    except ValueError:
        return None, delta[l]


@pytest.mark.parametrize("sizes", list(itertools.product(SIZES, SIZES, SIZES)))
def test_the_order_of_plain_numbers_is_called_wrong_exactly_where_it_is(sizes):
    config = stage_of(sizes)
    product, delta = plain_order(config, 2)
    right = product is not None and product.shape == delta.shape and np.allclose(product, delta)
    rows = pass_of(config)["matrices"]["backward2"]
    behind = [
        row
        for row in rows
        if [item.get("array") for item in row["items"]] == ["delta", None, "scaled", None]
    ]
    (row,) = behind
    said = f"{row['label']} {render(row['text'])}"
    assert row["wrong"] is (not right)
    assert right is not any(word in said for word in ("wrong", "not δ", "do not fit"))
    assert ("do not fit" in said) is (product is None)
    blocks = {part["id"]: part["blocks"] for part in derivation_of(config)}
    shapes = blocks["derivation-shapes"]
    judged = next(i for i, b in enumerate(shapes) if "order of plain" in b.get("text", ""))
    assert shapes[judged + 1]["wrong"] is (not right)
    assert ("by luck" in shapes[judged]["text"]) is right
    assert ("does not fit" in shapes[judged]["text"]) is (product is None)


@pytest.mark.parametrize("sizes", ["1-1-1", "1-1-1-1", "2-1-1", "3-1-1-2"])
def test_deep_networks_are_judged_layer_by_layer(sizes):
    sizes = tuple(map(int, sizes.split("-")))
    matrices = pass_of(stage_of(sizes))["matrices"]
    for l in range(2, len(sizes)):
        wrong = any(row["wrong"] for row in matrices[f"backward{l}"])
        assert wrong is (not sizes[l - 1] == sizes[l] == 1)


def test_a_delta_that_the_wrong_order_leaves_as_it_is_is_not_shown_as_wrong():
    found = 0
    for example in published().values():
        if example.learning_rate is None:
            continue
        rows = build_comparison(example, walk(example.net, example.steps, (0, 1)), (0, 1))
        mistake = build_mistake(example, rows, (0, 1))
        for row in mistake["delta"] if mistake else ():
            found += 1
            assert not np.isclose(row["value"], row["wrong"], rtol=1e-9, atol=0)
    assert found


class Shares:
    """A hidden neuron whose δ comes of given shares: w holds them, δ and σ′ are 1."""

    def __init__(self, parts, whole=False):
        config = stage_of((1, 1, len(parts)), output_activation="linear")
        one = np.ones((len(parts), 1))
        values = {
            ("w", 3): np.array(parts, dtype=float)[:, None],
            ("delta", 3): one,
            ("slope", 2): one[:1],
            ("delta", 2): np.array([[sum(parts)]], dtype=float),
        }
        p = Place(config.outline, Focus(whole=whole), 2, 1, 1)
        (noted,) = with_notes([{"name": "BP2", "note": ""}], p, Known(values, {}))
        self.text = render(noted["note"])


def families(count=400):
    """Shares of which some are 0, equal, opposite, or apart by less than digits show."""
    draw = np.random.default_rng(5)
    for _ in range(count):
        n = int(draw.integers(2, 7))
        parts = draw.normal(size=n) * 10.0 ** draw.integers(-9, 10)
        kind = draw.integers(6)
        if kind == 0:
            parts[:] = 0
        elif kind == 1:
            parts[:] = parts[0]
        elif kind == 2:
            parts = np.abs(parts[0]) * draw.choice([-1, 1], n)
        elif kind == 3:
            parts[draw.permutation(n)[: n // 2 + 1]] = 10 * np.abs(parts).max()
        elif kind == 4:
            parts[:2] = parts[0] * np.array([1, 1 + 10.0 ** -draw.integers(1, 16)])
        yield [float(part) for part in parts]


def test_the_largest_is_named_only_where_one_is_larger_in_value_and_as_shown():
    seen = set()
    for parts in families():
        for whole in (False, True):
            text = Shares(parts, whole).text
            sizes = sorted(map(abs, parts), reverse=True)
            apart = all(shown(sizes[0], d) != shown(sizes[1], d) for d in range(2, 9))
            assert ("largest" in text) is (sizes[0] > sizes[1] and apart), (parts, text)
            assert ("all " in text and " are 0" in text) is (sizes[0] == 0), (parts, text)
            equal = sizes[0] == sizes[1] != 0
            assert (" equal" in text and "nearly" not in text) is equal, (parts, text)
            if "They are equal." in text:
                assert len(set(parts)) == 1
            if "largest comes through" in text:
                through = int("".join(re.findall(r"through δ(.)³", text)[-1]).translate(LOWERED))
                assert abs(parts[through - 1]) == sizes[0]
            seen.add(re.sub(r"\d|⟦[^⟧]*⟧|[₀-₉]", "", text.split(".")[-2]))
    assert len(seen) >= 6


LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@pytest.mark.parametrize("init", ["zeros", "constant"])
@pytest.mark.parametrize("sizes", ["3-3-2", "2-4-3", "2-3-6"])
def test_symmetric_networks_have_no_largest_share(init, sizes):
    sizes = tuple(map(int, sizes.split("-")))
    for mode in ("one", "all"):
        built = build_pass(
            config := stage_of(sizes, init=init), make_network(config), 0, Focus(mode=mode)
        )
        said = [render(f["note"]) for p in built["positions"] for f in p["formula"]]
        notes = [note for note in said if "Shares" in note]
        assert notes and not any("largest" in note for note in notes)
        word = "are 0" if init == "zeros" else "equal"
        assert all(word in note for note in notes)
        nothing = "w³ = 0, so nothing comes back."
        assert all((nothing in note) is (init == "zeros") for note in notes)


def test_the_repair_of_targets_says_which_of_equal_values_it_took():
    def said(y):
        x = "; ".join(["1, 2, 3"] * len(y.split(";")))
        fields = {"output-activation": "softmax", "loss": "cross_entropy"}
        fields |= {"sample-x": x, "sample-y": y}
        return " ".join(english(read_config(fields, "loss")[1]))

    assert "at its largest value" in said("1, 0.5")
    assert "at the first of its largest values" in said("1, 1")
    assert "at the first of its largest values" in said("0, 1; 2, 2")


def words_of(built):
    for position in built["positions"]:
        yield render(position["caption"]["done"])
        yield from (render(formula["note"]) for formula in position["formula"])
    for rows in built["matrices"].values():
        yield from (render(row["text"]) for row in rows)


FOCUSES = (Focus(), Focus(mode="all"), Focus(layer=2, neuron=1, input=1), Focus(layer=3, neuron=2))


@pytest.mark.parametrize("focus", FOCUSES)
@pytest.mark.parametrize("granularity", ["layer", "neuron"])
@pytest.mark.parametrize("output", OUTPUTS)
def test_in_a_batch_delta_is_no_derivative_of_the_mean(output, granularity, focus):
    config = config_of(**{**BATCH, **OUTPUTS[output]}, granularity=granularity)
    assert len(config.x) == 3
    for text in words_of(pass_of(config, focus)):
        assert not re.search(r"δ\S* = ∂J/∂z", text)
        assert not re.search(r"moves J |how J feels", text), text
    for part in derivation_of(config):
        for block in part["blocks"]:
            text = block.get("text", "") + block.get("tex", "")
            assert not re.search(r"\\partial J\}?(/|\}?\{)\\partial [za]\b", text), text
            assert not re.search(r"derivative of \$J\$|moves \$J\$|moves \$z_j\^l\$ \$J\$", text)


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_words_of_one_sample_stay(output):
    y = {"sample_y": "1, 0"}
    config = config_of(**{**OUTPUTS[output], **y})
    said = " ".join(words_of(pass_of(config, Focus(layer=2, neuron=1, input=1))))
    assert "moves J δ₁² times as much" in said and "sample" not in said.split("Backward")[1]
    symbols = " ".join(b.get("tex", "") for s in derivation_of(config) for b in s["blocks"])
    assert r"\delta_j^L = \frac{\partial J}{\partial z_j^L}" in symbols


@pytest.mark.parametrize("output", ["sigmoid", "linear"])
def test_what_a_batch_calls_delta_is_that(output):
    """δ is m times ∂J/∂z, the derivative of the sample's own J: against a numerical one."""
    config = config_of(**{**BATCH, **OUTPUTS[output]})
    net, (x, y) = make_network(config), config.columns()
    fwd = engine.forward(net, x)
    delta = engine.backward(net, fwd, y).delta[3]
    activation, loss = engine.ACTIVATIONS[net.activation(3)], engine.LOSSES[net.loss]
    moved = fwd.z[3].copy()
    moved[0, 1] += 1e-6
    both = [loss.cost(z, activation.f(z), y) for z in (fwd.z[3], moved)]
    assert np.isclose((both[1][1] - both[0][1]) / 1e-6, delta[0, 1], rtol=1e-4)
    assert np.isclose(3 * (both[1].mean() - both[0].mean()) / 1e-6, delta[0, 1], rtol=1e-4)
    assert "∂J_sample/∂z³" in " ".join(words_of(pass_of(config)))
