"""Which conventions a network's numbers follow, and how the numbers would differ in the others."""

from fractions import Fraction
from functools import lru_cache
from typing import Final

import numpy as np

import engine
from components.config.fields import LOSSES, OPTIMISERS
from components.config.texts import Config
from components.messages import message, render, require
from components.notation import plain

__all__ = ["build_convention", "loss_factor"]

SQUARED: Final = tuple(name for name, row in engine.LOSSES.items() if row.squares)
require(
    *(f"loss.{name}.convention" for name in engine.LOSSES),
    *(f"loss.{name}.factor" for name in SQUARED),
    *(f"loss.{name}.apart" for name, row in engine.LOSSES.items() if row.taken_as_one),
)
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
    last = len(config.sizes)
    n, a, delta = config.sizes[-1], plain("a", last), plain("δ", last)
    return render(message(f"loss.{config.loss}.convention", a=a, n=n, delta=delta))


@lru_cache
def _other_losses(now: str, n: int) -> list[str]:
    name = {loss: render(message(f"loss.{loss}.factor")) for loss in SQUARED}
    return [
        f"With {name[loss]} instead of {name[now]}, J and every δ and gradient would be "
        f"{_size(loss_factor(loss, n) / loss_factor(now, n))}."
        for loss in SQUARED
        if loss != now
    ]


def _taken_as_one(config: Config) -> list[str]:
    delta, z = plain("δ", len(config.sizes)), plain("z", len(config.sizes))
    if engine.LOSSES[config.loss].taken_as_one:
        return [render(message(f"loss.{config.loss}.apart", z=z, delta=delta))]
    own = engine.loss_taken_with(config.output_activation)
    if own is None or not engine.LOSSES[own].targets.accepts(np.array(config.y).T):
        return []
    return [
        f"With {LOSSES[own]} on the same outputs, σ′({z}) would cancel: "
        f"{delta} = a − y, without any factor."
    ]


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
    ways = (
        [str(OPTIMISERS[choice.optimiser])] if not engine.OPTIMISERS[choice.optimiser].plain else []
    )
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
