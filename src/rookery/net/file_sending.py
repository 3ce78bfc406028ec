"""Uploaded files, as they are shown: to whoever knows their address, and harmless there.

A browser shows pictures, sound and films, and saves the rest; it runs nothing of what it gets here.
RFC 9110 §13, §14; RFC 6266.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from rookery.command.intake import UploadRefused
from rookery.command.uploads import FILES
from rookery.errors import StoreUnavailableError
from rookery.net.exchange import READING, Answer, Asked, sentence
from rookery.net.offload import answered, on_thread
from rookery.net.upload_guard import BUSY, CORS, Guard, preflight, refused
from rookery.wire.disposition import content_disposition
from rookery.wire.ranges import Part, part_of
from rookery.wire.sniff import may_be_shown

if TYPE_CHECKING:
    from rookery.command.node import Node
    from rookery.command.uploads import Upload, Uploads

METHODS: Final = (*READING, "DELETE", "OPTIONS")
PIECE_BYTES: Final = 1 << 18
"""How much of a file is in memory at a time, for each who reads one."""
_HARMLESS: Final = {
    "Accept-Ranges": "bytes",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_NOT_THERE: Final = "This file is not there (any more)."


class FileSending:
    """Answers `/files/ID/NAME`."""

    def __init__(self, node: Node, uploads: Uploads, guard: Guard) -> None:
        self._node = node
        self._uploads = uploads
        self._guard = guard

    async def answer(self, asked: Asked) -> Answer:
        """Show a file, or delete it for its owner."""
        if asked.method == "OPTIONS":
            return preflight(METHODS)
        try:
            row = await self._row(asked.path)
            if row is None:
                return sentence(HTTPStatus.NOT_FOUND, _NOT_THERE, CORS)
            if asked.method == "DELETE":
                return await self._delete(asked, row)
            return await self._show(asked, row)
        except UploadRefused as refusal:
            return refused(asked, refusal)
        except StoreUnavailableError:
            return sentence(HTTPStatus.SERVICE_UNAVAILABLE, BUSY, CORS)

    async def _row(self, path: str) -> Upload | None:
        """Return the file of an address; its name is a part of it."""
        upload_id, _, name = path.removeprefix(FILES).partition("/")
        store = self._node.store
        row = await on_thread(self._node.readers, partial(store.upload, upload_id))
        if row is None or row.name != name:
            return None
        return None if self._uploads.rules.is_expired(row, self._node.now_ms()) else row

    async def _show(self, asked: Asked, row: Upload) -> Answer:
        etag = f'"{row.id}"'
        headers = {**_HARMLESS, "ETag": etag}
        known = asked.headers.get("If-None-Match", "")
        if etag in known or known.strip() == "*":
            return Answer(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        status, part = HTTPStatus.OK, Part(0, row.bytes)
        wanted = part_of(asked.headers.get("Range", ""), row.bytes)
        if wanted is not None and asked.headers.get("If-Range", etag) == etag:
            status, part = HTTPStatus.PARTIAL_CONTENT, wanted
            if not part.size:
                headers["Content-Range"] = f"bytes */{row.bytes}"
                text = "The file has no such part."
                return sentence(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, text, headers)
            last = part.start + part.size - 1
            headers["Content-Range"] = f"bytes {part.start}-{last}/{row.bytes}"
        is_shown = may_be_shown(row.media_type)
        headers["Content-Type"] = row.media_type
        headers["Content-Disposition"] = content_disposition(row.name, is_shown=is_shown)
        headers["Content-Length"] = str(part.size)
        if asked.method == "HEAD":
            return Answer(status=status, headers=headers)
        return await self._send(row, status, headers, part)

    async def _send(
        self, row: Upload, status: HTTPStatus, headers: dict[str, str], part: Part
    ) -> Answer:
        """Return the part; the first piece is read before anything is promised."""
        read = partial(self._uploads.shelf.read, row.id)
        first_size = min(part.size, PIECE_BYTES)
        try:
            first = await on_thread(self._uploads.files, partial(read, part.start, first_size))
        except OSError:
            return sentence(HTTPStatus.NOT_FOUND, _NOT_THERE, CORS)

        async def pieces() -> AsyncIterator[bytes]:
            yield first
            at, end = part.start + first_size, part.start + part.size
            while at < end:
                size = min(PIECE_BYTES, end - at)
                try:
                    piece = await on_thread(self._uploads.files, partial(read, at, size))
                except FileNotFoundError:
                    piece = b""  # It was deleted, or has expired, meanwhile.
                if not piece:
                    raise ConnectionError("the file became shorter")
                yield piece
                at += len(piece)

        return Answer(status=status, headers=headers, body=pieces())

    async def _delete(self, asked: Asked, row: Upload) -> Answer:
        if await self._guard.owner(asked) != row.account:
            raise UploadRefused(HTTPStatus.FORBIDDEN, "This is somebody else's file.")
        if not await answered(partial(self._uploads.remove, self._node, row)):
            raise UploadRefused(
                HTTPStatus.INSUFFICIENT_STORAGE, "The server cannot write to its disk."
            )
        return sentence(HTTPStatus.OK, "The file is gone.", CORS)
