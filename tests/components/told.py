"""The derivation as it is read in a language, for tests that read its words."""

from typing import Any

from components.messages import DEFAULT, render
from components.requests.derivation import build_derivation

__all__ = ["derivation_of"]


def _told(block: dict[str, Any], language: str) -> dict[str, Any]:
    read = {
        part: render(block[part], language)
        for part in ("text", "tex", "numbers", "label")
        if part in block
    }
    if "terms" in block:
        read["terms"] = [[symbol, render(words, language)] for symbol, words in block["terms"]]
    return {**block, **read}


def derivation_of(config: Any, language: str = DEFAULT) -> list[dict[str, Any]]:
    """The sections of `build_derivation` with every message in them rendered."""
    return [
        {
            **part,
            "title": render(part["title"], language),
            "blocks": [_told(block, language) for block in part["blocks"]],
        }
        for part in build_derivation(config)
    ]
