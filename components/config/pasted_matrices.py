"""Matrices as people paste them, from wherever they were printed, read strictly or refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from string import ascii_letters, digits
from typing import Final

import numpy as np

import engine
from components.config.printed_matrices import (
    arrays_within,
    cells_of_prints,
    is_shortened,
    plainly_written,
)
from components.config.typed_numbers import ALLOWED, EditError, read_number
from components.messages import message
from components.number_reading import split_numbers
from components.refusal import refusal, unusable_text

__all__ = ["Pasted", "read_matrix"]

BRACKETS: Final = message(
    "allowed.brackets",
    flat="[1 2; 3 4]",
    nested="[[1, 2], [3, 4]]",
    array="array([[1., 2.], [3., 4.]])",
)
# What any notation needs for one entry, brackets and indents included.
TEXT_PER_ENTRY: Final = 64
TEXT_FOR_FRAME: Final = 1000
MOST_ARRAYS: Final = 20

WORD: Final = frozenset(ascii_letters + digits + "_.")
QUOTED: Final = WORD | frozenset("'\"")

Cells = list[list[str]]


@dataclass(frozen=True)
class Pasted:
    """A matrix that was read; `decimal_commas` where its commas were taken as decimal points."""

    array: engine.Array
    decimal_commas: bool


def _lines(text: str) -> list[str]:
    return [line.strip(" ").removesuffix(";") for line in text.splitlines() if line.strip()]


def _is_call(text: str) -> bool:
    """Whether the text before the outer brackets is nothing, or as in `w = np.array(`."""
    name, equals, call = text.rpartition("=")
    if equals and not (name.strip() and WORD.issuperset(name.strip())):
        return False
    function, bracket, rest = call.partition("(")
    return WORD.issuperset(function.strip()) and not rest.strip() if bracket else not call.strip()


def _ends_call(text: str) -> bool:
    """Whether the text after the outer brackets is nothing, or as in `, dtype=np.float32);`."""
    text = text.strip().removesuffix(";").rstrip().removesuffix(")").rstrip()
    comma, text = text[:1], text.removesuffix(",").removeprefix(",").strip()
    key, equals, kind = text.partition("=")
    named = comma == "," and key.strip() == "dtype" and bool(equals and kind.strip())
    return not text or (named and QUOTED.issuperset(kind.strip()))


def _inner_rows(inside: str) -> list[str] | None:
    """What stands in each inner pair of brackets; None where more than commas is between them."""
    before, *pieces = inside.split("[")
    parted = [piece.partition("]") for piece in pieces]
    between = [before, *(rest for _, _, rest in parted)]
    paired = all(close for _, close, _ in parted)
    empty = not "".join(between).replace(",", " ").replace(";", " ").strip()
    return [row for row, _, _ in parted] if paired and empty else None


def _continued(text: str) -> str:
    """The lines of a text, those that end with a comma joined to the next."""
    lines = (line.rstrip() for line in text.splitlines())
    return "".join(line if line.endswith(",") else line + "\n" for line in lines if line)


def _bracketed(text: str, column: bool) -> Iterator[Cells]:
    """The readings of JSON, NumPy and MATLAB brackets, whose commas always separate."""
    start, end = text.index("["), text.rindex("]")
    if not (_is_call(text[:start]) and _ends_call(text[end + 1 :])):
        return
    inside = text[start + 1 : end]
    if "[" in inside:
        rows = _inner_rows(inside)
        if rows is not None:
            yield [split_numbers(row) for row in rows]
        return
    lines = _lines(_continued(inside)) or [""]
    yield [split_numbers(row) for line in lines for row in line.split(";")]
    if column and ";" not in inside:
        # A vector that NumPy broke into lines.
        yield [split_numbers(inside)]


def _is_tight(text: str) -> bool:
    """Whether each comma has a digit on both sides, as a decimal comma has."""
    parts = text.split(",")
    before, after = parts[:-1], parts[1:]
    return all(part[-1:].isdigit() for part in before) and all(p[:1].isdigit() for p in after)


def _plain(text: str) -> Iterator[tuple[Cells, bool]]:
    """The readings of rows without brackets: what a comma and a semicolon mean differs."""
    lines = _lines(text)
    comma = "," in text
    if "\t" in text:
        # An empty cell of a spreadsheet must not make the others move up.
        yield [[cell.strip(" ") for cell in line.split("\t")] for line in lines], comma
        return
    rows = [row for line in lines for row in line.split(";")]
    yield [split_numbers(row) for row in rows], False
    if comma and "." not in text and _is_tight(text):
        yield [row.split() or [""] for row in rows], True
    if ";" in text:
        yield [[cell.strip() for cell in line.split(";")] for line in lines], comma


def _readings(text: str, shapes: list[tuple[int, int]]) -> list[tuple[Cells, bool]]:
    """All that a text may mean, and whether its commas are decimal ones."""
    column = shapes[0][1] == 1
    if printed := cells_of_prints(text):
        return [*((cells, False) for cells in printed), *([] if "[" in text else _plain(text))]
    text = plainly_written(text)
    if arrays := arrays_within(text):
        return [(cells, False) for cells in _of_arrays(arrays, shapes)]
    if "[" in text or "]" in text:
        if text.count("[") != text.count("]") or text.index("[") > text.rindex("]"):
            return []
        return [(cells, False) for cells in _bracketed(text, column)]
    return list(_plain(text))


def _of_arrays(arrays: list[str], shapes: list[tuple[int, int]]) -> list[Cells]:
    """The readings of arrays of which one is meant; several of the wanted shape are refused."""
    readings = [list(_bracketed(array, shapes[0][1] == 1)) for array in arrays[:MOST_ARRAYS]]
    fitting = [r for r in readings if any(_shape(cells) in shapes for cells in r)]
    if len(fitting) > 1:
        told = message("refusal.matrix.several", number=len(fitting))
        raise EditError(refusal(told))
    return [cells for reading in fitting or readings for cells in reading]


def _shape(cells: Cells) -> tuple[int, int] | None:
    widths = {len(row) for row in cells}
    return (len(cells), widths.pop()) if len(widths) == 1 else None


def _unreadable(cells: Cells, most: int) -> tuple[int, int, str] | None:
    """The first of the first `most` entries that is no number: a text may hold many times more."""
    entries = ((i, k, text) for i, row in enumerate(cells, 1) for k, text in enumerate(row, 1))
    for i, k, text in islice(entries, most):
        try:
            read_number(text)
        except ValueError:
            return i, k, text
    return None


def _refuse_entry(name: str, place: tuple[int, int, str]) -> EditError:
    row, col, text = place
    what = unusable_text(text, message("refusal.empty.entry"))
    where = message("place.row_and_column", place=name, row=str(row), column=str(col))
    return EditError(refusal(what, where, allowed=ALLOWED))


def _refuse_shape(name: str, cells: Cells, rows: int, cols: int) -> EditError:
    wanted = message("matrix.shape", name=name, shape=f"{rows}×{cols}", count=rows, columns=cols)
    shape = _shape(cells)
    if shape:
        text = f"{shape[0]}×{shape[1]}"
        key = "turned" if shape == (cols, rows) and min(shape) > 1 else "shape"
        return EditError(message(f"refusal.matrix.{key}", wanted=wanted, shape=text))
    first = len(cells[0])
    row, n = next((i, len(row)) for i, row in enumerate(cells, 1) if len(row) != first)
    told = message("refusal.matrix.rows", wanted=wanted, first=first, row=str(row), other=n)
    return EditError(told)


def _refuse_text(name: str, text: str, rows: int, cols: int) -> EditError | None:
    if len(text) > TEXT_PER_ENTRY * rows * cols + TEXT_FOR_FRAME:
        length = str(len(text))
        told = message("refusal.matrix.long", name=name, shape=f"{rows}×{cols}", length=length)
        return EditError(told)
    if is_shortened(text):
        return EditError(refusal(message("refusal.matrix.shortened"), name))
    if not text.strip():
        allowed = message("allowed.matrix", shape=f"{rows}×{cols}")
        return EditError(refusal(message("refusal.empty.text"), name, allowed=allowed))
    return None


def read_matrix(name: str, text: str, rows: int, cols: int, transposed: bool = False) -> Pasted:
    """A matrix of that shape from plain rows, CSV, JSON, or as programs print one.

    Those are NumPy, PyTorch, JAX, TensorFlow, Keras, MATLAB, Mathematica, LaTeX, R, Julia, pandas
    and Markdown. Where a comma or a semicolon may mean two things, the shape decides; a column may
    be written as one row. With `transposed` the text is turned round first. Raises `EditError` that
    names the entry by row and column, or both shapes.
    """
    if transposed:
        turned = read_matrix(name, text, cols, rows)
        return Pasted(np.ascontiguousarray(turned.array.T), turned.decimal_commas)
    if refused := _refuse_text(name, text, rows, cols):
        raise refused
    shapes = [(rows, cols), (cols, rows)] if cols == 1 else [(rows, cols)]
    # First what fits, then what is readable: the nearest miss is the one to tell about.
    rated = sorted(
        (
            (_shape(cells) not in shapes, _unreadable(cells, rows * cols), cells, commas)
            for cells, commas in _readings(text.strip(" \r\n"), shapes)
        ),
        key=lambda rating: (rating[0], rating[1] is not None),
    )
    if not rated:
        what = message("refusal.matrix.brackets")
        raise EditError(refusal(what, name, allowed=BRACKETS))
    misfit, unreadable, cells, decimal_commas = rated[0]
    if unreadable:
        raise _refuse_entry(name, unreadable)
    if misfit:
        raise _refuse_shape(name, cells, rows, cols)
    numbers = [[read_number(entry) for entry in row] for row in cells]
    return Pasted(np.array(numbers).reshape(rows, cols), decimal_commas)
