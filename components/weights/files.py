"""Weights as .npz and .safetensors files: written, and read with every size checked beforehand.

Nothing of a file is executed: no pickle is read. What a header announces is held against the limits
before memory is taken for it.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from safetensors.numpy import save as save_safetensors

import engine
from components.messages import message
from components.refusal import refusal
from components.visible import visible
from components.weights.announced import MOST_ENTRIES, check_count, check_name, check_shape
from components.weights.foreign_files import refuse_foreign_file
from components.weights.npy_reading import read_header
from components.weights.refusal import WeightFileError, array_error
from components.weights.safetensors_reading import read_safetensors

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "keeps_order",
    "read_arrays",
    "write_npz",
    "write_safetensors",
]

ZIP: Final = b"PK\x03\x04"
MOST_BYTES: Final = 5_000_000
MOST_HEADER: Final = 20_000
# Those of np.savez: others may take gigabytes to unpack a few bytes.
PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ALLOWED_FILES: Final = ".npz, .safetensors"

Arrays = dict[str, engine.Array]


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


def _finite(arrays: Mapping[str, Any]) -> Arrays:
    """The arrays as float64, in their order; what is not finite is refused."""
    read = {name: np.atleast_1d(np.array(array, dtype=float)) for name, array in arrays.items()}
    for name, array in read.items():
        if not np.isfinite(array).all():
            at = ", ".join(str(i + 1) for i in np.argwhere(~np.isfinite(array))[0])
            place = message("place.entry", array=visible(name), entry=at)
            raise WeightFileError(refusal(message("refusal.weights.not_finite"), place))
    return read


def _npy(name: str, raw: bytes) -> Any:
    """One array of an archive: its header is read and checked first, then exactly its bytes."""
    header = read_header(name, raw)
    check_shape(name, header.shape)
    return header.read(raw)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one member; the announced size may be a lie: no more than it is unpacked."""
    name, most = entry.filename.removesuffix(".npy"), 8 * MOST_ENTRIES + MOST_HEADER
    if entry.file_size > most:
        what = message("refusal.weights.unpacked", size=entry.file_size)
        raise array_error(name, what, message("allowed.at_most", most=most))
    if not entry.filename.endswith(".npy"):
        raise array_error(name, message("refusal.weights.no_array"), ALLOWED_FILES)
    if entry.compress_type not in PACKED:
        raise array_error(
            name,
            message("refusal.weights.packed"),
            message("allowed.packed", functions=["np.savez", "np.savez_compressed"]),
        )
    try:
        with archive.open(entry) as packed:
            return packed.read(most + 1)
    except Exception:  # what zipfile and zlib raise over crafted bytes is no closed list
        raise array_error(name, message("refusal.weights.not_unpacked")) from None


def _read_npz(content: bytes) -> Arrays:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except Exception:  # as above
        raise WeightFileError(message("refusal.weights.no_archive")) from None
    check_count(len(entries))
    arrays: dict[str, Any] = {}
    for entry in entries:
        name = entry.filename.removesuffix(".npy")
        check_name(name)
        if name in arrays:
            raise array_error(name, message("refusal.weights.twice"))
        arrays[name] = _npy(name, _unpacked(archive, entry))
    return _finite(arrays)


def keeps_order(content: bytes) -> bool:
    """Whether the order of the arrays in the file is the one in which they were given to be saved.

    It is in an .npz, while .safetensors are sorted by their names.
    """
    return content[:4] == ZIP


def read_arrays(content: bytes) -> Arrays:
    """The arrays of a .npz or .safetensors file by name, in the order of the file, as float64.

    Raises `WeightFileError` for all that is no whole or floating-point number, finite, of at most
    two dimensions and within 50,000 numbers, and for a file above 5 MB; `ForeignFileError` for a
    file of another kind.
    """
    if len(content) > MOST_BYTES:
        what = message("refusal.file.size", megabytes=f"{len(content) / 1e6:.1f}")
        most = message("allowed.megabytes", most=MOST_BYTES // 10**6)
        raise WeightFileError(refusal(what, allowed=most))
    if not content:
        allowed = message("allowed.weight_files")
        raise WeightFileError(refusal(message("refusal.file.empty"), allowed=allowed))
    refuse_foreign_file(content)
    if content[:4] == ZIP:
        return _read_npz(content)
    return _finite(read_safetensors(content))
