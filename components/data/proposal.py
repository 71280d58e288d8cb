"""One thing that was decided about a table, with the other ways that it could be read."""

from dataclasses import dataclass

from components.data.csv_reading import Table
from components.data.table_problems import place
from components.messages import Message
from components.refusal import short

__all__ = ["Choices", "Proposal", "cell_place", "plain_number"]

Choices = tuple[tuple[str, Message], ...]


@dataclass(frozen=True)
class Proposal:
    """One thing that was decided or is asked: `choices` are (value, words), `chosen` one of them.

    `told` is what was done, one sentence after the other; of a question it is the question.
    """

    name: str
    told: tuple[Message, ...]
    choices: tuple[tuple[str, Message], ...] = ()
    chosen: str | None = ""

    @property
    def asked(self) -> bool:
        """Whether it is a question."""
        return self.chosen is None


def plain_number(value: float) -> str:
    """A number as it is told: at most 15 digits, a point, no groups."""
    return f"{value:.15g}"


def cell_place(table: Table, k: int, row: int) -> dict[str, str]:
    name = {key: str(value) for key, value in place(table, k).items()}
    return {"text": short(table.rows[row][k]), "row": str(table.numbers[row]), **name}
