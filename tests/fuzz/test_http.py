"""Whatever comes as HTTP ends at most its own connection, and each answer has strict headers."""

import asyncio
import re

from hypothesis import strategies as st
from tests.fuzz.budget import fuzzed
from tests.unit.net.street import Street

from rookery.net.exchange import READING, Route, Site, sentence
from rookery.net.gateway import Gateway

_TURNS = 20
"""Turns of the loop in which a request is read and answered."""
_NAMES = st.sampled_from(
    (
        *("Host", "Connection", "Upgrade", "Origin", "Content-Length", "Transfer-Encoding"),
        *("Expect", "Cookie", "If-None-Match", "Sec-WebSocket-Key", "Sec-WebSocket-Version"),
        *("Sec-WebSocket-Protocol", "X-Forwarded-For", "Range", ""),
    )
)
_VALUES = st.one_of(
    st.sampled_from(
        (
            *(
                "close",
                "keep-alive",
                "Upgrade",
                "websocket",
                "0",
                "5",
                "-1",
                "99999999999999999999",
            ),
            *("chunked", "gzip, chunked", "100-continue", "*", "13", "http://a", "null", "a"),
            *("AAAAAAAAAAAAAAAAAAAAAA==", "text.ircv3.net", "x, binary.ircv3.net", "::1, 8.8.8.8"),
        )
    ),
    st.text(max_size=10),
)
_REQUESTS = st.builds(
    lambda method, path, version, headers, body: (
        (
            f"{method} {path} HTTP/{version}\r\n"
            + "".join(f"{name}: {value}\r\n" for name, value in headers)
            + "\r\n"
        ).encode()
        + body
    ),
    st.sampled_from(("GET", "HEAD", "POST", "OPTIONS", "CONNECT", "BREW")),
    st.one_of(st.sampled_from(("/", "/ws", "/below/x", "*", "//", "http://a/ws")), st.text()),
    st.sampled_from(("1.1", "1.1", "1.0", "2.0", "x")),
    st.lists(st.tuples(_NAMES, _VALUES), max_size=8),
    st.binary(max_size=40),
)
_HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_FRAMES = st.builds(
    lambda first, text: bytes((first, 0x80 | len(text), 0, 0, 0, 0)) + text,
    st.one_of(st.sampled_from((0x81, 0x82, 0x88, 0x89, 0x01, 0x80)), st.integers(0, 255)),
    st.one_of(st.sampled_from((b"NICK ann", b"USER a 0 * :a", b"QUIT")), st.binary(max_size=60)),
)
_NOISE = st.binary(min_size=1, max_size=60)
_PIECES = st.one_of(
    st.lists(st.one_of(_REQUESTS, _NOISE), min_size=1, max_size=4),
    st.lists(st.one_of(_FRAMES, _FRAMES, _NOISE), max_size=6).map(lambda some: [_HANDSHAKE, *some]),
)


class Web:
    """Gives a connection to the gateway at once."""

    def __init__(self, gateway):
        self._gateway = gateway

    def take(self, connection):
        connection.begin(self._gateway)


async def _answer(asked):
    body = b"".join([piece async for piece in asked.body]) if asked.method == "POST" else b""
    return sentence(200, f"{asked.path} {len(body)}")


_SITE = Site(
    routes=(Route("/", READING, _answer), Route("/below/", ("POST", *READING), _answer)),
    websocket_path="/ws",
    may_connect=lambda asked: asked.headers.get("Origin") != "null",
)


async def _meets(pieces):
    """Return the street and all that was written, once the connection has come and gone."""
    faults = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
    street = Street(unregistered=0, unregistered_per_address=0)
    async with asyncio.TaskGroup() as group:
        browser = street.connection(web=Web(Gateway(street.hall, group, _SITE)))
        for piece in pieces:
            if not browser.is_over and browser.is_reading:
                browser.protocol.data_received(piece)
            await _turns(street)
        written = browser.written
        if not browser.is_over:
            browser.is_lost()
        await _turns(street)
    return street, written, faults


async def _turns(street):
    for _ in range(_TURNS):
        street.turn()
        await asyncio.sleep(0)


@fuzzed(_PIECES)
def test_http(pieces):
    """Nothing is left of a connection, nothing is raised, and no answer lacks its headers."""
    street, written, faults = asyncio.run(_meets(pieces))
    assert faults == []
    assert (street.hall.connection_count, street.hall.pumps, street.hall.waiting) == (0, {}, {})
    assert street.hall._unsigned == {}
    heads = re.split(rb"HTTP/1\.[01] (?=\d{3} )", written)[1:]
    bare = (b"100 ", b"101 ")
    assert all(head.startswith(bare) or b"Content-Security-Policy" in head for head in heads)
