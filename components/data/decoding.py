"""The text of a file: its encoding found out, or why it is no text that can be read."""

from collections.abc import Mapping
from typing import Final

from components.data.csv_rows import CsvError
from components.messages import message
from components.refusal import refusal

__all__ = ["ENCODINGS", "MOST_BYTES", "decode"]

MOST_BYTES: Final = 5_000_000
ENCODINGS: Final[Mapping[str, str]] = {
    "utf_8": "utf-8-sig",
    "utf_16": "utf-16",
    "windows_1252": "cp1252",
    "gb18030": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
}
GUESSED: Final = {"gb18030": "gb18030", "big5": "big5", "shift_jis": "shift_jis"}
FREQUENT: Final = {
    "gb18030": range(0xB0, 0xD8),
    "big5": range(0xA4, 0xC7),
    "shift_jis": range(0x81, 0x98),
}
LOOKED_AT: Final = 200_000  # bytes of a file in no Unicode whose encoding is guessed
MARKS: Final = {b"\xef\xbb\xbf": "utf_8", b"\xff\xfe": "utf_16", b"\xfe\xff": "utf_16"}
# What is no text, by its first bytes, and what is said of it.
KINDS: Final = {
    b"PK\x03\x04": "workbook",
    b"\xd0\xcf\x11\xe0": "workbook",
    b"%PDF": "pdf",
    b"\x1f\x8b": "packed",
    b"PAR1": "frame",
    b"ARROW1": "frame",
    b"\x89HDF": "frame",
    b"\x80\x04\x95": "frame",
    b"\x80\x05\x95": "frame",
    b"\x93NUMPY": "array",
}
CODE: Final = {
    "frame": "df.to_csv('data.csv', index=False)",
    "array": "np.savetxt('data.csv', a, delimiter=',')",
}


def _refuse_binary(content: bytes) -> None:
    for mark, kind in KINDS.items():
        if content.startswith(mark):
            what = message(f"refusal.table.{kind}")
            allowed = message(f"allowed.instead_of.{kind}", code=CODE.get(kind, ""))
            raise CsvError(refusal(what, allowed=allowed))


def _without_mark(content: bytes) -> str:
    """The byte order of UTF-16 without its mark: every other byte of Latin letters is 0."""
    head = content[:1000]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 4 < len(head) or min(odd, even) * 8 > max(odd, even):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decoded(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _common(text: str, name: str) -> float:
    """The share of frequent characters by their bytes: level 1 of GB 2312, Big5 and JIS."""
    letters = [c.encode(ENCODINGS[name]) for c in text[:LOOKED_AT] if c > "\x7f"]
    # A Western letter before a Latin one is a pair as well, but of no frequent character.
    least = 0xA1 if name == "gb18030" else 0x40
    frequent = [len(c) == 2 and c[0] in FREQUENT[name] and c[1] >= least for c in letters]
    return sum(frequent) / max(1, len(letters))


def _guessed(content: bytes) -> tuple[str, str]:
    """The text of a file in an old encoding, and its name: the most readable of those that fit."""
    from charset_normalizer import from_bytes  # 50 ms that the start of the page does not need

    fits = {name: text for name in GUESSED if (text := _decoded(content, ENCODINGS[name]))}
    western = _decoded(content, "cp1252")
    among = [GUESSED[name] for name in fits] + (["cp1252"] if western is not None else [])
    if not among:
        what = message("refusal.table.no_encoding")
        known = [message(f"own.encoding.{name}") for name in ENCODINGS]
        raise CsvError(refusal(what, allowed=message("allowed.encodings", names=known)))
    best = from_bytes(content[:LOOKED_AT], cp_isolation=[*among]).best() if fits else None
    names = {codec: name for name, codec in GUESSED.items()}
    name = names.get(best.encoding if best else "", "")
    common = {one: _common(text, one) for one, text in fits.items()}
    if common.get("gb18030") == 1 > common.get(name, 0):  # letters of the West hardly come in pairs
        name = "gb18030"
    chinese = ("gb18030", "big5")
    if name in chinese and set(fits) >= set(chinese):  # too short a text says little else
        name = max((name, *chinese), key=lambda one: common[one])
    if western is not None and not any(common.values()):
        name = ""
    elif common.get("shift_jis") == 1 and not any("À" <= c <= "ÿ" for c in western or "À"):
        name = "shift_jis"  # its lead bytes are signs in the West, not letters
    if name in fits:
        return fits[name], name
    if western is not None:
        return western, "windows_1252"
    return next((text, name) for name, text in fits.items())


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding, found out where none is given.

    Raises `CsvError` for a file that is no text, is too large, or is not in that encoding.
    """
    if len(content) > MOST_BYTES:
        raise CsvError(message("refusal.csv.large", most=MOST_BYTES // 10**6))
    _refuse_binary(content)
    if encoding is not None:
        codec = ENCODINGS[encoding]
        if encoding == "utf_16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            codec = _without_mark(content) or "utf-16-le"
        text = _decoded(content, codec)
        if text is None:
            what = message("refusal.table.encoding", name=message(f"own.encoding.{encoding}"))
            raise CsvError(refusal(what, allowed=message("allowed.other_encoding")))
        return text, encoding
    for mark, name in MARKS.items():
        if content.startswith(mark) and (text := _decoded(content, ENCODINGS[name])) is not None:
            return text, name
    wide = _without_mark(content)
    if wide and (text := _decoded(content, wide)) is not None:
        return text, "utf_16"
    text = _decoded(content, "utf-8")
    return _guessed(content) if text is None else (text, "utf_8")
