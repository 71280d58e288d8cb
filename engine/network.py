"""A fully connected network as a value: weights, biases, activations and loss."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arguments import Array, choice, frozen, real_array, refusal, whole_number
from engine.layers import Layers
from engine.losses import LOSSES, goes_together

__all__ = [
    "MAX_LAYERS",
    "MAX_NEURONS",
    "MAX_WEIGHTS",
    "MIN_LAYERS",
    "Network",
    "checked_names",
    "checked_sizes",
]

MIN_LAYERS: Final = 2
MAX_LAYERS: Final = 10
MAX_NEURONS: Final = 128
MAX_WEIGHTS: Final = 50_000


@dataclass(frozen=True, init=False)
class Network:
    """Layers 1 to L with w[l] (n_l, n_{l-1}) and b[l] (n_l, 1), l = 2…L, all float64.

    w and b come as lists of L−1 arrays (b[l] as (n_l,) or (n_l, 1)) and are copied. The arrays
    are read-only. ValueError when shapes do not chain, a value is not finite, a name is unknown,
    activation and loss do not go together, or a limit is passed. Notation: Nielsen, Neural
    Networks and Deep Learning, ch. 2, eqs. 23–25: z^l = w^l a^{l−1} + b^l, a^l = σ(z^l).
    """

    w: Layers
    b: Layers
    activations: tuple[str, ...]
    loss: str

    def __init__(
        self,
        w: Layers | Sequence[Any],
        b: Layers | Sequence[Any],
        activations: Sequence[str],
        loss: str = "half_squared_error",
    ) -> None:
        weights = [_matrix(f"w[{layer}]", value) for layer, value in _numbered("w", w)]
        biases = [_column(f"b[{layer}]", value) for layer, value in _numbered("b", b)]
        sizes = _chained_sizes(weights, biases)
        names, loss = checked_names(activations, loss, len(sizes))
        object.__setattr__(self, "w", Layers(weights, 2))
        object.__setattr__(self, "b", Layers(biases, 2))
        object.__setattr__(self, "activations", names)
        object.__setattr__(self, "loss", loss)

    def moved(self, w: Sequence[Array], b: Sequence[Array]) -> "Network":
        """The same network with other weights, which are not copied but made read-only.

        w and b are finite float64 arrays of the shapes that it has: the caller has made them so.
        """
        made = object.__new__(Network)
        object.__setattr__(made, "w", Layers([frozen(array) for array in w], 2))
        object.__setattr__(made, "b", Layers([frozen(array) for array in b], 2))
        object.__setattr__(made, "activations", self.activations)
        object.__setattr__(made, "loss", self.loss)
        return made

    @property
    def sizes(self) -> tuple[int, ...]:
        """(n_1, …, n_L)."""
        return (self.w[2].shape[1], *(len(matrix) for matrix in self.w.values()))

    @property
    def L(self) -> int:
        """The number of the last layer."""
        return len(self.w) + 1

    def activation(self, layer: int) -> str:
        """The name of the activation of layer l = 2…L; KeyError for another layer."""
        if layer not in self.w:
            raise KeyError(f"layer {layer!r}: the layers with an activation are 2 to {self.L}")
        return self.activations[layer - 2]


def checked_sizes(sizes: object) -> tuple[int, ...]:
    """(n_1, …, n_L) as ints; ValueError outside the limits on layers, neurons and weights."""
    if isinstance(sizes, str) or not isinstance(sizes, Iterable):
        raise refusal("sizes", sizes, "a list of neurons per layer")
    numbers = tuple(sizes)
    if not MIN_LAYERS <= len(numbers) <= MAX_LAYERS:
        allowed = f"{MIN_LAYERS} to {MAX_LAYERS} layers, here {len(numbers)}"
        raise refusal("sizes", sizes, allowed)
    checked = tuple(
        whole_number(f"sizes, layer {layer},", n, 1, MAX_NEURONS)
        for layer, n in enumerate(numbers, start=1)
    )
    count = sum(n_in * n_out for n_in, n_out in pairwise(checked))
    if count > MAX_WEIGHTS:
        raise refusal("sizes", checked, f"at most {MAX_WEIGHTS} weights, here {count}")
    return checked


def checked_names(activations: object, loss: object, L: int) -> tuple[tuple[str, ...], str]:
    """L−1 activation names and a loss name that go together; ValueError lists what is allowed."""
    if isinstance(activations, str) or not isinstance(activations, Iterable):
        raise refusal("activations", activations, f"a list of {L - 1} names")
    given = tuple(activations)
    if len(given) != L - 1:
        raise refusal("activations", given, f"{L - 1} names, one for each layer from 2 to {L}")
    names = tuple(
        choice(f"activations, layer {layer},", name, ACTIVATIONS)
        for layer, name in enumerate(given, start=2)
    )
    loss = choice("loss", loss, LOSSES)
    for layer, name in enumerate(names[:-1], start=2):
        if ACTIVATIONS[name].couples_rows:
            raise refusal(f"activations, layer {layer},", name, f"{name} in the last layer only")
    if not goes_together(names[-1], loss):
        fitting = [known for known in LOSSES if goes_together(names[-1], known)]
        allowed = f"with output activation {names[-1]}: {', '.join(fitting)}"
        if (output := LOSSES[loss].output) is not None:
            allowed += f"; {loss} stands with output activation {output} only"
        raise refusal("loss", loss, allowed)
    return names, loss


def _numbered(name: str, values: Any) -> list[tuple[int, Any]]:
    if isinstance(values, Layers):
        return list(values.items())
    scalar = isinstance(values, np.ndarray) and values.ndim == 0
    if scalar or not isinstance(values, list | tuple | np.ndarray):
        raise refusal(name, values, "a list with one array for each layer from 2 to L")
    return list(enumerate(values, start=2))


def _matrix(name: str, value: object) -> Array:
    array = real_array(name, value)
    if array.ndim != 2 or array.size == 0:
        raise refusal(f"{name} of shape {array.shape}", value, "shape (n_l, n_(l-1))")
    return array


def _column(name: str, value: object) -> Array:
    array = real_array(name, value)
    if array.ndim == 1:
        array = array[:, np.newaxis]
    if array.ndim != 2 or array.shape[1] != 1:
        raise refusal(f"{name} of shape {array.shape}", value, "shape (n_l,) or (n_l, 1)")
    return array


def _chained_sizes(weights: list[Array], biases: list[Array]) -> tuple[int, ...]:
    if not weights or len(weights) != len(biases):
        pair = (len(weights), len(biases))
        raise refusal("number of arrays in (w, b)", pair, "as many in b as in w, at least one")
    sizes = checked_sizes([weights[0].shape[1], *(len(matrix) for matrix in weights)])
    for layer, (matrix, bias) in enumerate(zip(weights, biases, strict=True), start=2):
        if matrix.shape[1] != (wanted := sizes[layer - 2]):
            allowed = f"({len(matrix)}, {wanted}), since layer {layer - 1} has {wanted} neurons"
            raise refusal(f"shape of w[{layer}]", matrix.shape, allowed)
        if bias.shape != (wanted_bias := (sizes[layer - 1], 1)):
            raise refusal(f"shape of b[{layer}]", bias.shape, f"{wanted_bias} or ({len(matrix)},)")
    return sizes
