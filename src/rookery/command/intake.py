"""One file on its way in: what it may still bring, what it is, and what is kept of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from rookery.command.uploads import new_id
from rookery.core.usage import Bounds, Shortage
from rookery.store.base import UploadRow
from rookery.wire import sniff

if TYPE_CHECKING:
    from rookery.command.node import Node
    from rookery.command.uploads import Uploads

_REFUSALS: Final = {
    Shortage.FILE: (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The file is too large: {0.file_bytes} bytes are allowed.",
    ),
    Shortage.ACCOUNT: (
        HTTPStatus.INSUFFICIENT_STORAGE,
        "Your files have the {0.account_bytes} bytes that you may have: delete one first.",
    ),
    Shortage.TOTAL: (
        HTTPStatus.INSUFFICIENT_STORAGE,
        "This server has no room left for files: tell who runs it.",
    ),
    Shortage.TOO_MANY: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Too many files are being uploaded: try again in a moment.",
    ),
}


class UploadRefused(Exception):
    """Raised where a file is not taken: why, and how soon another try makes sense."""

    def __init__(self, status: HTTPStatus, text: str, wait_s: int = 0) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.wait_s = wait_s


class Intake:
    """Counts a file as its pieces come; end it with `end`, whatever becomes of it."""

    def __init__(self, uploads: Uploads, account: str, announced: int) -> None:
        """Begin with the size that was announced, or 0. Raises `UploadRefused`."""
        self.id = new_id()
        self._uploads = uploads
        self._account = account
        self._counted = announced
        self._size = 0
        self._head = b""
        _check(uploads.usage.begin(account, announced, uploads.rules.bounds), uploads.rules.bounds)

    def take(self, piece: bytes) -> None:
        """Count the next piece, before it is written. Raises `UploadRefused`."""
        size = self._size + len(piece)
        if size > self._counted:
            bounds = self._uploads.rules.bounds
            _check(self._uploads.usage.grow(self._account, self._counted, size, bounds), bounds)
            self._counted = size
        self._size = size
        if len(self._head) < sniff.HEAD_BYTES:
            self._head += piece[: sniff.HEAD_BYTES - len(self._head)]

    def row(self, node: Node, name: str) -> UploadRow:
        """Return what is to be kept of the file, which is whole. Raises `UploadRefused`."""
        if self._account not in node.world.accounts:
            raise UploadRefused(HTTPStatus.UNAUTHORIZED, "Your account is not there any more.")
        kind = sniff.media_type(self._head)
        return UploadRow(self.id, self._account, name, kind, self._size, node.now_ms())

    def end(self, *, is_kept: bool) -> None:
        """Count it as kept, or not at all."""
        kept = self._size if is_kept else None
        self._uploads.usage.end(self._account, self._counted, kept)
        self._uploads.received_count += is_kept


def _check(shortage: Shortage | None, bounds: Bounds) -> None:
    if shortage is not None:
        status, text = _REFUSALS[shortage]
        raise UploadRefused(status, text.format(bounds))
