"""Large arrays of a pass that the browser makes itself: named here, where it gets the same bits.

A recipe is one or two operations of IEEE 754 for each number, and no sum, whose order could
differ: `assets/core/recipes.js` does the same. Each is tried before it is sent; where a bit
differs, the array travels whole.
"""

from collections.abc import Mapping
from typing import Any, Final

import engine

__all__ = ["SMALLEST", "recipe_of"]

Key = tuple[str, int]

# Numbers in an array: below, a recipe saves less than it costs.
SMALLEST: Final = 512


def _same(made: engine.Array, array: engine.Array) -> bool:
    # Bit for bit: 0 and −0 are not the same number here.
    return made.shape == array.shape and made.tobytes() == array.tobytes()


def _outer(layer: int, values: Mapping[Key, engine.Array]) -> engine.Array:
    """δ^l (a^{l−1})ᵀ of one sample; a sum of one product, which begins at 0 and makes 0 of −0."""
    a = values["x", 1] if layer == 2 else values["a", layer - 1]
    outer: engine.Array = values["delta", layer] * a.T + 0.0
    return outer


def recipe_of(
    key: Key,
    array: engine.Array,
    values: Mapping[Key, engine.Array],
    *,
    given: bool = False,
    eta: float | None = None,
) -> dict[str, Any] | None:
    """How the browser makes the array of (symbol, layer), {"recipe", …}; None if it cannot.

    `values` are the arrays of the pass by (symbol, layer). `given`: whether w and b came with the
    request; `eta`: w and b are those after a plain step with this η.
    """
    symbol, layer = key
    if array.size < SMALLEST:
        return None
    if symbol in ("w", "b"):
        if eta is None:
            return {"recipe": "given"} if given else None
        made = values[key] - eta * values[f"d{symbol}", layer]
        return {"recipe": "step", "eta": eta} if _same(made, array) else None
    if symbol == "dw" and values["delta", layer].shape[1] == 1:
        whole = len(values["delta", layer]) == len(array)
        return {"recipe": "outer"} if whole and _same(_outer(layer, values), array) else None
    if symbol == "scaled":
        made = values["w", layer + 1].T * values["slope", layer]
        return {"recipe": "scaled"} if _same(made, array) else None
    return None
