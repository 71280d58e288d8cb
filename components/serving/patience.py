"""A connection of waitress whose client is told to come back later and does not listen.

It is answered at once all the same, but after some times in vain its next question is left unread
until the time that it was told: a loop of such questions would take the time of everybody else.
"""

import time
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

__all__ = ["AFTER", "Channel"]

# The header of an answer that sends away; its value is in milliseconds.
AFTER: Final = "Deltaflow-Busy"
# A page that tells two questions apart may come back early for another one.
FORGIVEN: Final = 3
SLACK: Final = 0.05
# Such connections carry the questions of many.
OF_PROXIES: Final = ("X_FORWARDED_FOR", "FORWARDED", "VIA")


class _Task(WSGITask):  # type: ignore[misc]
    def build_response_header(self) -> Any:
        for name, value in self.response_headers:
            if name == AFTER and not any(name in self.request.headers for name in OF_PROXIES):
                self.channel.sent_away(int(value) / 1000)
        return super().build_response_header()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection, not read before the time that it was told where it asks too early again."""

    task_class = _Task
    told = unread_until = 0.0
    early = 0

    def sent_away(self, seconds: float) -> None:
        """The question in hand is answered by when to come back."""
        now = time.monotonic()
        self.early = self.early + 1 if now < self.told - SLACK else 0
        self.told = now + seconds
        if self.early >= FORGIVEN:
            self.unread_until = self.told

    def readable(self) -> bool:
        """Whether the loop should look for something to read."""
        return time.monotonic() >= self.unread_until and bool(super().readable())
