"""IRC over WebSocket: one line is one message, without its line end. IRCv3 websocket.

A library does the handshake, the parsing and the goodbye (`gateway`); what is sent goes past it as
whole frames, so that the epoch's flush stays one synchronous write. The pump is everybody's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final, Protocol, cast

from rookery import log
from rookery.net.guarded import guarded

if TYPE_CHECKING:
    from rookery.net.frames import Frames
    from rookery.net.http_connection import HttpConnection
    from rookery.net.session import Pump

_log: Final = log.get("websocket")
BINARY: Final = "binary.ircv3.net"
TEXT: Final = "text.ircv3.net"
MAX_MESSAGE_BYTES: Final = 16_384
"""More than a line with its tags: one that is only too long is told so by the pump (417)."""
CLOSE_TIMEOUT_S: Final = 0.5
"""How long the peer's goodbye is waited for."""


class Socket(Protocol):
    """A WebSocket whose handshake is done."""

    def messages(self) -> AsyncIterator[bytes]:
        """Return what comes, until either side says goodbye; raises ConnectionError."""

    async def close(self) -> None:
        """Say goodbye, and wait for the peer's; raises ConnectionError or RuntimeError."""


def agreed(asked: str) -> tuple[str, ...]:
    """Return the first subprotocol of the client's list that is known here, or none."""
    known = [name for name in map(str.strip, asked.split(",")) if name in {BINARY, TEXT}]
    return tuple(known[:1])


class Wire:
    """A WebSocket as the transport of a pump: what `net.session.Pump` uses of one."""

    pump: Pump
    """Given by `HttpConnection.open`."""

    def __init__(
        self, socket: Socket, connection: HttpConnection, frames: Frames, group: asyncio.TaskGroup
    ) -> None:
        self._socket = socket
        self._below = connection.transport
        self._page = connection.page
        self._group = group
        self._may_read = asyncio.Event()
        self._may_read.set()
        self._is_closing = False
        self._is_lost = False
        connection.open(self)
        self.pump.session.frames = frames

    @property
    def transport(self) -> asyncio.Transport:
        """Itself, as what it stands for."""
        return cast("asyncio.Transport", self)

    async def run(self) -> None:
        """Hand each message to the pump, until either side says goodbye."""
        failure: Exception | None = None
        try:
            async for line in self._socket.messages():
                self._take(line)
                if not self._may_read.is_set():
                    await self._may_read.wait()
        except ConnectionError as error:
            failure = error
        finally:
            self._is_closing = True
            self.pump.connection_lost(failure)

    def lost(self) -> None:
        """Write nothing more: the connection is gone. What came before it ended is still read."""
        self._is_lost = True
        self._may_read.set()

    def _take(self, line: bytes) -> None:
        line = line.rstrip(b"\r\n")
        if line and not self._is_closing:
            self.pump.data_received(line + b"\r\n")

    # What the pump uses of a transport.

    def write(self, data: bytes) -> None:
        """Send `data`, which is frames already: see `Session.frames`."""
        if not self._is_lost:
            self._below.write(data)

    def get_write_buffer_size(self) -> int:
        """Return how much has not left yet."""
        return 0 if self._is_lost else self._below.get_write_buffer_size()

    def get_extra_info(self, name: str) -> object:
        """Return what is known of the connection below, or of the page that has opened it."""
        return self._page if name == "page" else self._below.get_extra_info(name)

    def pause_reading(self) -> None:
        """Take no message for now; the library stops reading when enough of them wait."""
        self._may_read.clear()

    def resume_reading(self) -> None:
        """Take messages again."""
        self._may_read.set()

    def is_closing(self) -> bool:
        """Return whether the end has begun."""
        return self._is_closing or self._below.is_closing()

    def close(self) -> None:
        """Say goodbye behind all that was sent."""
        if not self._is_closing:
            self._is_closing = True
            self._may_read.set()
            self._group.create_task(guarded(self._close(), self._below.abort))

    async def _close(self) -> None:
        try:
            await self._socket.close()
        except (ConnectionError, RuntimeError) as error:
            _log.debug("goodbye not heard", error=str(error))
            self._below.abort()

    def abort(self) -> None:
        """End it at once."""
        self._is_closing = True
        self._may_read.set()
        self._below.abort()
