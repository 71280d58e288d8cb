"""What a turn passes on its way: states of the run that its curves and its rewind have points of.

A turn on a quick machine has many epochs, and its answer shows the last of them alone. Marks are
the states at every so many batches before it, each measured and with its weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import engine
from components.config.texts import Config
from components.training.data import Data
from components.training.evaluation import Evaluation, build_metrics
from components.training.views import build_views
from components.wire import write_array, write_weights

__all__ = ["Passed", "mark_batches", "write_mark", "write_state"]

MOST_MARKS: Final = 64
# Multiplications of the passes over all samples, and numbers that are sent, of all marks of a turn.
MOST_WORK: Final = 4e8
MOST_NUMBERS: Final = 100_000
# The same of one pass that is let go back for δ as well.
MOST_BACKWARD: Final = 1e6


@dataclass(frozen=True)
class Passed:
    """How far a run has come: `iteration` and `epoch` of the network after `progress.batch`."""

    training: engine.Training
    iteration: int
    epoch: float


def _most(config: Config, data: Data) -> int:
    """How many marks the network and its samples leave room for."""
    numbers = _numbers(config) * (1 + len(engine.OPTIMISERS[config.training.optimiser].slots))
    return int(min(MOST_MARKS, MOST_WORK / _work(config, data), MOST_NUMBERS / numbers))


def _work(config: Config, data: Data) -> float:
    """The multiplications of a pass of all samples, there and back."""
    weights = sum(n * k for n, k in pairwise(config.sizes))
    return 6.0 * weights * len(data.x[0])


def _numbers(config: Config) -> int:
    """The weights and biases of a network."""
    return sum((n + 1) * k for n, k in pairwise(config.sizes))


def mark_batches(config: Config, data: Data, begin: int, end: int, every: int) -> list[int]:
    """The batches strictly between `begin` and `end` after which there is a mark, ascending.

    Multiples of `every`, or of a multiple of it where they would be too many; none with 0.
    """
    most = _most(config, data)
    count = (end - 1) // every - begin // every if every and end > begin else 0
    if count <= 0 or most < 1:
        return []
    step = every * -(-count // most)
    first = (begin // step + 1) * step
    return list(range(first, end, step))


def write_state(progress: engine.Progress) -> dict[str, Any]:
    """The optimiser's state as it travels."""
    slots = {name: write_array(array) for name, array in (progress.slots or {}).items()}
    return {"steps": progress.steps, "slots": slots}


def write_mark(passed: Passed, config: Config, data: Data) -> Mapping[str, Any]:
    """A mark as it travels; where a pass is quick with ‖δ‖ and ‖∂J/∂w‖ of each layer."""
    done = passed.training
    layers = _work(config, data) <= MOST_BACKWARD
    seen = Evaluation(done.network, data)
    return {
        "batch": done.progress.batch,
        "epoch": passed.epoch,
        "iteration": passed.iteration,
        "weights": write_weights(done.network.w, done.network.b),
        "state": write_state(done.progress),
        "metrics": build_metrics(seen, config),
        "views": build_views(("layers",) if layers else (), seen),
    }
