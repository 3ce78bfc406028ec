"""Uploads: who may put how much on the shelf, and when it counts. `soju.im/FILEHOST`.

A file counts once its row is stored, and its row is stored once its bytes are on the disk: what is
cut off in between is nothing. Going, the row goes first.
"""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from rookery.core.usage import Bounds, Usage
from rookery.deliver.session import Reached
from rookery.store.base import UploadRow
from rookery.wire.disposition import in_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rookery.command.node import Node, Pool
    from rookery.deliver.session import Session

Upload: TypeAlias = UploadRow
"""What is known of a file."""
ID_BYTES: Final = 16
"""Of randomness: whoever knows an id may read the file, and nobody guesses one."""
TOKENS: Final = ("soju.im/FILEHOST", "draft/FILEHOST")
"""Under which clients look for the address."""
PATH: Final = "/upload"
FILES: Final = "/files/"
_DAY_MS: Final = 86_400_000
_SWEEP_MS: Final = 3_600_000
_SWEPT_AT_ONCE: Final = 100
_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRules:
    """The settings of uploads; see the reference of settings for their meaning."""

    bounds: Bounds
    url: str = ""
    max_age_ms: int = 0
    """0 for ever."""
    is_unencrypted_allowed: bool = False
    host: str = ""
    """What the certificate is for; empty where that is not known."""
    other_ports: frozenset[int] = frozenset()
    """Ports of ours that take no files."""

    def is_expired(self, row: UploadRow, now_ms: int) -> bool:
        """Return whether a file is there no more, even if it has not been removed yet."""
        return bool(self.max_age_ms) and now_ms - row.at_ms >= self.max_age_ms

    def may_send_password(self, address: str, *, is_encrypted: bool) -> bool:
        """Return whether a password may come over such a connection."""
        return is_encrypted or self.is_unencrypted_allowed or is_own_computer(address)


class Writing(Protocol):
    """A file on its way; all of it blocks, and may raise `OSError`."""

    def write(self, piece: bytes) -> None:
        """Add bytes."""

    def finish(self) -> None:
        """Have all of it on the disk."""

    def abandon(self) -> None:
        """Leave nothing of it."""


class Shelf(Protocol):
    """Where the bytes are; all of it blocks, and may raise `OSError`."""

    def begin(self, upload_id: str) -> Writing:
        """Return what takes the bytes of a new file."""

    def read(self, upload_id: str, start: int, size: int) -> bytes:
        """Return some bytes of a file; fewer at its end."""

    def remove(self, upload_id: str) -> None:
        """Remove a file, where it is there."""

    def ids(self) -> list[str]:
        """Return the ids of all files; remove those that were never finished."""


class Uploads:
    """The uploads of one node; `rules` is replaced when the settings are read again."""

    def __init__(
        self,
        rules: UploadRules,
        shelf: Shelf,
        files: Pool,
        kept: Mapping[str, tuple[int, int]],
    ) -> None:
        self.rules = rules
        self.shelf = shelf
        self.files = files
        """The threads that alone touch the shelf."""
        self.usage = Usage(kept)
        self.received_count = 0
        """Files that were taken since the start."""
        self._due_at_ms = 0
        self._removed: dict[str, None] = {}
        """Ids of files that were removed lately: who has read their row before must not again."""

    def clean_up(self, node: Node) -> None:
        """Remove what a killed server has left; once, before anything is uploaded."""
        left_overs = self.shelf.ids()

        def forget() -> None:
            for upload_id in left_overs:
                if node.store.upload(upload_id) is None:
                    self.shelf.remove(upload_id)

        self.files.run(forget, _nothing, _nothing)

    def tick(self, node: Node) -> None:
        """Remove what has expired, from time to time; call every second or so."""
        now_ms = node.now_ms()
        if now_ms < self._due_at_ms or not self.rules.max_age_ms:
            return
        self._due_at_ms = now_ms + _SWEEP_MS
        before_ms = now_ms - self.rules.max_age_ms + 1
        node.readers.run(
            lambda: node.store.uploads_before(before_ms, _SWEPT_AT_ONCE),
            lambda rows: self._expire(node, rows),
            _nothing,
        )

    def _expire(self, node: Node, rows: list[UploadRow]) -> None:
        for row in rows:
            self.remove(node, row, _nothing)
        if len(rows) == _SWEPT_AT_ONCE:
            self._due_at_ms = 0

    def disown(self, account: str) -> Callable[[], None]:
        """Let the files of an account that is gone be nobody's; return what takes that back."""
        size = self.usage.kept_by(account)
        self.usage.move(account, "", size)
        return partial(self.usage.move, "", account, size)

    def keep(self, node: Node, row: UploadRow, done: Callable[[bool], None]) -> None:
        """Store the row of a file whose bytes are on the disk; `done` says whether it counts."""
        _store(node, row.id, row, done)

    def remove(self, node: Node, row: UploadRow, done: Callable[[bool], None]) -> None:
        """Remove a file; `done` says whether it is gone. Whoever comes second changes nothing."""

        def then(is_stored: bool) -> None:  # noqa: FBT001 - what `done` is told
            if is_stored:
                self.usage.removed(row.account, row.bytes)
                self.files.run(partial(self.shelf.remove, row.id), _nothing, _nothing)
            else:
                self._removed.pop(row.id, None)
            done(is_stored)

        if row.id in self._removed:
            done(True)
            return
        self._removed[row.id] = None
        if len(self._removed) > _REMEMBERED:
            del self._removed[next(iter(self._removed))]
        _store(node, row.id, None, then)


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_urlsafe(ID_BYTES)


def address_of(upload_id: str, name: str) -> str:
    """Return where a file is shown, without the server that shows it."""
    return f"{FILES}{upload_id}/{in_path(name)}"


def tokens(uploads: Uploads | None, session: Session) -> dict[str, str]:
    """Return what ISUPPORT says to a session; nothing where it could not upload."""
    address = address_for(uploads.rules, session) if uploads is not None else ""
    return dict.fromkeys(TOKENS, address.replace("=", "\\x3D")) if address else {}


def address_for(rules: UploadRules, session: Session) -> str:
    """Return where a session's client uploads; empty where it may not, or that is not known."""
    host, port, page = session.port.reached() if session.port else Reached()
    if rules.url and not page:
        return rules.url
    may_send = rules.may_send_password(session.address, is_encrypted=session.is_encrypted)
    if not (host or page) or port in rules.other_ports or not may_send:
        return ""
    if page:  # It may ask its own server alone, whatever the address is for others.
        return f"{page}{PATH}"
    if session.is_encrypted:
        return f"https://{rules.host or _in_url(host)}:{port}{PATH}"
    return f"http://{_in_url(host)}:{port}{PATH}"


def is_own_computer(address: str) -> bool:
    """Return whether the address is of this computer."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _store(node: Node, upload_id: str, row: UploadRow | None, done: Callable[[bool], None]) -> None:
    """Write the row, or remove it; then tell whether that is on disk."""
    is_stored = True

    def refused(_: str) -> None:
        nonlocal is_stored
        is_stored = False

    epoch = node.epoch
    epoch.batch.uploads[upload_id] = row
    epoch.rows += 1
    epoch.waiting.append((refused, "", None))
    epoch.after_commit(lambda: done(is_stored))


def _nothing(_: object) -> None:
    """Nobody waits for the answer."""
