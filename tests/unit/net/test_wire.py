"""A WebSocket's connection as the pump's transport: when it is slow, and when it is lost."""

import pytest
from tests.unit.net.street import Street

from rookery.net.websocket import BINARY, WebDoor, _Wire

ADDRESS = "192.0.2.1"


class Socket:
    """What is agreed of a WebSocket; nothing is read from it here."""

    ws_protocol = BINARY


@pytest.fixture
def street():
    """Return a street with ann, whose WebSocket is behind `street.door`."""
    street = Street()
    street.transport = street.connection(ADDRESS)
    street.door = WebDoor(None, street.hall, ADDRESS)
    street.door.connection_made(street.transport)
    street.wire = _Wire(Socket(), street.door, None)
    street.wire.pump.data_received(b"NICK ann\r\nUSER ann 0 * :Ann\r\n")
    street.turn()
    assert b" 001 ann " in street.transport.written
    return street


def test_lost_connection_is_not_written_to(street):
    """Between the connection's end and the pump's nothing is written, and others are served."""
    bob = street.person("bob", "192.0.2.2")
    street.transport.is_over = True
    street.door.connection_lost(None)
    assert ":irc.test PONG irc.test :x" in bob.receives(b"PRIVMSG ann :hi\r\nPING x\r\n")
    assert street.wire.get_write_buffer_size() == 0


def test_slow_connection(street):
    """What waits for a slow line goes on when it has drained."""
    done = []
    street.door.pause_writing()
    street.wire.pump.when_drained(lambda: done.append("drained"))
    assert done == []
    street.door.resume_writing()
    assert done == ["drained"]
