"""The first bytes tell whom a connection is for."""

import pytest
from tests.unit.net.street import Street

from rookery.net.session import Pump


@pytest.mark.parametrize("method", ("GET", "HEAD", "POST", "PUT", "OPTIONS", "CONNECT"))
def test_http(method):
    """A browser is told that there is no web page here, and what to do."""
    connection = Street().connection()
    head, _, text = connection.receives(f"{method} / HTTP/1.1\r\n\r\n".encode()).partition(
        "\r\n\r\n"
    )
    assert head.startswith("HTTP/1.1 404 ")
    assert f"Content-Length: {len(text)}" in head
    assert "rookery chat" in text
    assert connection.is_over


def test_tls_without_tls():
    """A TLS client learns at once that there is no TLS here: an alert, and the end."""
    connection = Street().connection()
    connection.protocol.data_received(bytes.fromhex("16 03 01 02 00 01"))
    assert connection.written == bytes.fromhex("15 03 01 00 02 02 28")
    assert connection.is_over


@pytest.mark.parametrize(
    "data", (b"NICK ann\r\n", b"GX", b"\r\n", b"\x00", b"\xff", b"GETAWAY x\r\n")
)
def test_irc(data):
    """Anything else is IRC, whatever it is."""
    street = Street()
    connection = street.connection()
    connection.receives(data)
    assert isinstance(connection.protocol, Pump)
    assert len(street.hall.pumps) == 1


def test_beginning_of_either():
    """What may still become HTTP is waited for, byte by byte."""
    browser, person = Street().connection(), Street().connection()
    assert [browser.receives(bytes([byte])) for byte in b"GET"] == ["", "", ""]
    assert browser.receives(b" ").startswith("HTTP/1.1 404 ")
    assert [person.receives(b"P"), person.receives(b"ING x\r\n")] == [
        "",
        ":irc.test PONG irc.test :x\r\n",
    ]


def test_first_bytes_are_not_lost():
    """The bytes that told what it is are read as such."""
    assert " 001 ann " in Street().connection().receives(b"NICK ann\r\nUSER a 0 * :A\r\n")


def test_counts():
    """A connection counts as signing in until it has, or is gone, whatever it was."""
    street = Street(unregistered_per_address=2)
    silent, browser = street.connection(), street.connection()
    refusal = "Too many connections from your address are signing in: try again in a moment"
    assert street.hall.admit("192.0.2.1") == refusal
    assert street.hall.admit("192.0.2.2") == ""
    browser.receives(b"GET / HTTP/1.1\r\n\r\n")
    irc = street.connection()
    assert street.hall.admit("192.0.2.1") == refusal
    irc.receives(b"NICK ann\r\nUSER a 0 * :A\r\n")
    lost = street.connection()
    lost.receives(b"NICK bob\r\n")
    lost.is_lost()
    silent.is_lost()
    assert [street.hall.admit("192.0.2.1") for _ in range(3)] == ["", "", refusal]


def test_total():
    """There is a bound on all that are signing in together."""
    street = Street(unregistered=2)
    assert [street.hall.admit(f"192.0.2.{number}") for number in range(3)] == [
        "",
        "",
        "Too many people are signing in: try again in a moment",
    ]


def test_no_bounds():
    """Zero is no bound."""
    street = Street(unregistered=0, unregistered_per_address=0)
    assert {street.hall.admit("192.0.2.1") for _ in range(100)} == {""}


def test_connections_of_an_address():
    """Those who have signed in count too, until they are gone, whatever they were."""
    street = Street(connections_per_address=2, unregistered=0, unregistered_per_address=0)
    refusal = "Too many connections from your address: close others first"
    ann, browser = street.person("ann"), street.connection()
    assert street.hall.admit("192.0.2.1") == refusal
    assert street.hall.admit("192.0.2.2") == ""
    browser.receives(b"GET / HTTP/1.1\r\n\r\n")
    silent = street.connection()
    assert street.hall.admit("192.0.2.1") == refusal
    silent.is_lost()
    ann.is_lost()
    assert [street.hall.admit("192.0.2.1") for _ in range(3)] == ["", "", refusal]


def test_connections_in_all():
    """A full server says so, and has room again when somebody goes."""
    street = Street(connections=2)
    ann, _ = street.person("ann"), street.person("bob", "192.0.2.2")
    assert street.hall.admit("192.0.2.3") == "This server is full: try again later"
    ann.is_lost()
    assert street.hall.admit("192.0.2.3") == ""
