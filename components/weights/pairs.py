"""The matrices of a weight file, each with its bias, and what their names say about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import engine
from components.messages import Argument, message
from components.refusal import refusal
from components.weights.names import read_name, sort_key, tell_order
from components.weights.orders import Edge, flaw
from components.weights.refusal import WeightFileError, array_error

__all__ = ["Pair", "columns_by_names", "number_rules", "read_pairs", "refuse_shapes"]

MOST_LISTED: Final = 8
ALLOWED_NAMES: Final = message(
    "allowed.weight_names", torch=["weight", "bias"], keras=["kernel", "bias"]
)
MOST_LETTERS: Final = 40


@dataclass(frozen=True)
class Pair:
    """A matrix as it is in the file, with its bias if it has one; `kernel` for Keras' names."""

    name: str
    stem: str
    matrix: engine.Array
    bias: engine.Array | None
    kernel: bool

    @property
    def label(self) -> str:
        """The end of the name, where names of one network differ."""
        return self.name if len(self.name) <= MOST_LETTERS else "…" + self.name[1 - MOST_LETTERS :]

    def edge(self, columns: bool) -> Edge:
        """Its numbers of inputs and of neurons."""
        rows, cols = self.matrix.shape
        return (rows, cols) if columns else (cols, rows)

    def fits(self, columns: bool) -> bool:
        """Whether the bias has a row for each neuron."""
        return self.bias is None or len(self.bias) == self.edge(columns)[1]


def _slots(arrays: Mapping[str, engine.Array]) -> dict[str, dict[str, str]]:
    """The names of each layer's matrix and bias by what they share, in the order of the file."""
    found: dict[str, dict[str, str]] = {}
    for name, array in arrays.items():
        read = read_name(name)
        if read is None:
            what = message("refusal.weights.unknown_name")
            raise array_error(name, what, ALLOWED_NAMES)
        stem, kind = read
        slot = "bias" if kind == "bias" else "matrix"
        if slot in found.setdefault(stem, {}):
            raise array_error(name, message(f"refusal.weights.another_{slot}"))
        if slot == "matrix" and array.ndim != 2:
            raise array_error(name, message("refusal.weights.no_matrix"))
        if slot == "bias" and array.size != max(array.shape):
            raise array_error(name, message("refusal.weights.no_bias"))
        found[stem][slot] = name
    return found


def read_pairs(arrays: Mapping[str, engine.Array]) -> list[Pair]:
    """Each matrix with its bias, in the order of the file."""
    pairs = []
    for stem, names in _slots(arrays).items():
        if "matrix" not in names:
            raise array_error(names["bias"], message("refusal.weights.alone"))
        name = names["matrix"]
        bias = arrays[names["bias"]].reshape(-1, 1) if "bias" in names else None
        read = read_name(name)
        pairs.append(Pair(name, stem, arrays[name], bias, read is not None and read[1] == "kernel"))
    return pairs


def columns_by_names(pairs: Iterable[Pair]) -> bool | None:
    """Whether columns are neurons as the names have it; None where they disagree."""
    kernels = {pair.kernel for pair in pairs}
    return kernels.pop() if len(kernels) == 1 else None


def number_rules(pairs: Sequence[Pair]) -> set[tuple[int, int]]:
    """Which matrix comes before which by the numbers in their names."""
    keys = [sort_key(pair.stem) for pair in pairs]
    places = range(len(pairs))
    return {
        (i, k) for i in places for k in places if keys[i] < keys[k] and tell_order(keys[i], keys[k])
    }


def _shapes(pairs: Sequence[Pair]) -> Argument:
    named = (f"{p.label} {'×'.join(map(str, p.matrix.shape))}" for p in pairs[:MOST_LISTED])
    listed, more = ", ".join(named), len(pairs) - MOST_LISTED
    return message("list.more", listed=listed, more=more) if more > 0 else listed


def refuse_shapes(pairs: Sequence[Pair]) -> WeightFileError:
    columns = bool(columns_by_names(pairs))
    unfit = [p for p in pairs if not p.fits(False) and not p.fits(True)]
    if unfit and unfit[0].bias is not None:
        numbers = len(unfit[0].bias)
        why = message("refusal.weights.flaw.bias", name=unfit[0].label, numbers=numbers)
    elif any(not pair.fits(columns) for pair in pairs):
        why = message("refusal.weights.flaw.sides")
    else:
        why = flaw([pair.edge(columns) for pair in pairs], [pair.label for pair in pairs])
    what = message("refusal.weights.shapes", why=why, shapes=_shapes(pairs))
    return WeightFileError(refusal(what, allowed=message("allowed.chain")))
