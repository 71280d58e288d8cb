"""Comparisons that make a point: settings in common, what differs, and what to look at and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from components import ids

__all__ = ["MOST_RUNS", "PRESETS", "Preset", "write_presets"]

MOST_RUNS: Final = 6

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Preset:
    """A comparison of at most six runs: `rows` differ from `common`; both are texts of fields.

    `look` says what to look at and why it happens; `test` shows the curves of the test part.
    """

    title: str
    look: str
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
        title="Learning rate: too small, right, too large",
        look="At η = 0.001 J creeps: 500 epochs bring it no lower than the first one does at 0.3, "
        "where each step goes on down; at 1 more than a hundred of the 500 steps leap across the "
        "valley and J jumps up; at 3 every step lands higher than it came from, until the numbers "
        "leave the finite ones.",
        common={
            **_curve("1-10-1"),
            ids.HIDDEN_ACTIVATION: "tanh",
            ids.BATCH_SIZE: "all",
            ids.EPOCHS: "500",
        },
        rows=tuple({ids.LEARNING_RATE: eta} for eta in ("0.001", "0.3", "1", "3")),
    ),
    "vanishing": Preset(
        title="Sigmoid against ReLU in a deep network",
        look="With sigmoid J stays where guessing leaves it: σ′ is at most ¼, so δ shrinks at each "
        "of the six hidden layers on its way back and the first ones get nearly nothing; tanh "
        "and ReLU, whose slope is up to 1, let it through.",
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
        title="Zero initialisation: symmetry never breaks",
        look="From zeros, and from any constant, the hidden neurons start alike, get the same "
        "gradient and stay copies of one neuron, with which J hardly falls below the 0.69 of "
        "guessing; from random numbers they part, and it does. Bring a run to the stage and "
        "compare the rows of w².",
        common={
            **_classifier("circles", "2-8-1"),
            ids.LEARNING_RATE: "0.5",
            ids.BATCH_SIZE: "20",
            ids.EPOCHS: "150",
        },
        rows=tuple({ids.INIT: init} for init in ("zeros", "constant", "xavier")),
    ),
    "dying": Preset(
        title="Dying ReLU",
        look="Two of the eight ReLU neurons of layer 3 are dead from the start, z < 0 for all "
        "samples; at η = 1 the first five epochs throw the others there, too: σ′ = 0, no δ comes "
        "through and nothing brings them back; the slope 0.01 of leaky ReLU lets J fall all the "
        "same, slowly, and at η = 0.1 none but the two are dead.",
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
        title="Momentum against none",
        look="All three meet the same flat stretch near J = 0.3: plain SGD creeps along it, while "
        "momentum adds up gradients that point the same way, up to ten times one of them at "
        "β = 0.9, and is through early.",
        common={
            **_classifier("moons", "2-8-8-1"),
            ids.LEARNING_RATE: "0.05",
            ids.BATCH_SIZE: "all",
            ids.EPOCHS: "500",
        },
        rows=tuple({ids.OPTIMISER: name} for name in ("sgd", "momentum", "nesterov")),
    ),
    "overfitting": Preset(
        title="Overfitting, with and without L2",
        look="Without L2 the train J goes on falling while the thin test curve turns and rises: "
        "forty noisy points are learned by heart; λ₂ keeps the weights small, the boundary "
        "smooth and the test J low, although the train J ends higher.",
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


def write_presets() -> list[dict[str, Any]]:
    """The table as the browser takes it."""
    return [
        {
            "name": name,
            "title": preset.title,
            "look": preset.look,
            "common": dict(preset.common),
            "rows": [dict(row) for row in preset.rows],
            "test": preset.test,
        }
        for name, preset in PRESETS.items()
    ]
