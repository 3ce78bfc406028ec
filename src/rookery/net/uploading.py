"""Uploads over HTTP: POST a file with an account's name and password. `soju.im/FILEHOST`.

A file is taken piece by piece; 201 means that it is on the disk, and counted.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from rookery.command.intake import Intake, UploadRefused
from rookery.command.uploads import address_of
from rookery.errors import StoreUnavailableError
from rookery.net.exchange import Answer, Asked, sentence
from rookery.net.offload import answered, on_thread
from rookery.net.upload_guard import BUSY, CORS, Guard, preflight, refused
from rookery.wire.disposition import file_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Node
    from rookery.command.uploads import Uploads

METHODS: Final = ("OPTIONS", "POST")
T = TypeVar("T")
_DISK_FULL: Final = "The server's disk is full: try again later, and tell who runs it."


class Uploading:
    """Answers `/upload`."""

    def __init__(self, node: Node, uploads: Uploads, guard: Guard) -> None:
        self._node = node
        self._uploads = uploads
        self._guard = guard

    async def answer(self, asked: Asked) -> Answer:
        """Take a file, or say what may be sent."""
        if asked.method == "OPTIONS":
            return preflight(METHODS)
        try:
            return await self._take(asked)
        except UploadRefused as refusal:
            return refused(asked, refusal)
        except StoreUnavailableError:
            return sentence(HTTPStatus.SERVICE_UNAVAILABLE, BUSY, CORS)
        except ConnectionError:
            return sentence(HTTPStatus.BAD_REQUEST, "The file did not come whole.", CORS)

    async def _take(self, asked: Asked) -> Answer:
        account = await self._guard.owner(asked)
        if asked.headers.get("Content-Type", "").lower().startswith("multipart/"):
            text = "Send the file itself as the body, and not a form."
            raise UploadRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, text)
        if asked.headers.get("Content-Encoding", "identity").lower() != "identity":
            text = "Send the file as it is, and not compressed on its way."
            raise UploadRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, text)
        intake = Intake(self._uploads, account, _announced(asked))
        is_kept = False
        try:
            name = file_name(asked.headers.get("Content-Disposition", ""))
            is_kept = await self._receive(asked, intake, name)
        finally:
            intake.end(is_kept=is_kept)
        if not is_kept:
            raise UploadRefused(HTTPStatus.INSUFFICIENT_STORAGE, _DISK_FULL)
        location = self._location(intake.id, name)
        return sentence(HTTPStatus.CREATED, location, CORS | {"Location": location})

    async def _receive(self, asked: Asked, intake: Intake, name: str) -> bool:
        """Return whether the whole file is on the disk and its row too; else nothing of it is."""
        writing = await self._on_disk(partial(self._uploads.shelf.begin, intake.id))
        is_kept = False
        try:
            async for piece in asked.body:
                intake.take(piece)
                await self._on_disk(partial(writing.write, piece))
            await self._on_disk(writing.finish)
            row = intake.row(self._node, name)
            is_kept = await answered(partial(self._uploads.keep, self._node, row))
        finally:
            if not is_kept:
                await on_thread(self._uploads.files, writing.abandon)
        return is_kept

    async def _on_disk(self, work: Callable[[], T]) -> T:
        try:
            return await on_thread(self._uploads.files, work)
        except OSError as error:
            raise UploadRefused(HTTPStatus.INSUFFICIENT_STORAGE, _DISK_FULL) from error

    def _location(self, upload_id: str, name: str) -> str:
        """Return the file's address: beside that for uploads, which may be behind a proxy."""
        return self._uploads.rules.url.rpartition("/")[0] + address_of(upload_id, name)


def _announced(asked: Asked) -> int:
    """Return the size that a request announces; 0 where it does not."""
    size = asked.headers.get("Content-Length", "")
    return int(size) if size.isascii() and size.isdigit() else 0
