"""Arrays on the wire: float64, little-endian, row by row, as base64, exact and short."""

from base64 import b64encode
from collections.abc import Mapping

import engine

__all__ = ["write_array", "write_weights"]


def write_array(array: engine.Array) -> str:
    """The text of an array; `numpy.frombuffer` of its bytes gives the same float64 back."""
    return b64encode(array.astype("<f8", copy=False).tobytes()).decode()


def write_weights(
    w: Mapping[int, engine.Array], b: Mapping[int, engine.Array]
) -> dict[str, dict[str, str]]:
    """w^2…w^L and b^2…b^L as a request carries them: {"w": {"2": text, …}, "b": {…}}."""
    return {
        symbol: {str(layer): write_array(array) for layer, array in layers.items()}
        for symbol, layers in (("w", w), ("b", b))
    }
