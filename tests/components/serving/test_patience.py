"""Who is told to come back later and asks again at once is read again only then."""

import http.client
import socket
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
import waitress
from waitress.adjustments import Adjustments

from components.serving import patience
from components.serving.patience import AFTER, FORGIVEN, Channel

LATER = 400  # milliseconds


def busy(environ, start_response):
    headers = [("Content-Length", "0")]
    if environ["PATH_INFO"] == "/busy":
        headers.append((AFTER, str(LATER)))
    start_response("200 OK", headers)
    return [b""]


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(patience.time, "monotonic", made)
    return made


@pytest.fixture
def channel():
    """A connection that waitress would read."""
    mine, theirs = socket.socketpair()
    adjustments = Adjustments(listen="127.0.0.1:0")
    server = SimpleNamespace(active_channels={})
    yield Channel(server, mine, "", adjustments, map={})
    mine.close()
    theirs.close()


def test_who_listens_is_read_all_the_time(channel, clock):
    for _ in range(20):
        channel.sent_away(LATER / 1000)
        assert channel.readable()
        clock.now += LATER / 1000


def test_who_does_not_is_read_again_when_it_was_told(channel, clock):
    for _ in range(FORGIVEN):
        channel.sent_away(LATER / 1000)
        assert channel.readable()
        clock.now += 0.01
    channel.sent_away(LATER / 1000)
    assert not channel.readable()
    clock.now += LATER / 1000
    assert channel.readable()


@pytest.mark.parametrize(
    ("path", "headers", "waits"),
    [
        ("/busy", {}, True),
        ("/busy", {"X-Forwarded-For": "192.0.2.1"}, False),
        ("/busy", {"Via": "1.1 proxy"}, False),
        ("/small", {}, False),
    ],
)
def test_only_a_client_of_its_own_that_is_sent_away_waits(path, headers, waits):
    server = waitress.create_server(busy, host="127.0.0.1", port=0)
    server.channel_class = Channel

    def run():
        with suppress(OSError):  # it is closed while it listens
            server.run()

    threading.Thread(target=run, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
    for _ in range(FORGIVEN + 1):
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
    channels = list(server.active_channels.values())
    assert len(channels) == 1 and (channels[0].unread_until > 0) == waits
    # It is answered all the same.
    connection.request("GET", "/small")
    assert connection.getresponse().status == 200
    connection.close()
    server.close()
