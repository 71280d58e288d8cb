"""The arrays of a safetensors file: the header is read and checked before any number is."""

from typing import Any, Final

import numpy as np
import safetensors

from components.json_reading import JsonError, NotJsonError, read_json
from components.messages import message
from components.refusal import refusal
from components.visible import visible
from components.weights.announced import check_count, check_name, check_shape
from components.weights.npy_reading import ALLOWED_TYPES, widened
from components.weights.refusal import WeightFileError, array_error

__all__ = ["read_safetensors"]

MOST_HEADER: Final = 20_000
TYPES: Final = {
    **{"F16": "<f2", "F32": "<f4", "F64": "<f8", "BF16": "<V2"},
    **{f"{kind}{8 * size}": f"<{kind.lower()}{size}" for kind in "IU" for size in (1, 2, 4, 8)},
}


def _header(content: bytes) -> dict[str, Any]:
    """The header: 8 bytes of length, then JSON."""
    broken = WeightFileError(message("refusal.weights.neither"))
    length = int.from_bytes(content[:8], "little")
    if len(content) < 10 or content[8:9] != b"{" or length > len(content) - 8:
        raise broken
    if length > MOST_HEADER:
        what = message("refusal.weights.header_bytes", length=length)
        raise WeightFileError(refusal(what, allowed=message("allowed.at_most", most=MOST_HEADER)))
    try:
        header = read_json(content[8 : 8 + length])
    except NotJsonError:
        raise broken from None
    except JsonError as error:
        place = message("place.safetensors_header")
        raise WeightFileError(refusal(error.told, place)) from None
    if not isinstance(header, dict):
        raise broken
    header.pop("__metadata__", None)
    return header


def _check_entry(name: str, entry: Any) -> None:
    check_name(name)
    shape = entry.get("shape") if isinstance(entry, dict) else None
    if not isinstance(shape, list) or not all(type(n) is int for n in shape):
        raise array_error(name, message("refusal.weights.no_shape"))
    shown = visible(str(entry.get("dtype"))[:20])
    if shown not in TYPES:
        raise array_error(name, message("refusal.weights.type", type=shown), ALLOWED_TYPES)
    check_shape(name, shape)


def read_safetensors(content: bytes) -> dict[str, Any]:
    """The arrays by name, in the order of the file; raises `WeightFileError`."""
    header = _header(content)
    check_count(len(header))
    for name, entry in header.items():
        _check_entry(name, entry)
    try:
        read: dict[str, Any] = dict(safetensors.deserialize(content))  # type: ignore[no-untyped-call]
    except Exception as error:  # what it raises over crafted bytes is no closed list
        flaw = visible(str(error)[:120])
        raise WeightFileError(message("refusal.weights.damaged", flaw=flaw)) from None
    return {
        name: widened(np.frombuffer(read[name]["data"], TYPES[entry["dtype"]])).reshape(
            entry["shape"]
        )
        for name, entry in header.items()
    }
