"""Weights as .npz and .safetensors files: written, and read with every size checked beforehand.

Nothing of a file is executed: no pickle is read. What a header announces is held against the limits
before memory is taken for it.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import orjson
from safetensors import SafetensorError
from safetensors.numpy import load as load_safetensors
from safetensors.numpy import save as save_safetensors

import engine

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "WeightFileError",
    "read_arrays",
    "write_npz",
    "write_safetensors",
]

MOST_BYTES: Final = 5_000_000
MOST_ARRAYS: Final = 2 * engine.MAX_LAYERS
MOST_ENTRIES: Final = engine.MAX_WEIGHTS
MOST_HEADER: Final = 20_000
MOST_NAME: Final = 200
TYPES: Final = {"F16": 2, "F32": 4, "F64": 8}
PACKED_BADLY: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError),
    *(NotImplementedError, EOFError, OSError, ValueError),
)
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


def _check(name: str, shape: tuple[int, ...]) -> None:
    if len(name) > MOST_NAME:
        raise WeightFileError(f"A name of {len(name)} characters. Allowed: {MOST_NAME}.")
    if not 1 <= len(shape) <= 2 or min(shape) < 1:
        raise WeightFileError(
            f"{name}: its shape is {shape}. Allowed: matrices and vectors, as of a fully connected "
            "network."
        )
    entries = shape[0] * (shape[1] if len(shape) == 2 else 1)
    if entries > MOST_ENTRIES:
        raise WeightFileError(
            f"{name}: {'×'.join(map(str, shape))} are {entries:,} numbers. "
            f"Allowed: at most {MOST_ENTRIES:,}."
        )


def _finite(arrays: Mapping[str, Any]) -> Arrays:
    """The arrays as float64, in their order; what is not finite is refused."""
    read = {name: np.array(array, dtype=float) for name, array in arrays.items()}
    for name, array in read.items():
        if not np.isfinite(array).all():
            at = ", ".join(str(i + 1) for i in np.argwhere(~np.isfinite(array))[0])
            raise WeightFileError(f"{name}, entry {at}: not a finite number.")
    return read


def _too_many(count: int) -> WeightFileError:
    return WeightFileError(
        f"The file holds {count} arrays. Allowed: 1 to {MOST_ARRAYS}, a matrix and a bias for each "
        "layer."
    )


def _npy(name: str, raw: bytes) -> engine.Array:
    """One array of an archive: its header is read and checked first, then exactly its bytes."""
    stream = io.BytesIO(raw)
    try:
        version = np.lib.format.read_magic(stream)
        reader = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }[version]
        shape, fortran, dtype = reader(stream, max_header_size=MOST_HEADER)
    except (ValueError, KeyError, SyntaxError, TypeError, RecursionError, MemoryError):
        raise WeightFileError(f"{name}: its header is not that of a NumPy array.") from None
    if dtype.hasobject:
        raise WeightFileError(
            f"{name}: it is pickled, which is not read since it can run programs."
        )
    if dtype.kind != "f" or dtype.itemsize not in TYPES.values():
        raise WeightFileError(f"{name}: its numbers are {dtype}. Allowed: {ALLOWED_TYPES}.")
    _check(name, shape)
    data = raw[stream.tell() :]
    if len(data) != int(np.prod(shape)) * dtype.itemsize:
        raise WeightFileError(f"{name}: the file holds another number of bytes than it announces.")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran else "C")


def _read_npz(content: bytes) -> Arrays:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise WeightFileError("The file is not a whole .npz archive.") from None
    if not 1 <= len(entries) <= MOST_ARRAYS:
        raise _too_many(len(entries))
    most = 8 * MOST_ENTRIES + MOST_HEADER
    arrays: dict[str, Any] = {}
    for entry in entries:
        name = entry.filename.removesuffix(".npy")
        if entry.file_size > most:
            size = f"{entry.file_size:,} bytes"
            raise WeightFileError(f"{name[:60]}: it unpacks to {size}. Allowed: at most {most:,}.")
        if name == entry.filename:
            raise WeightFileError(f"{name[:60]}: no array (.npy). Allowed: .npz, .safetensors.")
        try:
            # The announced size may be a lie: no more than it is unpacked.
            with archive.open(entry) as packed:
                raw = packed.read(most + 1)
        except PACKED_BADLY:
            raise WeightFileError(f"{name[:60]}: it cannot be unpacked.") from None
        arrays[name] = _npy(name, raw)
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
        header = orjson.loads(content[8 : 8 + length])
    except orjson.JSONDecodeError:
        raise broken from None
    if not isinstance(header, dict):
        raise broken
    header.pop("__metadata__", None)
    return header


def _read_safetensors(content: bytes) -> Arrays:
    header = _header(content)
    if not 1 <= len(header) <= MOST_ARRAYS:
        raise _too_many(len(header))
    for name, entry in header.items():
        shape = entry.get("shape") if isinstance(entry, dict) else None
        if not isinstance(shape, list) or not all(type(n) is int for n in shape):
            raise WeightFileError(f"{name[:60]}: its header has no shape.")
        if entry.get("dtype") not in TYPES:
            shown = str(entry.get("dtype"))[:20]
            raise WeightFileError(
                f"{name[:60]}: its numbers are {shown}. Allowed: {ALLOWED_TYPES}."
            )
        _check(name, tuple(shape))
    try:
        arrays = load_safetensors(content)
    except (SafetensorError, ValueError, TypeError) as error:
        raise WeightFileError(f"The .safetensors file is damaged: {str(error)[:120]}.") from None
    return _finite({name: arrays[name] for name in header})


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
    if content[:4] == b"PK\x03\x04":
        return _read_npz(content)
    return _read_safetensors(content)
