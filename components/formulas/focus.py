"""What the formula panel looks at: a neuron, one of its weights, a sample, and how much of it."""

from dataclasses import dataclass
from typing import Final

__all__ = ["MODES", "Focus"]

MODES: Final = ("one", "all", "click")


@dataclass(frozen=True)
class Focus:
    """The focus of the formulas; without a layer it follows the walk.

    mode: one (the neuron in focus), all (every neuron of the layer), click (only what was
    clicked). `input` is k of the weight w_jk^l that was clicked. whole: long sums are not folded.
    """

    mode: str = "one"
    layer: int | None = None
    neuron: int = 1
    input: int | None = None
    sample: int = 1
    whole: bool = False

    @property
    def on_weight(self) -> bool:
        """Whether a weight was clicked."""
        return bool(self.layer and self.input)
