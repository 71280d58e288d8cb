"""Files in the encodings that spreadsheets write, and what is no text."""

from base64 import b64encode

import pytest

from components.data.own import own_raw_data
from tests.components.data.csv_texts import read, said

CODECS = {"big5": "cp950", "shift_jis": "cp932", "windows_1252": "cp1252"}
TEXTS = {
    "gb18030": "花萼长度,种类\n5.1,山鸢尾\n7.0,变色\n4.9,山鸢尾\n6.1,变色\n",
    "big5": "花萼長度,種類\n5.1,山鳶尾\n7.0,變色\n4.9,山鳶尾\n6.1,變色\n",
    "shift_jis": "がく片の長さ,種類\n5.1,ヒオウギ\n7.0,ブルー\n4.9,ヒオウギ\n6.1,ブルー\n",
    "windows_1252": "Länge,Größe\n5.1,groß\n7.0,klein\n4.9,groß\n6.1,klein\n",
    "utf_8": "花萼长度,种类\n5.1,山鸢尾\n7.0,变色\n4.9,山鸢尾\n6.1,变色\n",
    "utf_16": "花萼长度,种类\n5.1,山鸢尾\n7.0,变色\n4.9,山鸢尾\n6.1,变色\n",
}


SHOWN = {
    "utf_8": "UTF-8", "utf_16": "UTF-16", "windows_1252": "Windows-1252", "gb18030": "GBK",
    "big5": "Big5", "shift_jis": "Shift-JIS",
}  # fmt: skip


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("mark", [False, True])
def test_the_encoding_is_found_told_and_changeable(encoding, mark):
    codec = {"big5": "cp950", "shift_jis": "cp932", "windows_1252": "cp1252"}.get(
        encoding, encoding
    )
    if mark and encoding.startswith("utf"):
        codec = {"utf_8": "utf-8-sig", "utf_16": "utf-16-be"}[encoding]
    content = b64encode(TEXTS[encoding].encode(codec)).decode()
    answer = read(None, content=content)
    header = TEXTS[encoding].split("\n")[0].split(",")
    assert answer["encoding"] == encoding and answer["names"] == header
    assert answer["text"].removeprefix("\ufeff") == TEXTS[encoding]
    assert f"The file is read as {SHOWN[encoding]}" in said(answer)
    assert own_raw_data(answer["own"]["name"]).x.tolist() == [[5.1, 7, 4.9, 6.1]]
    again = read(None, content=content, encoding="shift_jis")
    assert "refused" in again or again["encoding"] == "shift_jis"


OTHERS = {
    b"PK\x03\x04" + bytes(40): "CSV UTF-8",
    b"\xd0\xcf\x11\xe0" + bytes(40): "CSV UTF-8",
    b"%PDF-1.7\n": "pasted",
    b"\x1f\x8b\x08\x00": "unpacked",
    b"PAR1\x15\x04": "df.to_csv",
    b"\x93NUMPY\x01\x00": "np.savetxt",
}


@pytest.mark.parametrize("content", OTHERS)
def test_what_is_no_text_is_refused_with_the_way_out(content):
    refused = read(None, content=b64encode(content).decode())["refused"]["text"]
    assert "Allowed: " in refused and OTHERS[content] in refused
