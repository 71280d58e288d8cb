"""A training step as a worksheet on paper, in Markdown or LaTeX."""

from collections.abc import Iterable, Mapping
from typing import Final

from components.export.training_step import TrainingStep
from components.export.worksheet_questions import Worksheet
from components.export.worksheet_task import Block

__all__ = ["latex_worksheet", "markdown_worksheet"]


def _rendered(blocks: Iterable[Block], forms: Mapping[str, str]) -> str:
    return "\n\n".join(forms[kind].replace("@", content) for kind, content in blocks) + "\n"


def markdown_worksheet(step: TrainingStep, solutions: bool, digits: int) -> str:
    """The worksheet in Markdown with TeX between dollars; numbers to `digits` significant ones."""
    forms = {
        "title": "# @",
        "section": "## @",
        "text": "@",
        "math": "$$\n\\begin{aligned}\n@\n\\end{aligned}\n$$",
    }
    return _rendered(Worksheet(step, solutions, digits).blocks(), forms)


LATEX_BEGIN: Final = r"""\documentclass[a4paper]{article}
\usepackage[margin=20mm]{geometry}
\usepackage{amsmath}
\allowdisplaybreaks
\begin{document}

"""


def latex_worksheet(step: TrainingStep, solutions: bool, digits: int) -> str:
    """The worksheet as a LaTeX article that needs amsmath and geometry only."""
    forms = {
        "title": r"\section*{@}",
        "section": r"\subsection*{@}",
        "text": "@",
        "math": "\\begin{align*}\n@\n\\end{align*}",
    }
    body = _rendered(Worksheet(step, solutions, digits).blocks(), forms)
    return LATEX_BEGIN + body + "\n\\end{document}\n"
