import socket

import pytest

from rookery.client.link import WRITE_S, Link, LinkLostError, is_irc
from rookery.client.liveness import ANSWER_S, QUIET_PING_S
from rookery.wire.message import Message, parse


class Clock:
    def __init__(self):
        self.now_s = 0.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def ends(clock):
    """A link and the socket at its other end."""
    near, far = socket.socketpair()
    link = Link(near, clock)
    yield link, far
    link.close()
    far.close()


def test_messages_come_in(ends):
    """Bytes become messages; what is none is passed over."""
    link, far = ends
    far.sendall(b"PING :1\r\n:\r\n" + b"x" * 9000 + b"\r\n:s 001 a :caf\xc3\xa9\r\nhalf")
    assert [message.command for message in link.pump(is_waiting=False)] == ["PING", "001"]


def test_messages_go_out(ends):
    """What is sent leaves in order; what no line can carry is left out."""
    link, far = ends
    link.send([Message("NICK", ["a b", "c"]), Message("PRIVMSG", ["bob", "hi there"])])
    link.send([Message("QUIT", [])])
    link.pump(is_waiting=False)
    assert far.recv(1000) == b"PRIVMSG bob :hi there\r\nQUIT\r\n"


def test_closed_by_the_server(ends):
    """What came before the end is still read; then the link is lost."""
    link, far = ends
    far.sendall(b"ERROR :bye\r\n")
    far.close()
    assert [message.command for message in link.pump(is_waiting=False)] == ["ERROR"]
    with pytest.raises(LinkLostError, match="closed"):
        link.pump(is_waiting=False)


def test_half_open_connection(ends, clock):
    """Silence is asked about; without an answer the link is lost."""
    link, far = ends
    clock.now_s = QUIET_PING_S
    link.pump(is_waiting=False)
    assert far.recv(100) == b"PING rookery-alive\r\n"
    clock.now_s += ANSWER_S
    with pytest.raises(LinkLostError, match="does not answer"):
        link.pump(is_waiting=False)


def test_server_that_takes_nothing(ends, clock):
    """A server that stops reading is given up in time, whatever else it says."""
    link, far = ends
    link.send([Message("PRIVMSG", ["bob", "x" * 400])] * 20_000)
    link.pump(is_waiting=False)
    clock.now_s += WRITE_S
    far.sendall(b"PING :1\r\n")
    with pytest.raises(LinkLostError, match="takes nothing"):
        link.pump(is_waiting=False)


def test_wake(ends):
    """Another thread can end the wait."""
    link, _ = ends
    link.wake()
    assert link.pump(is_waiting=False) == []


@pytest.mark.parametrize(
    ("line", "is_it"),
    (
        (":irc.test NOTICE * :Looking up", True),
        ("PING :1", True),
        ("ERROR :full", True),
        (":irc.test 020 * :wait", True),
        ("HTTP/1.1 400 Bad Request", False),
        ("SSH-2.0-OpenSSH_9.2", False),
        ("220 mail.test ESMTP", False),
        ("-ERR unknown command", False),
        ("Content-Type: text/html", False),
    ),
)
def test_what_speaks_irc(line, is_it):
    """The first line of other protocols is told from that of a server."""
    assert is_irc(parse(line)) == is_it
