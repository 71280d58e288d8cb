"""One training step as a list of positions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arguments import Array, choice, finite_number, truth_value
from engine.network import Network
from engine.nonfinite import NonFiniteError
from engine.passes import Backward, Forward, forward, gradients, mean_loss, targets
from engine.update import sgd_step

__all__ = ["GRANULARITIES", "Step", "TraceStoppedError", "trace"]

GRANULARITIES: Final = ("layer", "neuron")


@dataclass(frozen=True, eq=False)
class Step:
    """One position of the timeline with what is computed there; all else is None.

    kind: input, forward, loss, backward or update. layer: 1 for input, l for forward and
    backward, L for loss, None for update. neuron: None for the whole layer, else j from 1, and
    then the arrays are row j alone. Shapes for n rows: z, a, delta (n, m), dw (n, n_{l-1}),
    db (n, 1). network: the new one, at update.
    """

    kind: str
    layer: int | None
    neuron: int | None = None
    z: Array | None = None
    a: Array | None = None
    J: float | None = None
    delta: Array | None = None
    dw: Array | None = None
    db: Array | None = None
    network: Network | None = None


class TraceStoppedError(NonFiniteError):
    """A traced step met an infinite or undefined value.

    `symbol`, `layer` and `kind` as in `NonFiniteError`; `steps` are the finite steps before it.
    """

    def __init__(self, symbol: str, layer: int, kind: str, steps: tuple[Step, ...]) -> None:
        super().__init__(symbol, layer, kind)
        self.args = (symbol, layer, kind, steps)
        self.steps = steps


def trace(
    net: Network,
    x: object,
    y: object,
    learning_rate: float,
    granularity: str = "layer",
    update_biases: bool = True,
) -> tuple[Step, ...]:
    """One training step from input to update: input, forward 2…L, loss, backward L…2, update.

    With granularity "neuron" each forward and backward position is one per neuron; of softmax
    first each z_j, then a^L at once. Shapes as in `Step`, formulas as in `forward`, `cost`,
    `backward` and `sgd_step`. ValueError for a bad argument; TraceStoppedError at the first value
    that is not finite, with the steps before it.
    """
    by_neuron = choice("granularity", granularity, GRANULARITIES) == "neuron"
    eta = finite_number("learning_rate", learning_rate, low=0)
    biases = truth_value("update_biases", update_biases)
    fwd = forward(net, x)
    target = targets(net, fwd, y)
    J = mean_loss(net, fwd, target)
    bwd = gradients(net, fwd, target)
    steps = list(_computed(net, fwd, J, bwd, by_neuron))
    _require_finite(steps, fwd, bwd)
    try:
        new = sgd_step(net, bwd, eta, biases)
    except NonFiniteError as error:
        raise TraceStoppedError(error.symbol, error.layer, error.kind, tuple(steps)) from None
    return (*steps, Step("update", None, network=new))


def _computed(
    net: Network, fwd: Forward, J: float, bwd: Backward, by_neuron: bool
) -> Iterator[Step]:
    yield Step("input", 1, a=fwd.a[1])
    for layer in range(2, net.L + 1):
        yield from _forward_steps(net, fwd, layer, by_neuron)
    yield Step("loss", net.L, J=J)
    for layer in range(net.L, 1, -1):
        for neuron, rows in _rows(net, layer, by_neuron):
            yield Step(
                "backward",
                layer,
                neuron,
                delta=bwd.delta[layer][rows],
                dw=bwd.dw[layer][rows],
                db=bwd.db[layer][rows],
            )


def _forward_steps(net: Network, fwd: Forward, layer: int, by_neuron: bool) -> Iterator[Step]:
    z, a = fwd.z[layer], fwd.a[layer]
    at_once = by_neuron and ACTIVATIONS[net.activation(layer)].couples_rows
    for neuron, rows in _rows(net, layer, by_neuron):
        yield Step("forward", layer, neuron, z=z[rows], a=None if at_once else a[rows])
    if at_once:
        yield Step("forward", layer, a=a)


def _rows(net: Network, layer: int, by_neuron: bool) -> Iterator[tuple[int | None, slice]]:
    if not by_neuron:
        yield None, slice(None)
        return
    for j in range(1, net.sizes[layer - 1] + 1):
        yield j, slice(j - 1, j)


def _require_finite(steps: list[Step], fwd: Forward, bwd: Backward) -> None:
    """TraceStoppedError at the first value that is not finite, with the steps before it."""
    layers = (fwd.z, fwd.a, bwd.delta, bwd.dw, bwd.db)
    everything = [array.ravel() for arrays in layers for array in arrays.values()]
    J = next(step.J for step in steps if step.J is not None)
    if np.isfinite(J) and np.isfinite(np.concatenate(everything)).all():
        return
    for i, step in enumerate(steps):
        for symbol in ("z", "a", "J", "delta", "dw", "db"):
            value = getattr(step, symbol)
            if value is not None and not np.isfinite(value).all():
                assert step.layer is not None, "only update has none, and it computes none of these"
                raise TraceStoppedError(symbol, step.layer, step.kind, tuple(steps[:i]))
