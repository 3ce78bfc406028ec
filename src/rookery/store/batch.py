"""What one epoch commits, all or nothing.

Moves and removals concern what was stored before the batch and are carried out first, in their
order; then come the rows. So `move_room` and `remove_…` also see to what the batch itself holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, cast

from rookery.core.events import Said
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
    SubscriptionRow,
    UploadRow,
)

T = TypeVar("T")


@dataclass(slots=True)
class Batch:
    """What one epoch commits.

    All but `messages` replace the row of the same key; but a watermark, a seat's id, a resend
    counter and a read marker never go back, whatever order they come in.
    """

    messages: list[Said] = field(default_factory=list)
    """In id order, and above every id committed before.

    PRIVMSG, NOTICE and TAGMSG as they are; of another event `command` names it and `text` is what
    follows the target on the wire (`bob :bye`), `recipient` being empty. A text of several lines
    has line feeds in it.
    """
    mailboxes: dict[str, MailboxRow] = field(default_factory=dict)
    accounts: dict[str, AccountRow] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)
    """Account to the id up to which what was said in private is not its owner's."""
    certificates: dict[str, str] = field(default_factory=dict)
    """Fingerprint to account key; empty to remove it."""
    rooms: dict[str, RoomRow] = field(default_factory=dict)
    room_lists: dict[str, list[ListEntryRow]] = field(default_factory=dict)
    """Room to all its masks, in order: they replace those it had. No mask twice in one list."""
    room_ranks: dict[str, dict[str, int]] = field(default_factory=dict)
    """Room to the ranks of all accounts that hold one there: they replace those it had."""
    seats: dict[tuple[str, str], int] = field(default_factory=dict)
    """(account, room) to the highest id that the account has received there when it went."""
    resends: dict[tuple[str, str], int] = field(default_factory=dict)
    """(sender, device) to the highest counter stored (`docs/ext/resend.md`)."""
    read_markers: dict[tuple[str, str], int] = field(default_factory=dict)
    """(account, room or person) to when they were last known to have read it (ms since 1970)."""
    metadata: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """(room or account, key) to value; None to remove it."""
    uploads: dict[str, UploadRow | None] = field(default_factory=dict)
    """Id to row; None to remove it."""
    subscriptions: dict[str, SubscriptionRow | None] = field(default_factory=dict)
    """Endpoint to row; None to remove it."""
    redactions: list[Redaction] = field(default_factory=list)
    forgets: list[Forget] = field(default_factory=list)
    changes: list[RoomMove | RoomRemoval | AccountRemoval] = field(default_factory=list)
    """Filled by the methods alone."""

    def move_room(self, old_key: str, room: RoomRow) -> None:
        """Give the room `old_key` the row `room` with its new key; all that it has goes along.

        That is its messages, lists, ranks, seats, read markers and metadata. What an earlier room
        of the new name has left behind is forgotten. Where both keys are the same, only the row
        is replaced.
        """
        key = room.key
        if key != old_key:
            self._drop_room(key)
            self.messages = [said for said in self.messages if said.conversation != key]
            self.messages = [
                said._replace(conversation=key) if said.conversation == old_key else said
                for said in self.messages
            ]
            self.redactions = [
                gone._replace(conversation=key) if gone.conversation == old_key else gone
                for gone in self.redactions
            ]
            _move(self.room_lists, old_key, key)
            _move(self.room_ranks, old_key, key)
            for rows in (self.seats, self.read_markers):
                for account, _ in [pair for pair in rows if pair[1] == old_key]:
                    rows[account, key] = rows.pop((account, old_key))
            for _, name in [pair for pair in self.metadata if pair[0] == old_key]:
                self.metadata[key, name] = self.metadata.pop((old_key, name))
            self.rooms.pop(old_key, None)
            self.changes.append(RoomMove(old_key, key))
        self.rooms[key] = room

    def remove_room(self, key: str, *, is_forgotten: bool) -> None:
        """Keep the room no longer, nor its lists, ranks, seats, read markers and metadata.

        What was said there goes where `is_forgotten`, and else is there for the next of its name.
        """
        self._drop_room(key)
        if is_forgotten:
            self.messages = [said for said in self.messages if said.conversation != key]
        self.changes.append(RoomRemoval(key, is_forgotten))

    def remove_account(self, key: str, at_id: int) -> None:
        """Keep the account no longer, nor what only it had.

        That is its proofs, certificates, seats, ranks, read markers, metadata, resend counters and
        subscriptions; rooms that it founded have no founder then, and its uploads no owner. What
        it said stays; what it has not received by `at_id`, the newest id, stays undelivered.
        """
        self.accounts.pop(key, None)
        self.floors.pop(key, None)
        self.mailboxes.pop(key, None)
        self.certificates = {
            print_: "" if owner == key else owner for print_, owner in self.certificates.items()
        }
        self.rooms = {
            name: room._replace(founder="") if room.founder == key else room
            for name, room in self.rooms.items()
        }
        for ranks in self.room_ranks.values():
            ranks.pop(key, None)
        _drop(self.seats, 0, key)
        _drop(self.read_markers, 0, key)
        _drop(self.metadata, 0, key)
        _drop(self.resends, 0, key)
        self.uploads = {
            name: row._replace(account="") if row and row.account == key else row
            for name, row in self.uploads.items()
        }
        self.subscriptions = {
            endpoint: None if row and row.account == key else row
            for endpoint, row in self.subscriptions.items()
        }
        self.changes.append(AccountRemoval(key, at_id))

    def _drop_room(self, key: str) -> None:
        """Take away what the batch holds of the room, but for its messages."""
        for rows in (self.rooms, self.room_lists, self.room_ranks):
            cast("dict[str, object]", rows).pop(key, None)
        _drop(self.seats, 1, key)
        _drop(self.read_markers, 1, key)
        _drop(self.metadata, 0, key)


def _move(rows: dict[str, T], old_key: str, key: str) -> None:
    if old_key in rows:
        rows[key] = rows.pop(old_key)


def _drop(rows: dict[tuple[str, str], T], place: int, key: str) -> None:
    for pair in [pair for pair in rows if pair[place] == key]:
        del rows[pair]
