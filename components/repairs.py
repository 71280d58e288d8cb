"""Choices that do not go together, repaired towards what was changed last, each with a sentence."""

from dataclasses import replace
from typing import Final

import engine
from components import ids
from components.config_value import Config, batch_text
from components.fields import FIELDS, FieldError

__all__ = ["fit_sample", "fit_targets", "pair_output_and_loss"]

LOSS_OF: Final = {row.output: name for name, row in engine.LOSSES.items() if row.output}


def pair_output_and_loss(config: Config, changed: str | None, said: list[str]) -> Config:
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


def fit_sample(config: Config, changed: str | None, said: list[str]) -> Config:
    """As many values in x and y as the first and last layer have neurons, as many y as x."""
    first, last = config.sizes[0], config.sizes[-1]
    for field, batch, layer, n in (
        (ids.SAMPLE_X, config.x, 1, first),
        (ids.SAMPLE_Y, config.y, len(config.sizes), last),
    ):
        if len(batch[0]) != n and changed == field:
            raise FieldError(
                field,
                batch_text(batch),
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
            batch_text(config.y),
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


def fit_targets(config: Config, changed: str | None, said: list[str]) -> Config:
    """Targets that the loss is defined on: a distribution for softmax, 0 to 1 for binary."""
    batch = config.y
    if config.loss == "cross_entropy" and not all(map(_is_distribution, batch)):
        if changed == ids.SAMPLE_Y:
            raise FieldError(
                ids.SAMPLE_Y, batch_text(batch), "targets of softmax: none below 0, their sum 1"
            )
        tied = any(y.count(max(y)) > 1 for y in batch)
        where = "at the first of its largest values" if tied else "at its largest value"
        said.append(f"Targets of softmax sum to 1: y is now 1 {where} and 0 elsewhere.")
        return replace(config, y=tuple(map(_one_hot_at_top, batch)))
    if config.loss == "binary_cross_entropy" and not all(0 <= v <= 1 for y in batch for v in y):
        if changed == ids.SAMPLE_Y:
            raise FieldError(
                ids.SAMPLE_Y, batch_text(batch), "targets of binary cross-entropy: from 0 to 1"
            )
        said.append("Targets of binary cross-entropy lie between 0 and 1: y was cut to that.")
        cut = tuple(tuple(min(1.0, max(0.0, v)) for v in y) for y in batch)
        return replace(config, y=cut)
    return config
