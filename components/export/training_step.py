"""One whole training step from the stage, as everything that leaves the page takes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import engine
from components.config.stage import Stage
from components.config.texts import Config
from components.data.samples import load_samples
from components.messages import Message
from components.walk.captions import build_stop

__all__ = ["TrainingStep", "compute_step", "told_where_it_stops"]


@dataclass(frozen=True)
class TrainingStep:
    """Every number of one step by (symbol, layer), symbols as in the table and w_after, b_after.

    Shapes: x, y, z, a, delta (n_l, m); w, dw, w_after (n_l, n_{l-1}); b, db, b_after (n_l, 1);
    J (1, 1) with layer L.
    """

    config: Config
    net: engine.Network
    iteration: int
    values: Mapping[tuple[str, int], engine.Array]

    @property
    def sizes(self) -> str:
        """The layer sizes as they are typed: 3-3-2."""
        return "-".join(map(str, self.config.sizes))

    @property
    def name(self) -> str:
        """The beginning of every file name: network and step."""
        return f"deltaflow-{self.sizes}-step{self.iteration + 1}"

    @property
    def data_steps(self) -> tuple[Message, ...]:
        """What was done to the table of own data before their numbers were these."""
        own = self.config.dataset == "own"
        return load_samples(self.config.data).raw.steps if own else ()

    @property
    def J(self) -> float:
        """The loss, the mean over the samples."""
        return float(self.values["J", self.net.L][0, 0])


def compute_step(stage: Stage) -> TrainingStep:
    """Run one training step; `engine.NonFiniteError` where a number leaves the finite ones."""
    config, net = stage.config, stage.net
    x, y = config.columns()
    steps = engine.trace(
        net, x, y, learning_rate=config.learning_rate, update_biases=config.update_biases
    )
    values = {("x", 1): x, ("y", net.L): y}
    values |= _by_layer("w", net.w) | _by_layer("b", net.b)
    for step in steps:
        if step.J is not None:
            values["J", net.L] = np.array([[step.J]])
        for symbol in ("z", "a", "delta", "dw", "db"):
            array = getattr(step, symbol)
            if array is not None and step.kind != "input":
                assert step.layer is not None, "only update has no layer"
                values[symbol, step.layer] = array
    after = steps[-1].network
    assert after is not None, "a trace that does not raise ends with the update"
    values |= _by_layer("w_after", after.w) | _by_layer("b_after", after.b)
    return TrainingStep(config, net, stage.iteration, values)


def _by_layer(symbol: str, layers: engine.Layers) -> dict[tuple[str, int], engine.Array]:
    return {(symbol, layer): array for layer, array in layers.items()}


def told_where_it_stops(
    stage: Stage, answer: Callable[[TrainingStep], dict[str, Any]]
) -> dict[str, Any]:
    """The answer made from the whole step, or {"refused"} with where its numbers overflow."""
    try:
        return answer(compute_step(stage))
    except engine.NonFiniteError as error:
        return {"refused": {"field": None, "text": build_stop(error, stage.iteration)}}
