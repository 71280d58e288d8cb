"""A bounded store of answers, keyed by the content they are made from."""

from collections import OrderedDict
from threading import Lock
from typing import Final, Generic, TypeVar

__all__ = ["MOST_ENTRIES", "ContentCache"]

Value = TypeVar("Value")

# Even the smallest entry has a key and a record: many of them are more than their bytes.
MOST_ENTRIES: Final = 1000


class ContentCache(Generic[Value]):
    """Keeps what was used last, up to a number of bytes in all; safe with threads.

    What is kept must be a pure function of its key: who shares it cannot tell.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[object, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """How much is kept."""
        with self._lock:
            return self._bytes

    def get(self, key: object) -> Value | None:
        """What is kept under the key."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: object, value: Value, size: int) -> Value:
        """Keep the value of `size` bytes, if it fits at all, and drop what was used longest ago."""
        with self._lock:
            if size <= self._most:
                self._bytes += size - self._kept.get(key, (None, 0))[1]
                self._kept[key] = value, size
                self._kept.move_to_end(key)
                while self._bytes > self._most or len(self._kept) > MOST_ENTRIES:
                    self._bytes -= self._kept.popitem(last=False)[1][1]
        return value
