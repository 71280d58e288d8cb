"""The famous mistake: an update in the wrong order, computed to show what it makes of a step."""

from collections.abc import Collection
from functools import partial
from typing import Any, Final

import numpy as np

import engine
from components.examples.comparison import (
    Example,
    Printed,
    agrees,
    place,
    value_at,
    values_of,
    walk,
)

__all__ = ["build_mistake", "wrong_order"]

MOST_DELTAS: Final = 4
# What differs by less is shown with the same digits.
SAME: Final = 1e-9


def wrong_order(
    example: Example, net: engine.Network
) -> tuple[engine.Network, dict[int, engine.Array]]:
    """The famous mistake: each layer moves before the δ below it is taken, and so that δ is wrong.

    BP2 is evaluated with w^{l+1} − η ∂J/∂w^{l+1} in place of w^{l+1}. Returns the network after the
    step and the δ[l] (n_l, m) that moved it, l = L…2. Mazur (2015) takes his total error after the
    step in this order.
    """
    assert example.learning_rate is not None, "only a step has an order"
    fwd, loss, m = engine.forward(net, example.x), engine.LOSSES[net.loss], example.x.shape[1]
    w, b, delta = dict(net.w), dict(net.b), {}
    with np.errstate(all="ignore"):
        error = loss.derivative(fwd.a[net.L], example.y)
        for l in range(net.L, 1, -1):
            slope = engine.ACTIVATIONS[net.activation(l)].derivative
            as_one = l == net.L and loss.taken_as_one
            delta[l] = error if as_one or slope is None else error * slope(fwd.z[l])
            w[l] = w[l] - example.learning_rate * (delta[l] @ fwd.a[l - 1].T / m)
            if example.update_biases:
                db = delta[l].sum(axis=1, keepdims=True) / m
                b[l] = b[l] - example.learning_rate * db
            error = w[l].T @ delta[l]
    _refuse_overflow(w, b)
    return net.moved(list(w.values()), list(b.values())), delta


def _refuse_overflow(w: dict[int, engine.Array], b: dict[int, engine.Array]) -> None:
    for symbol, arrays in (("w", w), ("b", b)):
        for l, array in arrays.items():
            if not np.isfinite(array).all():
                raise engine.NonFiniteError(symbol, l, "update")


def _wrong_steps(example: Example, net: engine.Network, count: int) -> engine.Network:
    for _ in range(count):
        net = wrong_order(example, net)[0]
    return net


def build_mistake(
    example: Example, rows: list[dict[str, Any]], stops: Collection[int]
) -> dict[str, Any] | None:
    """What the wrong order of update makes of the errata; None where it reproduces none of them.

    `rows` are those of `build_comparison` at the same stops. In the result `delta` has those δ of a
    hidden layer that differ, in both orders, `rows` the errata that the order changes, `network`
    the one after a wrong step.
    """
    errata = {row["steps"] for row in rows if row["verdict"] == "erratum" and row["steps"] > 0}
    if not errata:
        return None
    wrong = walk(example.net, partial(_wrong_steps, example), errata | {1})
    values = {n: values_of(net, example.x, example.y) for n, net in wrong.items()}
    changed = []
    for entry, row in zip((e for e in example.printed if e.steps in stops), rows, strict=True):
        value = value_at(entry, values.get(entry.steps)) if entry.steps in errata else None
        if row["verdict"] == "erratum" and value is not None and value != row["value"]:
            changed.append({**row, "wrong": value, "reproduced": agrees(entry.digits, value)})
    delta = _both_deltas(example)
    if not delta or not any(row["reproduced"] for row in changed):
        return None
    return {"delta": delta, "rows": changed, "network": wrong[1]}


def _both_deltas(example: Example) -> list[dict[str, Any]]:
    """The δ of the last hidden layer that the order changes, those alone that it changes."""
    values, moved = values_of(example.net, example.x, example.y), wrong_order(example, example.net)
    for layer in range(example.net.L - 1, 1, -1):
        right, wrong = values["delta", layer], moved[1][layer]
        places = np.argwhere(~np.isclose(right, wrong, rtol=SAME, atol=0))[:MOST_DELTAS]
        if len(places):
            return [
                {
                    **place(Printed("delta", layer, int(j) + 1, int(s) + 1, 0, "")),
                    "value": float(right[j, s]),
                    "wrong": float(wrong[j, s]),
                }
                for j, s in places
            ]
    return []
