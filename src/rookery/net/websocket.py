"""IRC over WebSocket: one line is one message, without its line end. IRCv3 websocket.

aiohttp does the handshake, the parsing and the goodbye; what is sent goes past it as whole frames,
so that the epoch's flush stays one synchronous write. The pump behind it is everybody's.
"""

from __future__ import annotations

import asyncio
import fnmatch
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from aiohttp import WSMsgType, web

from rookery import log
from rookery.net.door import Door
from rookery.net.guarded import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rookery.net.hall import Hall
    from rookery.net.session import Pump

_log: Final = log.get("websocket")
BINARY: Final = "binary.ircv3.net"
TEXT: Final = "text.ircv3.net"
MAX_MESSAGE_BYTES: Final = 16_384
"""More than a line with its tags: one that is only too long is told so by the pump (417)."""
CLOSE_TIMEOUT_S: Final = 0.5
"""How long the peer's goodbye is waited for."""
_TEXT_FRAME: Final = 0x81
_BINARY_FRAME: Final = 0x82
_SMALL: Final = 126
_MEDIUM: Final = 1 << 16


class Gateway:
    """Turns connections of one listener into WebSockets, and those into pumps."""

    def __init__(self, group: asyncio.TaskGroup, origins: Callable[[], Sequence[str]]) -> None:
        self._group = group
        self._origins = origins
        self._server = web.Server(self._handle, access_log=None)
        self._doors: dict[object, WebDoor] = {}

    def door(
        self, hall: Hall, address: str, early: bytes = b"", *, is_encrypted: bool = False
    ) -> Door:
        """Return what takes a connection: see `listener.Entrance`."""
        return WebDoor(self, hall, address, early, is_encrypted=is_encrypted)

    def speaker(self, door: WebDoor) -> asyncio.Protocol:
        """Return what speaks HTTP on the connection of `door`."""
        speaker = self._server()
        self._doors[speaker] = door
        return speaker

    def forget(self, speaker: asyncio.Protocol) -> None:
        """Forget a connection that has ended."""
        self._doors.pop(speaker, None)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        door, origin = self._doors[request.protocol], request.headers.get("Origin")
        if origin is not None and not any(
            fnmatch.fnmatchcase(origin.lower(), allowed.lower()) for allowed in self._origins()
        ):
            text = "This page may not connect: see server.websocket_origins.\n"
            return web.Response(status=HTTPStatus.FORBIDDEN, text=text)
        socket = web.WebSocketResponse(
            protocols=_agreed(request.headers.get("Sec-WebSocket-Protocol", "")),
            max_msg_size=MAX_MESSAGE_BYTES,
            timeout=CLOSE_TIMEOUT_S,
            compress=False,
        )
        if not socket.can_prepare(request).ok:
            text = "This port is for IRC over WebSocket.\n"
            return web.Response(status=HTTPStatus.UPGRADE_REQUIRED, text=text)
        await socket.prepare(request)
        await _Wire(socket, door, self._group).run()
        return socket


def _agreed(asked: str) -> tuple[str, ...]:
    """Return the first subprotocol of the client's list that is known here, or none."""
    known = [name for name in map(str.strip, asked.split(",")) if name in {BINARY, TEXT}]
    return tuple(known[:1])


class WebDoor(Door):
    """Waits for HTTP; what comes is for aiohttp until the connection's end."""

    __slots__ = ("_gateway", "_speaker", "_wire")

    def __init__(
        self,
        gateway: Gateway,
        hall: Hall,
        address: str,
        early: bytes = b"",
        *,
        is_encrypted: bool = False,
    ) -> None:
        super().__init__(hall, address, early, is_encrypted=is_encrypted)
        self._gateway = gateway
        self._speaker: asyncio.Protocol | None = None
        self._wire: _Wire | None = None

    @property
    def transport(self) -> asyncio.Transport:
        """The connection."""
        assert self._transport is not None
        return self._transport

    def data_received(self, data: bytes) -> None:
        """Hand everything on; until the WebSocket is open the connection counts as silent."""
        if self._speaker is None:
            self._speaker = self._gateway.speaker(self)
            self._speaker.connection_made(self.transport)
        data, self._early = self._early + data, b""
        self._speaker.data_received(data)

    def open(self, wire: _Wire) -> Pump:
        """Return the pump, which takes the count over, and the time that signing in may take."""
        self._hall.waiting.pop(self, None)
        self._is_counted = False
        self._wire = wire
        return self._hall.open(
            cast("asyncio.Transport", wire), self._address, is_encrypted=self._is_encrypted
        )

    def close(self, reason: str) -> None:
        """End a connection that stays silent; what would be said before HTTP is no answer."""
        self.transport.close()

    def eof_received(self) -> bool | None:
        """Hand it on."""
        return self._speaker.eof_received() if self._speaker else None

    def pause_writing(self) -> None:
        """Hand it on."""
        if self._speaker is not None:
            self._speaker.pause_writing()
        if self._wire is not None:
            self._wire.pump.pause_writing()

    def resume_writing(self) -> None:
        """Hand it on."""
        if self._speaker is not None:
            self._speaker.resume_writing()
        if self._wire is not None:
            self._wire.pump.resume_writing()

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection, and let aiohttp end what it has begun."""
        super().connection_lost(error)
        if self._wire is not None:
            self._wire.lost()
        if self._speaker is not None:
            self._gateway.forget(self._speaker)
            self._speaker.connection_lost(error)


class _Wire:
    """A WebSocket as the transport of a pump: what `net.session.Pump` uses of one."""

    def __init__(
        self, socket: web.WebSocketResponse, door: WebDoor, group: asyncio.TaskGroup
    ) -> None:
        self._socket = socket
        self._transport = door.transport
        self._group = group
        self._opcode = _BINARY_FRAME if socket.ws_protocol == BINARY else _TEXT_FRAME
        self._may_read = asyncio.Event()
        self._may_read.set()
        self._is_closing = False
        self._is_lost = False
        self.pump = door.open(self)

    async def run(self) -> None:
        """Hand each message to the pump, until either side says goodbye."""
        failure: Exception | None = None
        try:
            while True:
                await self._may_read.wait()
                message = await self._socket.receive()
                if message.type is WSMsgType.TEXT:
                    self._take(message.data.encode())
                elif message.type is WSMsgType.BINARY:
                    self._take(message.data)
                else:
                    break
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
        """Send each line as a message."""
        if self._is_lost:
            return
        frames = [_frame(self._opcode, line) for line in data.split(b"\r\n") if line]
        self._transport.write(b"".join(frames))

    def get_write_buffer_size(self) -> int:
        """Return how much has not left yet."""
        return 0 if self._is_lost else self._transport.get_write_buffer_size()

    def get_extra_info(self, name: str) -> object:
        """Return what is known of the connection below."""
        return self._transport.get_extra_info(name)

    def pause_reading(self) -> None:
        """Take no message for now; aiohttp stops reading when enough of them wait."""
        self._may_read.clear()

    def resume_reading(self) -> None:
        """Take messages again."""
        self._may_read.set()

    def is_closing(self) -> bool:
        """Return whether the end has begun."""
        return self._is_closing or self._transport.is_closing()

    def close(self) -> None:
        """Say goodbye behind all that was sent."""
        if not self._is_closing:
            self._is_closing = True
            self._may_read.set()
            self._group.create_task(guarded(self._close(), self._transport.abort))

    async def _close(self) -> None:
        try:
            await self._socket.close()
        except (ConnectionError, RuntimeError) as error:
            _log.debug("goodbye not heard", error=str(error))
            self._transport.abort()

    def abort(self) -> None:
        """End it at once."""
        self._is_closing = True
        self._may_read.set()
        self._transport.abort()


def _frame(opcode: int, payload: bytes) -> bytes:
    """Return a server's whole frame, unmasked. RFC 6455 §5.2."""
    size = len(payload)
    if size < _SMALL:
        return bytes((opcode, size)) + payload
    if size < _MEDIUM:
        return bytes((opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((opcode, 127)) + size.to_bytes(8, "big") + payload
