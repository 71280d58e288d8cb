"""How the network is trained, as the fields say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components import ids
from components.config.parsing import number_text

__all__ = ["TrainingChoice", "read_training", "write_training"]


@dataclass(frozen=True)
class TrainingChoice:
    """What a run takes beside η: batch_size 0 is all samples; only epochs and target_loss end it.

    l1 and l2 weigh the penalties λ₁‖w‖₁ + ½λ₂‖w‖², which J does not contain.
    """

    batch_size: int
    optimiser: str
    l1: float
    l2: float
    epochs: int
    target_loss: float | None


def read_training(values: Mapping[str, Any]) -> TrainingChoice:
    """The choice from the parsed fields."""
    return TrainingChoice(
        batch_size=values[ids.BATCH_SIZE],
        optimiser=values[ids.OPTIMISER],
        l1=values[ids.L1],
        l2=values[ids.L2],
        epochs=values[ids.EPOCHS],
        target_loss=values[ids.TARGET_LOSS],
    )


def write_training(choice: TrainingChoice) -> dict[str, str]:
    """The fields' texts, canonical."""
    target = choice.target_loss
    return {
        ids.BATCH_SIZE: str(choice.batch_size or "all"),
        ids.OPTIMISER: choice.optimiser,
        ids.L1: number_text(choice.l1),
        ids.L2: number_text(choice.l2),
        ids.EPOCHS: str(choice.epochs),
        ids.TARGET_LOSS: "" if target is None else number_text(target),
    }
