"""Weights as .npz and .safetensors files: written, and read with every size checked beforehand.

Nothing of a file is executed: no pickle is read. What a header announces is held against the limits
before memory is taken for it.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, Final

import numpy as np
from safetensors.numpy import load as load_safetensors
from safetensors.numpy import save as save_safetensors

import engine
from components.json_reading import JsonError, NotJsonError, read_json
from components.visible import visible
from components.weights.npy_reading import NpyError, read_header

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "WeightFileError",
    "keeps_order",
    "read_arrays",
    "write_npz",
    "write_safetensors",
]

ZIP: Final = b"PK\x03\x04"
MOST_BYTES: Final = 5_000_000
MOST_ARRAYS: Final = 2 * engine.MAX_LAYERS
MOST_ENTRIES: Final = engine.MAX_WEIGHTS
MOST_HEADER: Final = 20_000
MOST_NAME: Final = 200
LARGE: Final = 10**15
TYPES: Final = {"F16": 2, "F32": 4, "F64": 8}
# Those of np.savez: others may take gigabytes to unpack a few bytes.
PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ALLOWED_TYPES: Final = "float16, float32 or float64"

Arrays = dict[str, engine.Array]


class WeightFileError(ValueError):
    """A file that is no weights of a network; the message names the array and what is allowed."""


def _named(net: engine.Network) -> Arrays:
    """w2, b2, w3, … as in the formulas: w (n_l, n_{l−1}), b (n_l, 1)."""
    pairs = ((f"{symbol}{l}", getattr(net, symbol)[l]) for l in net.w for symbol in "wb")
    return {name: np.ascontiguousarray(array) for name, array in pairs}


def write_npz(net: engine.Network) -> bytes:
    """The bytes of a NumPy archive of w2, b2, w3, …, float64."""
    out = io.BytesIO()
    arrays: Any = _named(net)
    np.savez(out, **arrays)
    return out.getvalue()


def write_safetensors(net: engine.Network) -> bytes:
    """The bytes of a safetensors file of w2, b2, w3, …, float64."""
    return bytes(save_safetensors(_named(net)))


FORMATS: Final = {"npz": write_npz, "safetensors": write_safetensors}


def _shown(name: str) -> str:
    return visible(name[:60])


def _check_name(name: str) -> None:
    if len(name) > MOST_NAME:
        raise WeightFileError(f"A name of {len(name)} characters. Allowed: {MOST_NAME}.")
    if visible(name) != name:
        raise WeightFileError(
            f"{_shown(name)}: this name has control characters or marks of direction. "
            "Allowed: names of letters that can be seen."
        )


def _times(shape: Sequence[int]) -> str:
    return "×".join(f"{n}" if n < LARGE else "…" for n in shape)


def _check_shape(name: str, shape: Sequence[int]) -> None:
    if not 1 <= len(shape) <= 2 or min(shape) < 1:
        listed = ", ".join(f"{n}" if abs(n) < LARGE else "…" for n in shape[:5])
        raise WeightFileError(
            f"{_shown(name)}: its shape is ({listed}{', …' if len(shape) > 5 else ''}). "
            "Allowed: matrices and vectors, as of a fully connected network."
        )
    entries = prod(shape)
    if entries > MOST_ENTRIES:
        many = f"{entries:,}" if entries < LARGE else f"more than {LARGE:,}"
        raise WeightFileError(
            f"{_shown(name)}: {_times(shape)} are {many} numbers. "
            f"Allowed: at most {MOST_ENTRIES:,}."
        )


def _finite(arrays: Mapping[str, Any]) -> Arrays:
    """The arrays as float64, in their order; what is not finite is refused."""
    read = {name: np.array(array, dtype=float) for name, array in arrays.items()}
    for name, array in read.items():
        if not np.isfinite(array).all():
            at = ", ".join(str(i + 1) for i in np.argwhere(~np.isfinite(array))[0])
            raise WeightFileError(f"{_shown(name)}, entry {at}: not a finite number.")
    return read


def _too_many(count: int) -> WeightFileError:
    return WeightFileError(
        f"The file holds {count} arrays. Allowed: 1 to {MOST_ARRAYS}, a matrix and a bias for each "
        "layer."
    )


def _npy(name: str, raw: bytes) -> Any:
    """One array of an archive: its header is read and checked first, then exactly its bytes."""
    try:
        header = read_header(raw)
        _check_shape(name, header.shape)
        return header.read(raw)
    except NpyError as error:
        raise WeightFileError(f"{_shown(name)}: {error}.") from None


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one member; the announced size may be a lie: no more than it is unpacked."""
    name, most = _shown(entry.filename.removesuffix(".npy")), 8 * MOST_ENTRIES + MOST_HEADER
    if entry.file_size > most:
        size = f"{entry.file_size:,} bytes"
        raise WeightFileError(f"{name}: it unpacks to {size}. Allowed: at most {most:,}.")
    if not entry.filename.endswith(".npy"):
        raise WeightFileError(f"{name}: no array (.npy). Allowed: .npz, .safetensors.")
    if entry.compress_type not in PACKED:
        raise WeightFileError(
            f"{name}: packed in another way. Allowed: as np.savez and np.savez_compressed do."
        )
    try:
        with archive.open(entry) as packed:
            return packed.read(most + 1)
    except Exception:  # what zipfile and zlib raise over crafted bytes is no closed list
        raise WeightFileError(f"{name}: it cannot be unpacked.") from None


def _read_npz(content: bytes) -> Arrays:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except Exception:  # as above
        raise WeightFileError("The file is not a whole .npz archive.") from None
    if not 1 <= len(entries) <= MOST_ARRAYS:
        raise _too_many(len(entries))
    arrays: dict[str, Any] = {}
    for entry in entries:
        name = entry.filename.removesuffix(".npy")
        _check_name(name)
        if name in arrays:
            raise WeightFileError(f"{_shown(name)}: it stands twice in the file.")
        arrays[name] = _npy(name, _unpacked(archive, entry))
    return _finite(arrays)


def _header(content: bytes) -> dict[str, Any]:
    """The header of a safetensors file: 8 bytes of length, then JSON."""
    broken = WeightFileError(
        "The file is neither .npz nor .safetensors. PyTorch's .pt and Keras' .keras and .h5 are "
        "not read: save the weights as .safetensors."
    )
    length = int.from_bytes(content[:8], "little")
    if len(content) < 10 or content[8:9] != b"{" or length > len(content) - 8:
        raise broken
    if length > MOST_HEADER:
        raise WeightFileError(f"The header is {length:,} bytes. Allowed: at most {MOST_HEADER:,}.")
    try:
        header = read_json(content[8 : 8 + length], unique=True)
    except NotJsonError:
        raise broken from None
    except JsonError as error:
        raise WeightFileError(f"The header of the .safetensors file: {error}.") from None
    if not isinstance(header, dict):
        raise broken
    header.pop("__metadata__", None)
    return header


def _read_safetensors(content: bytes) -> Arrays:
    header = _header(content)
    if not 1 <= len(header) <= MOST_ARRAYS:
        raise _too_many(len(header))
    for name, entry in header.items():
        _check_name(name)
        shape = entry.get("shape") if isinstance(entry, dict) else None
        if not isinstance(shape, list) or not all(type(n) is int for n in shape):
            raise WeightFileError(f"{_shown(name)}: its header has no shape.")
        shown = visible(str(entry.get("dtype"))[:20])
        if shown not in TYPES:
            raise WeightFileError(
                f"{_shown(name)}: its numbers are {shown}. Allowed: {ALLOWED_TYPES}."
            )
        _check_shape(name, shape)
    try:
        arrays = load_safetensors(content)
    except Exception as error:  # as above
        flaw = visible(str(error)[:120])
        raise WeightFileError(f"The .safetensors file is damaged: {flaw}.") from None
    return _finite({name: arrays[name] for name in header})


def keeps_order(content: bytes) -> bool:
    """Whether the order of the arrays in the file is the one in which they were given to be saved.

    It is in an .npz, while .safetensors are sorted by their names.
    """
    return content[:4] == ZIP


def read_arrays(content: bytes) -> Arrays:
    """The arrays of a .npz or .safetensors file by name, in the order of the file, as float64.

    Raises `WeightFileError` for all that is not float16, float32 or float64, finite, of one or two
    dimensions and within 50,000 numbers, and for a file above 5 MB.
    """
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        raise WeightFileError(f"The file is {size}. Allowed: at most {MOST_BYTES // 10**6} MB.")
    if not content:
        raise WeightFileError("The file is empty. Allowed: .npz and .safetensors.")
    if content[:4] == ZIP:
        return _read_npz(content)
    return _read_safetensors(content)
