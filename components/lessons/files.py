"""The lessons of the program: files of `lessons/`, one for each language."""

from functools import cache
from pathlib import Path
from typing import Final

from components.lessons.lesson import Lesson
from components.lessons.reading import read_lesson

__all__ = ["FOLDER", "LESSONS", "built_in"]

FOLDER: Final = Path(__file__).parents[2] / "lessons"
# In the order of the menu, which is that of the files' names.
LESSONS: Final = tuple(path.stem for path in sorted((FOLDER / "en").glob("*.md")))


@cache
def built_in(name: str, language: str) -> Lesson:
    """A lesson by its name, read once; the name is one of `LESSONS`, the language has words."""
    return read_lesson((FOLDER / language / f"{name}.md").read_text(encoding="utf-8"))
