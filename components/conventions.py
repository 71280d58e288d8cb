"""Which conventions a network's numbers follow, and how the numbers would differ in the others."""

from fractions import Fraction
from functools import lru_cache
from typing import Final

import engine
from components.config import Config
from components.fields import OPTIMISERS
from components.notation import plain

__all__ = ["build_convention", "loss_factor"]

SQUARED: Final = {
    "half_squared_error": "½Σ",
    "squared_error": "Σ",
    "mean_squared_error": "the mean over the outputs",
}
WORDS: Final = {
    Fraction(1, 2): "half as large",
    Fraction(1): "the same",
    Fraction(2): "twice as large",
}


def loss_factor(loss: str, n: int) -> Fraction:
    """The factor before Σ (a_j − y_j)², the sum over n outputs, in one of the squared errors."""
    return engine.LOSSES[loss].factor(n)


def _size(ratio: Fraction) -> str:
    return WORDS.get(ratio) or f"{ratio} times as large"


def _loss_now(config: Config) -> str:
    n, a = config.sizes[-1], plain("a", len(config.sizes))
    delta = f"{plain('δ', len(config.sizes))} = {a} − y"
    return {
        "half_squared_error": f"J = ½‖{a} − y‖², half the sum over the outputs (½Σ)",
        "squared_error": f"J = ‖{a} − y‖², the sum over the outputs (Σ)",
        "mean_squared_error": f"J = ‖{a} − y‖²/{n}, the mean over the outputs",
        "huber": f"J is the Huber loss of {a} − y with its bend at 1, summed over the outputs",
        "log_cosh": f"J = Σ ln cosh({a} − y), summed over the outputs",
        "binary_cross_entropy": "J is the binary cross-entropy, summed over the outputs and taken "
        f"as one with the sigmoid: {delta}",
        "cross_entropy": f"J is the cross-entropy, taken as one with the softmax: {delta}",
    }[config.loss]


@lru_cache
def _other_losses(now: str, n: int) -> list[str]:
    return [
        f"With {name} instead of {SQUARED[now]}, J and every δ and gradient would be "
        f"{_size(loss_factor(loss, n) / loss_factor(now, n))}."
        for loss, name in SQUARED.items()
        if loss != now
    ]


def _taken_as_one(config: Config) -> list[str]:
    delta, z = plain("δ", len(config.sizes)), plain("z", len(config.sizes))
    if config.loss == "cross_entropy":
        return [
            "Taken apart, −y/a through the derivatives of the softmax would give the same "
            f"{delta}, except where an output is rounded to 0: there it is 0 times infinity."
        ]
    if config.loss == "binary_cross_entropy":
        return [
            f"With ½Σ (a − y)² on the same outputs, σ′({z}) would not cancel: each entry of "
            f"{delta} would be σ′({z}) times as large, a quarter at most."
        ]
    if config.output_activation == "sigmoid" and all(0 <= v <= 1 for y in config.y for v in y):
        return [
            f"With binary cross-entropy on the same outputs, σ′({z}) would cancel: "
            f"{delta} = a − y, without any factor."
        ]
    return []


def _samples(config: Config) -> tuple[str, str]:
    m = len(config.x)
    if m == 1:
        return (
            "one sample, so J and the gradients are its own",
            "With a batch, J and the gradients would be means over its samples; each sample would "
            "keep a δ of its own.",
        )
    return (
        f"a batch of {m} samples, so J and the gradients are means over them, and each sample has "
        "its own δ",
        f"With the sum over the samples instead of the mean, J and every gradient would be {m} "
        "times as large, each δ the same.",
    )


def _biases(config: Config) -> tuple[str, str]:
    if config.update_biases:
        return (
            "the biases move with the weights",
            "With frozen biases this step's J, δ and gradients would be the same; only b would "
            "stay where it is, and so the next J may differ.",
        )
    return (
        "the biases are frozen",
        "With moving biases this step's J, δ and gradients would be the same; b would move by "
        "−η ∂J/∂b too, and so the next J may differ.",
    )


def _training(config: Config) -> list[str]:
    """Where Train moves the weights otherwise than the update that is walked."""
    choice = config.training
    ways = [OPTIMISERS[choice.optimiser]] if choice.optimiser != "sgd" else []
    ways += [name for name, value in (("L1", choice.l1), ("L2", choice.l2)) if value]
    if not ways:
        return []
    return [
        f"Train moves the weights with {' and '.join(ways)}; the update that is walked is plain "
        "gradient descent, w − η ∂J/∂w."
    ]


def build_convention(config: Config) -> dict[str, str | list[str]]:
    """The conventions in force and what others would change: {"now": sentence, "others": [...]}.

    J = c Σ (a − y)² with c = ½, 1 or 1/n_L makes J, δ and the gradients proportional to c;
    cross-entropy with its activation gives δ^L = a^L − y (Bishop, PRML 2006, section 4.3.6).
    """
    samples, other_samples = _samples(config)
    biases, other_biases = _biases(config)
    losses = _other_losses(config.loss, config.sizes[-1]) if config.loss in SQUARED else []
    return {
        "now": f"{_loss_now(config)}; {samples}; {biases}.",
        "others": [
            *_training(config),
            *losses,
            *_taken_as_one(config),
            other_samples,
            other_biases,
        ],
    }
