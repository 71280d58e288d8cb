"""Connections of waitress that let others be heard: large bodies in turn, the impatient later.

Who is told to come back later and does not listen is answered at once all the same, but after some
times in vain its next question is left unread until the time that it was told: a loop of such
questions would take the time of everybody else.
Each look at all connections reads one piece of a large body, whatever the number of those that
arrive: beside a question that is being computed each read waits for the interpreter, and the click
that came with twenty of them would wait for all.
"""

import time
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

__all__ = ["AFTER", "LARGE", "Channel", "read_in_turn"]

# The header of an answer that sends away; its value is in milliseconds.
AFTER: Final = "Deltaflow-Busy"
# A page that tells two questions apart may come back early for another one.
FORGIVEN: Final = 2
SLACK: Final = 0.05
# Bytes of a body from which on it waits its turn, some times what a question of the page has.
LARGE: Final = 2**17
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
    # Whether this look at the connections has read of a large body; the loop is one thread.
    has_read = False

    def sent_away(self, seconds: float) -> None:
        """The question in hand is answered by when to come back."""
        now = time.monotonic()
        self.early = self.early + 1 if now < self.told - SLACK else 0
        self.told = now + seconds
        if self.early >= FORGIVEN:
            self.unread_until = self.told
            # Only of this one: the loop asks every connection whenever anything happens.
            self.readable = self._readable_again

    def _readable_again(self) -> bool:
        if time.monotonic() < self.unread_until:
            return False
        del self.readable
        return bool(self.readable())

    def handle_read(self) -> None:
        """Read what has come; of a large body not in the same look as of another."""
        if self._uploads():
            if Channel.has_read:
                return
            Channel.has_read = True
            # Behind the others: they are looked at in the order of this table.
            self._map[self._fileno] = self._map.pop(self._fileno)
        super().handle_read()

    def _uploads(self) -> bool:
        request = self.request
        if request is None or not request.headers_finished:
            return False
        return bool(request.chunked or request.content_length > LARGE)


def read_in_turn(server: Any) -> None:
    """Let a server of waitress have such connections; it asks itself first in each look at all."""
    server.channel_class = Channel
    readable = server.readable

    def begins() -> bool:
        Channel.has_read = False
        return bool(readable())

    server.readable = begins
