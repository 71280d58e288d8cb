"""Choices that do not go together, repaired towards what was changed last, each with a sentence."""

from dataclasses import replace
from typing import Final

import numpy as np

import engine
from components import ids
from components.config.fields import ACTIVATIONS, FIELDS, LOSSES, FieldError
from components.config.value import Config, batch_text
from components.messages import Argument, Message, message, require

__all__ = ["fit_sample", "fit_targets", "pair_output_and_loss"]

# What a loss that is not defined for every target says of its targets.
require(
    *(
        f"loss.{name}.{what}"
        for name, row in engine.LOSSES.items()
        if row.targets is not engine.ANY_TARGETS
        for what in ("targets", "fitted")
    )
)
# What begins a sentence: a loss that stands with its output only, an output that couples its rows.
require(*(f"loss.{name}.first" for name, row in engine.LOSSES.items() if row.output))
require(
    *(f"activation.{name}.first" for name, row in engine.ACTIVATIONS.items() if row.couples_rows)
)
ANY_OUTPUT: Final = FIELDS[ids.OUTPUT_ACTIVATION].default
ANY_LOSS: Final = FIELDS[ids.LOSS].default


def pair_output_and_loss(config: Config, changed: str | None, said: list[Message]) -> Config:
    """A loss that is taken as one stands with its output only, and what couples its rows so too."""
    output, loss = config.output_activation, config.loss
    if engine.goes_together(output, loss):
        return config
    own, wanted = engine.loss_taken_with(output), engine.LOSSES[loss].output
    names: dict[str, Argument] = {"output": ACTIVATIONS[output], "loss": LOSSES[loss]}
    if changed == ids.LOSS and wanted:
        names |= {"output": ACTIVATIONS[wanted], "first": message(f"loss.{loss}.first")}
        said.append(message("repair.output_of_loss", **names))
        return replace(config, output_activation=wanted)
    if not engine.ACTIVATIONS[output].couples_rows or own is None:
        said.append(message("repair.loss_dropped", **names, now=LOSSES[ANY_LOSS]))
        return replace(config, loss=ANY_LOSS)
    names |= {"loss": LOSSES[own], "first": message(f"activation.{output}.first")}
    if changed == ids.LOSS:
        said.append(message("repair.output_dropped", **names, now=ACTIVATIONS[ANY_OUTPUT]))
        return replace(config, output_activation=ANY_OUTPUT)
    said.append(message("repair.loss_of_output", **names))
    return replace(config, loss=own)


def fit_sample(config: Config, changed: str | None, said: list[Message]) -> Config:
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
                message("allowed.sample_numbers", count=n, layer=layer),
                message("refusal.batch.numbers", count=len(batch[0])),
            )
    for name, batch, n in (("x", config.x, first), ("y", config.y, last)):
        if len(batch[0]) != n:
            fitted = tuple((sample + (0.0,) * n)[:n] for sample in batch)
            said.append(message("repair.values", name=name, count=n))
            config = replace(config, x=fitted) if name == "x" else replace(config, y=fitted)
    return _fit_batch(config, changed, said)


def _fit_batch(config: Config, changed: str | None, said: list[Message]) -> Config:
    m = len(config.x)
    if len(config.y) == m:
        return config
    if changed == ids.SAMPLE_Y:
        raise FieldError(
            ids.SAMPLE_Y,
            batch_text(config.y),
            message("allowed.samples_of_x", samples=m),
            message("refusal.batch.samples", count=len(config.y)),
        )
    said.append(message("repair.samples", count=m))
    return replace(config, y=(config.y + config.y[-1:] * m)[:m])


def fit_targets(config: Config, changed: str | None, said: list[Message]) -> Config:
    """Targets that the loss is defined on."""
    targets = engine.LOSSES[config.loss].targets
    y = np.array(config.y).T
    if targets.accepts(y):
        return config
    key = f"loss.{config.loss}"
    if changed == ids.SAMPLE_Y:
        raise FieldError(ids.SAMPLE_Y, batch_text(config.y), message(f"{key}.targets"))
    tied = bool(((y == y.max(axis=0)).sum(axis=0) > 1).any())
    where = message("targets.at_the_first_largest" if tied else "targets.at_the_largest")
    said.append(message(f"{key}.fitted", where=where))
    return replace(config, y=tuple(map(tuple, targets.fitted(y).T.tolist())))
