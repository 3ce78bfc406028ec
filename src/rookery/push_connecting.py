"""Connections to push services: to allowed addresses alone, which say no more than they have to.

Imported for the first push, since it loads aiohttp.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import aiohttp
from aiohttp.client_proto import ResponseHandler

if TYPE_CHECKING:
    import asyncio
    import ssl

MAX_ANSWER_BYTES: Final = 65_536
"""A hundred times what a push service says; without it, who runs one could keep us reading."""
_AddressInfo: TypeAlias = tuple[Any, ...]


def connector(
    tls: ssl.SSLContext, may_connect: Callable[[str], bool], loop: asyncio.AbstractEventLoop
) -> aiohttp.TCPConnector:
    """Return what makes connections; `may_connect` is asked of each address that is used."""

    def opened(info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not may_connect(str(address[0])):
            raise OSError(errno.EACCES, "this address is not of the internet")
        return socket.socket(family, kind, protocol)

    made = aiohttp.TCPConnector(ssl=tls, socket_factory=opened)
    answers = cast("partial[ResponseHandler]", partial(_Answers, loop=loop))
    made._factory = answers  # noqa: SLF001 - there is no other way in
    return made


class _Answers(ResponseHandler):
    """A connection's answers; one without end (RFC 9110 §15.2 allows it) ends the connection."""

    _heard_bytes = 0

    def set_response_params(self, **params: Any) -> None:  # noqa: ANN401 - the library's
        """Begin to count anew: a push is about to be sent; called by the library."""
        self._heard_bytes = 0
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Hand on what comes, within bounds; called by the event loop."""
        self._heard_bytes += len(data)
        if self._heard_bytes <= MAX_ANSWER_BYTES:
            super().data_received(data)
        elif self.transport is not None:
            self.transport.abort()
