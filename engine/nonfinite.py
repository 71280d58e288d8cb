"""The end of arithmetic: a value that is infinite or not a number."""

__all__ = ["NonFiniteError"]


class NonFiniteError(ArithmeticError):
    """A training step met an infinite or undefined value.

    `symbol` (z, a, J, delta, dw, db, w, b), `layer` and `kind` (of the timeline) say where.
    """

    def __init__(self, symbol: str, layer: int, kind: str) -> None:
        super().__init__(symbol, layer, kind)
        self.symbol = symbol
        self.layer = layer
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.symbol} of layer {self.layer} is no longer finite at {self.kind}"
