"""What a worksheet begins with: the task, the formulas in force and the given numbers."""

from itertools import groupby

import engine
from components.config.fields import ACTIVATIONS, LOSSES
from components.export.training_step import TrainingStep
from components.export.worksheet_entries import Entries
from components.notation import tex

__all__ = ["Block", "inner_line", "math_block", "task_blocks"]

# What a block is (title, section, text or math) and its content; math is aligned lines.
Block = tuple[str, str]


def math_block(*lines: str) -> Block:
    """Aligned lines below each other, empty ones left out."""
    return "math", " \\\\\n".join(line for line in lines if line)


def _activations(net: engine.Network) -> list[str]:
    """σ of each run of layers that share it."""
    lines = []
    for name, found in groupby(net.w, net.activation):
        layers = list(found)
        ends = (layers[0], layers[-1])
        which = f"layer{'s' * (len(layers) > 1)} " + " to ".join(map(str, dict.fromkeys(ends)))
        row = engine.ACTIVATIONS[name]
        left = r"\sigma(z)" + ("_j" if row.couples_rows else "")
        words = rf"\text{{({which}, {ACTIVATIONS[name]})}}"
        lines.append(rf"{left} &= {row.symbols(row.tex)} \quad {words}")
        lines.append(inner_line(row))
    return lines


def inner_line(row: engine.Activation) -> str:
    """The line that says what the formulas of an activation are shortened by."""
    return f"{row.inner.symbol} &= {row.inner.tex()}" if row.inner else ""


def task_blocks(step: TrainingStep, entries: Entries) -> list[Block]:
    """The title, the formulas and what is given."""
    net, config = step.net, step.config
    L, sizes, m, eta = net.L, config.sizes, len(config.x), config.learning_rate
    made = "Solutions" if entries.solutions else "Worksheet"
    moving = config.update_biases
    biases = "Weights and biases move." if moving else "The weights move, the biases do not."
    batch = (
        f" The {m} samples are the columns of $x$ and $y$; $J$ is the mean over them, and a "
        "bracket holds one number for each sample in their order."
    )
    loss, name = engine.LOSSES[config.loss], LOSSES[config.loss]
    J = loss.tex(f"{{{L}}}", str(sizes[-1]))
    words = "" if loss.squares else rf" \quad \text{{({name})}}"
    of_sample = "J" if m == 1 else r"J_{\text{sample}}"
    return [
        ("title", f"{made}: one training step of a {step.sizes} network"),
        (
            "text",
            f"The layers 1 to {L} have {', '.join(map(str, sizes))} neurons; layer 1 is the "
            "input, $a^{1} = x$. Compute the forward pass, the loss, the backward pass and "
            f"the update. {biases}{batch if m > 1 else ''}",
        ),
        math_block(*_activations(net)),
        math_block(
            f"{of_sample} &= {J}{words}",
            rf"\eta &{entries.relation([eta])} {entries.number(eta)}",
        ),
        *(math_block(*(entries.given(tex(s, l), getattr(net, s)[l]) for s in "wb")) for l in net.w),
        math_block(entries.given("x", step.values["x", 1])),
        math_block(entries.given("y", step.values["y", L])),
        (
            "text",
            f"Numbers are written with at most {entries.digits} significant digits and "
            "computed with all of theirs: $=$ is exact, $\\approx$ is rounded.",
        ),
    ]
