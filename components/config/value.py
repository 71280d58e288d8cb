"""What is on the stage, as one value."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import engine
from components.config.parsing import number_text
from components.config.training_choice import TrainingChoice
from components.data.samples import DataChoice

__all__ = ["Batch", "Config", "Outline", "batch_text", "make_network"]

Batch = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Outline:
    """What the words and formulas of a pass depend on: no weight, no x, no y, only their number."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    samples: int
    learning_rate: float
    update_biases: bool


# Equal outlines are one object, which makes looking up what is kept for them quick.
_outline = lru_cache(maxsize=256)(Outline)


@dataclass(frozen=True)
class Config:
    """Everything that decides a pass except the weights; x and y are samples, mostly just one."""

    sizes: tuple[int, ...]
    hidden_activation: str
    output_activation: str
    loss: str
    learning_rate: float
    update_biases: bool
    init: str
    seed: int
    data: DataChoice
    sample: int
    x: Batch
    y: Batch
    granularity: str
    training: TrainingChoice

    @property
    def dataset(self) -> str:
        """The name of the data set."""
        return self.data.dataset

    @property
    def activations(self) -> list[str]:
        """The names for layers 2…L."""
        return [self.hidden_activation] * (len(self.sizes) - 2) + [self.output_activation]

    @property
    def outline(self) -> Outline:
        """The part of it that decides which formulas there are."""
        return _outline(
            self.sizes,
            tuple(self.activations),
            self.loss,
            len(self.x),
            self.learning_rate,
            self.update_biases,
        )

    def columns(self) -> tuple[engine.Array, engine.Array]:
        """x (n_1, m) and y (n_L, m): samples as columns, as the engine takes them."""
        return np.array(self.x).T, np.array(self.y).T


def make_network(config: Config) -> engine.Network:
    """The network that the configuration starts from: its init scheme and seed, b = 0."""
    return engine.init_network(
        list(config.sizes),
        activations=config.activations,
        loss=config.loss,
        init=config.init,
        seed=config.seed,
    )


def batch_text(batch: Batch) -> str:
    """The samples as the fields of x and y hold them."""
    return "; ".join(", ".join(number_text(value) for value in sample) for sample in batch)
