"""Who is told to come back later and asks again at once is read again only then."""

import http.client
import socket
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
import waitress
from waitress import wasyncore
from waitress.adjustments import Adjustments

from components.serving import patience
from components.serving.patience import AFTER, FORGIVEN, LARGE, Channel, read_in_turn

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


PIECE = 2**12
MANY = 12


class Looks:
    """A loop over connections as that of waitress, one look at a time, and what it has read."""

    def __init__(self):
        adjustments = Adjustments(listen="127.0.0.1:0", recv_bytes=PIECE)
        self.server = SimpleNamespace(
            active_channels={}, readable=lambda: True, add_task=lambda _: None
        )
        read_in_turn(self.server)
        self.pairs = [socket.socketpair() for _ in range(MANY + 1)]
        self.map = {}
        self.read = []
        self.channels = []
        for number, (mine, _) in enumerate(self.pairs):
            channel = self.server.channel_class(self.server, mine, "", adjustments, map=self.map)
            channel.received = self.counting(channel, number)
            self.channels.append(channel)

    def counting(self, channel, number):
        received = channel.received

        def counted(data):
            self.read.append((number, len(data)))
            return received(data)

        return counted

    def look(self):
        """The connections that this look has read of."""
        self.read.clear()
        self.server.readable()
        wasyncore.poll2(0.0, self.map)
        for channel in self.channels:
            channel.requests.clear()  # as answered
        return [number for number, _ in self.read]

    def send(self, number, head, body=b""):
        self.pairs[number][1].sendall(b"POST / HTTP/1.1\r\n" + head + b"\r\n\r\n" + body)

    def close(self):
        for mine, theirs in self.pairs:
            mine.close()
            theirs.close()


@pytest.fixture
def looks():
    made = Looks()
    yield made
    made.close()


@pytest.mark.parametrize(
    "head", [b"Content-Length: %d" % (LARGE + 1), b"Transfer-Encoding: chunked"]
)
def test_of_large_bodies_each_look_reads_one_piece_and_every_click(looks, head):
    for number in range(MANY):
        looks.send(number, head, b"%x\r\n" % (8 * PIECE) if b"chunked" in head else b"")
    while looks.look():
        pass
    for number in range(MANY):
        looks.pairs[number][1].sendall(b"x" * 3 * PIECE)
    seen = []
    for _ in range(2 * MANY):
        looks.send(MANY, b"Content-Length: 2", b"{}")
        read = looks.look()
        assert read.count(MANY) == 1 and len(read) == 2
        seen += [number for number in read if number != MANY]
    # In turn, so that none waits for another's end.
    assert seen == list(range(MANY)) * 2


def test_bodies_of_the_usual_size_all_come_at_once(looks):
    for number in range(MANY):
        looks.send(number, b"Content-Length: %d" % LARGE)
    assert looks.look() == list(range(MANY))
    for number in range(MANY):
        looks.pairs[number][1].sendall(b"x" * PIECE)
    assert looks.look() == list(range(MANY))
