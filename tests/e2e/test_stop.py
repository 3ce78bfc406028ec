"""How soon a server is there, and gone: hundreds of tests start hundreds of them."""

import socket
import ssl
import time

from tests.e2e.irc import Irc
from tests.e2e.waits import SEEN_S, STOP_S


def _trusting():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _stop(server):
    started_s = time.monotonic()
    assert server.stop() == 0
    return time.monotonic() - started_s


def test_at_once(server):
    """SIGTERM right after the start is obeyed."""
    server.start()
    assert _stop(server) < STOP_S


def test_people_who_never_say_goodbye(server):
    """TLS has a goodbye that a client may leave unanswered; all were sent everything."""
    server.start("--tls")
    people = [Irc(server.port, _trusting()) for _ in range(3)]
    for number, person in enumerate(people):
        person.sign_in(f"p{number}")
    assert _stop(server) < STOP_S
    for person in people:
        assert person.expect_end()[-1] == "ERROR :Shutting down"
        person.close()


def test_people_who_have_said_nothing(server):
    """Silent connections, and a handshake that does not go on, hold nothing up."""
    server.start("--tls")
    address = ("127.0.0.1", server.port)
    silent, halfway = (socket.create_connection(address, SEEN_S) for _ in range(2))
    halfway.sendall(b"\x16\x03\x01")
    Irc(server.port).sign_in("ann").close()
    assert _stop(server) < STOP_S
    silent.close()
    halfway.close()
