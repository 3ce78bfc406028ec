"""What a start reads of the database, all at once."""

# ruff: noqa: S608 - all that is put into the SQL are names of our own

from __future__ import annotations

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, TypeVar

from rookery.store.places import Places
from rookery.store.queries import LAST_ID
from rookery.store.rows import ListEntryRow, MailboxRow, RoomRow, Snapshot, SubscriptionRow
from rookery.store.writing import quoted

T = TypeVar("T")

_KEEP_SECRET: Final = "INSERT OR IGNORE INTO meta (key, value) VALUES ('cloak_secret', :secret)"
_ROOMS: Final = f"SELECT {', '.join(quoted(RoomRow._fields))} FROM room"
_ROOM_LISTS: Final = (
    f"SELECT room, {', '.join(quoted(ListEntryRow._fields))} FROM room_list ORDER BY room, position"
)
_UPLOADS: Final = "SELECT account, count(*), sum(bytes) FROM upload GROUP BY account"
_SUBSCRIPTIONS: Final = (
    f"SELECT {', '.join(SubscriptionRow._fields)} FROM subscription ORDER BY at_ms, endpoint"
)
_MAILBOXES: Final = f"SELECT {', '.join(MailboxRow._fields)} FROM mailbox"

# All is filed before this is read. Only conversations that hold something new are looked through.
_WAITING: Final = """
    SELECT mailbox.key, filed.id FROM mailbox
    CROSS JOIN correspondence ON correspondence.name = mailbox.key
        AND correspondence.received_id > mailbox.watermark
    CROSS JOIN filed ON filed.conversation = correspondence.conversation
        AND filed.id > mailbox.watermark
    CROSS JOIN message ON message.id = filed.id AND message.recipient = mailbox.key
    ORDER BY filed.id
"""


def read_places(connection: sqlite3.Connection) -> Places:
    """Return which conversations have moved; raises `sqlite3.Error`."""
    return Places(dict(connection.execute("SELECT key, place FROM place")))


def read_snapshot(connection: sqlite3.Connection) -> Snapshot:
    """Return what a server holds in memory; raises `sqlite3.Error`."""
    fetch = connection.execute
    # Once, by the first start; a secret for good needs the system's randomness, not SQLite's.
    fetch(_KEEP_SECRET, {"secret": secrets.token_bytes(32)})
    lists = defaultdict(list)
    for room, *entry in fetch(_ROOM_LISTS):
        lists[room].append(ListEntryRow(*entry))
    waiting = defaultdict(list)
    for name, message_id in fetch(_WAITING):
        waiting[name].append(message_id)
    return Snapshot(
        last_id=fetch(LAST_ID).fetchone()[0],
        accounts=dict(fetch("SELECT key, name FROM account")),
        unverified={key for (key,) in fetch("SELECT key FROM account WHERE NOT is_verified")},
        account_settings=dict(fetch("SELECT key, settings FROM account WHERE settings <> ''")),
        certificates=dict(fetch("SELECT fingerprint, account FROM certificate")),
        given_up=dict(fetch("SELECT name, id FROM given_up")),
        rooms=[RoomRow(*row) for row in fetch(_ROOMS)],
        room_lists=dict(lists),
        room_ranks=_nested(fetch("SELECT room, account, rank FROM room_rank")),
        metadata=_nested(fetch("SELECT target, key, value FROM metadata")),
        mailboxes=[MailboxRow(*row) for row in fetch(_MAILBOXES)],
        waiting=dict(waiting),
        cloak_secret=fetch("SELECT value FROM meta WHERE key = 'cloak_secret'").fetchone()[0],
        uploads={account: (count, size) for account, count, size in fetch(_UPLOADS)},
        subscriptions=[SubscriptionRow(*row) for row in fetch(_SUBSCRIPTIONS)],
    )


def _nested(rows: Iterable[tuple[str, str, T]]) -> dict[str, dict[str, T]]:
    """Return rows of (first key, second key, value) as a dict of dicts."""
    nested: dict[str, dict[str, T]] = {}
    for first, second, value in rows:
        nested.setdefault(first, {})[second] = value
    return nested
