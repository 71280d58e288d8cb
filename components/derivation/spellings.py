"""The end of the derivation: how other texts write the same, and slips that are often copied."""

from typing import Final

from components.derivation.blocks import Section, StageView, paragraph, section, stage_button, terms
from components.messages import message, require

__all__ = ["build_spellings"]

# How the same is written elsewhere, as TeX; what it means here is a message.
SPELLINGS: Final = {
    "first_derivative": r"\sigma^{(1)},\;J^{(1)}",
    "delta_w": r"\delta w^L,\;\delta b^L",
    "capital": r"W^l",
    "arguments": r"J(W,b,x,y)",
    "norm": r"\lVert a^L-y\rVert_2^2",
    "layers": r"w_{24}^{32}",
    "transpose": r"W^T",
}
# What is printed wrongly in texts of this derivation; the message has the right form.
SLIPS: Final = {
    "index": r"w_{11}^3 a_1 + \cdots",
    "length": r"b_n^l",
    "last": r"L-1, \dots, l, \dots, 1",
    "order": r"\delta^{l+1}\bigl((W^{l+1})^T \odot \sigma^{(1)}(z^l)\bigr)",
    "layer": r"W^L,\; b^l",
}
require(*(f"derivation.spelling.{name}" for name in SPELLINGS))
require(*(f"derivation.slip.{name}" for name in SLIPS))


def build_spellings(at: StageView) -> list[Section]:
    """Other spellings, and slips with their right form."""
    return [
        section(
            "spellings",
            paragraph(message("derivation.spellings.same")),
            terms(*((t, message(f"derivation.spelling.{name}")) for name, t in SPELLINGS.items())),
            paragraph(message("derivation.spellings.slips")),
            terms(*((t, message(f"derivation.slip.{name}")) for name, t in SLIPS.items())),
            stage_button(message("derivation.show.input"), "input", 1),
        )
    ]
