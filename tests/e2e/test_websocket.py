"""IRC over WebSocket on a listener of its own, against a real server. IRCv3 websocket."""

import asyncio
import contextlib
import signal
import time

import aiohttp
import pytest
from tests.e2e.http_connection import Http
from tests.e2e.program import free_port
from tests.e2e.waits import END_S, SEEN_S, STOP_S
from tests.e2e.websocket import BINARY, TEXT, connected

CONFIG = """
[server]
drain_timeout_s = 60
listeners = [{{port = {port}, kind = "websocket"}}]
websocket_origins = ["https://chat.test", "https://*.rook.test"]
"""


@pytest.fixture
def port(server):
    """The port of a server's WebSocket listener."""
    port = free_port()
    server.start(config=CONFIG.format(port=port))
    return port


@pytest.fixture(scope="module")
def shared_port(lasting):
    """The port of the WebSocket listener of a server that these tests share."""
    port = free_port()
    lasting(config=CONFIG.format(port=port))
    return port


@pytest.mark.parametrize(
    ("asked", "agreed", "kind"),
    (
        ((TEXT,), TEXT, aiohttp.WSMsgType.TEXT),
        ((BINARY,), BINARY, aiohttp.WSMsgType.BINARY),
        ((BINARY, TEXT), BINARY, aiohttp.WSMsgType.BINARY),
        (("x", TEXT, BINARY), TEXT, aiohttp.WSMsgType.TEXT),
        ((), None, aiohttp.WSMsgType.TEXT),
    ),
)
def test_subprotocols(shared_port, asked, agreed, kind):
    """WebSocket features and encoding: the client's order of preference decides."""

    async def run():
        async with connected(shared_port, asked) as client:
            assert client.socket.protocol == agreed
            await client.sign_in("ann")
            assert client.types == {kind}
            await client.say("QUIT")
            await client.expect("ERROR :Quit")

    asyncio.run(run())


def test_lines_are_messages(port, irc):
    """Each message is one line without its end, long or short, in both directions."""
    bob = irc().sign_in("bob")

    async def run():
        async with connected(port) as client:
            await client.sign_in("ann")
            await client.say("PRIVMSG bob :" + "ü" * 200, "PRIVMSG bob :second\r\n")
            bob.expect("PRIVMSG bob :" + "ü" * 200)
            bob.expect("PRIVMSG bob :second$")
            bob.send("PRIVMSG ann :" + "x" * 400)
            assert (await client.expect("PRIVMSG ann")).endswith("x" * 400)

    asyncio.run(run())


def test_not_utf8(port):
    """Bytes that are no UTF-8 are refused, and the connection goes on."""

    async def run():
        async with connected(port, (BINARY,)) as client:
            await client.sign_in("ann")
            await client.socket.send_bytes(b"PRIVMSG ann :\xff")
            await client.expect("INVALID_UTF8")
            await client.say("PING x")
            await client.expect("PONG")

    asyncio.run(run())


def test_too_long(port):
    """Security considerations: a line over the limit is told so, a huge message ends it all."""

    async def run():
        async with connected(port) as client:
            await client.sign_in("ann")
            await client.say("PRIVMSG ann :" + "x" * 600)
            await client.expect(" 417 ")
            await client.say("x" * 20_000)
            async with asyncio.timeout(SEEN_S):
                message = await client.socket.receive()
            assert message.data == aiohttp.WSCloseCode.MESSAGE_TOO_BIG

    asyncio.run(run())


UPGRADE = (
    "{method} / HTTP/{http}\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: {version}\r\n\r\n"
)
RIGHT = {"method": "GET", "http": "1.1", "version": "13"}


@pytest.mark.parametrize(
    ("wrong", "status"),
    (({}, 101), ({"method": "POST"}, 426), ({"http": "1.0"}, 426), ({"version": "8"}, 426)),
)
def test_what_is_no_handshake(port, wrong, status):
    """RFC 6455 §4.2.1, §4.4: GET, HTTP/1.1 and version 13, which others are told."""
    with contextlib.closing(Http(port)) as program:
        program.send(UPGRADE.format(**RIGHT | wrong).encode())
        answer = program.answer()
    assert answer.status == status
    assert answer.headers.get("sec-websocket-version", "13") == "13"


@pytest.mark.parametrize(
    ("frames", "code"),
    (
        (b"\x81\x04PING", 1002),
        (b"\x81\x84\0\0\0\0PING\x88\x00", 1002),
        (b"\x09\x80\0\0\0\0", 1002),
        (b"\x89\xfe\x00\x7e\0\0\0\0" + bytes(126), 1002),
        (b"\xc1\x81\0\0\0\0x", 1002),
        (b"\x83\x80\0\0\0\0", 1002),
        (b"\x80\x81\0\0\0\0x", 1002),
        (b"\x88\x81\0\0\0\0x", 1002),
        (b"\x81\x81\0\0\0\0\xff", 1007),
        (b"\x81\xff" + b"\xff" * 8 + bytes(4), 1009),
    ),
)
def test_frames_against_the_rules(port, frames, code):
    """RFC 6455 §5.1, §5.2, §5.5, §7.4.1, §8.1: each ends the connection with the code for it."""
    with contextlib.closing(Http(port)) as program:
        assert program.handshake() == 101
        program.send(frames)
        assert program.rest().endswith(b"\x88\x02" + code.to_bytes(2, "big"))


def test_pings_are_paced_as_lines_are(server):
    """Frames without a line in them cost their sender the same."""
    port = free_port()
    limits = "\n[limits]\nexempt = []\nlines_per_s = 50\nburst_lines = 10\n"
    server.start(config=CONFIG.format(port=port) + limits)
    with contextlib.closing(Http(port)) as program:
        assert program.handshake() == 101
        started_s = time.monotonic()
        for _ in range(40):
            program.send(b"\x89\x80\0\0\0\0")
            assert program.socket.recv(2) == b"\x8a\x00"
    assert time.monotonic() - started_s > 0.4


def test_quit(port):
    """ERROR comes before the goodbye."""

    async def run():
        async with connected(port) as client:
            await client.sign_in("ann")
            await client.say("QUIT :bye")
            await client.expect("ERROR :Quit: bye")
            async with asyncio.timeout(SEEN_S):
                assert (await client.socket.receive()).type is aiohttp.WSMsgType.CLOSE

    asyncio.run(run())


def test_connection_lost(port, irc):
    """Others read that somebody is gone."""
    bob = irc().sign_in("bob").join("#a")

    async def run():
        async with connected(port) as client:
            await client.sign_in("ann")
            await client.say("JOIN #a")
            await client.expect(" 366 ")

    asyncio.run(run())
    bob.expect(":ann!.* QUIT :")


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    (
        ("https://chat.test", True),
        ("https://a.rook.test", True),
        ("https://evil.test", False),
        ("null", False),
        (None, True),
    ),
)
def test_origins(shared_port, origin, is_let_in):
    """A page of another origin is refused; a program names none."""
    headers = {"Origin": origin} if origin else {}
    with contextlib.closing(Http(shared_port)) as browser:
        assert browser.handshake(**headers) == (101 if is_let_in else 403)


def test_plain_http(shared_port):
    """A browser is told what this port is for."""

    async def run():
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{shared_port}/") as answer,
        ):
            return answer.status

    assert asyncio.run(run()) == 426


def test_server_stops(server, port):
    """All are told, and the server ends at once."""

    async def run():
        async with connected(port) as client:
            await client.sign_in("ann")
            server.process.send_signal(signal.SIGTERM)
            await client.expect("ERROR :Shutting down")
            async with asyncio.timeout(SEEN_S):
                await client.socket.receive()
            assert server.process.wait(STOP_S) == 0

    asyncio.run(run())


def test_a_handshake_that_never_ends(server):
    """Who does not finish the handshake in the time for signing in is closed."""
    port = free_port()
    limits = "\n[limits]\nregistration_timeout_s = 2\nunregistered_per_address = 2\n"
    server.start(config=CONFIG.format(port=port) + limits)

    async def run():
        for _ in range(3):
            pairs = []
            for said in (b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"):
                pairs.append(await asyncio.open_connection("127.0.0.1", port))
                pairs[-1][1].write(said)
            for reader, writer in pairs:
                async with asyncio.timeout(END_S):
                    assert not (await reader.read()).startswith(b"ERROR")
                writer.close()

    asyncio.run(run())
