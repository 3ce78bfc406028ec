"""A WebSocket's connection as the pump's transport: when it is slow, and when it is lost."""

import pytest
from tests.unit.net.street import Street

from rookery.net.forwarded import Origin
from rookery.net.frames import BINARY, Frames
from rookery.net.http_connection import HttpConnection
from rookery.net.websocket import Wire

ADDRESS = "192.0.2.1"


@pytest.fixture
def street():
    """Return a street with ann, whose WebSocket is on `street.below`."""
    street = Street()
    street.transport = street.connection(ADDRESS)
    street.below = HttpConnection(street.hall, street.transport, Origin(ADDRESS, False))
    street.wire = Wire(None, street.below, Frames(BINARY, lambda _: None), None)
    street.wire.pump.data_received(b"NICK ann\r\nUSER ann 0 * :Ann\r\n")
    street.turn()
    assert b" 001 ann " in street.transport.written
    return street


def test_lost_connection_is_not_written_to(street):
    """Between the connection's end and the pump's nothing is written, and others are served."""
    bob = street.person("bob", "192.0.2.2")
    street.transport.is_over = True
    street.below.connection_lost(None)
    assert ":irc.test PONG irc.test :x" in bob.receives(b"PRIVMSG ann :hi\r\nPING x\r\n")
    assert street.wire.get_write_buffer_size() == 0


def test_slow_connection(street):
    """What waits for a slow line goes on when it has drained."""
    done = []
    street.below.pause_writing()
    street.wire.pump.when_drained(lambda: done.append("drained"))
    assert done == []
    street.below.resume_writing()
    assert done == ["drained"]
