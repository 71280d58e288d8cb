"""Tables written at random in every form that people bring, and the numbers they stand for."""

import random
from base64 import b64encode
from dataclasses import dataclass

__all__ = ["Written", "flaw", "write"]

CODECS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp932", "cp1252")
WORDS = {"gb18030": "山变锦", "cp932": "山海川", "cp1252": "äöü"}
UNITS = (("", ""),) * 6 + (("$", ""), ("", "%"), ("", " kg"), ("USD ", ""))
GAPS = ("", "NA", "?", "nan", "null", "-", "N/A")
MARKS = (".", ",")


@dataclass(frozen=True)
class Written:
    """A table as the bytes of a file, its columns of numbers (NaN in gaps) and of labels."""

    content: bytes
    columns: list[list[float]]
    labels: list[str]
    names: list[str]


def _number(value: float, mark: str, group: str, digits: int) -> str:
    whole, _, fraction = f"{abs(value):.{digits}f}".partition(".")
    if group and len(whole) > 3:
        whole = group.join((whole[:-3], whole[-3:]))
    return ("-" if value < 0 else "") + whole + (mark + fraction if fraction else "")


def write(seed: int) -> Written:
    """One table: separator, decimals, thousands, encoding, names, gaps, quotes and types by lot."""
    lot = random.Random(seed)
    mark = lot.choice(MARKS)
    separator = lot.choice((",", ";", "\t", "|", " "))
    other = "," if mark == "." else "."
    group = lot.choice(("", "", other, "'"))
    codec = lot.choice(CODECS)
    rows, inputs = lot.randint(4, 12), lot.randint(1, 4)
    words = WORDS.get(codec, "abc")
    labels = [words[i % 2] + "x" for i in range(rows)]
    columns, texts = [], []
    for _ in range(inputs):
        digits, size = lot.choice((0, 1, 2, 3)), lot.choice((1, 30, 900, 9000))
        before, after = lot.choice(UNITS) if separator != " " else ("", "")
        gap = lot.choice(GAPS[1:] if separator == " " else GAPS)
        values = [round(lot.uniform(-size, size), digits) + 0.0 for _ in range(rows)]
        holes = [lot.random() < 0.1 and i > 1 for i in range(rows)]
        told = [before + _number(v, mark, group, digits) + after for v in values]
        columns.append([float("nan") if h else v for h, v in zip(holes, values, strict=True)])
        texts.append([gap if h else t for h, t in zip(holes, told, strict=True)])
    names = [f"{words[0]}{chr(97 + k)}" for k in range(inputs)]
    cells = [[*row, label] for *row, label in zip(*texts, labels, strict=True)]
    header = lot.random() < 0.7
    lines = [[*names, "kind"], *cells] if header else cells
    always = lot.random() < 0.3
    quoted = [[f'"{c}"' if always or separator in c else c for c in line] for line in lines]
    end = lot.choice(("\n", "\r\n"))
    trailing = separator if separator != " " and lot.random() < 0.1 else ""
    text = end.join(separator.join(line) + trailing for line in quoted) + end
    above = f"sep={separator}{end}" if separator in ",;" and lot.random() < 0.1 else ""
    above += f"# written by lot{end}" if lot.random() < 0.1 else ""
    return Written((above + text).encode(codec), columns, labels, names if header else [])


def flaw(table: Written, answer: dict, kept: dict) -> str:
    """What of an answer is not the table, or an empty text; a question and a refusal are none."""
    raw = kept.get("raw")
    if raw is None:
        return ""
    whole = [i for i in range(len(table.labels)) if all(c[i] == c[i] for c in table.columns)]
    wanted = [[column[i] for i in whole] for column in table.columns]
    left = [k for k, role in enumerate(answer["roles"][:-1]) if role == "ignored"]
    if left:
        return "" if all(f"role:{k}" in kept["names"] for k in left) else "a column is left out"
    if raw.x.tolist() != wanted:
        return f"{raw.x.tolist()} for {wanted}"
    if [raw.classes[i] for i in raw.labels] != [table.labels[i] for i in whole]:
        return f"{raw.classes} {raw.labels.tolist()}"
    return ""


def content_of(table: Written) -> str:
    """The file as a request carries it."""
    return b64encode(table.content).decode()
