"""What an optimiser does with a gradient and how first weights are drawn, as a reader reads it."""

from collections.abc import Mapping
from typing import Final

import engine
from components import ids
from components.config.fields import INITS, OPTIMISERS
from components.messages import Message, message, require

__all__ = ["ELSEWHERE", "LAWS", "constants"]

CONSTANTS: Final = {
    "β": f"β = {engine.BETA}",
    "β₂": f"β₂ = {engine.BETA_2}",
    "ε": "ε = 10⁻⁸",
}
# How the same is taken by the libraries that readers know.
_NOT_PLAIN = tuple(name for name, row in engine.OPTIMISERS.items() if not row.plain)
require(*(f"optimiser.{name}.elsewhere" for name in _NOT_PLAIN))
ELSEWHERE: Final = {name: message(f"optimiser.{name}.elsewhere") for name in _NOT_PLAIN}


def constants(formula: str) -> str:
    """The constants that a formula names, with their values: "β = 0.9, ε = 10⁻⁸"."""
    used = ["β₂"] if "β₂" in formula else []
    used += ["β"] if "β" in formula.replace("β₂", "") else []
    used += ["ε"] if "ε" in formula else []
    return ", ".join(CONSTANTS[name] for name in sorted(used, key=list(CONSTANTS).index))


def _moved(name: str) -> tuple[Message, ...]:
    formula = engine.OPTIMISERS[name].formula
    used = constants(formula)
    law = message("law.with", formula=formula, constants=used) if used else _law(formula)
    return (law, ELSEWHERE[name]) if name in ELSEWHERE else (law,)


def _law(formula: str) -> Message:
    return message("law.formula", formula=formula)


# For each field: what the letters mean, and for each choice its name and what is said of it.
Laws = tuple[Message, tuple[tuple[Message, tuple[Message, ...]], ...]]
LAWS: Final[Mapping[str, Laws]] = {
    ids.OPTIMISER: (
        message("law.moved"),
        tuple((label, _moved(name)) for name, label in OPTIMISERS.items()),
    ),
    ids.INIT: (
        message("law.drawn", before="n_in", after="n_out"),
        tuple(
            (label, (_law(engine.INITIALISATIONS[name].formula),)) for name, label in INITS.items()
        ),
    ),
}
