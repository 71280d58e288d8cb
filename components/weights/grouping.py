"""The arrays of a weight file by layers: matrices with their biases, norms, what is passed over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import engine
from components.messages import Message, message
from components.weights.foreign_layers import foreign, looks_up, refuse_foreign
from components.weights.names import ArrayName, are_own, read_name
from components.weights.pairs import Pair, label
from components.weights.refusal import array_error

__all__ = ["Grouped", "Norm", "group_arrays"]

ALLOWED_NAMES: Final = message(
    "allowed.weight_names", torch=["weight", "bias"], keras=["kernel", "bias"]
)
# The places in which numpy.savez puts what has no names, and lists of weights with numbers.
POSITIONAL: Final = re.compile(r"([A-Za-z_]*)([0-9]{1,4})", re.ASCII)


class Norm(NamedTuple):
    """A BatchNorm: its numbers, one for each neuron; `by_keras` where the names are of Keras."""

    name: str
    stem: str
    scale: engine.Array | float
    shift: engine.Array | float
    mean: engine.Array
    variance: engine.Array
    by_keras: bool


@dataclass(frozen=True)
class Grouped:
    """What a file holds; `readings` are lists of pairs, several where places tell too little."""

    readings: tuple[tuple[Pair, ...], ...]
    norms: tuple[Norm, ...]
    told: tuple[Message, ...]


def _slots(arrays: Mapping[str, engine.Array]) -> dict[str, dict[str, str]]:
    """The names of each layer's arrays by what they share, in the order of the file."""
    found: dict[str, dict[str, str]] = {}
    for name in arrays:
        refuse_foreign(name)
        read = read_name(name)
        if read is None:
            raise array_error(name, message("refusal.weights.unknown_name"), ALLOWED_NAMES)
        if read.kind in found.setdefault(read.stem, {}) and read.kind != "ignored":
            other = "bias" if read.kind == "bias" else "matrix"
            raise array_error(name, message(f"refusal.weights.another_{other}"))
        found[read.stem][read.kind] = name
    return found


def _norm(stem: str, names: Mapping[str, str], arrays: Mapping[str, engine.Array]) -> Norm:
    """The BatchNorm of these arrays; its γ may have been read as a matrix."""
    scale, shift = names.get("scale", names.get("matrix")), names.get("bias")
    sizes = {arrays[name].shape for kind, name in names.items() if kind != "ignored"}
    if "mean" not in names or "variance" not in names or len(sizes) > 1:
        raise array_error(next(iter(names.values())), message("refusal.weights.norm"))
    return Norm(
        names["mean"],
        stem,
        1.0 if scale is None else arrays[scale],
        0.0 if shift is None else arrays[shift],
        arrays[names["mean"]],
        arrays[names["variance"]],
        any(word in names["mean"] for word in ("moving", "vars/")),
    )


def _check_matrix(name: str, matrix: engine.Array) -> None:
    if matrix.ndim != 2:
        raise array_error(name, message("refusal.weights.no_matrix"))


def _check_bias(name: str, bias: engine.Array) -> None:
    if bias.size != max(bias.shape):
        raise array_error(name, message("refusal.weights.no_bias"))


def _without_matrix(
    lone: Mapping[str, str], bare: list[str], arrays: Mapping[str, engine.Array], names: list[str]
) -> dict[str, str]:
    """For stems of matrices without a bias the bias whose stem is the end of theirs, or fits alone.

    What a bias is called may say less than its matrix is called: input_hidden and hidden.
    """
    found: dict[str, str] = {}
    for stem, bias in lone.items():
        ending = [k for k, matrix in enumerate(bare) if matrix.endswith(stem) and stem]
        fitting = [k for k, name in enumerate(names) if arrays[bias].size in arrays[name].shape]
        chosen = ending if len(ending) == 1 else fitting
        if len(chosen) != 1 or bare[chosen[0]] in found:
            raise array_error(bias, message("refusal.weights.alone"), ALLOWED_NAMES)
        found[bare[chosen[0]]] = bias
    return found


def _named(arrays: Mapping[str, engine.Array]) -> Grouped:
    slots, own = _slots(arrays), are_own(list(arrays))
    norms, told = [], []
    layers: dict[str, dict[str, str]] = {}
    for stem, names in slots.items():
        if set(names) & {"mean", "variance", "scale"}:
            norms.append(_norm(stem, names, arrays))
        elif set(names) == {"ignored"}:
            told.append(label(names["ignored"]))
        else:
            layers[stem] = names
    biases = {stem: n["bias"] for stem, n in layers.items() if "matrix" not in n}
    matrices = {stem: n["matrix"] for stem, n in layers.items() if "matrix" in n}
    for name in matrices.values():
        _check_matrix(name, arrays[name])
    bare = [stem for stem in matrices if "bias" not in layers[stem]]
    taken = _without_matrix(biases, bare, arrays, [matrices[stem] for stem in bare])
    pairs = []
    for stem, name in matrices.items():
        bias = layers[stem].get("bias", taken.get(stem))
        if bias is not None:
            _check_bias(bias, arrays[bias])
        elif looks_up(stem):
            raise foreign(name, "Embedding")
        read = read_name(name) or ArrayName(stem, "matrix")
        by_name = False if own else read.columns
        pairs.append(
            Pair(name, stem, arrays[name], None if bias is None else arrays[bias], by_name)
        )
    passed = (message("weights.passed_over", names=told),) if told else ()
    by_end = [f"{taken[stem]} → {matrices[stem]}" for stem in taken]
    by_fit = (message("weights.biases_by_names", pairs=by_end),) if by_end else ()
    return Grouped((tuple(pairs),), tuple(norms), passed + by_fit)


def _places(arrays: Mapping[str, engine.Array]) -> list[str] | None:
    """The names in the order of their places, where they have nothing but places."""
    found = [(POSITIONAL.fullmatch(name), name) for name in arrays]
    words = {match[1] for match, _ in found if match}
    if not all(match for match, _ in found) or len(words) != 1:
        return None
    vectors = any(array.ndim == 1 for array in arrays.values())
    if read_name(next(iter(arrays))) and not vectors:
        return None
    return [name for _, name in sorted((int(match[2]), n) for match, n in found if match)]


def _pairings(names: list[str], arrays: Mapping[str, engine.Array]) -> Iterator[list[list[str]]]:
    """The ways in which places may mean a matrix and its bias: by turns, or first all matrices."""
    vectors = [name for name in names if arrays[name].ndim == 1]
    if vectors:
        if len(vectors) * 2 == len(names) and names[1::2] != vectors:
            matrices = [name for name in names if name not in vectors]
            yield [list(pair) for pair in zip(matrices, vectors, strict=True)]
            return
        turns: list[list[str]] = []
        for name in names:
            if name in vectors and (not turns or len(turns[-1]) == 2):
                raise array_error(name, message("refusal.weights.alone"), ALLOWED_NAMES)
            turns[-1].append(name) if name in vectors else turns.append([name])
        yield turns
        return
    yield [[name] for name in names]
    half = len(names) // 2
    by_turns = zip(names[::2], names[1::2], strict=False)
    apart = zip(names[:half], names[half:], strict=False)
    for pairing in ([list(p) for p in by_turns], [list(p) for p in apart])[: 1 + (half > 1)]:
        if len(names) % 2 == 0 and all(1 in arrays[bias].shape for _, bias in pairing):
            yield pairing


def _positional(names: list[str], arrays: Mapping[str, engine.Array]) -> Grouped:
    readings = []
    for pairing in _pairings(names, arrays):
        pairs = []
        for place, (name, *bias) in enumerate(pairing):
            _check_matrix(name, arrays[name])
            vector = arrays[bias[0]] if bias else None
            pairs.append(Pair(name, str(place), arrays[name], vector, None))
        readings.append(tuple(pairs))
    return Grouped(tuple(readings), (), (message("weights.by_places"),))


def group_arrays(arrays: Mapping[str, engine.Array]) -> Grouped:
    """The arrays as matrices with their biases and as norms, in the order of the file.

    Raises `WeightFileError` for a name that is not known and for a layer that is not shown here.
    """
    names = _places(arrays)
    return _named(arrays) if names is None else _positional(names, arrays)
