"""Matrices as programs print them: what is not number or separator is recognised and taken off.

Each function finds one way of printing and gives the cells of its rows, or nothing; all are linear
in the text.
"""

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["arrays_within", "cells_of_prints", "is_shortened", "plainly_written"]

Cells = list[list[str]]
SHORTENED: Final = ("...", "…", "⋯", "\\dots", "\\ldots", "\\cdots", "\\vdots", "\\ddots")
# What stands before an array, and behind its numbers.
OPENED: Final = re.compile(r"(?:tensor\(|array\(|Array\(|value=)[ \n]{0,9}\[", re.ASCII)
KEYS: Final = frozenset(
    {"dtype", "requires_grad", "device", "grad_fn", "size", "shape", "weak_type"}
)
LAID: Final = re.compile(r"[-:| +=]+", re.ASCII)
SCALAR: Final = re.compile(r"np\.float[0-9]{2,3}\(([-+.0-9e]{1,40})\)", re.ASCII)
FRACTION: Final = re.compile(r"\\[dt]?frac\{([-+.0-9]{1,40})\}\{([-+.0-9]{1,40})\}", re.ASCII)
COLUMN: Final = re.compile(r"\[,[0-9]{1,6}\]", re.ASCII)
ROW: Final = re.compile(r"\[[0-9]{1,6},?\]", re.ASCII)
SIZED: Final = re.compile(r"[0-9]{1,6}[×x-][0-9a-z]{1,9} [A-Za-z{}0-9, ]{1,60}:", re.ASCII)


def is_shortened(text: str) -> bool:
    """Whether a program left numbers out of what it printed; MATLAB goes on after its dots."""
    joined = "".join(line.rstrip().removesuffix("...") for line in text.splitlines())
    return any(mark in (joined if ";" in text and "[[" not in text else text) for mark in SHORTENED)


def plainly_written(text: str) -> str:
    """The text with the numbers of Mathematica, NumPy 2 and C as everybody writes them."""
    text = SCALAR.sub(r"\1", text.replace("*^", "e").replace("...\n", "\n"))
    if "{" in text and "\\" not in text:
        for word in ("// MatrixForm", "//MatrixForm"):
            text = text.replace(word, "")
        text = text.replace("{", "[").replace("}", "]")
    return text


def _latex(text: str) -> Cells | None:
    """Rows between \\\\ and cells between & in the first environment."""
    _, begun, rest = text.partition("\\begin{")
    name, _, body = rest.partition("}")
    if not begun:
        return None
    if name.startswith("array") and body.lstrip().startswith("{"):
        body = body.partition("}")[2]
    body = FRACTION.sub(r"\1/\2", body.partition("\\end{")[0]).replace("{,}", ",")
    for mark in ("\\hline", "\\,", "\\;", "\\!", "\\quad", "$", "~", "\n"):
        body = body.replace(mark, " ")
    rows = [row for row in body.split("\\\\") if row.strip()]
    return [[cell.strip() for cell in row.split("&")] for row in rows]


def _ruled(text: str) -> Iterator[Cells]:
    """A table of Markdown or of a terminal: with its head, without, and without names of rows."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all("|" in line or LAID.fullmatch(line) for line in lines):
        return
    rows = [
        [cell.strip(" *`") for cell in line.strip("|").split("|")]
        for line in lines
        if not LAID.fullmatch(line)
    ]
    yield rows
    yield rows[1:]
    yield [row[1:] for row in rows[1:]]


def _of_r(text: str) -> Cells | None:
    """R's print of a matrix or of a vector, whose rows and columns have numbers in brackets."""
    if not ROW.match(text.lstrip()) and not COLUMN.match(text.lstrip()):
        return None
    rows = []
    for line in text.splitlines():
        cells = COLUMN.sub(" ", line).strip()
        found = ROW.match(cells)
        if cells and (not found or "[" in cells[found.end() :]):
            return None
        if found:
            rows.append(cells[found.end() :].split())
    vector = "," not in text.partition("]")[0]
    return [[cell for row in rows for cell in row]] if vector else rows


def _framed(text: str) -> Iterator[Cells]:
    """A frame of pandas or Julia's matrix: names of columns and rows, or a line of its size."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return
    if SIZED.fullmatch(lines[0].strip()):
        yield [line.split() for line in lines[1:]]
    named = [line.split() for line in lines[1:]]
    if all(len(row) == len(lines[0].split()) + 1 for row in named):
        yield [row[1:] for row in named]


def _scaled(text: str) -> str:
    """MATLAB's print without the name before it and with its common factor in each number."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and lines[0].endswith("=") and lines[0][:1].isalpha():
        lines = lines[1:]
    if not lines or not lines[0].endswith("*"):
        return "\n".join(lines)
    factor = lines[0].removesuffix("*").strip().lower()
    mantissa, _, power = factor.partition("e")
    if mantissa not in ("1", "1.0", "1.0000") or not power.lstrip("+-").isdigit():
        return text
    return "\n".join(" ".join(f"{cell}e{power}" for cell in line.split()) for line in lines[1:])


def cells_of_prints(text: str) -> list[Cells]:
    """The readings of a text as a print without brackets of its own; none where it is no print."""
    for cells in (_latex(text), _of_r(text)):
        if cells and all(cells):
            return [cells]
    if "[" in text:
        return []
    readings = [*_ruled(text), *_framed(text)]
    if (scaled := _scaled(text)) != "\n".join(
        line.strip() for line in text.splitlines() if line.strip()
    ):
        readings.append([line.split() for line in scaled.splitlines()])
    return [cells for cells in readings if cells and all(cells)]


def _closing(text: str, at: int, marks: str) -> int:
    """Where the bracket at this place is closed; -1 where it is not."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == marks[0]) - (text[place] == marks[1])
        if depth == 0:
            return place
    return -1


def _is_between(text: str) -> bool:
    """Whether nothing but brackets and names in quotes stands there."""
    for quote in ("'", '"'):
        text = "".join(text.split(quote)[::2])
    for module in ("Parameter containing:", "OrderedDict", "np.", "torch.", "numpy.", "jnp."):
        text = text.replace(module, " ")
    return not set(text) - set(" \n\r\t()[]<>,;:")


def _is_head(text: str) -> bool:
    """Whether a text may stand before the first array: a name to keep it in, a variable's facts."""
    name, equals, rest = text.partition("=")
    if text.lstrip().startswith("<"):
        return True
    return _is_between(rest if equals and name.strip().replace("_", "a").isalnum() else text)


def _is_tail(text: str) -> bool:
    """Whether a text in the brackets behind the numbers is as `, dtype=float32`."""
    key, equals, _ = text.strip().removeprefix(",").lstrip().partition("=")
    return not text.strip() or bool(equals and key.strip() in KEYS)


def arrays_within(text: str) -> list[str]:
    """Each array of a text that has one or several, as `[[…], […]]`; none where other things are.

    As PyTorch, NumPy, JAX, TensorFlow and Keras print: Parameter containing: tensor([[…]],
    requires_grad=True); [array([[…]], dtype=float32), array([…])]; <Variable …, value=[[…]]>.
    """
    found: list[str] = []
    after = 0
    for opened in OPENED.finditer(text):
        start = opened.end() - 1
        before, end = text[after : opened.start()], _closing(text, start, "[]")
        if end < 0 or not (_is_between(before) if found else _is_head(before)):
            return []
        found.append(text[start : end + 1])
        after = end + 1
        if "(" in opened[0]:
            closed = _closing(text, start - len(opened[0].partition("(")[2]), "()")
            if closed < 0 or not _is_tail(text[after:closed]):
                return []
            after = closed + 1
    return found if _is_between(text[after:]) else []
