"""HTTP by aiohttp: requests for the site's handlers, and WebSockets for pumps.

The one module of `net` that knows aiohttp; it takes 0.2 s to import, which `web` does in a thread.
All that leaves has the strict headers, also what aiohttp has to say by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from aiohttp import HttpVersion11, WSMsgType, web

from rookery import log
from rookery.net.exchange import STRICT, Answer, Asked, Site, sentence
from rookery.net.forwarded import FOR, PROTO, Origin, forwarded
from rookery.net.frames import BINARY as BINARY_FRAME
from rookery.net.frames import TEXT as TEXT_FRAME
from rookery.net.frames import Frames
from rookery.net.inbound import Checked
from rookery.net.origins import own_page
from rookery.net.pacing import Patience
from rookery.net.websocket import BINARY, CLOSE_TIMEOUT_S, MAX_MESSAGE_BYTES, TEXT, Wire, agreed

if TYPE_CHECKING:
    from aiohttp.http_websocket import WebSocketReader

    from rookery.net.hall import Hall
    from rookery.net.http_connection import HttpConnection

_log: Final = log.get("http")
KEEP_ALIVE_S: Final = 75.0
"""How long a connection may wait for its next request to be whole: longer than proxies reuse one.
"""
LINGER_S: Final = 2.0
"""How long a body that nobody wants is read, so that its sender sees the answer."""
BODY_PIECE_S: Final = 30.0
"""How long the next piece of a body may take."""
LEAST_BYTES_PER_S: Final = 1024
"""Slower than any telephone: who sends a body a letter at a time keeps a place from others."""
WEBSOCKET_VERSION: Final = "13"
_OUR_FAULT: Final = "The server made a mistake with this request, and has logged it."
_UNREADABLE: Final = "This is no request that HTTP/1.1 knows."
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class Gateway:
    """Speaks HTTP on the connections of a port's listeners, as `site` answers."""

    def __init__(self, hall: Hall, group: asyncio.TaskGroup, site: Site) -> None:
        loop = asyncio.get_running_loop()
        self._hall = hall
        self._group = group
        self._site = site
        self._loop = loop
        self._server = web.Server(self._handle, loop=loop)
        self._connections: dict[object, HttpConnection] = {}
        self._frames = {
            BINARY: Frames(BINARY_FRAME, loop.call_soon),
            TEXT: Frames(TEXT_FRAME, loop.call_soon),
        }

    def speaker(self, connection: HttpConnection) -> asyncio.Protocol:
        """Return what speaks HTTP on `connection`."""
        speaker = _Speaker(
            self._server,
            loop=self._loop,
            access_log=None,  # type: ignore[arg-type]  # What turns it off; only the type is wrong.
            keepalive_timeout=KEEP_ALIVE_S,
            lingering_time=LINGER_S,
            auto_decompress=False,  # A few bytes of it may become as many as memory has.
        )
        speaker.pace = partial(self._heard, connection, speaker)
        self._connections[speaker] = connection
        return speaker

    def finish(self, speaker: asyncio.Protocol) -> None:
        """End a connection behind the answer to what has come."""
        assert isinstance(speaker, _Speaker)
        speaker.close()

    def forget(self, speaker: asyncio.Protocol) -> None:
        """Forget a connection that has ended."""
        self._connections.pop(speaker, None)

    def close(self) -> None:
        """End all but the WebSockets, which their pumps tell goodbye."""
        for connection in list(self._connections.values()):
            if not connection.is_websocket:
                connection.close("The server stops")

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = self._connections[request.protocol]
        await self._pace(connection, request)
        asked = self._asked(connection, request)
        refusal = self._site.misdirected(asked)
        if refusal is None and not self._site.is_websocket(asked.path):
            connection.has_asked()
            return await _send(request, await self._answer(asked))
        refusal, socket = refusal or self._refusal(asked), _socket(request)
        if refusal is None and not _is_handshake(request, socket):
            text = "This address is for IRC over WebSocket."
            told = {"Upgrade": "websocket", "Sec-WebSocket-Version": WEBSOCKET_VERSION}
            refusal = sentence(HTTPStatus.UPGRADE_REQUIRED, text, told)
        if refusal is None:
            full = connection.admit(Origin(asked.address, asked.is_encrypted))
            if full:
                refusal = sentence(HTTPStatus.SERVICE_UNAVAILABLE, full, {"Connection": "close"})
        if refusal is not None:
            connection.has_asked()
            return await _send(request, refusal)
        await socket.prepare(request)
        if connection.transport.is_closing():
            return socket
        connection.page = own_page(asked.headers, is_encrypted=asked.is_encrypted)
        frames = self._frames[socket.ws_protocol or TEXT]
        await Wire(_Socket(socket), connection, frames, self._group).run()
        return socket

    async def _pace(self, connection: HttpConnection, request: web.BaseRequest) -> None:
        """Let a request wait that comes faster than a client may speak."""
        bucket = connection.bucket
        while bucket is not None:
            wait_s = bucket.wait_s(len(request.raw_path), self._hall.now_s())
            if not wait_s:
                return
            await asyncio.sleep(wait_s)

    def _heard(self, connection: HttpConnection, speaker: _Speaker, frames: int) -> None:
        """Read no further for a while where frames come faster than a client may speak."""
        bucket, transport = connection.frame_bucket, connection.transport
        wait_s = bucket.spend(frames, self._hall.now_s()) if bucket is not None else 0.0
        if wait_s and not transport.is_closing():
            connection.rest(wait_s, speaker.read_on)

    def _refusal(self, asked: Asked) -> Answer | None:
        if self._site.may_connect(asked):
            return None
        text = "This page may not connect: see web.origins and server.websocket_origins."
        return sentence(HTTPStatus.FORBIDDEN, text)

    async def _answer(self, asked: Asked) -> Answer:
        try:
            return await self._site.answer(asked)
        except TimeoutError:
            return sentence(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to come.")
        except Exception:  # noqa: BLE001 - one request's fault must not end the others
            _log.exception("failed", path=asked.path)
            return sentence(HTTPStatus.INTERNAL_SERVER_ERROR, _OUR_FAULT)

    def _asked(self, connection: HttpConnection, request: web.BaseRequest) -> Asked:
        told = {name: ",".join(request.headers.getall(name, ())) for name in (FOR, PROTO)}
        client = forwarded(told, connection.peer, self._hall.limits.proxies)
        return Asked(
            method=request.method,
            path=request.path,
            query=request.query,
            headers=request.headers,
            address=client.address,
            is_encrypted=client.is_encrypted,
            body=_body(request),
        )


class _Speaker(web.RequestHandler):
    """aiohttp's protocol, which answers what it cannot read as we answer everything."""

    __slots__ = ("pace",)

    pace: Callable[[int], None]
    """Told how many frames have come."""

    def set_parser(
        self, parser: WebSocketReader, data_received_cb: Callable[[], None] | None = None
    ) -> None:
        """Have a WebSocket's frames looked at before `parser` has them; called by the library."""
        checked = cast("WebSocketReader", Checked(parser, self.pace))
        super().set_parser(checked, data_received_cb)

    def read_on(self) -> None:
        """Read again, unless the library has a reason of its own not to."""
        transport = self.transport
        if transport is not None and not (self._reading_paused or transport.is_closing()):
            transport.resume_reading()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that is none, and close; what its sender does wrong is no news."""
        is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        # Who goes in the middle of an answer is no fault of ours either.
        if is_ours and not isinstance(exc, ConnectionError):
            _log.exception("failed", path=request.path)
        if request.writer.output_size > 0:
            raise ConnectionError
        answer = sentence(HTTPStatus(status), _OUR_FAULT if is_ours else _UNREADABLE)
        response = _response(answer, answer.body if isinstance(answer.body, bytes) else b"")
        response.force_close()
        return response


class _Socket:
    """aiohttp's WebSocket as `websocket.Wire` knows one."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket

    async def messages(self) -> AsyncIterator[bytes]:
        """Return what comes, until either side says goodbye."""
        while True:
            message = await self._socket.receive()
            if message.type is WSMsgType.TEXT:
                yield message.data.encode()
            elif message.type is WSMsgType.BINARY:
                yield message.data
            else:
                return

    async def close(self) -> None:
        """Say goodbye, and wait for the peer's."""
        await self._socket.close()


def _is_handshake(request: web.BaseRequest, socket: web.WebSocketResponse) -> bool:
    """Tell whether a WebSocket is asked for, as RFC 6455 §4.2.1 has it."""
    is_right = request.method == "GET" and request.version >= HttpVersion11
    version = request.headers.get("Sec-WebSocket-Version", "")
    return is_right and version == WEBSOCKET_VERSION and socket.can_prepare(request).ok


def _socket(request: web.BaseRequest) -> web.WebSocketResponse:
    return web.WebSocketResponse(
        protocols=agreed(request.headers.get("Sec-WebSocket-Protocol", "")),
        max_msg_size=MAX_MESSAGE_BYTES,
        timeout=CLOSE_TIMEOUT_S,
        compress=False,
    )


async def _body(request: web.BaseRequest) -> AsyncIterator[bytes]:
    """Return the pieces of a body as they come."""
    expected = request.headers.get("Expect", "").lower()
    transport = request.transport
    if expected == "100-continue" and request.version == HttpVersion11 and transport is not None:
        transport.write(_CONTINUE)
    now_s = asyncio.get_running_loop().time
    patience = Patience(BODY_PIECE_S, LEAST_BYTES_PER_S)
    while True:
        asked_at_s = now_s()
        try:
            async with asyncio.timeout(patience.wait_s):
                piece = await request.content.readany()
        except web.RequestPayloadError as error:
            raise ConnectionError("the body is not whole") from error
        if not piece:
            return
        patience.came(len(piece), now_s() - asked_at_s)
        yield piece


async def _send(request: web.BaseRequest, answer: Answer) -> web.StreamResponse:
    """Send an answer; a broken body ends its connection, so that it is not taken for whole."""
    if isinstance(answer.body, bytes):
        return _response(answer, answer.body)
    response = web.StreamResponse(status=answer.status, headers=_headers(answer.headers))
    await response.prepare(request)
    if request.method != "HEAD":
        async for piece in answer.body:
            await response.write(piece)
    await response.write_eof()
    return response


def _response(answer: Answer, body: bytes) -> web.Response:
    return web.Response(status=answer.status, headers=_headers(answer.headers), body=body)


def _headers(own: Mapping[str, str]) -> dict[str, str]:
    return {**STRICT, **own, "Server": "Rookery"}
