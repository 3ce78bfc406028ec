"""What the server answers over HTTP: the table of its addresses, and who may connect from where.

A part that answers for an address of its own adds its routes to `routes_of`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rookery import uploading
from rookery.health import illness_of
from rookery.net import pages
from rookery.net.exchange import READING, Answer, Asked, Route, Site, sentence
from rookery.net.hosts import is_known
from rookery.net.origins import is_listed, is_own
from rookery.net.shrink import shrunk

if TYPE_CHECKING:
    from rookery.assembly import Assembly
    from rookery.settings import Config

FOLDER: Final = Path(__file__).with_name("web")
WEBSOCKET_PATH: Final = "/ws"
HEALTH_PATH: Final = "/healthz"


def read_site(parts: Assembly, config: Callable[[], Config], folder: Path = FOLDER) -> Site:
    """Return all that the server's port answers; takes a while, so not on the loop. Raises OSError.

    `config` returns the settings as they are when something is asked.
    """
    page = pages.pages_of(shrunk(pages.read_files(folder)))
    machine = socket.gethostname()
    return Site(
        routes=(*routes_of(parts, config), *pages.routes(page)),
        websocket_path=WEBSOCKET_PATH,
        may_connect=lambda asked: may_connect(asked, config().web.origins),
        is_meant=lambda asked: is_meant(asked, config(), machine),
    )


def websocket_site(config: Callable[[], Config]) -> Site:
    """Return what a listener of kind websocket answers: that, and nothing else."""
    return Site(
        routes=(),
        websocket_path="",
        may_connect=lambda asked: is_listed(
            asked.headers.get("Origin"), config().server.websocket_origins
        ),
    )


def routes_of(parts: Assembly, config: Callable[[], Config]) -> tuple[Route, ...]:
    """Return the routes of all that is no file of the page; called in a thread, once."""
    return (
        Route(HEALTH_PATH, READING, partial(_health, parts)),
        *uploading.routes(parts.node, lambda asked: may_connect(asked, config().web.origins)),
    )


def may_connect(asked: Asked, allowed: tuple[str, ...]) -> bool:
    """Tell whether a WebSocket may come from where it says: our own page, or one allowed."""
    origin, host = asked.headers.get("Origin"), asked.headers.get("Host", "")
    if is_listed(origin, allowed):
        return True
    return origin is not None and is_own(origin, host, is_encrypted=asked.is_encrypted)


def is_meant(asked: Asked, config: Config, machine: str) -> bool:
    """Tell whether it is asked by a name of its own; TLS has looked at that, or a proxy.

    Whoever watches over a server may call it as they like.
    """
    if asked.is_encrypted or asked.path == HEALTH_PATH:
        return True
    server, uploads = config.server, urlsplit(config.uploads.url).hostname or ""
    known = (server.name, server.host, machine, uploads, *config.web.hosts)
    return is_known(asked.headers.get("Host", ""), known)


async def _health(parts: Assembly, asked: Asked) -> Answer:
    del asked
    illness = illness_of(parts)
    status = HTTPStatus.SERVICE_UNAVAILABLE if illness else HTTPStatus.OK
    return sentence(status, illness or "ok")
