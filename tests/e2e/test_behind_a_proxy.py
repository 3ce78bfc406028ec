"""What a real server believes of a proxy in front of it, over HTTP."""

import asyncio
import contextlib

import pytest
from tests.e2e.http_connection import Http
from tests.e2e.websocket import connected

PROXIED = '[server]\nproxy_from = ["127.0.0.1"]\n'


@pytest.fixture
def http(server):
    """Return a function that opens an HTTP connection to the server; see `Http`."""
    with contextlib.ExitStack() as connections:

        def http(**options):
            return connections.enter_context(contextlib.closing(Http(server.port, **options)))

        yield http


def test_websocket_behind_a_proxy(server, http):
    """A WebSocket counts for the address that the proxy names, and so do its limits."""
    server.start(config=PROXIED + "[limits]\nconnections_per_address = 1\n")

    async def run():
        async with (
            connected(server.port, path="/ws", headers={"X-Forwarded-For": "192.0.2.1"}) as ann,
            connected(server.port, path="/ws", headers={"X-Forwarded-For": "192.0.2.2"}) as bob,
        ):
            await ann.sign_in("ann")
            await bob.sign_in("bob")
            assert http().handshake("/ws", X_Forwarded_For="192.0.2.2") == 503
            await ann.say("PRIVMSG bob :hi")
            await bob.expect("PRIVMSG bob :hi")

    asyncio.run(run())


def test_a_proxy_that_adds_a_line_of_its_own(server, http):
    """What a client has written into that header counts for nothing, also in a line in front."""
    server.start(config=PROXIED + "[limits]\nconnections_per_address = 1\n")
    lines = "X-Forwarded-For: 198.51.100.{}\r\nX-Forwarded-For: 192.0.2.1\r\n"
    asked = "GET /ws HTTP/1.1\r\nHost: chat.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
    answers = []
    for number in (1, 2):
        program = http()
        program.send(f"{asked}{key}{lines.format(number)}\r\n".encode())
        answers.append(program.answer().status)
    assert answers == [101, 503]
