"""Comparisons that make a point: settings in common, what differs, and what to look at and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from components import ids
from components.messages import message, require

__all__ = ["MOST_RUNS", "PRESETS", "Preset", "write_presets"]

MOST_RUNS: Final = 6

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Preset:
    """A comparison of at most six runs: `rows` differ from `common`; both are texts of fields.

    Its title has the key preset.NAME; preset.NAME.look says what to look at and why it happens.
    `test` shows the curves of the test part.
    """

    common: Texts
    rows: tuple[Texts, ...]
    test: bool = False


def _classifier(dataset: str, sizes: str, **more: str) -> dict[str, str]:
    """Two classes of points in the plane, one sigmoid output and its own loss."""
    return {
        ids.DATASET: dataset,
        ids.LAYER_SIZES: sizes,
        ids.HIDDEN_ACTIVATION: "tanh",
        ids.OUTPUT_ACTIVATION: "sigmoid",
        ids.LOSS: "binary_cross_entropy",
        **more,
    }


def _curve(sizes: str, **more: str) -> dict[str, str]:
    """A curve through points: one input, one linear output, half the squared error."""
    return {
        ids.DATASET: "sine",
        ids.LAYER_SIZES: sizes,
        ids.OUTPUT_ACTIVATION: "linear",
        ids.LOSS: "half_squared_error",
        **more,
    }


PRESETS: Final[Mapping[str, Preset]] = {
    "rates": Preset(
        common={
            **_curve("1-10-1"),
            ids.HIDDEN_ACTIVATION: "tanh",
            ids.BATCH_SIZE: "all",
            ids.EPOCHS: "500",
        },
        rows=tuple({ids.LEARNING_RATE: eta} for eta in ("0.001", "0.3", "1", "3")),
    ),
    "vanishing": Preset(
        common={
            **_classifier("circles", "2-8-8-8-8-8-8-1"),
            ids.LEARNING_RATE: "0.1",
            ids.BATCH_SIZE: "20",
            ids.EPOCHS: "150",
        },
        rows=(
            {ids.HIDDEN_ACTIVATION: "sigmoid", ids.INIT: "xavier"},
            {ids.HIDDEN_ACTIVATION: "tanh", ids.INIT: "xavier"},
            {ids.HIDDEN_ACTIVATION: "relu", ids.INIT: "he"},
        ),
    ),
    "symmetry": Preset(
        common={
            **_classifier("circles", "2-8-1"),
            ids.LEARNING_RATE: "0.5",
            ids.BATCH_SIZE: "20",
            ids.EPOCHS: "150",
        },
        rows=tuple({ids.INIT: init} for init in ("zeros", "constant", "xavier")),
    ),
    "dying": Preset(
        common={
            **_curve("1-8-8-1"),
            ids.INIT: "he",
            ids.SEED: "1",
            ids.BATCH_SIZE: "20",
            ids.EPOCHS: "300",
        },
        rows=(
            {ids.HIDDEN_ACTIVATION: "relu", ids.LEARNING_RATE: "1"},
            {ids.HIDDEN_ACTIVATION: "leaky_relu", ids.LEARNING_RATE: "1"},
            {ids.HIDDEN_ACTIVATION: "relu", ids.LEARNING_RATE: "0.1"},
        ),
    ),
    "momentum": Preset(
        common={
            **_classifier("moons", "2-8-8-1"),
            ids.LEARNING_RATE: "0.05",
            ids.BATCH_SIZE: "all",
            ids.EPOCHS: "500",
        },
        rows=tuple({ids.OPTIMISER: name} for name in ("sgd", "momentum", "nesterov")),
    ),
    "overfitting": Preset(
        common={
            **_classifier("moons", "2-24-24-1"),
            ids.POINTS: "80",
            ids.NOISE: "0.35",
            ids.TRAIN_SHARE: "50",
            ids.HIDDEN_ACTIVATION: "relu",
            ids.INIT: "he",
            ids.OPTIMISER: "adam",
            ids.LEARNING_RATE: "0.01",
            ids.BATCH_SIZE: "10",
            ids.EPOCHS: "400",
        },
        rows=tuple({ids.L2: weight} for weight in ("0", "0.01", "0.03")),
        test=True,
    ),
}


require(*(f"preset.{name}{what}" for name in PRESETS for what in ("", ".look")))


def write_presets() -> list[dict[str, Any]]:
    """The table as the browser takes it."""
    return [
        {
            "name": name,
            "title": message(f"preset.{name}"),
            "look": message(f"preset.{name}.look"),
            "common": dict(preset.common),
            "rows": [dict(row) for row in preset.rows],
            "test": preset.test,
        }
        for name, preset in PRESETS.items()
    ]
