"""Many training steps in one call, cut anywhere without a changed bit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from engine.arguments import Array, Columns, columns, finite_number, refusal, whole_number
from engine.fast import FastTraining
from engine.losses import LOSSES
from engine.network import Network
from engine.nonfinite import NonFiniteError
from engine.optimisers import OPTIMISERS
from engine.parameters import layered, parameter_count
from engine.settings import MAX_BATCH, Progress, Settings
from engine.timeline import trace

__all__ = ["Training", "TrainingStoppedError", "batches_per_epoch", "train"]

# How far a run goes between two looks at whether it is finite.
UNCHECKED: Final = 1024


@dataclass(frozen=True, eq=False)
class Training:
    """Where a run stands: the network and how far it has come, its slots never None.

    reached: the run has just ended at an epoch's end with J ≤ target_loss.
    """

    network: Network
    progress: Progress
    reached: bool = False


class TrainingStoppedError(NonFiniteError):
    """A training run met an infinite or undefined value.

    `symbol`, `layer` and `kind` as in `NonFiniteError`; `training` is the run before the batch
    that blew up: `training.progress.batch` is that batch's number, counted from 0.
    """

    def __init__(self, symbol: str, layer: int, kind: str, training: Training) -> None:
        super().__init__(symbol, layer, kind)
        self.args = (symbol, layer, kind, training)
        self.training = training

    def __str__(self) -> str:
        return f"{super().__str__()} of batch {self.training.progress.batch + 1}"


def batches_per_epoch(m: int, batch_size: int) -> int:
    """⌈m / batch_size⌉: the last batch of an epoch has what is left. ValueError unless m ≥ 1 and
    1 ≤ batch_size ≤ m."""
    m = whole_number("m", m, 1, MAX_BATCH)
    return -(-m // whole_number("batch_size", batch_size, 1, m))


def train(
    net: Network,
    x: object,
    y: object,
    settings: Settings,
    *,
    batches: int,
    progress: Progress | None = None,
    target_loss: float | None = None,
) -> Training:
    """The run after the next `batches` batches, of which `progress` counts those before this call.

    x (n_1, m), y (n_L, m). Batch t is part of epoch t // batches_per_epoch(m, batch_size), whose
    samples come in the order default_rng([seed, epoch]).permutation(m); a batch of all m samples
    is taken in the order given. Its gradient is the mean over its samples (BP3, BP4), on weights
    plus l2·w + l1·sign(w) (`penalty`); `OPTIMISERS` says how it moves the parameters. Without
    update_biases, b and its part of the slots stay as they are. With target_loss, the run ends
    at the first epoch's end with J ≤ target_loss, J over all of x.

    A run in several calls, each given network and progress of the last, equals that in one call
    to the last bit. ValueError for a bad argument; TrainingStoppedError at the first batch that
    leaves a parameter or a slot infinite or undefined, naming the first such value of the
    readable step.
    """
    inputs = columns("x", x, net.sizes[0])
    settings = _checked_settings(settings, inputs.shape[1])
    start = _checked_progress(net, settings, progress)
    targets = _checked_targets(net, y, inputs.shape[1])
    target = None if target_loss is None else finite_number("target_loss", target_loss, low=0)
    given = _as_kept(x, inputs), _as_kept(y, targets)
    layers = list(net.w.values()), list(net.b.values())
    fast = FastTraining(*layers, net.activations, net.loss, *given, settings, start)
    end, reached = fast.batch + whole_number("batches", batches, 0, MAX_BATCH), False
    while fast.batch < end and not reached:
        epoch_end = fast.batch - fast.batch % fast.batches_per_epoch + fast.batches_per_epoch
        stop = min(end, fast.batch + UNCHECKED) if target is None else min(end, epoch_end)
        _advance(fast, stop, net, inputs, targets)
        if target is not None and stop == epoch_end:
            reached = fast.cost() <= target
    return _training(fast, net, reached)


def _as_kept(given: object, checked: Array) -> Array | Columns:
    # What was checked before has kept its rows for the fast path.
    return given if isinstance(given, Columns) else checked


def _checked_settings(settings: object, m: int) -> Settings:
    if not isinstance(settings, Settings):
        raise refusal("settings", settings, "a Settings")
    whole_number("batch_size", settings.batch_size, 1, m)
    return settings


def _checked_progress(net: Network, settings: Settings, progress: object) -> Progress:
    """Progress with a vector (P,) for each slot of the optimiser, or ValueError."""
    names, P = OPTIMISERS[settings.optimiser].slots, parameter_count(net.sizes)
    if progress is None:
        progress = Progress()
    if not isinstance(progress, Progress):
        raise refusal("progress", progress, "a Progress, or None at the start")
    if progress.slots is None:
        return replace(progress, slots={name: np.zeros(P) for name in names})
    if set(progress.slots) != set(names):
        wanted = ", ".join(names) or "none"
        raise refusal("slots of progress", sorted(progress.slots), f"with this optimiser: {wanted}")
    for name, slot in progress.slots.items():
        if len(slot) != P:
            raise refusal(f"shape of slots[{name!r}] of progress", slot.shape, f"({P},)")
    return progress


def _checked_targets(net: Network, y: object, m: int) -> Array:
    targets = columns("y", y, net.sizes[-1], samples=m)
    loss = LOSSES[net.loss]
    if not loss.targets.accepts(targets):
        raise refusal("y", y, f"with {loss.name}: {loss.targets.accepted}")
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
    return Training(Network(w, b, net.activations, net.loss), fast.progress(), reached)
