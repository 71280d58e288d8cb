"""A whole training step for the page: every array once, every position with what it shows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import engine
from components.config.texts import Config, write_config
from components.formulas.focus import Focus
from components.formulas.matrices import build_matrices, side_values
from components.formulas.parts import Known
from components.formulas.position import build_formula
from components.messages import Message, Told, message
from components.notation import given
from components.walk import captions
from components.walk.conventions import build_convention
from components.walk.recipes import recipe_of
from components.walk.scene import build_scene
from components.wire import write_array

__all__ = ["build_pass"]

Key = tuple[str, int]


def _values(
    config: Config,
    net: engine.Network,
    samples: tuple[engine.Array, engine.Array],
    steps: Sequence[engine.Step],
) -> tuple[dict[Key, engine.Array], dict[Key, list[int]]]:
    """All arrays by (symbol, layer), and for each row the position that makes it known."""
    last = len(config.sizes)
    values: dict[Key, engine.Array] = {}
    known: dict[Key, list[int]] = {}

    def add(key: Key, array: engine.Array, position: int) -> None:
        values[key] = array
        known[key] = [position] * len(array)

    for key, array in zip((("x", 1), ("y", last)), samples, strict=True):
        add(key, array, 0)
    for layer in net.w:
        add(("w", layer), net.w[layer], 0)
        add(("b", layer), net.b[layer], 0)
    for position, step in enumerate(steps):
        if step.J is not None:
            add(("J", last), np.array([[step.J]]), position)
        if step.layer is None or step.kind == "input":
            continue
        for symbol in ("z", "a", "delta", "dw", "db"):
            array = getattr(step, symbol)
            if array is None:
                continue
            key = (symbol, step.layer)
            if step.neuron is None:
                add(key, array, position)
            else:
                values[key] = np.vstack([values[key], array]) if key in values else array
                known.setdefault(key, []).append(position)
    _add_side_values(config, net, values, known, len(steps))
    return values, known


def _add_side_values(
    config: Config,
    net: engine.Network,
    values: dict[Key, engine.Array],
    known: dict[Key, list[int]],
    never: int,
) -> None:
    """What only the explanation shows, known as soon as what it explains; `never` is too late."""
    last = len(config.sizes)
    for key, (array, source) in side_values(config.outline, net, values).items():
        values[key] = array
        rows = known[source]
        known[key] = rows + [never] * (len(array) - len(rows))
    if ("J", last) in values:
        z, a, y = (values[symbol, last] for symbol in ("z", "a", "y"))
        each = engine.LOSSES[config.loss].cost(z, a, y)
        values["J_sample", last] = each.reshape(1, -1)
        known["J_sample", last] = known["J", last]


def _wire(
    key: Key, array: engine.Array, start: Any, end: int | None, recipe: Mapping[str, Any] | None
) -> dict[str, Any]:
    symbol, layer = key
    return {
        "symbol": symbol,
        "layer": layer,
        "rows": array.shape[0],
        "cols": array.shape[1],
        "from": start,
        "to": end,
        **(recipe or {"data": write_array(array)}),
    }


def _wire_values(
    values: Mapping[Key, engine.Array],
    known: Mapping[Key, list[int]],
    steps: Sequence[engine.Step],
    eta: float,
    given: bool,
) -> list[dict[str, Any]]:
    """The arrays with the positions between which they are known.

    They are base64 float64, or a recipe where they follow from others; `given` says that who asks
    has the weights. At `update` w and b are the new ones (the old stay as w_before, b_before), z
    and a are gone.
    """
    after = steps[-1].network
    final = len(steps) - 1
    wired = []
    for (symbol, layer), array in values.items():
        rows = known[symbol, layer]
        start: Any = rows[0] if len(set(rows)) == 1 else rows
        end = final - 1 if after is not None and symbol in ("w", "b", "z", "a") else None
        recipe = recipe_of((symbol, layer), array, values, given=given)
        wired.append(_wire((symbol, layer), array, start, end, recipe))
    if after is not None:
        for layer in after.w:
            for key, array in ((("w", layer), after.w[layer]), (("b", layer), after.b[layer])):
                recipe = recipe_of(key, array, values, eta=eta)
                wired.append(_wire(key, array, final, None, recipe))
    return wired


def _flow(step: engine.Step, last: int) -> dict[str, Any] | None:
    """Which edges carry this position's computation: into layer `into`, forward or backward."""
    if step.kind == "forward":
        return {"into": step.layer, "neuron": step.neuron, "way": "forward"}
    if step.kind == "loss":
        return {"into": last + 1, "neuron": None, "way": "forward"}
    if step.kind == "backward":
        assert step.layer is not None
        return {"into": step.layer + 1, "neuron": step.neuron, "way": "backward"}
    return None


def _summary(config: Config) -> Message:
    hidden, output = (
        message(f"activation.{name}")
        for name in (config.hidden_activation, config.output_activation)
    )
    one = config.hidden_activation == config.output_activation or len(config.sizes) == 2
    return message(
        f"summary.{'moving' if config.update_biases else 'frozen'}",
        sizes="-".join(str(n) for n in config.sizes),
        kinds=output if one else message("summary.kinds", hidden=hidden, output=output),
        loss=message(f"loss.{config.loss}", a="a"),
        eta=given(config.learning_rate),
    )


def _trace(
    config: Config, net: engine.Network, samples: tuple[engine.Array, engine.Array], iteration: int
) -> "tuple[Sequence[engine.Step], Told | None]":
    """The steps of the walk, up to the one that would leave the finite numbers, and why it ends."""
    try:
        steps = engine.trace(
            net,
            *samples,
            learning_rate=config.learning_rate,
            granularity=config.granularity,
            update_biases=config.update_biases,
        )
    except engine.TraceStoppedError as error:
        return error.steps, captions.build_stop(error, iteration)
    return steps, None


def _positions(
    config: Config, steps: Sequence[engine.Step], iteration: int, known: Known, focus: Focus
) -> list[dict[str, Any]]:
    """What each position says and lets be done."""
    dw = {
        l: known.values["dw", l]
        for l in range(2, len(config.sizes) + 1)
        if ("dw", l) in known.values
    }
    largest = captions.largest_gradient(dw) if dw else None
    return [
        {
            "kind": step.kind,
            "layer": step.layer,
            "neuron": step.neuron,
            "caption": captions.build_caption(
                step, following, config, iteration, focus.sample, largest
            ),
            "buttons": captions.build_buttons(
                following, step.kind == "update", config.update_biases
            ),
            "formula": build_formula(step, i, config.outline, known, focus),
            "matrices": f"{step.kind}{step.layer or ''}",
            "flow": _flow(step, len(config.sizes)),
        }
        for i, (step, following) in enumerate(zip(steps, [*steps[1:], None], strict=True))
    ]


def build_pass(
    config: Config,
    net: engine.Network,
    iteration: int,
    focus: Focus | None = None,
    *,
    given: bool = False,
    name: Callable[[engine.Network], str | None] = lambda net: None,
) -> dict[str, Any]:
    """One training step from `net`, complete: `fields`, `scene`, `values` and `positions`.

    When a number leaves the finite ones the positions end before it and `stopped` says where.
    Large weights are left out where they are `given`: known to who asks. `name` says how the next
    question may speak of a network's weights, or None; `named` tells of those before and after.
    """
    outline, samples = config.outline, config.columns()
    steps, stopped = _trace(config, net, samples, iteration)
    values, since = _values(config, net, samples, steps)
    known = Known(values, since)
    positions = _positions(config, steps, iteration, known, focus or Focus())
    matrices = {f"{s.kind}{s.layer or ''}": build_matrices(s, outline, known) for s in steps}
    return {
        "iteration": iteration,
        "fields": write_config(config),
        "summary": _summary(config),
        "convention": build_convention(config),
        "sizes": list(config.sizes),
        "scene": build_scene(net, steps[-1].network, values),
        "values": _wire_values(values, since, steps, config.learning_rate, given),
        "named": {
            end: called
            for end, one in (("before", net), ("after", steps[-1].network))
            if one is not None and (called := name(one))
        },
        "positions": positions,
        "matrices": matrices,
        "stopped": stopped,
    }
