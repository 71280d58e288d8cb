"""The drawing of a network as plain numbers: what is drawn, how thick, how large.

Everything is relative, from −1 to 1 or 0 to 1, to the scales that the legend names; the page turns
it into pixels of whatever window there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np

import engine

__all__ = ["build_scene", "drawn_rows", "round_up"]

MOST_DRAWN: Final = 16
FIRST_DRAWN: Final = 8


def drawn_rows(n: int) -> list[int]:
    """The neurons that are drawn, counted from 1: all, or the first 8 and the last 7.

    The ellipsis takes the sixteenth place.
    """
    if n <= MOST_DRAWN:
        return list(range(1, n + 1))
    last = MOST_DRAWN - FIRST_DRAWN - 1
    return [*range(1, FIRST_DRAWN + 1), *range(n - last + 1, n + 1)]


def round_up(value: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is at least `value`; 1 for 0."""
    if value == 0:
        return 1.0
    power = int(np.floor(np.log10(value)))
    candidates = (float(f"{step}e{power + more}") for more in (0, 1) for step in (1, 2, 5))
    return next((c for c in candidates if value <= c < np.inf), value)


def _flat(arrays: Iterable[engine.Array]) -> engine.Array:
    flat = [array.ravel() for array in arrays]
    return np.concatenate(flat) if flat else np.zeros(1)


def _largest(arrays: Iterable[engine.Array]) -> float:
    return float(np.abs(_flat(arrays)).max())


def _norms(w: engine.Array) -> engine.Array:
    """‖w_j‖ of every row as a column, also where a square would overflow."""
    norms: engine.Array = np.sqrt((w * w).sum(axis=1, keepdims=True))
    if norms.max() < np.inf:
        return norms
    largest = np.abs(w).max()
    scaled: engine.Array = np.minimum(
        largest * np.linalg.norm(w / largest, axis=1, keepdims=True), np.finfo(float).max
    )
    return scaled


def _relative(arrays: Sequence[engine.Array], scale: float) -> list[list[list[float]]]:
    """Every array as its rows, relative to the scale; all at once, which is quicker for many."""
    numbers = iter((_flat(arrays) / scale).round(4).tolist())
    return [
        [list(islice(numbers, cols)) for _ in range(rows)] for rows, cols in map(np.shape, arrays)
    ]


def _drawn(array: engine.Array) -> engine.Array:
    """The part of a layer's weights, or of a column of theirs, that is drawn."""
    if max(array.shape) <= MOST_DRAWN:
        return array
    rows, cols = (np.array(drawn_rows(n)) - 1 for n in array.shape)
    part: engine.Array = array[np.ix_(rows, cols)]
    return part


def _weights(
    nets: Sequence[engine.Network], norms: Sequence[engine.Array], scale: float, longest: float
) -> list[dict[int, dict[str, Any]]]:
    """For each network its layers' edges and areas."""
    weights = [w for net in nets for w in net.w.values()]
    edges = iter(_relative([_drawn(w) for w in weights], scale))
    columns = iter(_relative([_drawn(column) for column in norms], longest))
    return [
        {l: {"edges": next(edges), "areas": [area for (area,) in next(columns)]} for l in net.w}
        for net in nets
    ]


def build_scene(
    before: engine.Network,
    after: engine.Network | None,
    values: Mapping[tuple[str, int], engine.Array],
) -> dict[str, Any]:
    """What the drawing needs for a whole pass.

    `values` maps (symbol, layer) to arrays (n_l, 1) for x, a and delta. Each of `layers` says which
    neurons are drawn and, relative to `scale`, the weights of their edges (row j,
    column k as in w^l) and their areas, which follow the norms ‖w_j^l‖; `after` is the network that
    the update makes.
    """
    nets = [before] if after is None else [before, after]
    scale = {
        "w": round_up(_largest(w for net in nets for w in net.w.values())),
        "b": round_up(_largest(b for net in nets for b in net.b.values())),
        "a": round_up(_largest(v for (s, _), v in values.items() if s in ("x", "a"))),
        "delta": round_up(_largest(v for (s, _), v in values.items() if s == "delta")),
    }
    with np.errstate(over="ignore"):
        norms = [_norms(w) for net in nets for w in net.w.values()]
    scale["norm"] = _largest(norms) or 1.0
    drawn = _weights(nets, norms, scale["w"], scale["norm"])
    drawn_before, drawn_after = drawn[0], {} if after is None else drawn[1]
    layers = []
    for l, n in enumerate(before.sizes, 1):
        rows = drawn_rows(n)
        layer: dict[str, Any] = {
            "layer": l,
            "size": n,
            "name": "input" if l == 1 else before.activation(l),
            "rows": rows,
            "hidden": n - len(rows),
            "before": drawn_before.get(l),
            "after": drawn_after.get(l),
        }
        layers.append(layer)
    return {"layers": layers, "scale": scale}
