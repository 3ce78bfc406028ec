"""The files of the web page, read once at the start and answered from memory.

All are below an address that holds the hash of the whole tree, where they never change; the few
that must keep their address (the page itself, its service worker, its manifest) are asked about
anew each time. What a browser asks for is looked up among known names: no path reaches the disk.
Each is compressed once, for those who take it so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from rookery.net.exchange import READING, Answer, Asked, Route, sentence
from rookery.net.modules import loaded_with

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
_DENSE: Final = (".ico", ".png", ".woff2")
"""Files that compressing does not make smaller."""
_WORTH_BYTES: Final = 256
"""What is smaller fits into one packet with its headers either way."""
_TAKES_GZIP: Final = re.compile(
    r"(?:^|,)\s*gzip\s*(?:;\s*q=(?:1(?:\.0*)?|0\.0*[1-9]\d*)\s*)?(?:,|$)", re.IGNORECASE
)
"""Accept-Encoding that names it with a weight above 0. RFC 9110 §12.5.3."""
_FOREVER: Final = "public, max-age=31536000, immutable"
_ASK_EACH_TIME: Final = "no-cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file as it is served."""

    body: bytes
    content_type: str
    caching: str
    etag: str
    """Without quotes; compressed it is another one."""
    zipped: bytes
    """The body compressed by gzip; empty where that is not worth it."""


def read_files(folder: Path) -> dict[str, bytes]:
    """Return what is in the page's files, by name; not on the loop. Raises OSError."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TYPES and path.is_file()
    }


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    """Return the files as they are served, by address; compresses them all, so not on the loop."""
    below = f"/static/{_tree_hash(files)}/"
    if INDEX in files:
        files = files | {INDEX: _preloading(files)}
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
        return _served(page, asked.headers)

    rooted = [address for address in pages if not address.startswith("/static/")]
    return tuple(Route(address, READING, serve) for address in (*rooted, "/static/"))


def _served(page: Page, asked: Mapping[str, str]) -> Answer:
    """Answer with the page, or only that it is the one that is known. RFC 9110 §13.1.2."""
    is_zipped = bool(page.zipped and _TAKES_GZIP.search(asked.get("Accept-Encoding", "")))
    etag = f'"{page.etag}-gzip"' if is_zipped else f'"{page.etag}"'
    headers = {"Cache-Control": page.caching, "ETag": etag}
    if page.zipped:
        headers["Vary"] = "Accept-Encoding"
    known = {tag.strip().removeprefix("W/") for tag in asked.get("If-None-Match", "").split(",")}
    if etag in known or "*" in known:
        return Answer(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Type"] = page.content_type
    if is_zipped:
        return Answer(body=page.zipped, headers=headers | {"Content-Encoding": "gzip"})
    return Answer(body=page.body, headers=headers)


def _page(name: str, body: bytes, caching: str) -> Page:
    suffix = Path(name).suffix
    is_worth_it = suffix not in _DENSE and len(body) >= _WORTH_BYTES
    return Page(
        body=body,
        content_type=_TYPES[suffix],
        caching=caching,
        etag=_hash(body),
        zipped=gzip.compress(body, 9, mtime=0) if is_worth_it else b"",
    )


def _rooted(name: str, body: bytes, below: str, addresses: list[str]) -> bytes:
    """Return a file whose address stays, with the addresses of the others filled in.

    In the page and the manifest a file's quoted name becomes its quoted address; in the service
    worker `"__STATIC__"` becomes the folder's, and `"__FILES__"` the names of all.
    """
    if name == "service-worker.js":
        names = [address.removeprefix(below) for address in addresses]
        listed = json.dumps(names, separators=(",", ":"))[1:-1].encode()
        return body.replace(b'"__FILES__"', listed).replace(b'"__STATIC__"', f'"{below}"'.encode())
    for address in addresses:
        quoted = f'"{address.removeprefix(below)}"'.encode()
        body = body.replace(quoted, f'"{address}"'.encode())
    return body


def _preloading(files: dict[str, bytes]) -> bytes:
    """Return the page with its line of `"__MODULES__"` once for each module it loads at once."""
    index = files[INDEX]
    script = re.search(rb'<script type="module" src="([^"]+)"', index)
    line = re.search(rb'[^\n]*"__MODULES__"[^\n]*\n', index)
    if not script or not line:
        return index
    names = loaded_with(script[1].decode(), files)
    lines = (line[0].replace(b"__MODULES__", name.encode()) for name in names)
    return index.replace(line[0], b"".join(lines))


def _tree_hash(files: dict[str, bytes]) -> str:
    """Return what stands in every address: short, as it only has to change."""
    return _hash(b"".join(f"{name} {_hash(body)}\n".encode() for name, body in files.items()))[:12]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]
