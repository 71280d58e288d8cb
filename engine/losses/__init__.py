"""The losses J: one row says everything about one of them, and nothing else knows its name."""

from collections.abc import Mapping
from typing import Final

from engine.activations import ACTIVATIONS
from engine.losses.entropy import BINARY_CROSS_ENTROPY, CROSS_ENTROPY
from engine.losses.loss import ANY_TARGETS, Loss, Targets
from engine.losses.robust import HUBER, LOG_COSH
from engine.losses.squared import HALF_SQUARED_ERROR, MEAN_SQUARED_ERROR, SQUARED_ERROR
from engine.tables import table

__all__ = ["ANY_TARGETS", "LOSSES", "Loss", "Targets", "goes_together", "loss_taken_with"]

LOSSES: Final[Mapping[str, Loss]] = table(
    HALF_SQUARED_ERROR,
    SQUARED_ERROR,
    MEAN_SQUARED_ERROR,
    HUBER,
    LOG_COSH,
    BINARY_CROSS_ENTROPY,
    CROSS_ENTROPY,
)


def goes_together(output_activation: str, loss: str) -> bool:
    """Whether J = loss is defined on this output activation (names as in the tables).

    An activation that couples its rows has no σ′ and stands only with a loss that is taken as one
    with it; such a loss stands only with its activation (Bishop, PRML 2006, section 4.3.6).
    """
    wanted = LOSSES[loss].output
    if wanted is None:
        return not ACTIVATIONS[output_activation].couples_rows
    return output_activation == wanted


def loss_taken_with(output_activation: str) -> str | None:
    """The loss that is taken as one with this output activation, if there is one."""
    own = (row.name for row in LOSSES.values() if row.output == output_activation)
    return next(own, None)
