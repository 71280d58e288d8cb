"""Files in the encodings that spreadsheets write, and what is no text."""

from base64 import b64encode

import pytest

from components.data.own import own_raw_data
from tests.components.data.csv_texts import read, said

CODECS = {"big5": "cp950", "shift-jis": "cp932", "windows-1252": "cp1252"}
TEXTS = {
    "gb18030": "花萼长度,种类\n5.1,山鸢尾\n7.0,变色\n4.9,山鸢尾\n6.1,变色\n",
    "big5": "花萼長度,種類\n5.1,山鳶尾\n7.0,變色\n4.9,山鳶尾\n6.1,變色\n",
    "shift-jis": "がく片の長さ,種類\n5.1,ヒオウギ\n7.0,ブルー\n4.9,ヒオウギ\n6.1,ブルー\n",
    "windows-1252": "Länge,Größe\n5.1,groß\n7.0,klein\n4.9,groß\n6.1,klein\n",
    "utf-8": "花萼长度,种类\n5.1,山鸢尾\n7.0,变色\n4.9,山鸢尾\n6.1,变色\n",
    "utf-16": "花萼长度,种类\n5.1,山鸢尾\n7.0,变色\n4.9,山鸢尾\n6.1,变色\n",
}


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("mark", [False, True])
def test_the_encoding_is_found_told_and_changeable(encoding, mark):
    codec = {"big5": "cp950", "shift-jis": "cp932", "windows-1252": "cp1252"}.get(
        encoding, encoding
    )
    if mark and encoding.startswith("utf"):
        codec = {"utf-8": "utf-8-sig", "utf-16": "utf-16-be"}[encoding]
    content = b64encode(TEXTS[encoding].encode(codec)).decode()
    answer = read(None, content=content)
    header = TEXTS[encoding].split("\n")[0].split(",")
    assert answer["encoding"] == encoding and answer["names"] == header
    assert answer["text"].removeprefix("\ufeff") == TEXTS[encoding]
    assert f"The file is read as {encoding.upper()}." in said(answer)
    assert own_raw_data(answer["own"]["name"]).x.tolist() == [[5.1, 7, 4.9, 6.1]]
    again = read(None, content=content, encoding="shift-jis")
    assert "refused" in again or again["encoding"] == "shift-jis"


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
