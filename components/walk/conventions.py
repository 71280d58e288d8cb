"""Which conventions a network's numbers follow, and how the numbers would differ in the others."""

from fractions import Fraction
from functools import lru_cache
from typing import Final, TypedDict

import numpy as np

import engine
from components.config.texts import Config
from components.messages import Message, message, require
from components.notation import plain

__all__ = ["build_convention", "loss_factor"]

SQUARED: Final = tuple(name for name, row in engine.LOSSES.items() if row.squares)
require(
    *(f"loss.{name}.convention" for name in engine.LOSSES),
    *(f"loss.{name}.factor" for name in SQUARED),
    *(f"loss.{name}.apart" for name, row in engine.LOSSES.items() if row.taken_as_one),
)
# How J would differ where the ratio of the factors has a word of its own.
SIZES: Final = {Fraction(1, 2): "half", Fraction(1): "same", Fraction(2): "twice"}
require(*(f"convention.loss.{size}" for size in (*SIZES.values(), "times")))


class Convention(TypedDict):
    """What holds, and a sentence for each convention that would change a number."""

    now: Message
    others: list[Message]


def loss_factor(loss: str, n: int) -> Fraction:
    """The factor before Σ (a_j − y_j)², the sum over n outputs, in one of the squared errors."""
    return engine.LOSSES[loss].factor(n)


def _loss_now(config: Config) -> Message:
    last = len(config.sizes)
    n, a, delta = config.sizes[-1], plain("a", last), plain("δ", last)
    return message(f"loss.{config.loss}.convention", a=a, n=n, delta=delta)


@lru_cache
def _other_losses(now: str, n: int) -> list[Message]:
    name = {loss: message(f"loss.{loss}.factor") for loss in SQUARED}

    def told(other: str) -> Message:
        ratio = loss_factor(other, n) / loss_factor(now, n)
        losses = {"other": name[other], "now": name[now]}
        if (size := SIZES.get(ratio)) is not None:
            return message(f"convention.loss.{size}", **losses)
        return message("convention.loss.times", **losses, ratio=str(ratio))

    return [told(loss) for loss in SQUARED if loss != now]


def _taken_as_one(config: Config) -> list[Message]:
    delta, z = plain("δ", len(config.sizes)), plain("z", len(config.sizes))
    if engine.LOSSES[config.loss].taken_as_one:
        return [message(f"loss.{config.loss}.apart", z=z, delta=delta)]
    own = engine.loss_taken_with(config.output_activation)
    if own is None or not engine.LOSSES[own].targets.accepts(np.array(config.y).T):
        return []
    return [message("convention.together", loss=message(f"loss.{own}"), z=z, delta=delta)]


def _samples(config: Config) -> tuple[Message, Message]:
    m = len(config.x)
    if m == 1:
        return message("convention.sample"), message("convention.sample.batch")
    return message("convention.batch", m=m), message("convention.batch.sum", m=m)


def _biases(config: Config) -> tuple[Message, Message]:
    if config.update_biases:
        return message("convention.moving"), message("convention.moving.frozen")
    return message("convention.frozen"), message("convention.frozen.moving")


def _penalties(config: Config) -> list[str | Message]:
    choice = config.training
    if choice.l1 and choice.l2:
        return [message("convention.penalties")]
    return [name for name, value in (("L1", choice.l1), ("L2", choice.l2)) if value]


def _training(config: Config) -> list[Message]:
    """Where Train moves the weights otherwise than the update that is walked."""
    name = config.training.optimiser
    ways: list[str | Message] = _penalties(config)
    if not engine.OPTIMISERS[name].plain:
        ways.insert(0, message(f"optimiser.{name}"))
    return [message("convention.training", ways=ways)] if ways else []


def build_convention(config: Config) -> Convention:
    """The conventions in force and what others would change: {"now": sentence, "others": [...]}.

    J = c Σ (a − y)² with c = ½, 1 or 1/n_L makes J, δ and the gradients proportional to c;
    cross-entropy with its activation gives δ^L = a^L − y (Bishop, PRML 2006, section 4.3.6).
    """
    samples, other_samples = _samples(config)
    biases, other_biases = _biases(config)
    losses = _other_losses(config.loss, config.sizes[-1]) if config.loss in SQUARED else []
    return {
        "now": message("convention.now", loss=_loss_now(config), samples=samples, biases=biases),
        "others": [
            *_training(config),
            *losses,
            *_taken_as_one(config),
            other_samples,
            other_biases,
        ],
    }
