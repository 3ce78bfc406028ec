"""Reading the PROXY header of a connection that a trusted proxy has made.

Exactly the header is taken from the socket: TLS may begin with the next byte.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.wire.proxy import MAX_V2_BYTES, NO_HEADER, parse

if TYPE_CHECKING:
    from rookery.wire.proxy import Header

HEADER_TIMEOUT_S: Final = 5.0
"""§3: a proxy sends the header at once."""


class Told(NamedTuple):
    """The header, and what had to be taken to see that there is none."""

    header: Header
    early: bytes


async def read_header(accepted: socket.socket) -> Told:
    """Return what the proxy says; raises `ProxyError`, TimeoutError, OSError or EOFError."""
    taken = b""
    async with asyncio.timeout(HEADER_TIMEOUT_S):
        while True:
            await readable(accepted)
            seen = accepted.recv(MAX_V2_BYTES, socket.MSG_PEEK)
            if not seen:
                raise EOFError
            header = parse(taken + seen)
            if header is NO_HEADER:
                return Told(header, taken)
            if header is not None:
                accepted.recv(header.size - len(taken))
                return Told(header, b"")
            taken += accepted.recv(len(seen))


async def readable(accepted: socket.socket) -> None:
    """Wait until something can be read."""
    loop = asyncio.get_running_loop()
    is_readable = loop.create_future()
    loop.add_reader(accepted, _settle, is_readable)
    try:
        await is_readable
    finally:
        loop.remove_reader(accepted)


def _settle(is_readable: asyncio.Future[None]) -> None:
    if not is_readable.done():
        is_readable.set_result(None)
