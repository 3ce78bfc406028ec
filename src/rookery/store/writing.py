"""The SQL that writes what is in a batch; what follows behind is in `filing`.

Each statement takes the turns of the interpreter's lock; so few large ones.
"""

# ruff: noqa: S608 - all that is put into the SQL are names of our own

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Final

from rookery.store.batch import Batch
from rookery.store.bulk import Bulk, Statement, replacing
from rookery.store.rows import (
    AccountRemoval,
    AccountRow,
    ListEntryRow,
    MailboxRow,
    RoomMove,
    RoomRemoval,
    RoomRow,
    SubscriptionRow,
    UploadRow,
)


def quoted(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names as SQL takes them; `by` and `limit` are words of its own."""
    return tuple(f'"{name}"' for name in columns)


_MAILBOXES: Final = Bulk(
    "mailbox",
    MailboxRow._fields,
    "ON CONFLICT (key) DO UPDATE SET watermark = max(watermark, excluded.watermark),"
    " seen_at_ms = excluded.seen_at_ms",
)
_ACCOUNTS: Final = Bulk("account", AccountRow._fields, replacing("key", AccountRow._fields))
_ROOMS: Final = Bulk("room", quoted(RoomRow._fields), replacing("key", RoomRow._fields))
_ROOM_LISTS: Final = Bulk("room_list", ("room", "position", *quoted(ListEntryRow._fields)))
_ROOM_RANKS: Final = Bulk("room_rank", ("room", "account", "rank"))
_SEATS: Final = Bulk(
    "seat",
    ("account", "room", "id"),
    "ON CONFLICT (account, room) DO UPDATE SET id = max(id, excluded.id)",
)
_RESENDS: Final = Bulk(
    "resend",
    ("sender", "device", "counter"),
    "ON CONFLICT (sender, device) DO UPDATE SET counter = max(counter, excluded.counter)",
)
_CERTIFICATES: Final = Bulk(
    "certificate",
    ("fingerprint", "account"),
    "ON CONFLICT (fingerprint) DO UPDATE SET account = excluded.account",
)
_READ_MARKERS: Final = Bulk(
    "read_marker",
    ("account", "target", "at_ms"),
    "ON CONFLICT (account, target) DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)",
)
_METADATA: Final = Bulk(
    "metadata",
    ("target", "key", "value"),
    "ON CONFLICT (target, key) DO UPDATE SET value = excluded.value",
)


_UPLOADS: Final = Bulk("upload", UploadRow._fields)
_SUBSCRIPTIONS: Final = Bulk("subscription", SubscriptionRow._fields)


def rows_of(batch: Batch) -> Iterator[Statement]:
    """Return what writes the rows of a batch, but for its messages and what they entail."""
    # One test for each, since most batches are messages and a few mailboxes.
    if batch.mailboxes:
        yield from _MAILBOXES.statements(batch.mailboxes.values())
    if batch.accounts or batch.floors:
        yield from _account_rows(batch)
    if batch.rooms:
        yield from _ROOMS.statements(batch.rooms.values())
    if batch.seats:
        yield from _SEATS.statements(_flat(batch.seats))
    if batch.resends:
        yield from _RESENDS.statements(_flat(batch.resends))
    if batch.read_markers:
        yield from _READ_MARKERS.statements(_flat(batch.read_markers))
    if batch.certificates:
        yield _delete("certificate", "fingerprint", batch.certificates)
        kept = [(print_, owner) for print_, owner in batch.certificates.items() if owner]
        yield from _CERTIFICATES.statements(kept)
    if batch.room_lists or batch.room_ranks:
        yield from _room_rows(batch)
    if batch.metadata:
        yield from _metadata_rows(batch)
    if batch.uploads or batch.subscriptions:
        yield from _replaced_rows(batch)


def _account_rows(batch: Batch) -> Iterator[Statement]:
    yield from _ACCOUNTS.statements(batch.accounts.values())
    for floor in batch.floors.items():
        yield "INSERT OR REPLACE INTO given_up (name, id) VALUES (?, ?)", [*floor]


def _room_rows(batch: Batch) -> Iterator[Statement]:
    if batch.room_lists:
        yield _delete("room_list", "room", batch.room_lists)
        masks = [
            (room, place, *entry)
            for room, entries in batch.room_lists.items()
            for place, entry in enumerate(entries)
        ]
        yield from _ROOM_LISTS.statements(masks)
    if batch.room_ranks:
        yield _delete("room_rank", "room", batch.room_ranks)
        ranks = [(room, *rank) for room, of in batch.room_ranks.items() for rank in of.items()]
        yield from _ROOM_RANKS.statements(ranks)


def _metadata_rows(batch: Batch) -> Iterator[Statement]:
    for (target, key), value in batch.metadata.items():
        if value is None:
            yield "DELETE FROM metadata WHERE target = ? AND key = ?", [target, key]
    values = [(*name, value) for name, value in batch.metadata.items() if value is not None]
    yield from _METADATA.statements(values)


def _replaced_rows(batch: Batch) -> Iterator[Statement]:
    yield _delete("upload", "id", batch.uploads)
    yield from _UPLOADS.statements([row for row in batch.uploads.values() if row])
    yield _delete("subscription", "endpoint", batch.subscriptions)
    yield from _SUBSCRIPTIONS.statements([row for row in batch.subscriptions.values() if row])


_ROOM_TABLES: Final = (
    ("room", "key"),
    ("room_list", "room"),
    ("room_rank", "room"),
    ("seat", "room"),
    ("read_marker", "target"),
    ("metadata", "target"),
)
_ACCOUNT_TABLES: Final = (
    ("account", "key"),
    ("certificate", "account"),
    ("room_rank", "account"),
    ("seat", "account"),
    ("read_marker", "account"),
    ("metadata", "target"),
    ("resend", "sender"),
    ("subscription", "account"),
)


def changes_of(batch: Batch) -> Iterator[Statement]:
    """Return what moves and removes rows, but for the messages, which `places` sees to."""
    for change in batch.changes:
        match change:
            case RoomMove(old_key, key):
                for table, column in _ROOM_TABLES:
                    yield f"DELETE FROM {table} WHERE {column} = ?", [key]
                    yield f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [key, old_key]
            case RoomRemoval(key):
                for table, column in _ROOM_TABLES:
                    yield f"DELETE FROM {table} WHERE {column} = ?", [key]
            case AccountRemoval(key, at_id):
                for table, column in _ACCOUNT_TABLES:
                    yield f"DELETE FROM {table} WHERE {column} = ?", [key]
                yield "UPDATE room SET founder = '' WHERE founder = ?", [key]
                yield "UPDATE upload SET account = '' WHERE account = ?", [key]
                yield "INSERT OR REPLACE INTO given_up (name, id) VALUES (?, ?)", [key, at_id]
                yield (
                    "UPDATE mailbox SET watermark = max(watermark, ?) WHERE key = ?",
                    [at_id, key],
                )


def _delete(table: str, column: str, keys: Collection[str]) -> Statement:
    keys_json = json.dumps([*keys])
    return f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", [keys_json]


def _flat(rows: dict[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    return [(*pair, number) for pair, number in rows.items()]


# Without the row, all that a name has ever received would be sent to it once more.
FORGET_GUESTS: Final = """
    DELETE FROM mailbox WHERE seen_at_ms < ? AND key NOT IN (SELECT key FROM account)
    AND NOT EXISTS (
        SELECT 1 FROM correspondence WHERE name = mailbox.key AND received_id > 0
    )
"""
