"""The drawing of a network as plain numbers: what is drawn, how thick, how large.

Everything is relative, from −1 to 1 or 0 to 1, to the scales that the legend names; the page turns
it into pixels of whatever window there is.
"""

from collections.abc import Iterable, Mapping
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


def _largest(arrays: Iterable[engine.Array]) -> float:
    flat = [array.ravel() for array in arrays]
    return float(np.abs(np.concatenate(flat)).max()) if flat else 0.0


def _norms(w: engine.Array) -> engine.Array:
    """‖w_j‖ of every row, also where a square would overflow."""
    with np.errstate(over="ignore"):
        norms: engine.Array = np.sqrt((w * w).sum(axis=1))
        if norms.max() < np.inf:
            return norms
        largest = np.abs(w).max()
        scaled: engine.Array = np.minimum(
            largest * np.linalg.norm(w / largest, axis=1), np.finfo(float).max
        )
        return scaled


def _relative(array: engine.Array, scale: float) -> Any:
    return np.round(array / scale, 4).tolist()


def _drawn(w: engine.Array, norms: engine.Array) -> tuple[engine.Array, engine.Array]:
    """The part of a layer's weights that is drawn, and of its norms."""
    if max(w.shape) <= MOST_DRAWN:
        return w, norms
    rows, cols = (np.array(drawn_rows(n)) - 1 for n in w.shape)
    return w[np.ix_(rows, cols)], norms[rows]


def _weights(
    net: engine.Network, norms: Mapping[int, engine.Array], scale: float, longest: float
) -> dict[int, dict[str, Any]]:
    drawn = {l: _drawn(w, norms[l]) for l, w in net.w.items()}
    return {
        l: {"edges": _relative(edges, scale), "areas": _relative(areas, longest)}
        for l, (edges, areas) in drawn.items()
    }


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
    norms = [{l: _norms(w) for l, w in net.w.items()} for net in nets]
    scale["norm"] = _largest(n for layers in norms for n in layers.values()) or 1.0
    drawn = [_weights(n, of, scale["w"], scale["norm"]) for n, of in zip(nets, norms, strict=True)]
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
