"""Worked examples: the numbers that a source printed, held against what the engine computes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

import engine
from components.messages import Told

__all__ = [
    "Example",
    "Printed",
    "agrees",
    "build_comparison",
    "compare_exact",
    "exact_values",
    "flattened",
    "place",
    "value_at",
    "values_of",
    "walk",
]

Values = Mapping[tuple[str, int], engine.Array]

KIND_OF: Final = {"z": "forward", "a": "forward", "J": "loss"}


@dataclass(frozen=True)
class Printed:
    """One printed number: its symbol and indices, after how many steps it holds, its digits.

    For an erratum `exact` is the right value and `why` the reason.
    """

    symbol: str
    layer: int
    row: int
    col: int
    steps: int
    digits: str
    exact: float | None = None
    why: Told = ""


@dataclass(frozen=True)
class Example:
    """A network with samples x (n_1, m), y (n_L, m), its step, and what was printed about it.

    `learning_rate` is None where the source prints no step. Title, source and the reasons of errata
    are messages in a published example and a person's own texts in another.
    """

    title: Told
    source: Told
    net: engine.Network
    x: engine.Array
    y: engine.Array
    learning_rate: float | None
    update_biases: bool
    printed: tuple[Printed, ...]
    exact: Mapping[str, list[float]]

    def step(self, net: engine.Network) -> engine.Network:
        """The network after one update with this example's sample; ValueError without a rate."""
        if self.learning_rate is None:
            raise ValueError("learning_rate = None is refused; allowed: an example with a step")
        bwd = engine.backward(net, engine.forward(net, self.x), self.y)
        return engine.sgd_step(net, bwd, self.learning_rate, self.update_biases)

    def steps(self, net: engine.Network, count: int) -> engine.Network:
        """The network after `count` such updates: one as on the stage, more as a run makes them."""
        if count < 2:
            return self.step(net) if count else net
        assert self.learning_rate is not None, "who has more than one step has a rate"
        settings = engine.Settings(
            batch_size=self.x.shape[1],
            learning_rate=self.learning_rate,
            update_biases=self.update_biases,
        )
        return engine.train(net, self.x, self.y, settings, batches=count).network


def agrees(digits: str, value: float) -> bool:
    """Whether the value is within half a unit of the last printed digit.

    Of more digits than a float64 has, the float's own spacing is allowed on top.
    """
    exponent = Decimal(digits).as_tuple().exponent
    assert isinstance(exponent, int), "digits of a finite number"
    return abs(value - float(digits)) <= 0.5 * 10.0**exponent + 2 * float(np.spacing(abs(value)))


def values_of(net: engine.Network, x: engine.Array, y: engine.Array) -> Values:
    """Everything that one pass computes, and w and b themselves, by (symbol, layer)."""
    fwd = engine.forward(net, x)
    bwd = engine.backward(net, fwd, y)
    values = {("J", net.L): np.array([[engine.cost(net, fwd, y)]])}
    computed = {"z": fwd.z, "a": fwd.a, "delta": bwd.delta, "dw": bwd.dw, "db": bwd.db}
    for symbol, layers in {**computed, "w": net.w, "b": net.b}.items():
        values |= {(symbol, layer): array for layer, array in layers.items()}
    return values


def walk(
    net: engine.Network,
    steps: Callable[[engine.Network, int], engine.Network],
    stops: Collection[int],
) -> dict[int, engine.Network]:
    """The networks after the asked numbers of steps; those past an overflow are left out.

    `steps` makes a network into the one so many steps later.
    """
    reached, taken = {}, 0
    for stop in sorted(stops):
        try:
            net = steps(net, stop - taken)
        except engine.NonFiniteError:
            break
        reached[stop], taken = net, stop
    return reached


def _finite(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def value_at(entry: Printed, values: Values | None) -> float | None:
    """The computed number, None where the walk ended before it or it is not finite."""
    if values is None:
        return None
    return _finite(values[entry.symbol, entry.layer][entry.row - 1, entry.col - 1])


def _verdict(entry: Printed, value: float | None) -> str:
    if value is not None and agrees(entry.digits, value):
        return "agrees"
    if value is not None and entry.exact is not None and agrees(repr(entry.exact), value):
        return "erratum"
    return "differs"


def place(entry: Printed) -> dict[str, Any]:
    """Symbol and indices, and where a stage shows the number: after `state` steps, at `kind`."""
    moved = entry.symbol in ("w", "b")
    kind = "input" if moved else KIND_OF.get(entry.symbol, "backward")
    at_update = moved and entry.steps == 1
    return {
        "symbol": entry.symbol,
        "layer": entry.layer,
        "row": entry.row,
        "col": entry.col,
        "steps": entry.steps,
        "state": 0 if at_update else entry.steps,
        "kind": "update" if at_update else kind,
        "printed": entry.digits,
    }


def build_comparison(
    example: Example, nets: Mapping[int, engine.Network], stops: Collection[int]
) -> list[dict[str, Any]]:
    """A row for each number printed at one of the stops: its place, value, verdict and why."""
    values = {n: values_of(net, example.x, example.y) for n, net in nets.items()}
    rows = []
    for entry in example.printed:
        if entry.steps in stops:
            value = value_at(entry, values.get(entry.steps))
            verdict = _verdict(entry, value)
            why = entry.why if verdict == "erratum" else None
            rows.append({**place(entry), "value": value, "verdict": verdict, "why": why})
    return rows


def _by_sample(array: engine.Array) -> Any:
    """A sample is a list, a batch a list of samples."""
    return array[:, 0].tolist() if array.shape[1] == 1 else array.T.tolist()


def exact_values(example: Example) -> dict[str, Any]:
    """All numbers of the pass, layer by layer from 2, and with a rate those after the update.

    Raises NonFiniteError where one overflows.
    """
    net, layers = example.net, list(example.net.w)
    values = values_of(net, example.x, example.y)
    exact: dict[str, Any] = {
        symbol: [_by_sample(values[symbol, l]) for l in layers]
        for symbol in ("z", "a", "delta", "db")
    }
    exact |= {
        "J": float(values["J", net.L][0, 0]),
        "dw": [values["dw", l].tolist() for l in layers],
    }
    if example.learning_rate is not None:
        new = example.step(net)
        exact["w_after"] = [new.w[l].tolist() for l in layers]
        exact["b_after"] = [new.b[l][:, 0].tolist() for l in layers]
        exact["J_after"] = engine.cost(new, engine.forward(new, example.x), example.y)
    return exact


def flattened(value: Any) -> list[float]:
    """The numbers of nested lists, in order."""
    return [n for entry in value for n in flattened(entry)] if isinstance(value, list) else [value]


def compare_exact(example: Example) -> tuple[int, list[str]]:
    """How many exact values the example brings, and the keys under which they are not the computed.

    They agree to 12 digits or 1e-15, as the last digits depend on the order of a sum.
    """
    try:
        computed = exact_values(example) if example.exact else {}
    except engine.NonFiniteError:
        computed = {}
    differing = [
        key
        for key, numbers in example.exact.items()
        if len(numbers) != len(right := flattened(computed.get(key, [])))
        or not np.allclose(numbers, right, rtol=1e-12, atol=1e-15)
    ]
    return sum(map(len, example.exact.values())), differing
