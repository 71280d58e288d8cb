"""Tables: one row for each thing, found by its name."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

__all__ = ["require_rows", "table"]


class Row(Protocol):
    """What every row has; all else that it must say are the fields of its class, none optional."""

    @property
    def name(self) -> str: ...


R = TypeVar("R", bound=Row)


def table(*rows: R) -> Mapping[str, R]:
    """The rows by name, in the order given; ValueError where two have one name."""
    found: dict[str, R] = {}
    for row in rows:
        if row.name in found:
            raise ValueError(f"two rows have the name {row.name!r}")
        found[row.name] = row
    return found


def require_rows(what: str, given: Iterable[str], wanted: Mapping[str, Any]) -> None:
    """ValueError unless the table `what` has the rows of `wanted`, whose order it takes, alone.

    A second table about the same things calls it at import, so that what it lacks is no default.
    """
    names = tuple(given)
    for name in wanted:
        if name not in names:
            raise ValueError(f"{what} has no row {name!r}")
    for name in names:
        if name not in wanted:
            raise ValueError(f"{what} has a row {name!r} that is in no other table")
