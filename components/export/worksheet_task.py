"""What a worksheet begins with: the task, the formulas in force and the given numbers."""

from collections.abc import Sequence
from itertools import groupby

import engine
from components.export.training_step import TrainingStep
from components.export.worksheet_entries import Entries
from components.messages import Message, Told, message
from components.notation import tex

__all__ = ["Block", "inner_line", "math_block", "of_sample", "task_blocks"]

# What a block is (title, section, text or math) and its content; math is aligned lines.
Block = tuple[str, Told]


def math_block(*lines: str) -> Block:
    """Aligned lines below each other, empty ones left out."""
    return "math", " \\\\\n".join(line for line in lines if line)


def of_sample(samples: int, entries: Entries) -> str:
    """J, or in a batch the one that a sample has, in TeX."""
    return "J" if samples == 1 else f"J_{{{entries.words(message('worksheet.sample'))}}}"


def _which(layers: Sequence[int], activation: str) -> Message:
    name = message(f"activation.{activation}")
    if len(layers) == 1:
        return message("worksheet.activation.layer", layer=layers[0], name=name)
    first, last = layers[0], layers[-1]
    return message("worksheet.activation.layers", first=first, last=last, name=name)


def _activations(net: engine.Network, entries: Entries) -> list[str]:
    """σ of each run of layers that share it."""
    lines = []
    for name, found in groupby(net.w, net.activation):
        row = engine.ACTIVATIONS[name]
        left = r"\sigma(z)" + ("_j" if row.couples_rows else "")
        words = entries.words(_which(list(found), name))
        lines.append(rf"{left} &= {row.symbols(row.tex)} \quad {words}")
        lines.append(inner_line(row))
    return lines


def inner_line(row: engine.Activation) -> str:
    """The line that says what the formulas of an activation are shortened by."""
    return f"{row.inner.symbol} &= {row.inner.tex()}" if row.inner else ""


def _task(step: TrainingStep) -> list[Message]:
    """What is to be computed of which network, in sentences."""
    sizes, m = step.config.sizes, len(step.config.x)
    moving = "biases_move" if step.config.update_biases else "biases_stay"
    listed = ", ".join(map(str, sizes))
    said = [
        message("worksheet.task", last=len(sizes), neurons=listed),
        message(f"worksheet.task.{moving}"),
    ]
    return [*said, message("worksheet.task.batch", samples=m)] if m > 1 else said


def task_blocks(step: TrainingStep, entries: Entries) -> list[Block]:
    """The title, the formulas and what is given."""
    net, config = step.net, step.config
    L, eta = net.L, config.learning_rate
    loss = engine.LOSSES[config.loss]
    J = loss.tex(f"{{{L}}}", str(config.sizes[-1]))
    name = message("worksheet.loss.name", name=message(f"loss.{config.loss}", a="a"))
    words = "" if loss.squares else rf" \quad {entries.words(name)}"
    title = "solutions" if entries.solutions else "blank"
    return [
        ("title", message(f"worksheet.title.{title}", sizes=step.sizes)),
        ("text", _task(step)),
        math_block(*_activations(net, entries)),
        math_block(
            f"{of_sample(len(config.x), entries)} &= {J}{words}",
            rf"\eta &{entries.relation([eta])} {entries.number(eta)}",
        ),
        *(math_block(*(entries.given(tex(s, l), getattr(net, s)[l]) for s in "wb")) for l in net.w),
        math_block(entries.given("x", step.values["x", 1])),
        math_block(entries.given("y", step.values["y", L])),
        ("text", message("worksheet.digits", digits=entries.digits)),
    ]
