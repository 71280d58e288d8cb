"""The end of arithmetic: a value that is infinite or not a number."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.timeline import Step

__all__ = ["NonFiniteError"]


class NonFiniteError(ArithmeticError):
    """A training step met an infinite or undefined value.

    `symbol` (z, a, J, delta, dw, db, w, b), `layer` and `kind` (of the timeline) say where;
    `steps` are the finite steps before it, empty when raised outside `trace`.
    """

    def __init__(self, symbol: str, layer: int, kind: str, steps: "tuple[Step, ...]" = ()) -> None:
        super().__init__(symbol, layer, kind, steps)
        self.symbol = symbol
        self.layer = layer
        self.kind = kind
        self.steps = steps

    def __str__(self) -> str:
        return f"{self.symbol} of layer {self.layer} is no longer finite at {self.kind}"
