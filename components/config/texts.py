"""The configuration read from the fields' texts, made consistent, and written back.

A choice that does not go with another is repaired towards what was changed last, in full, and each
repair is told in a sentence.
"""

from collections.abc import Mapping
from typing import Any

from components import ids
from components.config.data_repairs import take_data
from components.config.fields import number_text, parse_fields
from components.config.repairs import fit_sample, fit_targets, pair_output_and_loss
from components.config.training_choice import read_training, write_training
from components.config.value import Config, batch_text, make_network
from components.data.samples import DataChoice
from components.messages import Message

__all__ = ["Config", "make_network", "read_config", "write_config"]

TYPED = (ids.SAMPLE_X, ids.SAMPLE_Y)


def write_config(config: Config) -> dict[str, str]:
    """The fields' texts, canonical: what the page shows and what the URL carries."""
    data = config.data
    return {
        ids.LAYER_SIZES: "-".join(str(n) for n in config.sizes),
        ids.HIDDEN_ACTIVATION: config.hidden_activation,
        ids.OUTPUT_ACTIVATION: config.output_activation,
        ids.LOSS: config.loss,
        ids.LEARNING_RATE: number_text(config.learning_rate),
        ids.UPDATE_BIASES: "true" if config.update_biases else "false",
        ids.INIT: config.init,
        ids.SEED: str(config.seed),
        ids.DATASET: data.dataset,
        ids.POINTS: str(data.points),
        ids.CLASSES: str(data.classes),
        ids.NOISE: number_text(data.noise),
        ids.TRAIN_SHARE: str(data.train_share),
        ids.DATA_SEED: str(data.data_seed),
        ids.STANDARDISE: data.standardise,
        ids.OWN_DATA: data.own,
        ids.SAMPLE: str(config.sample or "all"),
        ids.SAMPLE_X: batch_text(config.x),
        ids.SAMPLE_Y: batch_text(config.y),
        ids.GRANULARITY: config.granularity,
        **write_training(config.training),
    }


def _read_data(values: Mapping[str, Any]) -> DataChoice:
    return DataChoice(
        dataset=values[ids.DATASET],
        points=values[ids.POINTS],
        classes=values[ids.CLASSES],
        noise=values[ids.NOISE],
        train_share=values[ids.TRAIN_SHARE],
        data_seed=values[ids.DATA_SEED],
        standardise=values[ids.STANDARDISE],
        own=values[ids.OWN_DATA],
    )


def _heeded(texts: Mapping[str, str], changed: str | None) -> Mapping[str, str]:
    """The texts without those of x and y where a data set gives the samples."""
    picked = texts.get(ids.DATASET, "by_hand") != "by_hand"
    if not picked or changed in (*TYPED, ids.LAYER_SIZES):
        return texts
    return {name: text for name, text in texts.items() if name not in TYPED}


def read_config(
    texts: Mapping[str, str], changed: str | None = None
) -> tuple[Config, list[Message]]:
    """The configuration that the texts ask for, and a sentence for each repair it took.

    `changed` is the field that was touched last: what disagrees with it gives way.
    Raises `FieldError` when a text cannot be used or contradicts the rest beyond repair, and
    `MissingDataError` where own data are asked for that are not kept here.
    """
    values = parse_fields(_heeded(texts, changed))
    asked = Config(
        sizes=values[ids.LAYER_SIZES],
        hidden_activation=values[ids.HIDDEN_ACTIVATION],
        output_activation=values[ids.OUTPUT_ACTIVATION],
        loss=values[ids.LOSS],
        learning_rate=values[ids.LEARNING_RATE],
        update_biases=values[ids.UPDATE_BIASES] == "true",
        init=values[ids.INIT],
        seed=values[ids.SEED],
        data=_read_data(values),
        sample=values[ids.SAMPLE],
        x=values[ids.SAMPLE_X],
        y=values[ids.SAMPLE_Y],
        granularity=values[ids.GRANULARITY],
        training=read_training(values),
    )
    said: list[Message] = []
    config = pair_output_and_loss(asked, changed, said)
    config = take_data(config, changed, said)
    config = fit_sample(config, changed, said)
    return fit_targets(config, changed, said), said
