"""What a store keeps and how it is asked; rows are plain values.

`commit` is all or nothing, and what it returned from is on disk. Reads may run on any thread and
see every commit that returned before they began. Ids are `core.clock` ids: time-ordered, unique,
the order of a conversation and the cursor into it (`docs/adr/0001-one-id.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from rookery.core.events import Said
from rookery.errors import StoreUnavailableError


class AccountRow(NamedTuple):
    """An account and what proves its owner; the proofs are opaque strings."""

    key: str
    name: str
    created_at_ms: int
    password_hash: str
    """argon2id in its encoded form."""
    scram: str
    """SCRAM-SHA-256 `iterations:salt:stored_key:server_key`, base64 parts."""


class RoomRow(NamedTuple):
    """A room that has something to remember."""

    key: str
    name: str
    created_at_ms: int
    founder: str
    """Key of the founding account; empty for none."""
    topic: str
    topic_by: str
    topic_at_ms: int
    modes: str
    """Letters of the flags that are set, sorted."""
    password: str
    """Mode `k`; empty for none."""
    limit: int
    """Mode `l`; 0 for none."""


class MailboxRow(NamedTuple):
    """How far a name is known to have received its private messages."""

    key: str
    watermark: int
    """Highest id that is proven received; 0 for none."""
    seen_at_ms: int
    """When the name last signed in; 0 for never."""


@dataclass(slots=True)
class Batch:
    """What one epoch commits.

    All but `messages` replace the row of the same key; but a watermark, a seat's id and a resend
    counter never go back, whatever order they come in.
    """

    messages: list[Said] = field(default_factory=list)
    """In id order, and above every id committed before."""
    mailboxes: dict[str, MailboxRow] = field(default_factory=dict)
    accounts: dict[str, AccountRow] = field(default_factory=dict)
    rooms: dict[str, RoomRow] = field(default_factory=dict)
    seats: dict[tuple[str, str], int] = field(default_factory=dict)
    """(account, room) to the highest id that the account has received there when it went."""
    resends: dict[tuple[str, str], int] = field(default_factory=dict)
    """(sender, device) to the highest counter stored (`docs/ext/resend.md`)."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a server holds in memory from its start on; accounts come without their proofs."""

    last_id: int
    accounts: dict[str, str]
    """Key to name as registered."""
    rooms: list[RoomRow]
    mailboxes: list[MailboxRow]
    cloak_secret: bytes
    """32 random bytes, made with the data: hides addresses in host names."""


class Welcome(NamedTuple):
    """What a name is owed when it signs in."""

    messages: list[Said]
    resends: dict[str, int]


class Store(Protocol):
    """A place for batches; SQLite is one, memory another."""

    def load(self) -> Snapshot:
        """Read what a start needs; once, before anything else. Raises `StoreError`."""

    def commit(self, batch: Batch) -> None:
        """Store all of `batch` durably or nothing of it; raises `StoreUnavailableError`.

        Only one thread commits.
        """

    def tidy(self) -> None:
        """Do what could wait, on the committing thread while it is idle; errors as in `commit`."""

    def welcome(self, name: str, above_id: int, upto_id: int, max_messages: int) -> Welcome:
        """Return the oldest private messages to `name` with `above_id < id <= upto_id`, in order.

        With them the resend counters by device of what `name` has sent. This and the other reads
        raise `StoreError` when the store cannot be read.
        """

    def history(
        self, conversation: str, after_id: int, before_id: int, max_messages: int, *, newest: bool
    ) -> list[Said]:
        """Return messages with `after_id < id < before_id` in id order.

        Where there are more than `max_messages`: the newest of them, or else the oldest.
        """

    def seat(self, account: str, room: str) -> int:
        """Return the id that `account` had received in `room` when it last went; 0 for never."""

    def account(self, key: str) -> AccountRow | None:
        """Return the account with its proofs."""

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
