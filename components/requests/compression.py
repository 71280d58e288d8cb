"""A large answer on its way: compressed as the browser takes it, quickly rather than well."""

import zlib
from collections.abc import Callable
from typing import Final

import brotli
from werkzeug.datastructures import Accept

__all__ = ["SMALLEST", "choose_encoding", "compress"]

# Below, what is saved on the way is less than a tenth of a second at 10 Mbit/s, and half of what a
# server can answer would go into it.
SMALLEST: Final = 64 * 2**10

# Of 3-3-2 to 50,000 weights, a tenth of the time that the answer took to make; gzip is three times
# as slow, and what browsers are left with where the page comes without TLS.
COMPRESSORS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=2)),
    "gzip": lambda content: zlib.compress(content, 1, wbits=31),
}


def choose_encoding(accepted: Accept) -> str | None:
    """The best encoding that a request takes, or None."""
    return next((name for name in COMPRESSORS if accepted[name] > 0), None)


def compress(content: bytes, encoding: str | None) -> tuple[bytes, str | None]:
    """The content and the encoding it is in: as it is where it is small or nothing is taken."""
    if encoding is None or len(content) < SMALLEST:
        return content, None
    return COMPRESSORS[encoding](content), encoding
