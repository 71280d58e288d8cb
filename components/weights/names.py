"""What the names of arrays say: which array of a layer each is, and the order by their numbers."""

import re
from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import Final, NamedTuple

__all__ = ["ArrayName", "are_own", "rank", "read_name", "sort_key", "tell_order"]

# The words of PyTorch, Keras, Flax, Haiku, scikit-learn and of courses, as kinds of arrays.
KINDS: Final = {
    **dict.fromkeys(("w", "weight", "weights", "theta"), "matrix"),
    **dict.fromkeys(("kernel", "coef", "coefs"), "matrix"),
    **dict.fromkeys(("b", "bias", "biases", "intercept", "intercepts", "beta"), "bias"),
    **dict.fromkeys(("gamma", "scale"), "scale"),
    **dict.fromkeys(("mean",), "mean"),
    **dict.fromkeys(("var", "variance"), "variance"),
    "tracked": "ignored",
}
# w of the inputs to the hidden layer, and so on, as courses abbreviate it.
SHORT: Final = {
    letter + rest: (kind, rest)
    for letter, kind in (("w", "matrix"), ("b", "bias"))
    for rest in ("h", "o", "y", "ih", "ho", "xh", "hy", "in", "out")
}
# Whether columns are neurons, by the word; Haiku's w stands behind a slash.
COLUMNS: Final = {"kernel": True, "coef": True, "coefs": True, "weight": False}
# The arrays of Keras 3 have places in place of names.
PLACES: Final = {False: ("matrix", "bias"), True: ("scale", "bias", "mean", "variance")}
# A number, a word, a word within camelCase, or what separates them.
TOKEN: Final = re.compile(r"[0-9]+|[A-Z]?[a-z]+|[A-Z]+|[^A-Za-z0-9]+", re.ASCII)
SEPARATORS: Final = "./_-: ~\\'\"[]()"
COLLECTIONS: Final = ("params/", "batch_stats/")
IGNORED: Final = ("dropout", "seed_generator", "optimizer")
# Words that propose a place, which is then asked for.
RANKS: Final = {
    0: {"in", "input", "encoder", "enc", "embed", "first", "up", "features", "eingang"},
    2: {"out", "output", "decoder", "dec", "head", "classifier", "last", "final", "ausgang"},
}
OWN: Final = re.compile(r"[wb]([0-9]{1,3})", re.ASCII)
Key = tuple[tuple[int, str], ...]


class ArrayName(NamedTuple):
    """What a name shares with the other arrays of its layer, and which of them it is.

    `kind` is matrix, bias, scale, mean, variance or ignored; `columns` whether the columns of a
    matrix are neurons, None where such names have no convention.
    """

    stem: str
    kind: str
    columns: bool | None = None


def _plain(name: str) -> str:
    """The name as a path: brackets, quotes and what frameworks put around it are gone."""
    for mark in ("']['", '"]["', "\\", "']", '"]', "['", '["'):
        name = name.replace(mark, "/")
    plain = name.strip("/").removesuffix(":0").removesuffix("value").rstrip("./")
    for collection in COLLECTIONS:
        plain = plain.removeprefix(collection)
    return plain


def _by_place(plain: str) -> ArrayName | None:
    """An array of Keras 3, named by its place among the variables of its layer."""
    stem, vars_, place = plain.rpartition("vars/")
    kinds = PLACES["norm" in stem.lower()]
    if not vars_ or place not in [str(i) for i in range(len(kinds))]:
        return None
    kind = kinds[int(place)]
    return ArrayName(stem.rstrip("/"), kind, True if kind == "matrix" else None)


def _joined(before: Sequence[str], after: Sequence[str]) -> str:
    """What is left of a name without the word that says its kind."""
    left, right = "".join(before).rstrip(SEPARATORS), "".join(after).lstrip(SEPARATORS)
    for word in ("running", "moving", "num_batches"):
        left = left.removesuffix(word).rstrip(SEPARATORS)
    return f"{left}.{right}" if left and right else left + right


def _by_word(plain: str) -> ArrayName | None:
    """An array whose kind a word of its name says: the last such word."""
    tokens = TOKEN.findall(plain)
    for at in reversed(range(len(tokens))):
        word, before = tokens[at].lower(), tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else "."
        # A letter alone says so little that it has to stand apart: fc1b means something else.
        alone = not before[-1:].isdigit() and (after[0] in SEPARATORS or _is_digit(after[0]))
        if word in KINDS and (len(word) > 1 or alone):
            stem = _joined(tokens[:at], tokens[at + 1 :])
            haiku = word == "w" and before[-1:] == "/" and at == len(tokens) - 1
            return ArrayName(stem, KINDS[word], True if haiku else COLUMNS.get(word))
        if word in SHORT and at == len(tokens) - 1:
            kind, rest = SHORT[word]
            return ArrayName(_joined(tokens[:at], [rest]), kind)
    return None


def read_name(name: str) -> ArrayName | None:
    """Which array of which layer a name stands for; None for a name that is not known."""
    plain = _plain(name)
    if any(word in plain.lower() for word in IGNORED):
        return ArrayName(plain, "ignored")
    return _by_place(plain) or _by_word(plain)


def are_own(names: Sequence[str]) -> bool:
    """Whether the names are those that are written here: w2, b2, w3, …, rows are neurons."""
    found = [OWN.fullmatch(name) for name in names]
    numbers = {int(match[1]) for match in found if match}
    return all(found) and numbers == set(range(2, 2 + len(numbers)))


def rank(stem: str) -> int:
    """Where words put a layer: 0 towards the input, 2 towards the output, else 1; a proposal."""
    parts = {token.lower() for token in TOKEN.findall(stem)}
    for place, words in RANKS.items():
        if parts & words:
            return place
    return 1


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
