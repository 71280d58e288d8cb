"""What the plots show of a network in training, each view one row of a table.

Pictures travel as bytes, base64: 0 to 255 over a stated range, since no eye tells more apart.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

import engine
from components.training.data import GRID, extent
from components.training.evaluation import Evaluation, predicted

__all__ = ["GRID", "VIEWS", "build_views"]

CURVE: Final = 160
BINS: Final = 20
SATURATED: Final = 0.05
VANISHING: Final = 1e-3

View = dict[str, Any]


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _bytes(values: engine.Array, low: float, high: float) -> str:
    """Values cut to low…high as bytes 0…255, base64."""
    return b64encode(_levels(values, low, high).tobytes()).decode()


def _levels(values: engine.Array, low: float, high: float) -> Any:
    # Divided first: the difference of two large numbers may be no number.
    reach = max(abs(low), abs(high)) or 1.0
    span = (high / reach - low / reach) or 1.0
    scaled = np.clip((np.nan_to_num(values) / reach - low / reach) / span, 0, 1) * 255
    return np.rint(scaled).astype(np.uint8)


def _boundary(seen: Evaluation) -> View | None:
    """What the network says everywhere: of one input a curve, of two a picture; else nothing."""
    net, data = seen.net, seen.data
    inputs = net.sizes[0]
    if inputs == 1:
        x = np.linspace(*extent(data.x[0]), CURVE)[np.newaxis, :]
        curves = engine.forward(net, x).a[net.L]
        return {"x": x[0].tolist(), "curves": [[_finite(v) for v in row] for row in curves]}
    if inputs != 2:
        return None
    box, a = data.plane.box, seen.plane.a[net.L]
    if data.kind == "classes" and len(a) > 1:
        # How far the winner is ahead of the second, of the whole that the outputs make up.
        first, second = np.sort(a, axis=0)[::-1][:2]
        lead = (first - second) / np.maximum(np.abs(a).sum(axis=0), 1e-12)
        winner = b64encode(predicted(a).astype(np.uint8).tobytes()).decode()
        return {"size": GRID, "box": box, "classes": winner, "lead": _bytes(lead, 0, 1)}
    low, high = (0.0, 1.0) if data.kind == "classes" else extent(data.y[0])
    return {"size": GRID, "box": box, "range": [low, high], "values": _bytes(a[0], low, high)}


def _maps(seen: Evaluation) -> View | None:
    """a_j^l of every neuron over the plane of two inputs, −1 to 1 of the largest of its layer.

    A single output that tells two classes apart is shown as its boundary is: from 0 to 1.
    """
    if seen.net.sizes[0] != 2:
        return None
    layers = {}
    single = seen.data.kind == "classes" and seen.net.sizes[-1] == 1
    for l, a in seen.plane.a.items():
        with np.errstate(invalid="ignore"):
            reach = float(np.nan_to_num(np.abs(a)).max()) or 1.0
        low, high = (0.0, 1.0) if single and l == seen.net.L else (-reach, reach)
        rows = _levels(a, low, high)
        layers[str(l)] = [b64encode(row.tobytes()).decode() for row in rows]
    return {"size": GRID, "box": seen.data.plane.box, "layers": layers}


def _norm(array: engine.Array) -> float | None:
    return _finite(float(np.linalg.norm(array)))


def _flow(delta: Mapping[int, float | None], seen: Evaluation) -> View | None:
    """That δ ends, vanishes or explodes on its way back, with ‖δ²‖/‖δᴸ‖.

    Where it ends it is exactly 0 in `layer` and below; "dead" says that this layer's σ′ is 0 for
    every sample, "zero" that it is not.
    """
    depth = seen.net.L
    first, last = delta[2], delta[depth]
    if depth < 3 or first is None or not last:
        return None
    ended = [l for l, norm in delta.items() if norm == 0]
    if ended:
        layer = max(ended)
        idle = _idle(seen.net, layer, seen.train)
        dead = idle is not None and idle["kind"] == "dead" and idle["count"] == idle["of"]
        return {"kind": "dead" if dead else "zero", "layer": layer}
    ratio = first / last
    if VANISHING <= ratio <= 1 / VANISHING:
        return None
    return {"kind": "vanishing" if ratio < 1 else "exploding", "ratio": ratio}


def _layers(seen: Evaluation) -> View:
    """‖δ^l‖ and ‖∂J/∂w^l‖ of every layer, l = 2…L, over the whole train part.

    ‖δ^l‖ is √(mean over the samples of Σ_j (δ_j^l)²), the root mean square of the samples' norms;
    ‖∂J/∂w^l‖ is √Σ_jk (∂J/∂w_jk^l)² with J, as in BP4, the mean over the samples.
    """
    with np.errstate(all="ignore"):
        bwd = seen.backward
        delta = {l: _norm(d) for l, d in bwd.delta.items()}
        root = len(seen.data.train) ** 0.5
        delta = {l: norm if norm is None else norm / root for l, norm in delta.items()}
        dw = {l: _norm(g) for l, g in bwd.dw.items()}
    both = {"delta": delta, "dw": dw}
    named = {key: {str(l): norm for l, norm in norms.items()} for key, norms in both.items()}
    return {**named, "flow": _flow(delta, seen)}


def _histogram(values: engine.Array) -> View:
    flat = values[np.isfinite(values)]
    # Taken by size: the difference of two large numbers may be no number.
    reach = float(np.abs(flat).max(initial=0.0)) or 1.0
    scaled = flat / reach
    low, high = (float(scaled.min()), float(scaled.max())) if flat.size else (0.0, 0.0)
    # Values that differ by rounding alone are one bar in the middle.
    if high - low < BINS * np.finfo(float).eps:
        low, high = low - 0.5, high + 0.5
    counts = np.histogram(scaled, bins=BINS, range=(low, high))[0]
    most = float(np.finfo(float).max) / reach
    ends = (reach * max(-most, low), reach * min(most, high))
    return {"low": ends[0], "high": ends[1], "counts": counts.tolist()}


def _idle(net: engine.Network, layer: int, fwd: engine.Forward) -> View | None:
    """How many neurons are dead (σ′ = 0 for every sample) or saturated (σ′ nearly always small)."""
    row = engine.ACTIVATIONS[net.activation(layer)]
    if row.derivative is None or not (row.dies or row.saturates):
        return None
    slope = np.abs(row.derivative(fwd.z[layer]))
    if row.dies:
        kind, idle = "dead", (slope == 0).all(axis=1)
    else:
        kind, idle = "saturated", (slope < SATURATED * row.steepest).mean(axis=1) > 0.95
    count = int(idle.sum())
    return {"kind": kind, "count": count, "of": net.sizes[layer - 1]} if count else None


def _histograms(seen: Evaluation) -> View:
    """Histograms of a^l and w^l, and how many neurons of each layer are dead or saturated."""
    net, layers = seen.net, {}
    with np.errstate(all="ignore"):
        for l in net.w:
            layers[str(l)] = {
                "a": _histogram(seen.train.a[l]),
                "w": _histogram(net.w[l]),
                "idle": _idle(net, l, seen.train),
            }
    return {"layers": layers}


def _confusion(seen: Evaluation) -> View | None:
    """How many samples of each class (rows) the network takes for which (columns)."""
    net, data = seen.net, seen.data
    if data.labels is None:
        return None
    test = seen.test
    part, members = ("test", data.test) if test else ("train", data.train)
    labels = data.labels[members]
    count = max(int(data.labels.max()) + 1, 2, net.sizes[-1])
    table = np.zeros((count, count), dtype=int)
    np.add.at(table, (labels, predicted((test or seen.train).a[net.L])), 1)
    return {"part": part, "counts": table.tolist()}


VIEWS: Final[Mapping[str, Callable[[Evaluation], View | None]]] = {
    "boundary": _boundary,
    "maps": _maps,
    "layers": _layers,
    "histograms": _histograms,
    "confusion": _confusion,
}


def build_views(asked: Sequence[str], seen: Evaluation) -> dict[str, View | None]:
    """The views by name; None where the data has no such picture."""
    return {name: VIEWS[name](seen) for name in asked}
