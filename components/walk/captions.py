"""What was just computed and what comes next, in words, for every position of the timeline."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

import engine
from components import ids
from components.config.texts import Config
from components.messages import Message, Told, message, require
from components.notation import given, plain, reference

__all__ = [
    "build_buttons",
    "build_caption",
    "build_stop",
    "build_training_stop",
    "largest_gradient",
]

ADVANCE: Final = {
    "forward": ids.STEP_FORWARD,
    "loss": ids.STEP_FORWARD,
    "backward": ids.STEP_BACKWARD,
    "update": ids.APPLY_UPDATE,
}
# Which words each stepping button has: alone, with what it computes, and in the caption.
WAYS: Final = {
    ids.STEP_FORWARD: "forward",
    ids.STEP_BACKWARD: "backward",
    ids.APPLY_UPDATE: "update",
}
REST: Final = {
    name: {"label": message(f"step.{way}"), "enabled": False} for name, way in WAYS.items()
}
AGAIN: Final = {"label": message("step.forward.again"), "enabled": True}
require(
    *(f"step.{way}" for way in WAYS.values()),
    *(f"step.{way}.to" for way in WAYS.values()),
    *(f"caption.next.{way}" for way in WAYS.values()),
    *(f"phase.{kind}" for kind in ADVANCE),
)


def _target(step: engine.Step) -> str:
    """The name of what a position computes."""
    if step.kind == "loss":
        return "J"
    if step.kind == "update":
        return "w, b"
    symbol = "δ" if step.kind == "backward" else "a" if step.a is not None else "z"
    indices = () if step.neuron is None else (step.neuron,)
    assert step.layer is not None
    return plain(symbol, step.layer, *indices)


def build_buttons(following: engine.Step | None, at_update: bool, biases: bool) -> dict[str, Any]:
    """For each stepping button its label and whether it can act at this position."""
    if at_update:
        return {**REST, ids.STEP_FORWARD: AGAIN}
    if following is None:
        return {**REST}
    name = ADVANCE[following.kind]
    target = "w" if following.kind == "update" and not biases else _target(following)
    return {
        **REST,
        name: {"label": message(f"step.{WAYS[name]}.to", target=target), "enabled": True},
    }


def _next(following: engine.Step | None, at_update: bool) -> Told:
    if at_update:
        return message("caption.next.again")
    if following is None:
        return ""
    if following.kind == "update":
        return message("caption.next.update")
    way = WAYS[ADVANCE[following.kind]]
    return message(f"caption.next.{way}", target=_target(following))


def _activation(name: str) -> Message:
    return message(f"activation.{name}")


def _forward(step: engine.Step, activation: str, layer: int, sample: int) -> Message:
    z, a = plain("z", layer), plain("a", layer)
    name = _activation(activation)
    if step.neuron is None and step.z is None:
        return message("caption.forward.outputs", layer=layer, z=z, a=a, name=name)
    if step.neuron is None:
        w, b, before = plain("w", layer), plain("b", layer), plain("a", layer - 1)
        return message(
            "caption.forward.layer", layer=layer, z=z, w=w, before=before, b=b, a=a, name=name
        )
    j = step.neuron
    zj = {"z": plain("z", layer, j), "z_value": reference("z", layer, j, sample)}
    if step.a is None:
        return message("caption.forward.waiting", layer=layer, neuron=j, **zj, name=name)
    aj = {"a": plain("a", layer, j), "a_value": reference("a", layer, j, sample)}
    return message("caption.forward.neuron", layer=layer, neuron=j, **zj, **aj, name=name)


def _loss(config: Config, a: str, value: str) -> Message:
    name, m = message(f"loss.{config.loss}", a=a), len(config.x)
    if m > 1:
        return message("caption.loss.batch", value=value, m=m, name=name)
    if engine.LOSSES[config.loss].squares:
        return message("caption.loss.squares", name=name, value=value, a=a)
    return message("caption.loss.named", name=name, a=a, value=value)


def _backward(step: engine.Step, config: Config, layer: int, sample: int) -> Message:
    batch = len(config.x) > 1
    j = () if step.neuron is None else (step.neuron,)
    said: dict[str, Any] = {"layer": layer, "delta": plain("δ", layer, *j)}
    if j:
        value = reference("delta", layer, *j, sample)
        of_sample = message("caption.in_sample", value=value, sample=sample)
        said |= {"neuron": step.neuron, "value": of_sample if batch else value}
    said |= {"w": plain("w", layer, *j), "b": plain("b", layer, *j)}
    reach = "neuron" if j else "layer"
    if layer < len(config.sizes):
        after = {"delta_after": plain("δ", layer + 1), "w_after": plain("w", layer + 1)}
        return message(f"caption.backward.hidden.{reach}", **said, **after)
    if engine.LOSSES[config.loss].taken_as_one:
        error = {"a": plain("a", layer, *j), "y": plain("y", None, *j)}
        return message(f"caption.backward.together.{reach}", **said, **error)
    whose = "sample" if batch else "output"
    return message(f"caption.backward.{whose}.{reach}", **said, z=plain("z", layer, *j))


def _input(config: Config, iteration: int, sample: int) -> Message:
    step, last, m = str(iteration + 1), len(config.sizes), len(config.x)
    if m == 1:
        return message("caption.input", step=step, last=last)
    return message("caption.input.batch", step=step, last=last, m=m, sample=sample)


Largest = tuple[tuple[int, int, int], int]


def _update(config: Config, largest: Largest | None) -> Message:
    moved = "moving" if config.update_biases else "frozen"
    J = reference("J", len(config.sizes), 1)
    told = message(f"caption.update.{moved}", eta=given(config.learning_rate), J=J)
    if largest is None:
        return told
    (l, j, k), n = largest
    said = {"w": plain("w", l, j, k), "value": reference("dw", l, j, k)}
    if n == 1:
        most = message("caption.update.largest", **said)
    else:
        most = message("caption.update.largest.among", **said, n=n)
    return message("caption.update.and", told=told, largest=most)


def largest_gradient(dw: Mapping[int, engine.Array]) -> Largest | None:
    """Layer, row and column of the ∂J/∂w that is largest in size, and how many are as large.

    Of equal ones it is the first, in the order of the layers and their rows; None where all are 0.
    """
    sizes = {l: np.abs(array) for l, array in dw.items()}
    most = max(float(size.max()) for size in sizes.values())
    if most == 0:
        return None
    layer = next(l for l, size in sizes.items() if size.max() == most)
    row, col = np.unravel_index(int(sizes[layer].argmax()), sizes[layer].shape)
    count = sum(int((size == most).sum()) for size in sizes.values())
    return (layer, int(row) + 1, int(col) + 1), count


def build_caption(
    step: engine.Step,
    following: engine.Step | None,
    config: Config,
    iteration: int,
    sample: int = 1,
    largest: Largest | None = None,
) -> dict[str, Told]:
    """The sentence on this position (`done`) and the sentence on the next click (`next`).

    `largest` is the place of the largest ∂J/∂w, which an update names.
    """
    last = len(config.sizes)
    if step.kind == "input":
        done = _input(config, iteration, sample)
    elif step.kind == "forward":
        assert step.layer is not None
        activation = config.activations[step.layer - 2]
        done = _forward(step, activation, step.layer, sample)
    elif step.kind == "loss":
        done = _loss(config, plain("a", last), reference("J", last, 1))
    elif step.kind == "backward":
        assert step.layer is not None
        done = _backward(step, config, step.layer, sample)
    else:
        done = _update(config, largest)
    return {"done": done, "next": _next(following, step.kind == "update")}


def _lost(error: engine.NonFiniteError) -> dict[str, Any]:
    symbol = "J" if error.symbol == "J" else plain(error.symbol, error.layer)
    return {"symbol": symbol, "layer": error.layer, "phase": message(f"phase.{error.kind}")}


def build_stop(error: engine.NonFiniteError, iteration: int) -> Message:
    """Why the walk cannot go on: the symbol that left the finite numbers, its layer and step."""
    return message("stop.walk", **_lost(error), step=str(iteration + 1))


def build_training_stop(
    error: engine.NonFiniteError, epoch: float, config: Config
) -> list[Message]:
    """What left the finite numbers and ended a run, what is on the stage now, and what helps."""
    unbounded = not engine.ACTIVATIONS[config.hidden_activation].saturates
    advice = "bounded" if unbounded and len(config.sizes) > 2 else "smaller"
    return [
        message("stop.training", **_lost(error), epoch=str(int(epoch) + 1)),
        message("stop.stage"),
        message(f"stop.advice.{advice}", rate=given(config.learning_rate)),
    ]
