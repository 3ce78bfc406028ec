"""All that `MemoryStore` keeps but messages; the caller holds the lock."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from rookery.store.batch import Batch
from rookery.store.rows import (
    AccountRemoval,
    AccountRow,
    ListEntryRow,
    MailboxRow,
    RoomMove,
    RoomRemoval,
    RoomRow,
    Snapshot,
    SubscriptionRow,
    UploadRow,
)

T = TypeVar("T")
K = TypeVar("K")


class Rows:
    """The tables, as dicts of rows by their keys."""

    def __init__(self) -> None:
        self._mailboxes: dict[str, MailboxRow] = {}
        self._accounts: dict[str, AccountRow] = {}
        self._certificates: dict[str, str] = {}
        self._given_up: dict[str, int] = {}
        self._rooms: dict[str, RoomRow] = {}
        self._room_lists: dict[str, list[ListEntryRow]] = {}
        self._room_ranks: dict[str, dict[str, int]] = {}
        self._seats: dict[tuple[str, str], int] = {}
        self._read_markers: dict[tuple[str, str], int] = {}
        self._metadata: dict[tuple[str, str], str] = {}
        self._resends: dict[str, dict[str, int]] = {}
        self._uploads: dict[str, UploadRow] = {}
        self._subscriptions: dict[str, SubscriptionRow] = {}
        self._cloak_secret = secrets.token_bytes(32)

    def snapshot(self, last_id: int) -> Snapshot:
        """Return all as a start reads it, but `waiting`, which the log knows."""
        accounts, uploads = self._accounts, defaultdict[str, list[int]](list)
        for upload in self._uploads.values():
            uploads[upload.account].append(upload.bytes)
        metadata: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for (target, key), value in self._metadata.items():
            metadata[target][key] = value
        return Snapshot(
            last_id=max([last_id, *[row.watermark for row in self._mailboxes.values()]]),
            accounts={key: account.name for key, account in accounts.items()},
            unverified={key for key, account in accounts.items() if not account.is_verified},
            account_settings={
                key: account.settings for key, account in accounts.items() if account.settings
            },
            certificates=dict(self._certificates),
            given_up=dict(self._given_up),
            rooms=[*self._rooms.values()],
            room_lists={room: [*rows] for room, rows in self._room_lists.items() if rows},
            room_ranks={room: dict(ranks) for room, ranks in self._room_ranks.items() if ranks},
            metadata=dict(metadata),
            mailboxes=[*self._mailboxes.values()],
            waiting={},
            cloak_secret=self._cloak_secret,
            uploads={account: (len(sizes), sum(sizes)) for account, sizes in uploads.items()},
            subscriptions=sorted(
                self._subscriptions.values(), key=lambda row: (row.at_ms, row.endpoint)
            ),
        )

    def keep(self, batch: Batch) -> None:
        """Take over all rows of `batch`."""
        self._accounts |= batch.accounts
        self._given_up |= batch.floors
        self._rooms |= batch.rooms
        self._room_lists |= {room: [*rows] for room, rows in batch.room_lists.items()}
        self._room_ranks |= {room: dict(ranks) for room, ranks in batch.room_ranks.items()}
        for key, mailbox in batch.mailboxes.items():
            kept = self._mailboxes.get(key, mailbox).watermark
            self._mailboxes[key] = mailbox._replace(watermark=max(kept, mailbox.watermark))
        for fingerprint, account in batch.certificates.items():
            _put(self._certificates, fingerprint, account or None)
        for name, value in batch.metadata.items():
            _put(self._metadata, name, value)
        for upload_id, upload in batch.uploads.items():
            _put(self._uploads, upload_id, upload)
        for endpoint, subscription in batch.subscriptions.items():
            _put(self._subscriptions, endpoint, subscription)
        for counters, newer in (
            (self._seats, batch.seats),
            (self._read_markers, batch.read_markers),
        ):
            for pair, counter in newer.items():
                counters[pair] = max(counters.get(pair, 0), counter)
        for (sender, device), counter in batch.resends.items():
            of_sender = self._resends.setdefault(sender, {})
            of_sender[device] = max(of_sender.get(device, 0), counter)

    def forget_guests(self, seen_before_ms: int, has_mail: Callable[[str], bool]) -> None:
        """Remove the mailboxes of those who have no account and were not here since."""
        self._mailboxes = {
            key: row
            for key, row in self._mailboxes.items()
            if row.seen_at_ms >= seen_before_ms or key in self._accounts or has_mail(key)
        }

    def change(self, change: RoomMove | RoomRemoval | AccountRemoval) -> None:
        """Move or remove what a room or an account has."""
        match change:
            case RoomMove(old_key, key):
                self._move_room(old_key, key)
            case RoomRemoval(key):
                self._remove_room(key)
            case AccountRemoval():
                self._remove_account(change)

    def account(self, key: str) -> AccountRow | None:
        """Return the account."""
        return self._accounts.get(key)

    def seat(self, account: str, room: str) -> int:
        """Return up to where `account` had seen `room`."""
        return self._seats.get((account, room), 0)

    def read_marker(self, account: str, target: str) -> int:
        """Return up to when `account` has read `target`."""
        return self._read_markers.get((account, target), 0)

    def upload(self, upload_id: str) -> UploadRow | None:
        """Return what is known of an uploaded file."""
        return self._uploads.get(upload_id)

    def uploads_before(self, at_ms: int, max_rows: int) -> list[UploadRow]:
        """Return the oldest files, the oldest first."""
        old = [row for row in self._uploads.values() if row.at_ms < at_ms]
        return sorted(old, key=lambda row: (row.at_ms, row.id))[:max_rows]

    def uploads_of(self, account: str, after_id: str, max_rows: int) -> list[UploadRow]:
        """Return the files of an account, by their ids."""
        own = [row for row in self._uploads.values() if row.account == account]
        return sorted((row for row in own if row.id > after_id), key=lambda row: row.id)[:max_rows]

    def resends_of(self, sender: str) -> dict[str, int]:
        """Return the counters of a sender's devices."""
        return dict(self._resends.get(sender, {}))

    def _move_room(self, old_key: str, key: str) -> None:
        self._remove_room(key)
        _rekey(self._rooms, old_key, key)
        _rekey(self._room_lists, old_key, key)
        _rekey(self._room_ranks, old_key, key)
        for counters in (self._seats, self._read_markers):
            for account, _ in [pair for pair in counters if pair[1] == old_key]:
                counters[account, key] = counters.pop((account, old_key))
        for _, name in [pair for pair in self._metadata if pair[0] == old_key]:
            self._metadata[key, name] = self._metadata.pop((old_key, name))

    def _remove_room(self, key: str) -> None:
        self._rooms.pop(key, None)
        self._room_lists.pop(key, None)
        self._room_ranks.pop(key, None)
        _drop(self._seats, 1, key)
        _drop(self._read_markers, 1, key)
        _drop(self._metadata, 0, key)

    def _remove_account(self, removal: AccountRemoval) -> None:
        key, at_id = removal
        self._accounts.pop(key, None)
        self._resends.pop(key, None)
        for fingerprint in [name for name, owner in self._certificates.items() if owner == key]:
            del self._certificates[fingerprint]
        for ranks in self._room_ranks.values():
            ranks.pop(key, None)
        for room in [room for room in self._rooms.values() if room.founder == key]:
            self._rooms[room.key] = room._replace(founder="")
        _drop(self._seats, 0, key)
        _drop(self._read_markers, 0, key)
        _drop(self._metadata, 0, key)
        for endpoint in [one for one, row in self._subscriptions.items() if row.account == key]:
            del self._subscriptions[endpoint]
        for upload in [row for row in self._uploads.values() if row.account == key]:
            self._uploads[upload.id] = upload._replace(account="")
        self._given_up[key] = at_id
        if mailbox := self._mailboxes.get(key):
            self._mailboxes[key] = mailbox._replace(watermark=max(mailbox.watermark, at_id))


def _rekey(rows: dict[str, T], old_key: str, key: str) -> None:
    if old_key in rows:
        rows[key] = rows.pop(old_key)


def _drop(rows: dict[tuple[str, str], T], place: int, key: str) -> None:
    for pair in [pair for pair in rows if pair[place] == key]:
        del rows[pair]


def _put(rows: dict[K, T], key: K, value: T | None) -> None:
    """Set the row, or remove it where there is no value."""
    if value is None:
        rows.pop(key, None)
    else:
        rows[key] = value
