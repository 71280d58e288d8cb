"""A training step as a worksheet on paper, in Markdown or LaTeX."""

from collections.abc import Iterable, Mapping
from typing import Final

from components.export.training_step import TrainingStep
from components.export.worksheet_questions import Worksheet
from components.export.worksheet_task import Block
from components.messages import DEFAULT, message, render

__all__ = ["latex_worksheet", "markdown_worksheet"]


def _rendered(blocks: Iterable[Block], forms: Mapping[str, str], language: str) -> str:
    made = (forms[kind].replace("@", render(content, language)) for kind, content in blocks)
    return "\n\n".join(made) + "\n"


def markdown_worksheet(
    step: TrainingStep, solutions: bool, digits: int, language: str = DEFAULT
) -> str:
    """The worksheet in Markdown with TeX between dollars; numbers to `digits` significant ones."""
    forms = {
        "title": "# @",
        "section": "## @",
        "text": "@",
        "math": "$$\n\\begin{aligned}\n@\n\\end{aligned}\n$$",
    }
    return _rendered(Worksheet(step, solutions, digits, language).blocks(), forms, language)


LATEX_BEGIN: Final = r"""\documentclass[a4paper]{article}
\usepackage[margin=20mm]{geometry}
\usepackage{amsmath}
@\allowdisplaybreaks
\begin{document}

"""
# The package that sets a script which plain LaTeX has no letters of, by the language's tag.
SCRIPTS: Final = {"zh-Hans": r"\usepackage[zihao=false]{ctex}"}


def _beginning(language: str) -> str:
    script = SCRIPTS.get(render(message("language.tag"), language))
    if script is None:
        return LATEX_BEGIN.replace("@", "")
    how = render(message("worksheet.typeset"), language)
    return f"% {how}\n" + LATEX_BEGIN.replace("@", f"{script}\n")


def latex_worksheet(
    step: TrainingStep, solutions: bool, digits: int, language: str = DEFAULT
) -> str:
    """The worksheet as a LaTeX article: of amsmath and geometry alone, in Chinese of ctex too."""
    forms = {
        "title": r"\section*{@}",
        "section": r"\subsection*{@}",
        "text": "@",
        "math": "\\begin{align*}\n@\n\\end{align*}",
    }
    body = _rendered(Worksheet(step, solutions, digits, language).blocks(), forms, language)
    return _beginning(language) + body + "\n\\end{document}\n"
