"""A request and its answer, as those see them who answer for an address of the web page.

No library shows here, so a handler needs none: it gets an `Asked` and returns an `Answer`.
Handlers run on the event loop: what reads files or hashes waits for a thread (`command.wait_for`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, NamedTuple, TypeAlias

READING: Final = ("GET", "HEAD")
STRICT: Final = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What stands in every answer; an `Answer` may set one of them to something narrower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request whose head has come; `body` is read as far as its handler wants."""

    method: str
    path: str
    """Begins with a slash; what was encoded with % is decoded, and `..` is no folder."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Looked up in any case."""
    address: str
    """The client's IP address, also behind a proxy that is believed."""
    is_encrypted: bool
    """Whether it is HTTPS from the client on, as far as we or a proxy that is believed know."""
    body: AsyncIterator[bytes]
    """Pieces of the body as they come; raises TimeoutError where none comes for long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back; a body in pieces needs a Content-Length, or is sent chunked."""

    status: HTTPStatus = HTTPStatus.OK
    body: bytes | AsyncIterator[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler: TypeAlias = "Callable[[Asked], Awaitable[Answer]]"


class Route(NamedTuple):
    """One address, or with a slash at its end all that is below it."""

    prefix: str
    methods: tuple[str, ...]
    """Methods that have a meaning there; others are answered 405."""
    handler: Handler

    def covers(self, path: str) -> bool:
        """Tell whether it answers for `path`; the root is one address, and not all below it."""
        if path == self.prefix:
            return True
        return self.prefix.endswith("/") and self.prefix != "/" and path.startswith(self.prefix)


def _anybody(asked: Asked) -> bool:
    del asked
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that a port answers over HTTP."""

    routes: tuple[Route, ...]
    websocket_path: str
    """Where IRC over WebSocket is spoken; empty for everywhere."""
    may_connect: Callable[[Asked], bool]
    """Tells whether the page that a WebSocket comes from may open one."""
    is_meant: Callable[[Asked], bool] = _anybody
    """Tells whether it is asked by a name of its own."""

    def is_websocket(self, path: str) -> bool:
        """Tell whether `path` is for IRC over WebSocket."""
        return not self.websocket_path or path == self.websocket_path

    def misdirected(self, asked: Asked) -> Answer | None:
        """Return what is told to who asks for another server, by its name. RFC 9110 §15.5.20."""
        if self.is_meant(asked):
            return None
        text = (
            "This server does not know that it is called so: who runs it adds the name to web.hosts"
            " (or the proxy in front of it to server.proxy_from), or turns TLS on."
        )
        return sentence(HTTPStatus.MISDIRECTED_REQUEST, text, {"Connection": "close"})

    async def answer(self, asked: Asked) -> Answer:
        """Return what the handler of the address says, or 404 or 405."""
        route = next((route for route in self.routes if route.covers(asked.path)), None)
        if route is None:
            return sentence(HTTPStatus.NOT_FOUND, "There is nothing here. The chat is at /")
        if asked.method in route.methods:
            return await route.handler(asked)
        allowed = ", ".join(route.methods)
        text = f"This address knows only {allowed}."
        return sentence(HTTPStatus.METHOD_NOT_ALLOWED, text, {"Allow": allowed})


def sentence(status: HTTPStatus, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Return an answer for people: one sentence of plain text."""
    shown = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Answer(status=status, body=f"{text}\n".encode(), headers=shown | dict(headers or {}))
