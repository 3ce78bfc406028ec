"""The first bytes of a connection tell whom it is for.

IRC and, with the web page, HTTP share the port. TLS has been told apart before (`listener`).
A connection whose first bytes may still become either is waited for.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, cast

from rookery.net.forwarded import Origin
from rookery.net.http_connection import HttpConnection

if TYPE_CHECKING:
    from rookery.net.hall import Hall
    from rookery.net.web import Web

_HTTP_METHODS: Final = (b"GET ", b"HEAD ", b"POST ", b"PUT ", b"DELETE ", b"OPTIONS ", b"CONNECT ")
_METHOD_BEGINNINGS: Final = frozenset(
    method[:size] for method in _HTTP_METHODS for size in range(1, len(method))
)
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

    __slots__ = (
        "_address",
        "_early",
        "_hall",
        "_is_counted",
        "_is_encrypted",
        "_is_http_only",
        "_transport",
        "_web",
    )

    def __init__(
        self,
        hall: Hall,
        address: str,
        early: bytes = b"",
        *,
        is_encrypted: bool = False,
        web: Web | None = None,
        is_http_only: bool = False,
    ) -> None:
        """Take bytes that came already; `is_encrypted` is what a proxy says of its client.

        HTTP goes to `web`, or is told that there is no page; IRC is not spoken where it is alone.
        """
        self._hall = hall
        self._address = address
        self._early = early
        self._is_encrypted = is_encrypted
        self._web = web
        self._is_http_only = is_http_only
        self._transport: asyncio.Transport | None = None
        self._is_counted = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection; a silent one is closed with those that do not sign in."""
        # uvloop's transports have the methods of asyncio.Transport but not its class.
        self._transport = cast("asyncio.Transport", transport)
        self._hall.waiting[self] = self._hall.now_s()

    def data_received(self, data: bytes) -> None:
        """Decide, and hand over with the bytes that came."""
        data, self._early = self._early + data, b""
        if data[0] == _TLS_HANDSHAKE:
            self._turn_away(_TLS_ALERT)
        elif self._is_http_only or data.startswith(_HTTP_METHODS):
            self._speak_http(data)
        elif data in _METHOD_BEGINNINGS:
            self._early = data
        else:
            self._speak_irc(data)

    def _speak_irc(self, data: bytes) -> None:
        transport = self._let_go()
        pump = self._hall.open(transport, self._address, is_encrypted=self._is_encrypted)
        transport.set_protocol(pump)
        pump.data_received(data)

    def _speak_http(self, data: bytes) -> None:
        if self._web is None:
            self._turn_away(_NO_WEB_PAGE)
            return
        transport = self._let_go()
        is_tls = transport.get_extra_info("ssl_object") is not None
        peer = Origin(self._address, self._is_encrypted or is_tls)
        connection = HttpConnection(self._hall, transport, peer)
        transport.set_protocol(connection)
        connection.data_received(data)
        self._web.take(connection)

    def _let_go(self) -> asyncio.Transport:
        """Return the transport for who speaks on it from now on, and takes the count over."""
        assert self._transport is not None
        self._hall.waiting.pop(self, None)
        self._is_counted = False
        return self._transport

    def _turn_away(self, data: bytes) -> None:
        assert self._transport is not None
        self._hall.waiting.pop(self, None)
        self._transport.write(data)
        self._transport.close()

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
            if not self._is_http_only:
                self._transport.write(f"ERROR :{reason}\r\n".encode())
            self._transport.close()
