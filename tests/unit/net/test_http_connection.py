"""A connection that speaks HTTP is counted and timed, whatever becomes of it."""

import pytest
from tests.unit.net.street import Street

from rookery.net.forwarded import Origin
from rookery.net.http_connection import MAX_EARLY_BYTES, HttpConnection

ADDRESS = "192.0.2.1"
REQUEST = b"GET / HTTP/1.1\r\n\r\n"


class Web:
    """Keeps the connections that it is given, as one that is not ready yet."""

    def __init__(self):
        self.taken = []

    def take(self, connection):
        self.taken.append(connection)


class Gateway:
    """Speaks as something that only listens."""

    def __init__(self):
        self.heard = b""
        self.lost = []
        self.forgotten = []

    def speaker(self, connection):
        return self

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.heard += data

    def connection_lost(self, error):
        self.lost.append(error)

    def forget(self, speaker):
        self.forgotten.append(speaker)


class Wire:
    """What is given a pump."""

    def __init__(self, transport):
        self.transport = transport

    def lost(self):
        self.pump.connection_lost(None)


@pytest.fixture
def street():
    """A street with a browser at its door, who has said something."""
    street = Street(connections_per_address=1)
    street.web = Web()
    street.browser = street.connection(ADDRESS, street.web)
    street.browser.receives(REQUEST)
    (street.http,) = street.web.taken
    return street


def _counts(street):
    hall = street.hall
    return hall.connection_count, hall._unsigned_count, len(hall.waiting)


def test_waits_for_what_speaks(street):
    """What comes before the library is there is kept, to a bound, and handed over whole."""
    browser, gateway = street.browser, Gateway()
    assert isinstance(browser.protocol, HttpConnection)
    browser.receives(b"x" * MAX_EARLY_BYTES)
    assert not browser.is_reading
    street.http.begin(gateway)
    assert browser.is_reading
    browser.receives(b"y")
    assert gateway.heard == REQUEST + b"x" * MAX_EARLY_BYTES + b"y"


def test_gone_before(street):
    """Who is gone before the library is there is forgotten."""
    street.browser.is_lost()
    street.http.begin(Gateway())
    assert _counts(street) == (0, 0, 0)


def test_counts(street):
    """It signs in no more once it has asked, and is a connection to its end."""
    gateway = Gateway()
    street.http.begin(gateway)
    assert _counts(street) == (1, 1, 1)
    street.http.has_asked()
    street.http.has_asked()
    assert _counts(street) == (1, 0, 0)
    street.browser.is_lost()
    assert _counts(street) == (0, 0, 0)
    assert gateway.lost == [None]
    assert gateway.forgotten == [gateway]


def test_silent(street):
    """Who sends no whole request in the time for signing in is closed without a word."""
    street.http.begin(Gateway())
    street.passes(32)
    assert (street.browser.is_over, street.browser.reads()) == (True, "")
    assert _counts(street) == (0, 0, 0)


@pytest.mark.parametrize("has_asked", (False, True))
def test_becomes_a_session(street, has_asked):
    """A WebSocket is counted for its client, as one that is signing in, and once."""
    connection = street.http
    connection.begin(Gateway())
    if has_asked:
        connection.has_asked()
    assert connection.admit(Origin("192.0.2.9", is_encrypted=True)) == ""
    assert _counts(street) == (1, 1, 1)
    connection.open(Wire(street.browser))
    assert connection.is_websocket
    assert _counts(street) == (1, 1, 0)
    (pump,) = street.hall.pumps.values()
    assert (pump.session.address, pump.session.is_encrypted) == ("192.0.2.9", True)
    street.browser.is_lost()
    assert (_counts(street), street.hall.pumps) == ((0, 0, 0), {})


def test_no_room_for_a_session(street):
    """A WebSocket that would be one too many for its client's address is told so."""
    street.person("ann", "192.0.2.9")
    refusal = street.http.admit(Origin("192.0.2.9", is_encrypted=False))
    assert refusal.startswith("Too many connections from your address")
    street.browser.is_lost()
    assert _counts(street)[0] == 1


def test_rests(street):
    """Nothing is read for a while; the last rest counts, and none outlives its connection."""
    street.http.begin(Gateway())
    ended = []
    street.http.rest(5, lambda: ended.append("first"))
    street.http.rest(2, lambda: ended.append("second"))
    assert not street.browser.is_reading
    street.passes(6)
    assert ended == ["second"]
    street.http.rest(500, lambda: ended.append("third"))
    street.browser.is_lost()
    assert street.timers == []
