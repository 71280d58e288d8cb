"""Choices that do not go together, repaired towards what was changed last, each with a sentence."""

from dataclasses import replace
from typing import Final

import numpy as np

import engine
from components import ids
from components.config.fields import ACTIVATIONS, FIELDS, LOSSES, FieldError
from components.config.value import Config, batch_text
from components.messages import Message, message, render, require

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
ANY_OUTPUT: Final = FIELDS[ids.OUTPUT_ACTIVATION].default
ANY_LOSS: Final = FIELDS[ids.LOSS].default


def pair_output_and_loss(config: Config, changed: str | None, said: list[str]) -> Config:
    """A loss that is taken as one stands with its output only, and what couples its rows so too."""
    output, loss = config.output_activation, config.loss
    if engine.goes_together(output, loss):
        return config
    own, wanted = engine.loss_taken_with(output), engine.LOSSES[loss].output
    if changed == ids.LOSS and wanted:
        said.append(
            f"{_capital(LOSSES[loss])} is defined on {ACTIVATIONS[wanted]} outputs: "
            f"the output activation is now {ACTIVATIONS[wanted]}."
        )
        return replace(config, output_activation=wanted)
    if not engine.ACTIVATIONS[output].couples_rows or own is None:
        said.append(
            f"The loss {LOSSES[loss]} does not go with {ACTIVATIONS[output]} outputs: "
            f"the loss is now {LOSSES[ANY_LOSS]}."
        )
        return replace(config, loss=ANY_LOSS)
    only = f"{_capital(ACTIVATIONS[output])} goes with {LOSSES[own]} only"
    if changed == ids.LOSS:
        said.append(
            f"{only}: the output activation is now {ACTIVATIONS[ANY_OUTPUT]}, "
            "so that the chosen loss can be taken."
        )
        return replace(config, output_activation=ANY_OUTPUT)
    said.append(f"{only}: the loss is now {LOSSES[own]}.")
    return replace(config, loss=own)


def _capital(called: Message) -> str:
    name = str(called)
    return name[0].upper() + name[1:]


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


def fit_targets(config: Config, changed: str | None, said: list[str]) -> Config:
    """Targets that the loss is defined on."""
    targets = engine.LOSSES[config.loss].targets
    y = np.array(config.y).T
    if targets.accepts(y):
        return config
    key = f"loss.{config.loss}"
    if changed == ids.SAMPLE_Y:
        raise FieldError(ids.SAMPLE_Y, batch_text(config.y), render(message(f"{key}.targets")))
    tied = bool(((y == y.max(axis=0)).sum(axis=0) > 1).any())
    where = message("targets.at_the_first_largest" if tied else "targets.at_the_largest")
    said.append(render(message(f"{key}.fitted", where=where)))
    return replace(config, y=tuple(map(tuple, targets.fitted(y).T.tolist())))
