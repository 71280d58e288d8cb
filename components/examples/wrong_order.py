"""The famous mistake: an update in the wrong order, computed to show what it makes of a step."""

from collections.abc import Collection
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
    fwd = engine.forward(net, example.x)
    delta = {}
    for layer in range(net.L, 1, -1):
        bwd = engine.backward(net, fwd, example.y)
        delta[layer] = bwd.delta[layer]
        moved = engine.sgd_step(net, bwd, example.learning_rate, example.update_biases)
        net = engine.Network(
            [(moved if l == layer else net).w[l] for l in net.w],
            [(moved if l == layer else net).b[l] for l in net.b],
            net.activations,
            net.loss,
        )
    return net, delta


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
    wrong = walk(example.net, lambda net: wrong_order(example, net)[0], errata | {1})
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
