"""What was just computed and what comes next, in words, for every position of the timeline."""

from typing import Any, Final

import engine
from components import ids
from components.config.fields import ACTIVATIONS
from components.config.texts import Config
from components.messages import message, render
from components.notation import given, plain, reference

__all__ = ["build_buttons", "build_caption", "build_stop", "build_training_stop"]

ADVANCE: Final = {
    "forward": ids.STEP_FORWARD,
    "loss": ids.STEP_FORWARD,
    "backward": ids.STEP_BACKWARD,
    "update": ids.APPLY_UPDATE,
}
LABELS: Final = {
    ids.STEP_FORWARD: "Step forward",
    ids.STEP_BACKWARD: "Step backward",
    ids.APPLY_UPDATE: "Update",
}


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
    buttons = {name: {"label": label, "enabled": False} for name, label in LABELS.items()}
    if at_update:
        buttons[ids.STEP_FORWARD] = {"label": "Step forward: next step", "enabled": True}
    elif following is not None:
        name = ADVANCE[following.kind]
        target = _target(following)
        if following.kind == "update" and not biases:
            target = "w"
        buttons[name] = {"label": f"{LABELS[name]}: {target}", "enabled": True}
    return buttons


def _next(following: engine.Step | None, at_update: bool) -> str:
    if at_update:
        return "Next: Step forward begins another training step with these weights."
    if following is None:
        return ""
    if following.kind == "update":
        return "Next: Update moves the weights."
    return f"Next: {LABELS[ADVANCE[following.kind]]} computes {_target(following)}."


def _forward(step: engine.Step, activation: str, layer: int, sample: int) -> str:
    z, a, w, b, before = (
        plain(s, l)
        for s, l in (("z", layer), ("a", layer), ("w", layer), ("b", layer), ("a", layer - 1))
    )
    name = ACTIVATIONS[activation]
    if step.neuron is None and step.z is None:
        return f"Forward, layer {layer}: {a} = {name}({z}), all neurons at once: their sum is 1."
    if step.neuron is None:
        return f"Forward, layer {layer}: {z} = {w}{before} + {b}, then {a} = σ({z}), σ = {name}."
    j = step.neuron
    zj = plain("z", layer, j)
    said = f"Forward, layer {layer}, neuron {j}: {zj} = {reference('z', layer, j, sample)}"
    if step.a is None:
        return said + f", the weighted sum and the bias; {name} waits for the whole layer."
    a, value = plain("a", layer, j), reference("a", layer, j, sample)
    return f"{said}, then {a} = σ({zj}) = {value}, σ = {name}."


def _loss(config: Config, a: str, value: str) -> str:
    name, m = render(message(f"loss.{config.loss}", a=a)), len(config.x)
    if m > 1:
        return f"Loss: J = {value}, the mean over the {m} samples of {name}."
    if engine.LOSSES[config.loss].squares:
        return f"Loss: J = {name} = {value}, how far {a} is from y."
    return f"Loss: J, the {name} of {a} and y, is {value}."


def _backward(step: engine.Step, config: Config, layer: int, sample: int) -> str:
    last = len(config.sizes)
    j = () if step.neuron is None else (step.neuron,)
    where = f"layer {layer}" + (f", neuron {step.neuron}" if j else "")
    delta = plain("δ", layer, *j)
    of_sample = f" in sample {sample}" if len(config.x) > 1 else ""
    value = f" = {reference('delta', layer, *j, sample)}{of_sample}" if j else ""
    gradients = f"∂J/∂{plain('w', layer, *j)} and ∂J/∂{plain('b', layer, *j)}"
    if layer == last and engine.LOSSES[config.loss].taken_as_one:
        how = f"{plain('a', layer, *j)} − {plain('y', None, *j)}"
        return f"Backward, {where} (BP1): {delta} = {how}{value}, {gradients}."
    if layer == last:
        z = plain("z", layer, *j)
        one = len(config.x) == 1
        felt = f"how J feels {z}, {delta} = ∂J/∂{z}"
        if not one:
            felt = f"how each sample's own J feels {z}, {delta} = ∂J_sample/∂{z}"
        return f"Backward, {where} (BP1): {felt}{value}, with {gradients}."
    back = f"{plain('δ', layer + 1)} comes back through ({plain('w', layer + 1)})ᵀ"
    return f"Backward, {where} (BP2): {back} and gives {delta}{value}, {gradients}."


def build_caption(
    step: engine.Step,
    following: engine.Step | None,
    config: Config,
    iteration: int,
    sample: int = 1,
) -> dict[str, str]:
    """The sentence on this position (`done`) and the sentence on the next click (`next`)."""
    eta = given(config.learning_rate)
    last = len(config.sizes)
    if step.kind == "input":
        m = len(config.x)
        what = (
            "the sample" if m == 1 else f"{m} samples as columns; the drawing shows sample {sample}"
        )
        done = f"Step {iteration + 1}, input: a¹ = x, {what}. The target y waits at layer {last}."
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
        biases = " b ← b − η ∂J/∂b," if config.update_biases else " the biases stay frozen,"
        done = f"Update: w ← w − η ∂J/∂w,{biases} η = {eta}. J was {reference('J', last, 1)}."
    return {"done": done, "next": _next(following, step.kind == "update")}


def build_stop(error: engine.NonFiniteError, iteration: int) -> str:
    """Why the walk cannot go on: the symbol that left the finite numbers, its layer and step."""
    symbol = "J" if error.symbol == "J" else plain(error.symbol, error.layer)
    place = f"layer {error.layer}, step {iteration + 1}, {error.kind}"
    return (
        f"The walk stops here: {symbol} would no longer be finite ({place}). "
        "A smaller learning rate or Reset helps."
    )


def build_training_stop(error: engine.NonFiniteError, epoch: float, config: Config) -> str:
    """Why a run has ended by itself: what left the finite numbers, in which layer and epoch."""
    symbol = "J" if error.symbol == "J" else plain(error.symbol, error.layer)
    smaller = f"a smaller learning rate than {given(config.learning_rate)}"
    unbounded = not engine.ACTIVATIONS[config.hidden_activation].saturates
    bounded = ", a bounded activation such as tanh" if unbounded and len(config.sizes) > 2 else ""
    return (
        f"The run stopped in epoch {int(epoch) + 1}: {symbol} would no longer be finite "
        f"(layer {error.layer}, {error.kind}). On the stage are the last finite weights; the "
        f"epochs behind can be visited, and Reset goes to the start. Try {smaller}"
        f"{bounded} or standardised data."
    )
