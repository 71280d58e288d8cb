"""Captions, formulas and matrices: what they refer to is known where they stand."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from components.config.fields import HIDDEN_ACTIVATIONS, LOSSES
from components.config.texts import make_network
from components.formulas import matrices
from components.formulas import position as formulas
from components.formulas.focus import MODES, Focus
from components.messages import render, require
from tests.components.wire import REFERENCE, config_of, entries, pass_of, read

CONFIGS = {
    "default": {},
    "neuron": {"granularity": "neuron"},
    "softmax": {"output_activation": "softmax", "loss": "cross_entropy", "granularity": "neuron"},
    "wide": {"layer_sizes": "20-18-12", "granularity": "neuron", "output_activation": "tanh"},
    "batch": {"sample_x": "1, 2, 3; -1, 0, 0.5; 0, 0, 0", "sample_y": "1, 0; 0, 1; 0, 0"},
    "frozen": {"update_biases": "false", "layer_sizes": "3-1-2"},
    **{f"loss {name}": {"loss": name} for name in LOSSES if name != "cross_entropy"},
    **{f"hidden {name}": {"hidden_activation": name} for name in HIDDEN_ACTIVATIONS},
}
FOCUSES = {
    **{f"follow {mode}": Focus(mode=mode) for mode in MODES},
    "input": Focus(layer=1, neuron=2),
    "hidden": Focus(layer=2, neuron=1, whole=True),
    "output": Focus(mode="all", layer=3, neuron=2),
    "hidden weight": Focus(layer=2, neuron=1, input=3),
    "output weight": Focus(layer=3, neuron=2, input=1, whole=True),
}
SIGNS = ("=", "≈", "/")


def built_of(name: str, focus: Focus | None = None) -> dict[str, Any]:
    fields = dict(CONFIGS[name])
    if fields.get("layer_sizes") == "20-18-12":
        fields |= {"sample_x": ", ".join(["0.5"] * 20), "sample_y": ", ".join(["0"] * 12)}
    return pass_of(config_of(**fields), focus)


def texts_of(position: dict[str, Any]) -> Iterator[str]:
    yield from map(render, position["caption"].values())
    for formula in position["formula"]:
        yield formula["tex"]
        yield render(formula["note"])


def assert_known(built: dict[str, Any], at: int, text: str) -> None:
    for symbol, place in REFERENCE.findall(text):
        if symbol in "#!":
            float(place)
        elif symbol == "text":
            require(place)
        elif symbol not in SIGNS:
            indices = [int(i) for i in place.split(":")]
            assert read(built, at, symbol, *indices) is not None, (at, symbol, place)


@pytest.mark.parametrize("focus", FOCUSES)
@pytest.mark.parametrize("name", CONFIGS)
def test_every_reference_is_known_where_it_stands(name, focus):
    built = built_of(name, FOCUSES[focus])
    for at, position in enumerate(built["positions"]):
        for text in texts_of(position):
            assert_known(built, at, text)
            assert text.count("⟦") == text.count("⟧") == len(REFERENCE.findall(text))


@pytest.mark.parametrize("focus", FOCUSES)
@pytest.mark.parametrize("name", CONFIGS)
def test_tex_is_balanced(name, focus):
    for position in built_of(name, FOCUSES[focus])["positions"]:
        for formula in position["formula"]:
            tex = formula["tex"].replace(r"\{", "").replace(r"\}", "")
            depth = 0
            for sign in re.findall(r"[{}]", tex):
                depth += 1 if sign == "{" else -1
                assert depth >= 0
            assert depth == 0
            begins = re.findall(r"\\begin\{(\w+)\}", tex)
            assert sorted(begins) == sorted(re.findall(r"\\end\{(\w+)\}", tex))
            for left, right in ((r"\\left\b", r"\\right\b"), (r"\\bigl", r"\\bigr")):
                assert len(re.findall(left, tex)) == len(re.findall(right, tex))


@pytest.mark.parametrize("name", CONFIGS)
def test_every_position_says_what_it_computed_and_what_comes_next(name):
    positions = built_of(name)["positions"]
    for position in positions:
        done, following = (render(position["caption"][part]) for part in ("done", "next"))
        assert done.endswith(".") and following.endswith(".")
        assert following.startswith("Next: ")
        if position["layer"] is not None and position["kind"] in ("forward", "backward"):
            assert f"layer {position['layer']}" in done
            assert position["neuron"] is None or f"neuron {position['neuron']}" in done
    captions = [render(position["caption"]["done"]) for position in positions]
    assert len(set(captions)) == len(captions)


@pytest.mark.parametrize("name", CONFIGS)
def test_following_one_neuron_shows_at_most_three_formulas(name):
    for position in built_of(name)["positions"]:
        assert 1 <= len(position["formula"]) <= 3


def test_a_formula_shows_its_own_position_symbol():
    built = built_of("default")
    symbol = {"input": "x", "forward": "a", "loss": "J", "backward": "dw", "update": "w"}
    for position in built["positions"]:
        found = REFERENCE.findall(" ".join(f["tex"] for f in position["formula"]))
        layer = {"loss": 3, "update": 2}.get(position["kind"], position["layer"])
        shown = {(s, int(place.split(":")[0])) for s, place in found if place and s != "!"}
        assert (symbol[position["kind"]], layer) in shown


def test_the_update_formula_takes_the_old_weight_to_the_new_one():
    config = config_of(learning_rate="0.25")
    built = pass_of(config, Focus(layer=3, neuron=2, input=1))
    final = len(built["positions"]) - 1
    (formula,) = built["positions"][final]["formula"]
    symbols = [symbol for symbol, _ in REFERENCE.findall(formula["tex"]) if symbol not in SIGNS]
    assert symbols == ["w_before", "!", "dw", "w"]
    assert "⟦!:0.25⟧" in formula["tex"]
    old, slope, new = (read(built, final, symbol, 3, 2, 1) for symbol in symbols if symbol != "!")
    assert old == make_network(config).w[3][1, 0]
    assert new == old - config.learning_rate * slope != old


@pytest.mark.parametrize("name", CONFIGS)
def test_matrices_stand_for_arrays_of_the_pass(name):
    built = built_of(name)
    rows_of = built["matrices"]
    for at, position in enumerate(built["positions"]):
        assert rows_of[position["matrices"]]
        for row in rows_of[position["matrices"]]:
            assert_known(built, at, render(row["text"]))
            for item in row["items"]:
                if "array" in item:
                    symbol = item["array"].removesuffix("_before")
                    assert entries(built, symbol, item["layer"]), item
                else:
                    assert item["sign"]


def test_the_wrong_grouping_is_marked_as_wrong():
    rows = built_of("default")["matrices"]["backward2"]
    (wrong,) = [row for row in rows if row["wrong"]]
    names = [item.get("array") for item in wrong["items"]]
    assert names.index("delta") < names.index("scaled")
    right = next(row for row in rows if row["label"] == "BP2")
    items = [item.get("array") or item["sign"] for item in right["items"]]
    assert items == ["scaled", "delta", "=", "delta", "=", "back", "⊙", "slope"]
    assert not right["wrong"] and "equal up to rounding" in render(right["text"])


@pytest.mark.parametrize("sizes", ["3-1-2", "3-4-1"])
def test_the_reason_why_the_wrong_order_is_wrong_fits_the_shapes(sizes):
    sample_y = ", ".join(["1"] * int(sizes[-1]))
    rows = pass_of(config_of(layer_sizes=sizes, sample_y=sample_y))["matrices"]["backward2"]
    (wrong,) = [render(row["text"]) for row in rows if row["wrong"]]
    assert ("even fit, but give 2×2" if sizes == "3-1-2" else "needs 1 = 4") in wrong


VARIANTS = {
    "plain": {},
    "other start": {"seed": "8"},
    "loss": {"loss": "squared_error"},
    "rate": {"learning_rate": "0.25"},
    "frozen": {"update_biases": "false"},
    "sizes": {"layer_sizes": "3-4-2"},
    "relu": {"hidden_activation": "relu"},
    "relu, other start": {"hidden_activation": "relu", "seed": "11"},
    "z is 0": {"sample_x": "0, 0, 0"},
    "batch": {"sample_x": "1, 2, 3; 0, 0, 0", "sample_y": "1, 0; 0, 1"},
}


@pytest.mark.parametrize("focus", [Focus(), Focus(mode="all"), Focus(layer=2, input=3)])
def test_what_is_kept_of_one_pass_says_nothing_wrong_in_another(focus):
    configs = [config_of(**fields) for fields in VARIANTS.values()]
    alone = []
    for config in configs:
        formulas._kept.cache_clear()
        matrices._rows.cache_clear()
        alone.append(orjson.dumps(pass_of(config, focus)))
    assert [orjson.dumps(pass_of(config, focus)) for config in configs] == alone
    assert len(set(alone)) == len(alone)
