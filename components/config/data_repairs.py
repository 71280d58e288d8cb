"""The network made to fit the data that were picked, and the samples that are on the stage."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

import engine
from components import ids
from components.config.fields import ACTIVATIONS, FIELDS, LOSSES, FieldError
from components.config.parsing import SAMPLES_MAX
from components.config.value import Batch, Config
from components.data.samples import DATA_FIELDS, Samples, load_samples
from components.data.sources import IntArray
from components.messages import Message, message
from components.notation import literal

__all__ = ["STAGE_NUMBERS", "may_show_all", "take_data", "targets_of"]

STAGE_NUMBERS: Final = 2000
# The output that gives every number.
UNBOUNDED: Final = "linear"


def targets_of(
    samples: Samples, outputs: int, picked: IntArray | slice = slice(None)
) -> engine.Array:
    """y (n_L, m) of the picked samples.

    Numbers as they are, two classes as 0 and 1 for one output, else one-hot.
    """
    if samples.targets is not None:
        return samples.targets[:, picked]
    assert samples.raw.labels is not None
    rows = np.arange(outputs)[:, None] if outputs > 1 else np.ones((1, 1))
    y: engine.Array = (samples.raw.labels[picked] == rows).astype(float)
    return y


def may_show_all(m: int, inputs: int, outputs: int) -> bool:
    """Whether the stage has room for every sample of the train part at once."""
    return m <= SAMPLES_MAX and m * (inputs + outputs) <= STAGE_NUMBERS


def _by_hand(config: Config) -> Config:
    return replace(config, data=replace(config.data, dataset="by_hand"), sample=1)


def _outputs(config: Config, samples: Samples) -> int:
    """The number of outputs the data ask for; two classes also take the two that are there."""
    if samples.targets is not None:
        return len(samples.targets)
    classes = len(samples.raw.classes)
    if classes > 2:
        return classes
    two = config.sizes[0] == len(samples.x) and config.sizes[-1] == 2
    return 2 if two or engine.ACTIVATIONS[config.output_activation].couples_rows else 1


def take_data(config: Config, changed: str | None, said: list[Message]) -> Config:
    """Set first and last layer, x and y from the data; typing a sample by hand leaves them.

    Raises `FieldError` for a choice that these data forbid, and `MissingDataError`.
    """
    if config.dataset == "by_hand":
        return replace(config, sample=1)
    if changed in (ids.SAMPLE_X, ids.SAMPLE_Y):
        return _by_hand(config)
    if config.dataset == "own" and not config.data.own:
        if changed == ids.DATASET:
            allowed, why = message("allowed.data_set"), message("refusal.data.none_yet")
            raise FieldError(ids.DATASET, "own", allowed, why)
        said.append(message("repair.no_own_data"))
        return _by_hand(config)
    samples = load_samples(config.data)
    config = _fit_outputs(config, samples, changed, said)
    ends = (len(samples.x), _outputs(config, samples))
    if changed == ids.LAYER_SIZES and (config.sizes[0], config.sizes[-1]) != ends:
        said.append(message("repair.sizes_by_hand"))
        return _by_hand(config)
    config = _fit_ends(config, ends, changed, said)
    return _pick_sample(config, samples, changed, said)


def _fit_outputs(
    config: Config, samples: Samples, changed: str | None, said: list[Message]
) -> Config:
    """For targets that are numbers: no loss of classes, and outputs that can reach them."""
    if samples.targets is None:
        return config
    low, high = float(samples.targets.min()), float(samples.targets.max())
    output, loss = config.output_activation, config.loss
    undefined = not engine.LOSSES[loss].targets.accepts(samples.targets)
    if undefined and changed in (ids.LOSS, ids.OUTPUT_ACTIVATION):
        text = loss if changed == ids.LOSS else output
        allowed, why = message("allowed.loss_of_numbers"), message("refusal.data.numbers")
        raise FieldError(changed, text, allowed, why)
    bottom, top = engine.ACTIVATIONS[output].range
    unreachable = (
        changed in (ids.DATASET, ids.OWN_DATA, *DATA_FIELDS) and not bottom <= low <= high <= top
    )
    if not undefined and not unreachable:
        return config
    names = {"output": ACTIVATIONS[output], "now": ACTIVATIONS[UNBOUNDED]}
    said.append(message("repair.unreachable", low=literal(low), high=literal(high), **names))
    if not engine.goes_together(UNBOUNDED, loss):
        loss = FIELDS[ids.LOSS].default
        said.append(message("repair.loss", loss=LOSSES[loss]))
    return replace(config, output_activation=UNBOUNDED, loss=loss)


def _fit_ends(
    config: Config, ends: tuple[int, int], changed: str | None, said: list[Message]
) -> Config:
    if (config.sizes[0], config.sizes[-1]) == ends:
        return config
    sizes = (ends[0], *config.sizes[1:-1], ends[1])
    shown = "-".join(map(str, sizes))
    weights = sum(n * k for n, k in pairwise(sizes))
    if weights > engine.MAX_WEIGHTS or max(ends) > engine.MAX_NEURONS:
        field = changed or ids.DATASET
        raise FieldError(
            field,
            config.dataset if field == ids.DATASET else shown,
            FIELDS[ids.LAYER_SIZES].allowed,
            message("refusal.data.sizes", sizes=shown, weights=f"{weights:,}"),
        )
    said.append(message("repair.ends", sizes=shown))
    return replace(config, sizes=sizes)


def _pick_sample(
    config: Config, samples: Samples, changed: str | None, said: list[Message]
) -> Config:
    m, sample = len(samples.train), config.sample
    every = may_show_all(m, config.sizes[0], config.sizes[-1])
    if sample > m or (sample == 0 and not every):
        if changed == ids.SAMPLE:
            key = "allowed.train_samples_or_all" if every else "allowed.train_samples"
            raise FieldError(ids.SAMPLE, str(sample or "all"), message(key, most=str(m)))
        key = "repair.no_sample" if sample else "repair.all_samples"
        said.append(message(key, sample=str(sample)))
        sample = 1
    picked = samples.train[sample - 1 : sample] if sample else samples.train
    y = targets_of(samples, config.sizes[-1], picked)
    return replace(config, sample=sample, x=_rows(samples.x[:, picked]), y=_rows(y))


def _rows(columns: engine.Array) -> Batch:
    return tuple(tuple(sample) for sample in columns.T.tolist())
