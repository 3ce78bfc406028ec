"""The files of the web page, read once at the start and answered from memory.

All are below an address that holds the hash of the whole tree, where they never change; the few
that must keep their address (the page itself, its service worker, its manifest) are asked about
anew each time. What a browser asks for is looked up among known names: no path reaches the disk.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from rookery.net.exchange import READING, Answer, Asked, Route, sentence

INDEX: Final = "index.html"
ROOTED: Final = (INDEX, "service-worker.js", "manifest.webmanifest")
"""Files with an address of their own; in them, names of files become addresses (`_rooted`)."""
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Files of other kinds are no part of the page, and are not served."""
_FOREVER: Final = "public, max-age=31536000, immutable"
_ASK_EACH_TIME: Final = "no-cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file as it is served."""

    body: bytes
    content_type: str
    caching: str
    etag: str


def read_pages(folder: Path) -> dict[str, Page]:
    """Return the page's files by address; reads them all, so not on the loop. Raises OSError."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TYPES and path.is_file()
    }
    below = f"/static/{_tree_hash(files)}/"
    pages = {
        f"{below}{name}": _page(name, body, _FOREVER)
        for name, body in files.items()
        if name not in ROOTED
    }
    addresses = sorted(pages)
    for name in ROOTED:
        if name in files:
            address = "/" if name == INDEX else f"/{name}"
            body = _rooted(name, files[name], below, addresses)
            pages[address] = _page(name, body, _ASK_EACH_TIME)
    return pages


def routes(pages: dict[str, Page]) -> tuple[Route, ...]:
    """Return the routes of the page's files."""

    async def serve(asked: Asked) -> Answer:
        page = pages.get(asked.path)
        if page is None:
            return sentence(HTTPStatus.NOT_FOUND, "This file of the page is not there (any more).")
        return _served(page, asked.headers.get("If-None-Match", ""))

    rooted = [address for address in pages if not address.startswith("/static/")]
    return tuple(Route(address, READING, serve) for address in (*rooted, "/static/"))


def _served(page: Page, known: str) -> Answer:
    """Answer with the page, or only that it is the one that is `known`. RFC 9110 §13.1.2."""
    headers = {"Cache-Control": page.caching, "ETag": page.etag}
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if page.etag in tags or "*" in tags:
        return Answer(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Answer(body=page.body, headers=headers | {"Content-Type": page.content_type})


def _page(name: str, body: bytes, caching: str) -> Page:
    return Page(
        body=body,
        content_type=_TYPES[Path(name).suffix],
        caching=caching,
        etag=f'"{_hash(body)}"',
    )


def _rooted(name: str, body: bytes, below: str, addresses: list[str]) -> bytes:
    """Return a file whose address stays, with the addresses of the others filled in.

    In the page and the manifest a file's quoted name becomes its quoted address; in the service
    worker `"__STATIC__"` becomes the folder's, and `"__FILES__"` the list of all.
    """
    if name == "service-worker.js":
        listed = json.dumps(["/", *addresses]).removeprefix("[").removesuffix("]").encode()
        return body.replace(b'"__FILES__"', listed).replace(b'"__STATIC__"', f'"{below}"'.encode())
    for address in addresses:
        quoted = f'"{address.removeprefix(below)}"'.encode()
        body = body.replace(quoted, f'"{address}"'.encode())
    return body


def _tree_hash(files: dict[str, bytes]) -> str:
    return _hash(b"".join(f"{name} {_hash(body)}\n".encode() for name, body in files.items()))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]
