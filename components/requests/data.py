"""What the browser asks about data: their picture, and one point more."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

import engine
from components.data.own import MOST_ROWS
from components.data.samples import load_samples
from components.data.sources import SOURCES, RawData
from components.messages import message
from components.refusal import RefusalError
from components.requests.own_table import keep_own, told_of
from components.requests.reading import read_stage, read_whole, refuse
from components.training.data import Data, load_data
from components.wire import write_array

__all__ = ["ADD", "answer_add", "answer_data"]

ADD: Final = ("point", "label", "salt")

MOST_POINTS: Final = 2000
MOST_NUMBERS: Final = 40_000
IMAGES: Final = 60


def _thinned(data: Data) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The indices of the samples to show, evenly thinned where they are too many."""
    most = min(MOST_POINTS, max(IMAGES, MOST_NUMBERS // len(data.x)))
    return np.unique(np.linspace(0, data.m - 1, min(most, data.m)).round().astype(np.int64))


def _images(dataset: str, raw: RawData | None) -> dict[str, Any] | None:
    source = SOURCES.get(dataset)
    if source is None or source.pixels is None or raw is None or raw.labels is None:
        return None
    pixels = np.ascontiguousarray(raw.x[:, :IMAGES].T)
    return {
        "side": source.pixels,
        "brightest": float(raw.x.max()),
        "pixels": write_array(pixels),
        "labels": raw.labels[:IMAGES].tolist(),
    }


def answer_data(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with what a picture of the stage's data needs, at most 2,000 samples.

    {"dataset", "kind", "features", "classes", "outputs", "m", "train": how many, "test": how many,
    "shown": how many, "index": their places in the data from 0, "sample": the number that the field
    `sample` has for each, 0 for those of the test part, "x": base64 (n_1, shown), "y": base64
    (n_L, shown), "labels": a list or null, "shift" and "scale" (n_1,): what the numbers were before
    they were standardised is shift + scale · x, "images": null, or {"side", "brightest", "pixels":
    base64 (60, side²), "labels"}, "told": a sentence where samples were left out}. Raises as
    `read_stage`.
    """
    config = read_stage(body).config
    data = load_data(config)
    samples = None if config.dataset == "by_hand" else load_samples(config.data)
    index = _thinned(data)
    number = np.zeros(data.m, np.int64)
    number[data.train] = np.arange(1, len(data.train) + 1)
    left_out = message("data.left_out", shown=f"{len(index):,}", samples=f"{data.m:,}")
    return {
        "dataset": config.dataset,
        "kind": data.kind,
        "features": list(data.features),
        "classes": list(data.classes),
        "outputs": list(samples.raw.outputs) if samples else [],
        "m": data.m,
        "train": len(data.train),
        "test": len(data.test),
        "shown": len(index),
        "index": index.tolist(),
        "sample": number[index].tolist(),
        "x": write_array(data.x[:, index]),
        "y": write_array(data.y[:, index]),
        "labels": None if data.labels is None else data.labels[index].tolist(),
        "shift": data.shift[:, 0].tolist(),
        "scale": data.scale[:, 0].tolist(),
        "images": _images(config.dataset, samples.raw if samples else None),
        "told": left_out if len(index) < data.m else "",
    }


def _coordinates(body: Mapping[str, Any]) -> engine.Array:
    point = body.get("point")
    good = isinstance(point, list) and len(point) == 2
    if not good or not all(type(v) in (int, float) and abs(v) <= 1e6 for v in point or []):
        raise refuse("point", point, message("allowed.point", most="1e6"))
    return np.array(point, float)


def answer_add(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the stage's data and one point more, as own data: {"own", "told"}.

    `point` is where it was put in the picture, `label` (from 0) its class, `salt` as above. Data of
    one input and one target take the point as (x, y). Raises `RefusalError` where none can be
    added, and as `read_stage`.
    """
    config, at = read_stage(body).config, _coordinates(body)
    samples = None if config.dataset == "by_hand" else load_samples(config.data)
    raw = samples.raw if samples else None
    plane = raw is not None and raw.labels is not None and len(raw.x) == 2
    curve = raw is not None and raw.targets is not None and len(raw.x) == len(raw.targets) == 1
    if raw is None or samples is None or not (plane or curve):
        raise RefusalError(message("refusal.point.data"))
    if raw.x.shape[1] >= MOST_ROWS:
        raise RefusalError(message("refusal.point.most", most=MOST_ROWS))
    if raw.labels is not None:
        label = read_whole("label", body.get("label"), 0, len(raw.classes) - 1)
        x = np.column_stack([raw.x, samples.shift[:, 0] + samples.scale[:, 0] * at])
        labels = np.append(raw.labels, label)
        made = RawData(x, raw.features, labels, raw.classes, steps=raw.steps)
    else:
        assert raw.targets is not None
        x = np.append(raw.x, samples.shift + samples.scale * at[0], axis=1)
        y = np.append(raw.targets, samples.y_shift + samples.y_scale * at[1], axis=1)
        made = RawData(x, raw.features, targets=y, outputs=raw.outputs, steps=raw.steps)
    return {"own": keep_own(made, body), "told": message("data.point_added", data=told_of(made))}
