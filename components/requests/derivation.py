"""The derivation of backpropagation, section by section, with the numbers of the stage."""

from collections.abc import Mapping
from typing import Any

from components.config.texts import Config
from components.derivation.backward import build_backward
from components.derivation.blocks import Section, StageView
from components.derivation.forward import build_forward
from components.derivation.gradients import build_gradients
from components.derivation.loss import build_loss
from components.derivation.spellings import build_spellings
from components.requests.reading import read_stage

__all__ = ["answer_derivation", "build_derivation"]


def build_derivation(config: Config) -> list[Section]:
    """The sections in order: {"id", "title", "blocks"}.

    A block is {"text"} with TeX between dollar signs, {"terms": [[TeX, words], …]}, {"tex",
    "wrong"}, {"numbers", "position"} (TeX with references, and the kind of the position whose
    values they are) or {"stage": {"kind", "layer"}, "label"}. The argument is Nielsen's (Neural
    Networks and Deep Learning, ch. 2, BP1–BP4) in the order of the product (w^{l+1})ᵀ ⊙ σ′(z^l).
    """
    at = StageView(config)
    return [
        *build_forward(at),
        *build_loss(at),
        *build_backward(at),
        *build_gradients(at),
        *build_spellings(at),
    ]


def answer_derivation(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer {"fields"} with {"sections"}; errors as in `read_stage`."""
    return {"sections": build_derivation(read_stage(body).config)}
