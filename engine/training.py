"""Many training steps in one call, cut anywhere without a changed bit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from engine.arguments import (
    Array,
    choice,
    columns,
    finite_number,
    real_array,
    refusal,
    truth_value,
    whole_number,
)
from engine.fast import FastTraining
from engine.initialisation import MAX_SEED
from engine.losses import LOSSES
from engine.network import Network
from engine.nonfinite import NonFiniteError
from engine.optimisers import OPTIMISERS
from engine.parameters import layered, parameter_count
from engine.timeline import trace

__all__ = [
    "MAX_BATCH",
    "OptimiserState",
    "Training",
    "TrainingStoppedError",
    "batches_per_epoch",
    "train",
]

MAX_BATCH: Final = 2**53
# How far a run goes between two looks at whether it is finite.
UNCHECKED: Final = 1024


@dataclass(frozen=True, eq=False)
class OptimiserState:
    """What an optimiser keeps from step to step, after `steps` steps.

    slots: name to vector (P,) in the order w[2] row by row, b[2], w[3], b[3], …; copied and made
    read-only. ValueError when a slot is not a vector of finite numbers or steps is not a count.
    """

    slots: Mapping[str, Array] = field(default_factory=dict)
    steps: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.slots, Mapping):
            raise refusal("slots", self.slots, "a mapping from slot names to vectors")
        slots = {}
        for name, value in self.slots.items():
            slots[name] = real_array(f"slots[{name!r}]", value)
            if slots[name].ndim != 1:
                shape = slots[name].shape
                raise refusal(f"slots[{name!r}] of shape {shape}", value, "shape (P,)")
        object.__setattr__(self, "slots", MappingProxyType(slots))
        object.__setattr__(self, "steps", whole_number("steps", self.steps, 0, MAX_BATCH))


@dataclass(frozen=True, eq=False)
class Training:
    """Where a run stands: network and optimiser state after `batch` batches in all.

    reached: the run has just ended at an epoch's end with J ≤ target_loss.
    """

    network: Network
    state: OptimiserState
    batch: int
    reached: bool = False


class TrainingStoppedError(NonFiniteError):
    """A training run met an infinite or undefined value.

    `symbol`, `layer` and `kind` as in `NonFiniteError`; `training` is the run before the batch
    that blew up: `training.batch` is that batch's number, counted from 0.
    """

    def __init__(self, symbol: str, layer: int, kind: str, training: Training) -> None:
        super().__init__(symbol, layer, kind)
        self.args = (symbol, layer, kind, training)
        self.training = training

    def __str__(self) -> str:
        return f"{super().__str__()} of batch {self.training.batch + 1}"


def batches_per_epoch(m: int, batch_size: int) -> int:
    """⌈m / batch_size⌉: the last batch of an epoch has what is left. ValueError unless m ≥ 1 and
    1 ≤ batch_size ≤ m."""
    m = whole_number("m", m, 1, MAX_BATCH)
    return -(-m // whole_number("batch_size", batch_size, 1, m))


def train(
    net: Network,
    x: object,
    y: object,
    *,
    batches: int,
    batch_size: int,
    learning_rate: float,
    optimiser: str = "sgd",
    state: OptimiserState | None = None,
    batch: int = 0,
    seed: int = 0,
    l1: float = 0.0,
    l2: float = 0.0,
    update_biases: bool = True,
    target_loss: float | None = None,
) -> Training:
    """The run after the next `batches` batches, of which `batch` were done before this call.

    x (n_1, m), y (n_L, m). Batch t is part of epoch t // batches_per_epoch(m, batch_size), whose
    samples come in the order default_rng([seed, epoch]).permutation(m); a batch of all m samples
    is taken in the order given. Its gradient is the mean over its samples (BP3, BP4), on weights
    plus l2·w + l1·sign(w) (`penalty`); `OPTIMISERS` says how it moves the parameters. Without
    update_biases, b and its part of the state stay as they are. With target_loss, the run ends
    at the first epoch's end with J ≤ target_loss, J over all of x.

    A run in several calls, each given network, state and batch of the last, equals that in one
    call to the last bit. state=None starts the optimiser anew. ValueError for a bad argument;
    TrainingStoppedError at the first batch that leaves a parameter or the state infinite or
    undefined, naming the first such value of the readable step.
    """
    inputs = columns("x", x, net.sizes[0])
    m = inputs.shape[1]
    per_epoch = batches_per_epoch(m, batch_size)
    eta = finite_number("learning_rate", learning_rate, low=0)
    rule = OPTIMISERS[choice("optimiser", optimiser, OPTIMISERS)]
    targets = _checked_targets(net, y, m)
    start = _checked_state(net, rule.slots, state)
    target = None if target_loss is None else finite_number("target_loss", target_loss, low=0)
    left = whole_number("batches", batches, 0, MAX_BATCH)
    fast = FastTraining(
        list(net.w.values()),
        list(net.b.values()),
        net.activations,
        net.loss,
        inputs,
        targets,
        batch_size=batch_size,
        learning_rate=eta,
        optimiser=rule.name,
        slots=[start.slots[name] for name in rule.slots],
        steps=start.steps,
        batch=whole_number("batch", batch, 0, MAX_BATCH),
        seed=whole_number("seed", seed, 0, MAX_SEED),
        l1=finite_number("l1", l1, low=0),
        l2=finite_number("l2", l2, low=0),
        update_biases=truth_value("update_biases", update_biases),
    )
    end, reached = fast.batch + left, False
    while fast.batch < end and not reached:
        epoch_end = fast.batch - fast.batch % per_epoch + per_epoch
        stop = min(end, fast.batch + UNCHECKED) if target is None else min(end, epoch_end)
        _advance(fast, stop, net, inputs, targets)
        if target is not None and stop == epoch_end:
            reached = fast.cost() <= target
    return _training(fast, net, reached)


def _checked_state(
    net: Network, names: tuple[str, ...], state: OptimiserState | None
) -> OptimiserState:
    P = parameter_count(net.sizes)
    if state is None:
        return OptimiserState({name: np.zeros(P) for name in names})
    if not isinstance(state, OptimiserState):
        raise refusal("state", state, "an OptimiserState, or None to start anew")
    if set(state.slots) != set(names):
        wanted = ", ".join(names) or "none"
        raise refusal("slots of state", sorted(state.slots), f"with this optimiser: {wanted}")
    for name, slot in state.slots.items():
        if len(slot) != P:
            raise refusal(f"shape of slots[{name!r}] of state", slot.shape, f"({P},)")
    return state


def _checked_targets(net: Network, y: object, m: int) -> Array:
    targets = columns("y", y, net.sizes[-1], samples=m)
    loss = LOSSES[net.loss]
    if not loss.accepts(targets):
        raise refusal("y", y, f"with {loss.name}: {loss.accepted}")
    return targets


def _advance(fast: FastTraining, stop: int, net: Network, x: Array, y: Array) -> None:
    before = fast.checkpoint()
    fast.run(stop - fast.batch)
    if fast.is_finite():
        return
    fast.restore(before)
    while fast.batch < stop:
        before = fast.checkpoint()
        fast.run(1)
        if not fast.is_finite():
            raise _stopped(fast, before, net, x, y)


def _stopped(
    fast: FastTraining, before: tuple[Array, ...], net: Network, x: Array, y: Array
) -> TrainingStoppedError:
    symbol, layer = next(_not_finite(fast))
    kind = "update"
    fast.restore(before)
    last = _training(fast, net, False)
    samples = fast.samples()
    try:
        trace(last.network, x[:, samples], y[:, samples], learning_rate=0.0)
    except NonFiniteError as error:
        symbol, layer, kind = error.symbol, error.layer, error.kind
    return TrainingStoppedError(symbol, layer, kind, last)


def _not_finite(fast: FastTraining) -> Iterator[tuple[str, int]]:
    # A state that overflows while the step does not is the doing of the gradient's square.
    groups = [("w", "b", fast.parameters())]
    groups += [("dw", "db", layered(slot, fast.sizes)) for slot in fast.slots()]
    for weight, bias, (w, b) in groups:
        for symbol, arrays in ((weight, w), (bias, b)):
            for layer, array in enumerate(arrays, start=2):
                if not np.isfinite(array).all():
                    yield symbol, layer


def _training(fast: FastTraining, net: Network, reached: bool) -> Training:
    w, b = fast.parameters()
    state = OptimiserState(dict(zip(fast.rule.slots, fast.slots(), strict=True)), fast.steps)
    return Training(Network(w, b, net.activations, net.loss), state, fast.batch, reached)
