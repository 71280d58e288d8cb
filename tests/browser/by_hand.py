"""The walk of a sigmoid network with J = ½‖a−y‖², computed with plain Python numbers."""

import math
from collections.abc import Mapping, Sequence

import engine

__all__ = ["Cells", "Step", "first_step", "step_after", "walk"]

Matrix = list[list[float]]
X, Y, ETA = (1.0, 0.5, -0.5), (1.0, 0.0), 0.5

Cells = dict[tuple[str, int, int, int], float]


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


class Step:
    """One training step from w and b by layer; every value by symbol and layer, as matrices."""

    def __init__(
        self, w: Mapping[int, Matrix], b: Mapping[int, Matrix], x: Sequence[float],
        y: Sequence[float], eta: float,
    ) -> None:  # fmt: skip
        last = max(w)
        self.w, self.b, self.last = w, b, last
        a = {1: list(x)}
        z, delta, dw = {}, {}, {}
        for l in range(2, last + 1):
            z[l] = [
                sum(w_jk * a_k for w_jk, a_k in zip(row, a[l - 1], strict=True)) + b_j
                for row, (b_j,) in zip(w[l], b[l], strict=True)
            ]
            a[l] = [_sigmoid(value) for value in z[l]]
        self.J = sum((a_j - y_j) ** 2 for a_j, y_j in zip(a[last], y, strict=True)) / 2
        for l in range(last, 1, -1):
            slope = [a_j * (1 - a_j) for a_j in a[l]]
            if l == last:
                back = [a_j - y_j for a_j, y_j in zip(a[l], y, strict=True)]
            else:
                back = [
                    sum(w[l + 1][i][j] * delta[l + 1][i] for i in range(len(w[l + 1])))
                    for j in range(len(a[l]))
                ]
            delta[l] = [e * s for e, s in zip(back, slope, strict=True)]
            dw[l] = [[d * a_k for a_k in a[l - 1]] for d in delta[l]]
        self.x, self.y, self.z, self.a, self.delta, self.dw = x, y, z, a, delta, dw
        self.w_new = {
            l: [
                [v - eta * g for v, g in zip(row, slopes, strict=True)]
                for row, slopes in zip(w[l], dw[l], strict=True)
            ]
            for l in w
        }
        self.b_new = {l: [[v - eta * g] for (v,), g in zip(b[l], delta[l], strict=True)] for l in b}

    def cells(self, kind: str, at: int, layer: int) -> Cells:
        """Every cell that the table of a layer has at a position, (symbol, layer, row, column)."""
        columns: dict[str, Sequence[float]] = {}
        matrices: dict[str, Matrix] = {}
        order = ["input", "forward", "loss", "backward", "update"]
        phase = order.index(kind)
        if layer == 1:
            columns["x"] = self.x
        else:
            moved = kind == "update"
            matrices["w"] = (self.w_new if moved else self.w)[layer]
            columns["b"] = [v for (v,) in (self.b_new if moved else self.b)[layer]]
            if not moved and (phase > 1 or (phase == 1 and layer <= at)):
                columns |= {"z": self.z[layer], "a": self.a[layer]}
            if moved or (kind == "backward" and layer >= at):
                matrices["dw"] = self.dw[layer]
                columns |= {"db": self.delta[layer], "delta": self.delta[layer]}
        if layer == self.last:
            columns["y"] = self.y
            if phase >= order.index("loss"):
                columns["J"] = [self.J]
        cells: Cells = {}
        for symbol, values in columns.items():
            cells |= {(symbol, layer, j, 0): v for j, v in enumerate(values, 1)}
        for symbol, rows in matrices.items():
            for j, row in enumerate(rows, 1):
                cells |= {(symbol, layer, j, k): v for k, v in enumerate(row, 1)}
        return cells


def first_step() -> Step:
    """The first step of the first visit; only its drawn weights come from the engine."""
    names = ["sigmoid", "sigmoid"]
    net = engine.init_network([3, 3, 2], names, "half_squared_error", init="xavier", seed=7)
    w = {l: net.w[l].tolist() for l in net.w}
    return Step(w, {l: net.b[l].tolist() for l in net.b}, X, Y, ETA)


def step_after(step: Step) -> Step:
    return Step(step.w_new, step.b_new, X, Y, ETA)


def walk(last: int) -> list[tuple[str, int]]:
    """The positions of a step, (kind, layer), and the layer that the table shows there."""
    forward = [("forward", l) for l in range(2, last + 1)]
    backward = [("backward", l) for l in range(last, 1, -1)]
    return [("input", 1), *forward, ("loss", last), *backward, ("update", 2)]
