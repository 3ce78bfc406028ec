"""The listeners of a server, and what takes the connections of each.

The port listens before HTTP is ready: who comes meanwhile waits (`net.web`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from rookery import log, site
from rookery.errors import ConfigError
from rookery.net.door import Door
from rookery.net.listener import Entrance, Listener
from rookery.net.web import Web

if TYPE_CHECKING:
    import ssl

    from rookery.assembly import Assembly
    from rookery.net.exchange import Site
    from rookery.settings import Config

_log: Final = log.get("server")


class Entrances:
    """All that a server listens on; `config` returns the settings as they are now."""

    def __init__(
        self,
        parts: Assembly,
        group: asyncio.TaskGroup,
        tls: ssl.SSLContext | None,
        config: Callable[[], Config],
    ) -> None:
        self._parts = parts
        self._group = group
        self._tls = tls
        self._config = config
        self._listeners: list[Listener] = []
        self._webs: list[Web] = []
        self._door: Entrance = Door

    def open(self) -> int:
        """Listen everywhere, and return the port of server.port. Raises `RookeryError`."""
        config = self._config()
        server = config.server
        if config.web.enabled:
            page = self._web(partial(site.read_site, self._parts, self._config))
            self._door = partial(Door, web=page)
        main = self._listener("any")
        main.listen(server.host, server.port)
        for further in server.listeners:
            listener = self._listener(further.kind)
            listener.listen(further.address, further.port)
            _log.info(
                "further listener", host=further.address, port=listener.port, kind=further.kind
            )
        return main.port

    async def ready(self) -> None:
        """Get ready for HTTP where that is spoken."""
        for web in self._webs:
            await web.open()

    def close(self) -> None:
        """Accept no more, and end what is no session."""
        for listener in self._listeners:
            listener.close()
        for web in self._webs:
            web.close()

    def _listener(self, kind: str) -> Listener:
        if kind == "tls" and self._tls is None:
            raise ConfigError("server.listeners: kind tls needs tls.enabled = true.")
        door = self._door
        if kind == "websocket":
            web = self._web(partial(site.websocket_site, self._config))
            door = partial(Door, web=web, is_http_only=True)
        context = None if kind == "plain" else self._tls
        listener = Listener(self._parts.hall, self._group, context, door, is_tls_only=kind == "tls")
        self._listeners.append(listener)
        return listener

    def _web(self, read_site: Callable[[], Site]) -> Web:
        web = Web(self._parts.hall, self._group, read_site)
        self._webs.append(web)
        return web
