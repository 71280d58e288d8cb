"""Files of weights that are not read here, known by what they hold, with lines that convert them.

They are never unpickled or opened: first bytes, names in a zip and words within tell what they are.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from components.messages import message
from components.weights.refusal import WeightFileError

__all__ = ["FILE", "KINDS", "ForeignFileError", "refuse_foreign_file"]

FILE: Final = "{file}"  # stands for the name of the file in the lines
MOST_LOOKED_AT: Final = 1 << 16
TORCH: Final = (
    "import numpy, torch",
    'numpy.savez("weights.npz", **{name: t.float().numpy() for name, t in state.items()})',
)
LOAD: Final = 'torch.load({file}, map_location="cpu", weights_only=True)'
SKLEARN: Final = (
    "import joblib, numpy",
    "net = joblib.load({file})",
    'numpy.savez("weights.npz", *net.coefs_, *net.intercepts_)',
)


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, and the lines where `FILE` stands for its name."""

    called: str
    lines: tuple[str, ...]


def _torch(load: str) -> Kind:
    return Kind("PyTorch (.pt, .pth)", (TORCH[0], f"state = {load}", TORCH[1]))


KINDS: Final = {
    "state": _torch(LOAD),
    "model_state_dict": _torch(f'{LOAD}["model_state_dict"]'),
    "state_dict": _torch(f'{LOAD}["state_dict"]'),
    "module": _torch(f"{LOAD.replace('True', 'False')}.state_dict()"),
    "script": _torch('torch.jit.load({file}, map_location="cpu").state_dict()'),
    "keras": Kind(
        "Keras (.keras)",
        (
            "import keras, numpy",
            "net = keras.saving.load_model({file})",
            'numpy.savez("weights.npz", **{w.path: w.numpy() for w in net.weights})',
        ),
    ),
    "hdf5": Kind(
        "HDF5 (.h5)",
        (
            "import h5py, numpy; arrays = {}",
            "h5py.File({file}).visititems(lambda name, found:"
            ' arrays.update({name: found[()]} if hasattr(found, "dtype") else {}))',
            'numpy.savez("weights.npz", **arrays)',
        ),
    ),
    "onnx": Kind(
        "ONNX (.onnx)",
        (
            "import numpy, onnx, onnx.numpy_helper",
            "found = onnx.load({file}).graph.initializer",
            'numpy.savez("weights.npz", **{t.name: onnx.numpy_helper.to_array(t) for t in found})',
        ),
    ),
    "sklearn": Kind("scikit-learn (.joblib, .pkl)", SKLEARN),
    "pickle": Kind(
        "pickle (.pkl, .joblib)",
        (
            "import joblib, numpy",
            "arrays = joblib.load({file})  # here a dict of arrays by their names",
            'numpy.savez("weights.npz", **arrays)',
        ),
    ),
    "npy": Kind(
        "NumPy (.npy)",
        (
            "import numpy",
            "arrays = numpy.load({file}, allow_pickle=True).item()  # a dict of arrays",
            'numpy.savez("weights.npz", **arrays)',
        ),
    ),
    "objects": Kind(
        "NumPy (.npz of objects)",
        (
            "import numpy",
            "found = numpy.load({file}, allow_pickle=True)",
            'numpy.savez("weights.npz", *[array for key in found for array in found[key]])',
        ),
    ),
    "matlab": Kind(
        "MATLAB (.mat)",
        (
            "import numpy, scipy.io",
            "found = scipy.io.loadmat({file})",
            'numpy.savez("weights.npz", **{k: v for k, v in found.items() if k[0] != "_"})',
        ),
    ),
}
BEGINNINGS: Final = (
    (b"\x89HDF\r\n\x1a\n", "hdf5"),
    (b"\x93NUMPY", "npy"),
    (b"MATLAB 5.0", "matlab"),
)
ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
COMPRESSED: Final = (*ZLIB, b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
# What torch.save wrote before it wrote zips begins with this number.
OLD_TORCH: Final = b"\x8a\x0al\xfc\x9cF\xf9"


class ForeignFileError(WeightFileError):
    """A file of weights of another kind; `lines` make one that is read, `FILE` for its name."""

    def __init__(self, kind: str) -> None:
        super().__init__(message("refusal.weights.foreign_file", kind=KINDS[kind].called))
        self.lines = KINDS[kind].lines


def _torch_by(pickled: bytes) -> str:
    """What a pickle of PyTorch holds, by its words: a network, or weights, or these by a key."""
    if b"_state_dict_hooks" in pickled or b"torch.nn.modules" in pickled:
        return "module"
    for key in (b"model_state_dict", b"state_dict"):
        # A text has its length before it: in four bytes, or in one.
        if b"\0" + key in pickled or bytes([len(key)]) + key in pickled:
            return key.decode()
    return "state"


def _of_zip(content: bytes) -> str | None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = {name.rpartition("/")[2]: name for name in archive.namelist()}
        if "data.pkl" not in names:
            return "keras" if "model.weights.h5" in names else None
        if any("/code/" in name for name in archive.namelist()):
            return "script"
        with archive.open(names["data.pkl"]) as pickled:
            return _torch_by(pickled.read(MOST_LOOKED_AT))
    except Exception:  # what zipfile and zlib raise over crafted bytes is no closed list
        return None


def _unpacked(content: bytes) -> bytes:
    """The beginning of what was compressed with zlib or gzip; nothing of other ways."""
    try:
        return zlib.decompressobj(wbits=47).decompress(content, MOST_LOOKED_AT)
    except zlib.error:
        return b""


def _of_pickle(content: bytes) -> str:
    if b"sklearn" in content:
        return "sklearn"
    return _torch_by(content) if b"torch" in content or OLD_TORCH in content else "pickle"


def _kind(content: bytes) -> str | None:
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:1] == b"\x80" and content[1:2] in (b"\2", b"\3", b"\4", b"\5"):
        return _of_pickle(content)
    if content.startswith(COMPRESSED):
        return _of_pickle(_unpacked(content))
    # ONNX: its version, then the name of what wrote it or the graph (protobuf).
    written = len(content) > 16 and content[0] == 8 and 3 <= content[1] <= 20
    return "onnx" if written and content[2] in (0x12, 0x1A, 0x3A, 0x42) else None


def refuse_foreign_file(content: bytes) -> None:
    """Raises `ForeignFileError` where the file is of one of the kinds above."""
    if kind := _kind(content):
        raise ForeignFileError(kind)
