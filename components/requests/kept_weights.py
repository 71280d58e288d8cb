"""Large weights that a pass began or ended with, kept for a while by a name made of their content.

The next question is about the same weights, and half a megabyte of them takes longer on its way
than the answer. Any process may have forgotten a name, or never known it: then it asks for them.
"""

from hashlib import sha256
from typing import Final

import engine
from components.cache import ContentCache

__all__ = ["SMALLEST", "MissingWeightsError", "keep_weights", "kept_weights"]

# Weights in a network: below, they travel in less time than a second question would.
SMALLEST: Final = 4096
CACHE_BYTES: Final = 16 * 2**20

_cache: ContentCache[engine.Network] = ContentCache(CACHE_BYTES)


class MissingWeightsError(LookupError):
    """Weights that are not here (any more): the browser is asked to send them."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def keep_weights(net: engine.Network) -> str | None:
    """The name by which a question may speak of these weights; None for small ones."""
    arrays = [*net.w.values(), *net.b.values()]
    if sum(w.size for w in net.w.values()) < SMALLEST:
        return None
    digest = sha256(repr(net.sizes).encode())
    for array in arrays:
        digest.update(array.tobytes())
    name = digest.hexdigest()
    _cache.put(name, net, sum(array.nbytes for array in arrays))
    return name


def kept_weights(name: str) -> engine.Network:
    """A network that has these weights, whatever its activations; raises `MissingWeightsError`."""
    found = _cache.get(name)
    if found is None:
        raise MissingWeightsError(name)
    return found
