"""How a training run goes, and how far it has come, as values that are checked in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.arguments import (
    Array,
    choice,
    finite_number,
    real_array,
    refusal,
    truth_value,
    whole_number,
)
from engine.initialisation import MAX_SEED
from engine.optimisers import OPTIMISERS

__all__ = ["MAX_BATCH", "Progress", "Settings"]

MAX_BATCH: Final = 2**53


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What stays the same for the whole of a training run.

    batch_size: samples per batch, 1 or more; learning_rate: η, 0 or more; optimiser: a name of
    `OPTIMISERS`; l1, l2: the coefficients of `penalty`, 0 or more; seed: of the order of samples,
    from 0 to 2³²−1. ValueError for anything else.
    """

    batch_size: int
    learning_rate: float
    optimiser: str = "sgd"
    l1: float = 0.0
    l2: float = 0.0
    update_biases: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        checked = {
            "batch_size": whole_number("batch_size", self.batch_size, 1, MAX_BATCH),
            "learning_rate": finite_number("learning_rate", self.learning_rate, low=0),
            "optimiser": choice("optimiser", self.optimiser, OPTIMISERS),
            "l1": finite_number("l1", self.l1, low=0),
            "l2": finite_number("l2", self.l2, low=0),
            "update_biases": truth_value("update_biases", self.update_biases),
            "seed": whole_number("seed", self.seed, 0, MAX_SEED),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Progress:
    """How far a run has come: `batch` batches in all, `steps` of them by this optimiser.

    slots: what the optimiser keeps, name to vector (P,) in the order w[2] row by row, b[2], w[3],
    b[3], …; copied and made read-only. None is all 0, where an optimiser starts. ValueError when
    a slot is not a vector of finite numbers, or batch or steps is not a count.
    """

    batch: int = 0
    steps: int = 0
    slots: Mapping[str, Array] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "batch", whole_number("batch", self.batch, 0, MAX_BATCH))
        object.__setattr__(self, "steps", whole_number("steps", self.steps, 0, MAX_BATCH))
        if self.slots is not None:
            object.__setattr__(self, "slots", MappingProxyType(_checked_slots(self.slots)))


def _checked_slots(given: object) -> dict[str, Array]:
    if not isinstance(given, Mapping):
        raise refusal("slots", given, "a mapping from slot names to vectors")
    slots = {}
    for name, value in given.items():
        slots[name] = real_array(f"slots[{name!r}]", value)
        if slots[name].ndim != 1:
            shape = slots[name].shape
            raise refusal(f"slots[{name!r}] of shape {shape}", value, "shape (P,)")
    return slots
