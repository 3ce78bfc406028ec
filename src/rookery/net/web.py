"""HTTP on a port, made ready behind its back: connections that come before wait for it.

aiohttp is imported and the page's files are read in threads once the port listens, so that a
server with a web page is as soon there for IRC as one without. Where that fails, the chat goes on:
it is told in the log, and tried again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rookery import log

if TYPE_CHECKING:
    from rookery.net.exchange import Site
    from rookery.net.gateway import Gateway
    from rookery.net.hall import Hall
    from rookery.net.http_connection import HttpConnection

_log: Final = log.get("web")
AGAIN_S: Final = 2.0
"""Between two tries to get ready: file descriptors that were used up come free again."""


class Web:
    """What HTTP connections are given to; `read_site` reads files, and runs in a thread."""

    def __init__(self, hall: Hall, group: asyncio.TaskGroup, read_site: Callable[[], Site]) -> None:
        self._hall = hall
        self._group = group
        self._read_site = read_site
        self._gateway: Gateway | None = None
        self._early: list[HttpConnection] = []

    def take(self, connection: HttpConnection) -> None:
        """Let HTTP be spoken on `connection`, as soon as that is possible."""
        if self._gateway is not None:
            connection.begin(self._gateway)
        else:
            self._early.append(connection)

    async def open(self) -> None:
        """Make it ready; returns when it is."""
        reason = ""
        while self._gateway is None:
            try:
                make, site = await asyncio.gather(
                    asyncio.to_thread(_gateway), asyncio.to_thread(self._read_site)
                )
            except (ImportError, OSError) as error:
                if reason != str(error):
                    reason = str(error)
                    remedy = "install Rookery again, or set web.enabled = false"
                    _log.error("the web page cannot be served yet", reason=reason, remedy=remedy)
                await asyncio.sleep(AGAIN_S)
            else:
                self._gateway = make(self._hall, self._group, site)
        early, self._early = self._early, []
        for connection in early:
            connection.begin(self._gateway)

    def close(self) -> None:
        """End all connections that are no WebSockets, behind what was written."""
        if self._gateway is not None:
            self._gateway.close()
        for connection in self._early:
            connection.close("The server stops")


def _gateway() -> type[Gateway]:
    from rookery.net.gateway import Gateway  # noqa: PLC0415 - slow

    return Gateway
