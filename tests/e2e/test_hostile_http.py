"""Endless, lying and greedy HTTP and WebSocket clients: no other session notices.

As in `test_hostile`, two people talk all the while, and the server logs no error.
"""

import contextlib

import pytest
from tests.e2e.http_connection import Http

ENDLESS_BYTES = 1_000_000
PIECES = 10
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
MASK = bytes(4)
RUDE = {
    "a head without end": b"GET / HTTP/1.1\r\nA: " + b"x" * ENDLESS_BYTES,
    "an address without end": b"GET /" + b"x" * ENDLESS_BYTES,
    "heads without end": b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * (ENDLESS_BYTES // 6),
    "a body that nobody wants": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n"
    + b"x" * ENDLESS_BYTES,
    "a body that says it is compressed": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n"
    b"Content-Length: 999999999\r\n\r\n" + b"x" * ENDLESS_BYTES,
    "a chunk without end": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"f" * ENDLESS_BYTES,
    "requests whose answers are not read": GET * (ENDLESS_BYTES // len(GET)),
    "a frame without end": HANDSHAKE + b"\x81\xff\x3f" + bytes(7) + MASK + bytes(ENDLESS_BYTES),
    "pieces without end": HANDSHAKE
    + b"\x01\x81"
    + MASK
    + b"x"
    + (b"\x00\x81" + MASK + b"x") * (ENDLESS_BYTES // 7),
    "frames without a mask": HANDSHAKE + b"\x81\x04PING" * (ENDLESS_BYTES // 6),
    "frames of nothing": HANDSHAKE + (b"\x81\x80" + MASK) * (ENDLESS_BYTES // 6),
    "pings": HANDSHAKE + (b"\x89\x80" + MASK) * (ENDLESS_BYTES // 6),
    "text that is none": HANDSHAKE + (b"\x81\x81" + MASK + b"\xff") * (ENDLESS_BYTES // 7),
}


@pytest.mark.parametrize("name", RUDE)
def test_rude(lasting_bystanders, name):
    """However much of it comes, the others talk on, and HTTP is answered to everybody else."""
    bystanders = lasting_bystanders
    data, rude = RUDE[name], Http(bystanders.port)
    rude.socket.setblocking(False)  # Who reads nothing is read from no more at some time.
    size = len(data) // PIECES
    with contextlib.closing(rude):
        for at in range(0, len(data), size):
            with contextlib.suppress(BlockingIOError, ConnectionError):
                rude.socket.send(data[at : at + size])
            bystanders.talk()
        with contextlib.closing(Http(bystanders.port)) as other:
            assert other.get("/healthz").status == 200
    bystanders.check()
