"""What is on the stage, as one value: read from the fields' texts, made consistent, written back.

A choice that does not go with another is repaired towards what was changed last, in full, and each
repair is told in a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

import engine
from components import ids
from components.fields import FIELDS, FieldError, number_text, parse_fields

__all__ = ["GATES", "Config", "make_network", "read_config", "write_config"]

Batch = tuple[tuple[float, ...], ...]

GATES: Final[Mapping[str, tuple[int, int, int, int]]] = {
    "xor": (0, 1, 1, 0),
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
}
GATE_INPUTS: Final = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
LOSS_OF: Final = {row.output: name for name, row in engine.LOSSES.items() if row.output}


@dataclass(frozen=True)
class Config:
    """Everything that decides a pass except the weights; x and y are samples, mostly just one."""

    sizes: tuple[int, ...]
    hidden_activation: str
    output_activation: str
    loss: str
    learning_rate: float
    update_biases: bool
    init: str
    seed: int
    dataset: str
    sample: int
    x: Batch
    y: Batch
    granularity: str

    @property
    def activations(self) -> list[str]:
        """The names for layers 2…L."""
        return [self.hidden_activation] * (len(self.sizes) - 2) + [self.output_activation]

    def columns(self) -> tuple[engine.Array, engine.Array]:
        """x (n_1, m) and y (n_L, m): samples as columns, as the engine takes them."""
        return np.array(self.x).T, np.array(self.y).T


def make_network(config: Config) -> engine.Network:
    """The network that the configuration starts from: its init scheme and seed, b = 0."""
    return engine.init_network(
        list(config.sizes),
        activations=config.activations,
        loss=config.loss,
        init=config.init,
        seed=config.seed,
    )


def _batch_text(batch: Batch) -> str:
    return "; ".join(", ".join(number_text(value) for value in sample) for sample in batch)


def write_config(config: Config) -> dict[str, str]:
    """The fields' texts, canonical: what the page shows and what the URL carries."""
    return {
        ids.LAYER_SIZES: "-".join(str(n) for n in config.sizes),
        ids.HIDDEN_ACTIVATION: config.hidden_activation,
        ids.OUTPUT_ACTIVATION: config.output_activation,
        ids.LOSS: config.loss,
        ids.LEARNING_RATE: number_text(config.learning_rate),
        ids.UPDATE_BIASES: "true" if config.update_biases else "false",
        ids.INIT: config.init,
        ids.SEED: str(config.seed),
        ids.DATASET: config.dataset,
        ids.SAMPLE: str(config.sample or "all"),
        ids.SAMPLE_X: _batch_text(config.x),
        ids.SAMPLE_Y: _batch_text(config.y),
        ids.GRANULARITY: config.granularity,
    }


def read_config(texts: Mapping[str, str], changed: str | None = None) -> tuple[Config, list[str]]:
    """The configuration that the texts ask for, and a sentence for each repair it took.

    `changed` is the field that was touched last: what disagrees with it gives way.
    Raises `FieldError` when a text cannot be used or contradicts the rest beyond repair.
    """
    values = parse_fields(texts)
    asked = Config(
        sizes=values[ids.LAYER_SIZES],
        hidden_activation=values[ids.HIDDEN_ACTIVATION],
        output_activation=values[ids.OUTPUT_ACTIVATION],
        loss=values[ids.LOSS],
        learning_rate=values[ids.LEARNING_RATE],
        update_biases=values[ids.UPDATE_BIASES] == "true",
        init=values[ids.INIT],
        seed=values[ids.SEED],
        dataset=values[ids.DATASET],
        sample=values[ids.SAMPLE],
        x=values[ids.SAMPLE_X],
        y=values[ids.SAMPLE_Y],
        granularity=values[ids.GRANULARITY],
    )
    said: list[str] = []
    config = _pair_output_and_loss(asked, changed, said)
    config = _take_data(config, changed, said)
    config = _fit_sample(config, changed, said)
    return _fit_targets(config, changed, said), said


def _pair_output_and_loss(config: Config, changed: str | None, said: list[str]) -> Config:
    """Softmax and cross-entropy go together only; binary cross-entropy needs sigmoid outputs."""
    output, loss = config.output_activation, config.loss
    if changed == ids.LOSS and loss == "cross_entropy" and output != "softmax":
        said.append(
            "Cross-entropy is defined on softmax outputs: the output activation is now softmax."
        )
        return replace(config, output_activation="softmax")
    if changed == ids.LOSS and loss == "binary_cross_entropy" and output != "sigmoid":
        said.append(
            "Binary cross-entropy is defined on sigmoid outputs: "
            "the output activation is now sigmoid."
        )
        return replace(config, output_activation="sigmoid")
    if changed == ids.LOSS and output == "softmax" and loss != "cross_entropy":
        said.append(
            "Softmax goes with cross-entropy only: the output activation is now sigmoid, "
            "so that the chosen loss can be taken."
        )
        return replace(config, output_activation="sigmoid")
    if output == "softmax" and loss != "cross_entropy":
        said.append("Softmax goes with cross-entropy only: the loss is now cross-entropy.")
        return replace(config, loss="cross_entropy")
    if LOSS_OF.get(output) != loss and loss in LOSS_OF.values():
        name = FIELDS[ids.LOSS].choices or {}
        said.append(
            f"The loss {name[loss]} does not go with {output} outputs: the loss is now ½‖a−y‖²."
        )
        return replace(config, loss="half_squared_error")
    return config


def _take_data(config: Config, changed: str | None, said: list[str]) -> Config:
    """Set x and y from the picked sample; typing a sample by hand leaves the data set."""
    if config.dataset == "by_hand":
        return replace(config, sample=1)
    ends = (2, 2 if config.output_activation == "softmax" else 1)
    if changed in (ids.SAMPLE_X, ids.SAMPLE_Y):
        return replace(config, dataset="by_hand", sample=1)
    if changed == ids.LAYER_SIZES and (config.sizes[0], config.sizes[-1]) != ends:
        said.append("These layer sizes do not fit the data: the sample is now typed by hand.")
        return replace(config, dataset="by_hand", sample=1)
    if config.sample not in range(5):
        raise FieldError(ids.SAMPLE, str(config.sample), "1 to 4, the samples of this data, or all")
    if (config.sizes[0], config.sizes[-1]) != ends:
        config = replace(config, sizes=(ends[0], *config.sizes[1:-1], ends[1]))
        said.append(
            f"The first and the last layer follow the data: {'-'.join(map(str, config.sizes))}."
        )
    picked = [config.sample - 1] if config.sample else list(range(4))
    labels = [GATES[config.dataset][i] for i in picked]
    one_hot = {0: (1.0, 0.0), 1: (0.0, 1.0)}
    return replace(
        config,
        x=tuple(GATE_INPUTS[i] for i in picked),
        y=tuple(one_hot[label] if ends[1] == 2 else (float(label),) for label in labels),
    )


def _fit_sample(config: Config, changed: str | None, said: list[str]) -> Config:
    """As many values in x and y as the first and last layer have neurons, as many y as x."""
    first, last = config.sizes[0], config.sizes[-1]
    for field, batch, layer, n in (
        (ids.SAMPLE_X, config.x, 1, first),
        (ids.SAMPLE_Y, config.y, len(config.sizes), last),
    ):
        if len(batch[0]) != n and changed == field:
            raise FieldError(
                field,
                _batch_text(batch),
                f"{n} number{'s' * (n > 1)} in each sample, one for each neuron of layer {layer}",
                f"a sample has {len(batch[0])} number{'s' * (len(batch[0]) > 1)}",
            )
    for name, batch, n in (("x", config.x, first), ("y", config.y, last)):
        if len(batch[0]) != n:
            fitted = tuple((sample + (0.0,) * n)[:n] for sample in batch)
            said.append(f"{name} now has {n} value{'s' * (n > 1)}, as its layer has neurons.")
            config = replace(config, x=fitted) if name == "x" else replace(config, y=fitted)
    return _fit_batch(config, changed, said)


def _fit_batch(config: Config, changed: str | None, said: list[str]) -> Config:
    m = len(config.x)
    if len(config.y) == m:
        return config
    if changed == ids.SAMPLE_Y:
        raise FieldError(
            ids.SAMPLE_Y,
            _batch_text(config.y),
            f"as many samples as x has, {m}, with semicolons between them",
            f"{len(config.y)} sample{'s' * (len(config.y) > 1)}",
        )
    said.append(f"y now has {m} sample{'s' * (m > 1)}, as x has: set the targets.")
    return replace(config, y=(config.y + config.y[-1:] * m)[:m])


def _is_distribution(y: tuple[float, ...]) -> bool:
    return min(y) >= 0 and abs(sum(y) - 1) <= 1e-9


def _one_hot_at_top(y: tuple[float, ...]) -> tuple[float, ...]:
    top = y.index(max(y))
    return tuple(float(j == top) for j in range(len(y)))


def _fit_targets(config: Config, changed: str | None, said: list[str]) -> Config:
    """Targets that the loss is defined on: a distribution for softmax, 0 to 1 for binary."""
    batch = config.y
    if config.loss == "cross_entropy" and not all(map(_is_distribution, batch)):
        if changed == ids.SAMPLE_Y:
            raise FieldError(
                ids.SAMPLE_Y, _batch_text(batch), "targets of softmax: none below 0, their sum 1"
            )
        said.append("Targets of softmax sum to 1: y is now 1 at its largest value and 0 elsewhere.")
        return replace(config, y=tuple(map(_one_hot_at_top, batch)))
    if config.loss == "binary_cross_entropy" and not all(0 <= v <= 1 for y in batch for v in y):
        if changed == ids.SAMPLE_Y:
            raise FieldError(
                ids.SAMPLE_Y, _batch_text(batch), "targets of binary cross-entropy: from 0 to 1"
            )
        said.append("Targets of binary cross-entropy lie between 0 and 1: y was cut to that.")
        cut = tuple(tuple(min(1.0, max(0.0, v)) for v in y) for y in batch)
        return replace(config, y=cut)
    return config
