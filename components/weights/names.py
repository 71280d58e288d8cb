"""What the names of arrays say: which array of a layer each is, and the order by their numbers."""

from itertools import groupby, zip_longest
from typing import Final

__all__ = ["read_name", "sort_key", "tell_order"]

# The last part of a name says what the array is: PyTorch's, Keras', Keras 3 saved by place.
ENDINGS: Final = {
    "weight": "matrix",
    "kernel": "kernel",
    "vars/0": "kernel",
    "bias": "bias",
    "vars/1": "bias",
}
Key = tuple[tuple[int, str], ...]


def read_name(name: str) -> tuple[str, str] | None:
    """What a name shares with its layer's other array, and what it is: matrix, kernel or bias.

    None for a name that is not known.
    """
    if name[:1] in ("w", "b") and name[1:].isascii() and name[1:].isdigit():
        return name[1:], "bias" if name[0] == "b" else "matrix"
    plain = name.removesuffix(":0")
    for ending, kind in ENDINGS.items():
        if plain.endswith(ending):
            stem = plain.removesuffix(ending)
            return (stem[:-1] if stem[-1:] in (".", "/") else stem), kind
    return None


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def sort_key(stem: str) -> Key:
    """Words and numbers in turn, a word first: fc2 comes before fc10, dense before dense_1."""
    parts = [(number, "".join(letters)) for number, letters in groupby(stem, _is_digit)]
    key = [(int(part), "") if number else (-1, part) for number, part in parts]
    return tuple(key if key and not parts[0][0] else [(-1, ""), *key])


def tell_order(before: Key, after: Key) -> bool:
    """Whether numbers tell that a name comes before another, which it does in the sorting.

    They do where the first difference is a number, or where only the later name ends with one:
    fc before fc2, dense before dense_1. Words tell nothing: hidden, input, output; one, two.
    """
    for at, (one, other) in enumerate(zip_longest(before, after)):
        if one == other:
            continue
        if one is None:
            return len(after) == at + 1 and at % 2 == 1
        counted = len(before) == at + 1 and len(after) == at + 2
        return at % 2 == 1 or (other == (-1, one[1] + "_") and counted)
    return False
