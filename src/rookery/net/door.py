"""The first bytes of a connection tell whom it is for.

IRC and, with the web page, HTTP share the port. TLS has been told apart before (`listener`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from rookery.net.hall import Hall

_HTTP_METHODS: Final = (b"GET ", b"HEAD ", b"POST ", b"PUT ", b"OPTIONS ", b"CONNECT ")
_TLS_HANDSHAKE: Final = 0x16
_TLS_ALERT: Final = bytes.fromhex("15 0301 0002 02 28")
"""A fatal handshake_failure, so that a TLS client knows at once. RFC 8446 §6."""
_NO_WEB_TEXT: Final = (
    b"This is a Rookery chat server without a web page. Connect with: rookery chat\n"
)
_NO_WEB_PAGE: Final = (
    b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_NO_WEB_TEXT), _NO_WEB_TEXT)
)


class Door(asyncio.Protocol):
    """Waits for the first bytes and hands the connection to the protocol they speak."""

    __slots__ = ("_address", "_early", "_hall", "_is_counted", "_is_encrypted", "_transport")

    def __init__(
        self, hall: Hall, address: str, early: bytes = b"", *, is_encrypted: bool = False
    ) -> None:
        """Take bytes that came already; `is_encrypted` is what a proxy says of its client."""
        self._hall = hall
        self._address = address
        self._early = early
        self._is_encrypted = is_encrypted
        self._transport: asyncio.Transport | None = None
        self._is_counted = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection; a silent one is closed with those that do not sign in."""
        # uvloop's transports have the methods of asyncio.Transport but not its class.
        self._transport = cast("asyncio.Transport", transport)
        self._hall.waiting[self] = self._hall.now_s()

    def data_received(self, data: bytes) -> None:
        """Decide, and hand over with the bytes that came."""
        transport = self._transport
        assert transport is not None
        self._hall.waiting.pop(self, None)
        data, self._early = self._early + data, b""
        if data[0] == _TLS_HANDSHAKE:
            transport.write(_TLS_ALERT)
            transport.close()
        elif data.startswith(_HTTP_METHODS):
            transport.write(_NO_WEB_PAGE)
            transport.close()
        else:
            self._is_counted = False  # The pump takes the count over.
            pump = self._hall.open(transport, self._address, is_encrypted=self._is_encrypted)
            transport.set_protocol(pump)
            pump.data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget a connection that ended before it said anything."""
        del error
        self._hall.waiting.pop(self, None)
        self.give_up()

    def give_up(self) -> None:
        """Count the connection no more: it never became a session."""
        if self._is_counted:
            self._is_counted = False
            self._hall.release(self._address)
            self._hall.gone(self._address)

    def close(self, reason: str) -> None:
        """End a connection that stays silent, with a word."""
        if self._transport is not None:
            self._transport.write(f"ERROR :{reason}\r\n".encode())
            self._transport.close()
