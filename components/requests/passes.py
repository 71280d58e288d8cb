"""The pass: a whole training step, with the focus that its formulas have."""

from collections.abc import Mapping
from typing import Any

from components import ids
from components.config.data_repairs import may_show_all
from components.config.texts import Config
from components.data.samples import DATA_FIELDS, load_samples, relevant_fields
from components.formulas.focus import MODES, Focus
from components.messages import message
from components.requests.kept_weights import keep_weights
from components.requests.reading import read_flag, read_stage, refuse
from components.walk.training_pass import build_pass

__all__ = ["answer_pass"]


def _read_focus(asked: Any, config: Config) -> Focus:
    """The focus of a request; places that this network does not have are refused."""
    if asked is None:
        return Focus()
    depth, m = len(config.sizes), len(config.x)
    known = {"mode", "layer", "neuron", "input", "sample", "whole"}
    if not isinstance(asked, dict) or not set(asked) <= known:
        names = ", ".join(sorted(known))
        raise refuse("focus", asked, message("allowed.null_or_object", names=names))

    def number(name: str, high: int, default: int | None) -> int | None:
        value = asked.get(name, default)
        if value is not None and (type(value) is not int or not 1 <= value <= high):
            raise refuse(f"focus.{name}", value, message("allowed.null_or_whole", low=1, high=high))
        return value

    mode = asked.get("mode", MODES[0])
    if mode not in list(MODES):
        raise refuse("focus.mode", mode, message("allowed.one_of", choices=", ".join(MODES)))
    layer = number("layer", depth, None)
    neuron = number("neuron", config.sizes[(layer or 1) - 1], 1) or 1
    before = config.sizes[layer - 2] if layer and layer > 1 else 1
    return Focus(
        mode=mode,
        layer=layer,
        neuron=neuron,
        input=number("input", before, None),
        sample=number("sample", m, 1) or 1,
        whole=read_flag("focus.whole", asked.get("whole", False)),
    )


def _data_words(config: Config) -> dict[str, Any]:
    """What the panel of fields has to know: the samples there are, the fields that say nothing."""
    shown = relevant_fields(config.dataset)
    hidden = [name for name in (*DATA_FIELDS, ids.SAMPLE) if name not in shown]
    if config.dataset == "by_hand":
        return {"train": 0, "all": False, "hidden": hidden}
    m = len(load_samples(config.data).train)
    every = may_show_all(m, config.sizes[0], config.sizes[-1])
    return {"train": m, "all": every, "hidden": hidden}


def answer_pass(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with a whole pass: {"pass", "fresh", "notices": sentences on repairs}."""
    stage = read_stage(body)
    focus = _read_focus(body.get("focus"), stage.config)
    return {
        "pass": {
            **build_pass(
                stage.config,
                stage.net,
                stage.iteration,
                focus,
                given=not stage.fresh,
                name=keep_weights,
            ),
            "data": _data_words(stage.config),
        },
        "fresh": stage.fresh,
        "notices": stage.notices,
    }
