"""What students ask for: bodies of `POST /pass` as the page sends them, networks of mixed size."""

from base64 import b64decode
from typing import Any, Final

import numpy as np
import orjson

from components.requests.passes import answer_pass
from components.wire import write_array

__all__ = ["CLASS", "MIXED", "body_of", "with_own_weights"]

# Half a hall walks the first network, the rest tries others; (layer sizes, how many of ten).
MIXED: Final = (
    ("3-3-2", 5),
    ("2-4-1", 2),
    ("2-8-8-1", 1),
    ("2-8-8-8-8-8-8-1", 1),
    ("64-32-10", 1),
)
CLASS: Final = "3-3-2"


def body_of(sizes: str, seed: int = 7) -> dict[str, Any]:
    """The body of the first pass of a network that was just chosen."""
    asked = {"layer-sizes": sizes, "seed": str(seed)}
    made = answer_pass({"fields": asked, "changed": "layer-sizes"})
    return {"fields": made["pass"]["fields"], "iteration": 0}


def with_own_weights(body: dict[str, Any], iteration: int) -> bytes:
    """The body of the same network some steps on: with all its weights, as the page keeps them."""
    made = answer_pass(body)["pass"]
    weights: dict[str, dict[str, str]] = {"w": {}, "b": {}}
    for value in made["values"]:
        symbol, layer = value["symbol"], str(value["layer"])
        if symbol in weights and layer not in weights[symbol]:
            array = np.frombuffer(b64decode(value["data"])) * (1 + 1e-6 * iteration)
            weights[symbol][layer] = write_array(array)
    return orjson.dumps(body | {"weights": weights, "iteration": iteration})
