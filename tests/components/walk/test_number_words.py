"""Every number in words, formulas and matrices is one that the page writes."""

import re

import pytest

from components.config.texts import make_network, read_config
from components.formulas.focus import Focus
from components.messages import render
from components.walk.captions import build_training_stop
from components.walk.training_pass import build_pass
from engine import NonFiniteError
from tests.components.told import derivation_of
from tests.components.wire import REFERENCE, config_of, pass_of
from tests.english import english

RATES = ("0.000001", "2.5e-6", "0.00001", "0.0001", "0.125", "0.5", "1", "1000", "123.456")
NETWORKS = {
    "3-3-2": {},
    "batch": {"sample_x": "1, 2, 3; -1, 0, 0.5", "sample_y": "1, 0; 0, 1"},
    "frozen": {"update_biases": "false", "granularity": "neuron"},
    "softmax": {"output_activation": "softmax", "loss": "cross_entropy"},
    "deep": {"layer_sizes": "3-4-4-2", "hidden_activation": "tanh"},
}
TEXTS = ("summary", "stopped", "convention", "positions", "matrices")


def texts_in(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts_in(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_in(value)


def everything_said(config, focus):
    built = build_pass(config, make_network(config), 0, focus)
    yield from texts_in(english([built[name] for name in TEXTS]))
    yield from texts_in(derivation_of(config))


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", NETWORKS)
def test_no_decimal_is_written_by_the_server(name, rate):
    config = config_of(learning_rate=rate, **NETWORKS[name])
    for focus in (Focus(), Focus(mode="all", whole=True), Focus(layer=2, neuron=1, input=1)):
        for text in everything_said(config, focus):
            plain = REFERENCE.sub("", text)
            assert not re.search(r"\d\.\d|\d[eE][-+]?\d", plain), text
            assert not re.search(rf"(?<!\d){re.escape(rate)}(?!\d)", plain) or rate in ("1",), text


@pytest.mark.parametrize("rate", RATES)
def test_the_learning_rate_stands_whole_wherever_it_is_named(rate):
    config = config_of(learning_rate=rate)
    built = english(pass_of(config))
    eta = f"⟦!:{float(rate)!r}⟧"
    update = built["positions"][-1]
    assert f"η = {eta}" in built["summary"] and f"η = {eta}." in update["caption"]["done"]
    assert all(f"- {eta}\\cdot(" in formula["tex"] for formula in update["formula"])
    signs = [item.get("sign", "") for row in built["matrices"]["update"] for item in row["items"]]
    assert signs.count(f"− {eta} ·") == 4
    blocks = [b.get("numbers", "") for part in derivation_of(config) for b in part["blocks"]]
    assert sum(f"- {eta} (" in tex for tex in blocks) == 2
    error = NonFiniteError("z", 2, "forward")
    assert f"rate than {eta}" in render(build_training_stop(error, 3.0, config))


def test_sentences_of_data_refer_to_their_numbers():
    fields = {"dataset": "plane", "output-activation": "sigmoid", "layer-sizes": "2-3-1"}
    said = " ".join(english(read_config(fields, "dataset")[1]))
    assert "Targets from ⟦#:" in said and not re.search(r"\d\.\d", REFERENCE.sub("", said))
