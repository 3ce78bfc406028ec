"""Accepting connections on the one port.

Without TLS a connection goes straight to its `Door`. With TLS its first byte is looked at, without
taking it: 0x16 begins a handshake, anything else is plain.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from typing import TYPE_CHECKING, Final, Protocol

from rookery import log
from rookery.net.bind import bind_error
from rookery.net.door import Door
from rookery.net.guarded import guarded
from rookery.net.proxied import read_header, readable
from rookery.wire.proxy import ProxyError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Coroutine

    from rookery.net.hall import Hall

_log: Final = log.get("net")
BACKLOG: Final = 1024
ACCEPTS_PER_TURN: Final = 256
"""Connections taken in one turn of the loop, so that a rush does not silence who is there."""
RETRY_S: Final = 0.5
"""How long accepting rests when the process has no file descriptor left."""
TLS_TIMEOUT_S: Final = 15.0
"""How long a handshake may take, where signing in may take longer."""
_OUT_OF_FILES: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class Entrance(Protocol):
    """Makes what takes a connection; `give_up` on it counts the connection no more."""

    def __call__(
        self, hall: Hall, address: str, early: bytes = b"", *, is_encrypted: bool = False
    ) -> Door:
        """Return it for a client's address and what came from there already."""


class Listener:
    """Listens on one address; `tls` is looked up for each connection, so it may be renewed."""

    def __init__(
        self,
        hall: Hall,
        group: asyncio.TaskGroup,
        tls: ssl.SSLContext | None,
        entrance: Entrance = Door,
        *,
        is_tls_only: bool = False,
    ) -> None:
        self._hall = hall
        self._group = group
        self._tls = tls
        self._entrance = entrance
        self._is_tls_only = is_tls_only
        self._loop = asyncio.get_running_loop()
        self._sockets: list[socket.socket] = []
        self._arriving: set[asyncio.Task[None]] = set()
        self.port = 0
        """The port that is listened on."""

    def listen(self, host: str, port: int) -> None:
        """Bind every address of `host`, and start to accept.

        Raises `StartError` with the remedy.
        """
        for family, address in _addresses(host, port):
            bound = _bound(family, address, host, port)
            port = bound.getsockname()[1]
            self._sockets.append(bound)
        for listening in self._sockets:
            self._loop.add_reader(listening, self._accept, listening)
        self.port = port

    def close(self) -> None:
        """Accept no more, and let those go that have not said yet what they speak."""
        for task in self._arriving:
            task.cancel()
        for listening in self._sockets:
            self._loop.remove_reader(listening)
            listening.close()
        self._sockets = []

    def _accept(self, listening: socket.socket) -> None:
        for _ in range(ACCEPTS_PER_TURN):
            try:
                accepted, address = listening.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                self._rest(listening, error)
                return
            accepted.setblocking(False)
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if address[0] in self._hall.limits.proxies:
                self._begin(self._welcome_proxied(accepted, address[0]), accepted)
                continue
            refusal = self._hall.admit(address[0])
            if refusal:
                _turn_away(accepted, refusal)
            else:
                door = self._entrance(self._hall, address[0])
                self._begin(self._welcome(accepted, address[0], door), accepted)

    def _begin(self, welcome: Coroutine[None, None, None], accepted: socket.socket) -> None:
        task = self._group.create_task(guarded(welcome, accepted.close))
        self._arriving.add(task)
        task.add_done_callback(self._arriving.discard)

    def _rest(self, listening: socket.socket, error: OSError) -> None:
        if error.errno not in _OUT_OF_FILES:
            _log.warning("accept failed", error=str(error))
            return
        _log.warning("out of file descriptors: accepting rests", seconds=RETRY_S)
        self._loop.remove_reader(listening)
        self._loop.call_later(RETRY_S, self._go_on, listening)

    def _go_on(self, listening: socket.socket) -> None:
        if listening in self._sockets:
            self._loop.add_reader(listening, self._accept, listening)

    async def _welcome_proxied(self, accepted: socket.socket, proxy: str) -> None:
        """Take the client's address from the proxy, and count the client."""
        try:
            header, early = await read_header(accepted)
        except asyncio.CancelledError:
            accepted.close()
            raise
        except (OSError, TimeoutError, EOFError, ProxyError) as error:
            accepted.close()
            _log.info("proxy header not taken", proxy=proxy, error=str(error))
            return
        address = header.source or proxy
        refusal = self._hall.admit(address)
        if refusal:
            _turn_away(accepted, refusal)
            return
        door = self._entrance(self._hall, address, early, is_encrypted=header.is_encrypted)
        await self._welcome(accepted, address, door)

    async def _welcome(self, accepted: socket.socket, address: str, door: Door) -> None:
        handshake_s = min(TLS_TIMEOUT_S, self._hall.limits.registration_timeout_s)
        try:
            is_tls = self._tls is not None and (
                self._is_tls_only or await self._begins_tls(accepted)
            )
            await self._loop.connect_accepted_socket(
                lambda: door,
                accepted,
                ssl=self._tls if is_tls else None,
                ssl_handshake_timeout=handshake_s if is_tls else None,
            )
        except (OSError, TimeoutError, EOFError) as error:
            accepted.close()
            door.give_up()
            _log.debug("connection given up", address=address, error=str(error))
        except BaseException:
            accepted.close()
            door.give_up()
            raise

    async def _begins_tls(self, accepted: socket.socket) -> bool:
        async with asyncio.timeout(self._hall.limits.registration_timeout_s):
            await readable(accepted)
        first = accepted.recv(1, socket.MSG_PEEK)
        if not first:
            raise EOFError
        return first == b"\x16"


def _turn_away(accepted: socket.socket, reason: str) -> None:
    with accepted, contextlib.suppress(OSError):
        accepted.send(f"ERROR :{reason}\r\n".encode())


def _addresses(host: str, port: int) -> list[tuple[int, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise bind_error(error, host, port) from error
    addresses = {(family, (str(address[0]), port)) for family, _, _, _, address in found}
    return sorted(addresses)


def _bound(family: int, address: tuple[str, int], host: str, port: int) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address if port == address[1] else (address[0], port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise bind_error(error, host, port) from error
    listening.setblocking(False)
    return listening
