"""What an optimiser does with a gradient and how first weights are drawn, as a reader reads it."""

from collections.abc import Mapping
from typing import Final

import engine
from components import ids
from components.config.fields import INITS, OPTIMISERS

__all__ = ["ELSEWHERE", "LAWS", "constants"]

CONSTANTS: Final = {
    "β": f"β = {engine.BETA}",
    "β₂": f"β₂ = {engine.BETA_2}",
    "ε": "ε = 10⁻⁸",
}
DRAWN: Final = (
    "Of each layer: n_in and n_out are the neurons before and after w, U(low, high) is uniform, "
    "N(mean, variance) normal. Every b begins at 0."
)
MOVED: Final = (
    "θ is a weight or bias, g its gradient over the batch (of weights with what L1 and L2 add), "
    "t = 1, 2, … the number of the step; v, s and m begin at 0."
)
ELSEWHERE: Final = {
    "momentum": "So in PyTorch; Keras puts η into v, which is the same while η stays.",
    "nesterov": "So in PyTorch (nesterov=True), with the gradient of where θ is; Keras puts η into "
    "v, which is the same while η stays.",
    "rmsprop": "PyTorch takes β = 0.99 unless told otherwise; Keras takes √(s + ε) and ε = 10⁻⁷.",
    "adam": "So in PyTorch; Keras takes ε = 10⁻⁷ and adds it to √v before the correction by βᵗ.",
}


def constants(formula: str) -> str:
    """The constants that a formula names, with their values: "β = 0.9, ε = 10⁻⁸"."""
    used = ["β₂"] if "β₂" in formula else []
    used += ["β"] if "β" in formula.replace("β₂", "") else []
    used += ["ε"] if "ε" in formula else []
    return ", ".join(CONSTANTS[name] for name in sorted(used, key=list(CONSTANTS).index))


def _moved(name: str) -> str:
    formula = engine.OPTIMISERS[name].formula
    parts = (formula, constants(formula))
    law = " with ".join(part for part in parts if part)
    return " ".join(part for part in (f"{law}.", ELSEWHERE.get(name, "")) if part)


LAWS: Final[Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]] = {
    ids.OPTIMISER: (MOVED, tuple((label, _moved(name)) for name, label in OPTIMISERS.items())),
    ids.INIT: (
        DRAWN,
        tuple((label, f"{engine.INITIALISATIONS[name].formula}.") for name, label in INITS.items()),
    ),
}
