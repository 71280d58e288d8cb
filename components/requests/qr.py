"""The QR code of a link, as the path of a drawing."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from components.messages import message
from components.requests.reading import read_text, refuse

__all__ = ["answer_qr"]

# Of the largest code with the least correction (ISO/IEC 18004, version 40-L).
MOST_BYTES: Final = 2953


def _runs(row: Iterable[int], y: int) -> Iterator[str]:
    """The dark modules of a row, those beside each other as one rectangle."""
    x = 0
    for dark, group in groupby(row):
        width = len(list(group))
        if dark:
            yield f"M{x} {y}h{width}v1h-{width}z"
        x += width


def answer_qr(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the code of `text`: {"size": modules of a side, "path": the dark ones as SVG}.

    A text of 1 to 2953 bytes; `RequestError` for others.
    """
    text = read_text(body, "text")
    if not 1 <= len(text.encode()) <= MOST_BYTES:
        raise refuse("text", text, message("allowed.text_bytes", most=str(MOST_BYTES)))
    import segno

    matrix = segno.make_qr(text, error="l", encoding="utf-8").matrix
    path = "".join(run for y, row in enumerate(matrix) for run in _runs(row, y))
    return {"size": len(matrix), "path": path}
