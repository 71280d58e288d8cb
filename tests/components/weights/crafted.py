"""Files made by hand, byte by byte."""

import io
import warnings
import zipfile

from components.weights.files import read_arrays
from components.weights.layers import arrange_layers

GOOD = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }"


def npy(header, data=bytes(16), version=b"\1\0", length=None):
    raw = header if isinstance(header, bytes) else header.encode()
    size = 2 if version == b"\1\0" else 4
    told = (len(raw) if length is None else length).to_bytes(size, "little")
    return b"\x93NUMPY" + version + told + raw + data


def archive(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", method) as packed:
            for name, raw in members:
                packed.writestr(name, raw)
    return out.getvalue()


def understood(content):
    return arrange_layers(read_arrays(content))
