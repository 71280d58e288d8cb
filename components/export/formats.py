"""The formats of a training step as a text: one row says everything about one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from components.export.programs import numpy_program, torch_program
from components.export.tables import build_csv, build_json
from components.export.training_step import TrainingStep
from components.export.worksheet import latex_worksheet, markdown_worksheet
from components.messages import require
from engine.tables import table

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format: build(step, solutions, digits, language) is the text of a training step.

    group: the row of the dialog that its button stands in (worksheet, numbers or program); a
    worksheet says in its name whether it has the solutions. ending: what follows the network and
    the step in the name of the file. No field has a default: a row that lacks one is a TypeError
    at import.
    """

    name: str
    group: str
    ending: str
    build: Callable[[TrainingStep, bool, int, str], str]

    def ending_of(self, solutions: bool) -> str:
        """The end of the file's name."""
        which = "-solutions" if solutions else "-worksheet"
        return (which if self.group == "worksheet" else "") + self.ending


FORMATS: Final[Mapping[str, Format]] = table(
    Format(name="markdown", group="worksheet", ending=".md", build=markdown_worksheet),
    Format(name="latex", group="worksheet", ending=".tex", build=latex_worksheet),
    Format(
        name="csv",
        group="numbers",
        ending=".csv",
        build=lambda step, *_: build_csv(step),
    ),
    Format(
        name="json",
        group="numbers",
        ending=".json",
        build=lambda step, _solutions, _digits, language: build_json(step, language),
    ),
    Format(
        name="torch",
        group="program",
        ending="-torch.py",
        build=lambda step, _solutions, _digits, language: torch_program(step, language),
    ),
    Format(
        name="numpy",
        group="program",
        ending="-numpy.py",
        build=lambda step, _solutions, _digits, language: numpy_program(step, language),
    ),
)
require(*(f"format.{name}" for name in FORMATS))
