"""What a store keeps and how it is asked; rows are plain values.

`commit` is all or nothing, and what it returned from is on disk. Reads may run on any thread and
see every commit that returned before they began. Ids are `core.clock` ids: time-ordered, unique,
the order of a conversation and the cursor into it (`docs/adr/0001-one-id.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from rookery.core.events import Said
from rookery.errors import StoreUnavailableError
from rookery.store.batch import Batch
from rookery.store.rows import (
    AccountRemoval,
    AccountRow,
    Forget,
    ListEntryRow,
    MailboxRow,
    Redaction,
    RoomMove,
    RoomRemoval,
    RoomRow,
    Search,
    Snapshot,
    SubscriptionRow,
    UploadRow,
    Welcome,
)

__all__ = [
    "AccountRemoval",
    "AccountRow",
    "Batch",
    "BatchWriter",
    "Done",
    "Forget",
    "ListEntryRow",
    "MailboxRow",
    "Redaction",
    "RoomMove",
    "RoomRemoval",
    "RoomRow",
    "Search",
    "Snapshot",
    "Store",
    "SubscriptionRow",
    "UploadRow",
    "Welcome",
]


class Store(Protocol):
    """A place for batches; SQLite is one, memory another."""

    def load(self, seen_before_ms: int = 0) -> Snapshot:
        """Read what a start needs; once, before anything else. Raises `StoreError`.

        Guests who were here last before `seen_before_ms`, and whom nothing was ever sent that is
        still kept, are forgotten for good.
        """

    def commit(self, batch: Batch) -> None:
        """Store all of `batch` durably or nothing of it; raises `StoreUnavailableError`.

        Only one thread commits.
        """

    def tidy(self) -> bool:
        """Do a little of what could wait; return whether more waits. Errors as in `commit`.

        Call it on the committing thread, while it is idle. What waits is the index of `search`,
        and the orders to forget.
        """

    def welcome(self, name: str, above_id: int, upto_id: int, max_messages: int) -> Welcome:
        """Return the oldest private messages to `name` with `above_id < id <= upto_id`, in order.

        With them the resend counters by device of what `name` has sent. This and the other reads
        raise `StoreError` when the store cannot be read.
        """

    def history(
        self,
        conversation: str,
        after_id: int,
        before_id: int,
        max_messages: int,
        *,
        newest: bool,
        talk_only: bool = False,
    ) -> list[Said]:
        """Return messages with `after_id < id < before_id` in id order.

        Where there are more than `max_messages`: the newest of them, or else the oldest. With
        `talk_only` they are PRIVMSG and NOTICE alone, and only those are counted.
        """

    def around(
        self, conversation: str, message_id: int, max_messages: int, *, talk_only: bool = False
    ) -> list[Said]:
        """Return the message, half of the rest from before it and half from after, in id order.

        One side makes up for what the other has not. The message itself need not exist.
        """

    def message(self, conversation: str, message_id: int) -> Said | None:
        """Return one message, if it was said there."""

    def correspondents(
        self, name: str, after_id: int, before_id: int, max_names: int
    ) -> list[tuple[str, int]]:
        """Return with whom `name` has talked in private, and the last id of each talk.

        Those of which the last lies in `after_id < id < before_id`; the earliest first, and where
        there are more than `max_names`, the earliest of them. Only PRIVMSG and NOTICE count.
        """

    def latest(self, conversations: Collection[str]) -> dict[str, int]:
        """Return the id of the last PRIVMSG or NOTICE of each that has one."""

    def search(self, search: Search) -> list[Said]:
        """Return the newest PRIVMSG and NOTICE that were looked for, in id order.

        Words are compared without case and accents. Under a load that leaves the writer no rest,
        the last that were said are not found yet; a moment later they are.
        """

    def export(self, account: str, after_id: int, max_messages: int) -> list[Said]:
        """Return the oldest above `after_id` of all that the account sent or got in private.

        In id order; ask again with the last id for the next part, until one is empty.
        """

    def read_marker(self, account: str, target: str) -> int:
        """Return up to when the account has read the room or person (ms since 1970); 0 for none."""

    def seat(self, account: str, room: str) -> int:
        """Return the id that `account` had received in `room` when it last went; 0 for never."""

    def account(self, key: str) -> AccountRow | None:
        """Return the account with its proofs."""

    def upload(self, upload_id: str) -> UploadRow | None:
        """Return what is known of an uploaded file."""

    def uploads_before(self, at_ms: int, max_rows: int) -> list[UploadRow]:
        """Return the oldest of the files that were uploaded before then, the oldest first."""

    def uploads_of(self, account: str, after_id: str, max_rows: int) -> list[UploadRow]:
        """Return the files of an account in the order of their ids, those behind `after_id`."""

    def close(self) -> None:
        """Release files and locks; nothing may be called afterwards."""


Done = Callable[[StoreUnavailableError | None], None]
"""Told once whether a batch is stored: None, or why nothing of it is."""


class BatchWriter(Protocol):
    """Takes batches from the loop's thread; the caller bounds how many are under way."""

    def submit(self, batch: Batch, done: Done) -> None:
        """Commit `batch`, then call `done` on the loop's thread, in the order of `submit`."""

    def stop(self) -> None:
        """Commit what was submitted and end; let the loop turn once more for the last `done`."""
