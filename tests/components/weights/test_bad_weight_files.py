"""A weight file that cannot be used is refused in a sentence."""

import io
import pickle
import tracemalloc
import zipfile
from base64 import b64encode
from itertools import pairwise

import numpy as np
import orjson
import pytest
from safetensors.numpy import save

import engine
from components.refusal import RequestError
from components.requests.weights import answer_weights_read, answer_weights_write
from components.weights.files import read_arrays
from components.weights.layers import arrange_layers
from components.weights.refusal import WeightFileError
from tests.english import answered


def npz(**arrays):
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def zipped(name, raw, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        archive.writestr(name, raw)
    return out.getvalue()


def npy(header, data=b""):
    text = repr(header).encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


def headed(header, data=b""):
    raw = header if isinstance(header, bytes) else orjson.dumps(header)
    return len(raw).to_bytes(8, "little") + raw + data


def tensor(shape, dtype="F64", offsets=(0, 8)):
    return {"w2": {"dtype": dtype, "shape": shape, "data_offsets": list(offsets)}}


GOOD = npy({"descr": "<f8", "fortran_order": False, "shape": (1, 1)}, bytes(8))
DEFLATED = zipped("w2.npy", GOOD)
BAD = {
    "empty": (b"", "empty"),
    "text": (b"hello world", "neither"),
    "pickle": (pickle.dumps({"w2": [1.0]}), "a file of pickle (.pkl"),
    "pickled array": (npz(w2=np.array([{"a": 1}], dtype=object)), "NumPy (.npz of objects)"),
    "torch archive": (zipped("archive/data.pkl", b"x"), "a file of PyTorch"),
    "zip cut": (npz(w2=np.ones((3, 3)))[:-30], "not a whole"),
    "zip damaged": (DEFLATED[:45] + b"\xff" + DEFLATED[46:], "w2: it cannot be unpacked"),
    "zip bomb": (zipped("w2.npy", bytes(60_000_000)), "unpacks to"),
    "header bomb": (zipped("w2.npy", npy({"descr": "<f8", "fortran_order": False,
                                          "shape": (10**9, 10**9)})), "at most 50,000"),
    "negative": (zipped("w2.npy", npy({"descr": "<f8", "fortran_order": False,
                                       "shape": (-1, 3)})), "shape"),
    "short": (zipped("w2.npy", GOOD[:-1]), "another number of bytes"),
    "long": (zipped("w2.npy", GOOD + b"x"), "another number of bytes"),
    "code in header": (zipped("w2.npy", npy("__import__('os').abort()")), "header"),
    "deep header": (zipped("w2.npy", npy("(" * 90)), "header"),
    "truths": (npz(w2=np.ones((2, 2), bool)), "bool. Allowed: whole numbers, float16"),
    "complex": (npz(w2=np.ones((2, 2), complex)), "complex128"),
    "long double": (npz(w2=np.ones((2, 2), np.longdouble)), "Allowed: whole numbers, float16"),
    "cube": (npz(w2=np.ones((2, 2, 2))), "shape is (2, 2, 2), as of a convolution"),
    "nothing": (npz(w2=np.ones((0, 3))), "shape"),
    "nan": (npz(w2=np.array([[1, np.nan]])), "entry 1, 2: not a finite number"),
    "infinite": (save({"w2": np.array([[np.inf]])}), "not a finite number"),
    "many": (npz(**{f"w{i}": np.ones((1, 1)) for i in range(2, 90)}), "88 arrays"),
    "large": (bytes(5_000_001), "5.0 MB"),
    "tensor huge": (headed(tensor([10**12, 10**12])), "at most 50,000"),
    "tensor long": (headed(tensor([50_001])), "at most 50,000"),
    "tensor type": (headed(tensor([1, 1], "F8_E4M3")), "F8_E4M3"),
    "tensor bf16 cut": (headed(tensor([1, 1], "BF16", (0, 2)), bytes(1)), "damaged"),
    "tensor offsets": (headed(tensor([1, 1], offsets=(0, 80)), bytes(8)), "damaged"),
    "tensor overlap": (headed({**tensor([1, 1]), "b2": tensor([1, 1])["w2"]}, bytes(8)), "damaged"),
    "tensor short": (headed(tensor([1, 1])), "damaged"),
    "tensor shape": (headed(tensor("2")), "no shape"),
    "tensor negative": (headed(tensor([-1, 1])), "shape"),
    "tensor bool": (headed(tensor([True, 1])), "no shape"),
    "tensor null": (headed({"w2": None}), "no shape"),
    "header list": (headed(b"{]"), "neither"),
    "header length": ((2**60).to_bytes(8, "little") + b"{}", "neither"),
    "header large": (headed(b"{" + b" " * 30_000 + b"}"), "header is 30,002"),
    "header empty": (headed({}), "0 arrays"),
    "header deep": (headed(b'{"a":' * 3000), "neither"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence_and_takes_no_memory(name):
    content, words = BAD[name]
    tracemalloc.start()
    try:
        with pytest.raises(WeightFileError) as caught:
            read_arrays(content)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert words in str(caught.value) and str(caught.value).endswith(".")
    assert len(str(caught.value)) < 400 and most < 20e6


def test_every_cut_and_every_changed_byte_is_read_or_refused():
    for content in (npz(w2=np.ones((2, 2)), b2=np.ones(2)), save({"w2": np.ones((2, 2))})):
        for at in range(len(content)):
            for broken in (content[:at], content[:at] + b"\xff" + content[at + 1 :]):
                try:
                    arrange_layers(read_arrays(broken))
                except WeightFileError as error:
                    assert str(error).endswith(".")


@pytest.mark.parametrize(
    "sizes", [(2, 129, 1), (1,) * 12, (2, 120, 120, 120, 120, 120, 1)], ids=str
)
def test_a_network_beyond_the_limits_is_refused_by_name(sizes):
    arrays = {
        f"{i}.weight": np.ones((n, k), np.float32) for i, (k, n) in enumerate(pairwise(sizes))
    }
    body = {"fields": {}, "name": "big", "content": b64encode(save(arrays)).decode()}
    refused = answered(answer_weights_read, body)["refused"]["text"]
    assert refused.startswith("big: ") and str(engine.MAX_NEURONS) in refused


@pytest.mark.parametrize(
    "wrong", [{"content": 1}, {"content": "§"}, {"content": "A" * 7_000_000}, {"name": None}]
)
def test_a_request_that_no_page_sends_is_bad(wrong):
    with pytest.raises(RequestError):
        answered(answer_weights_read, {"fields": {}, "name": "a", "content": "", **wrong})
    with pytest.raises(RequestError):
        answer_weights_write({"fields": {}, "format": "pickle"})
