"""The SQL of `SqliteStore`: what is written in bulk, and the reads.

Every read answers with one row of JSON: a row at a time would take the interpreter's lock anew for
each. Messages above `filed_upto` are the tail and are found by their id alone; those below it are
found through `filed` (`docs/adr/0004-filing-behind.md`). One statement covers both, so that a
filing between them can neither hide nor repeat a message.
"""

# ruff: noqa: S608 - all that is put into the SQL are names of our own

from __future__ import annotations

from typing import Final

from rookery.core.events import Said
from rookery.store.base import AccountRow, MailboxRow, RoomRow
from rookery.store.bulk import Bulk


def _replace(key: str, columns: tuple[str, ...]) -> str:
    """Return the clause that replaces the row of the same key."""
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != key)
    return f"ON CONFLICT ({key}) DO UPDATE SET {changes}"


def _quoted(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f'"{name}"' for name in columns)


MESSAGES: Final = Bulk("message", Said._fields)
MAILBOXES: Final = Bulk(
    "mailbox",
    MailboxRow._fields,
    "ON CONFLICT (key) DO UPDATE SET watermark = max(watermark, excluded.watermark),"
    " seen_at_ms = excluded.seen_at_ms",
)
ACCOUNTS: Final = Bulk("account", AccountRow._fields, _replace("key", AccountRow._fields))
ROOMS: Final = Bulk("room", _quoted(RoomRow._fields), _replace("key", RoomRow._fields))
SEATS: Final = Bulk(
    "seat",
    ("account", "room", "id"),
    "ON CONFLICT (account, room) DO UPDATE SET id = max(id, excluded.id)",
)
RESENDS: Final = Bulk(
    "resend",
    ("sender", "device", "counter"),
    "ON CONFLICT (sender, device) DO UPDATE SET counter = max(counter, excluded.counter)",
)

_FILED_UPTO: Final = "(SELECT value FROM meta WHERE key = 'filed_upto')"

# Each statement takes the turns of the interpreter's lock; so few large ones.
FILE_TAIL: Final = (
    # As it comes, in id order: sorting by conversation first costs as much as it saves.
    f"INSERT INTO filed SELECT conversation, id FROM message WHERE id > {_FILED_UPTO}",
    f"""
    WITH pair AS MATERIALIZED (
        SELECT sender, recipient, conversation, max(id) AS id FROM message
        WHERE id > {_FILED_UPTO} AND recipient <> '' GROUP BY sender, recipient
    )
    INSERT INTO correspondence
        SELECT recipient, sender, conversation, id, id FROM pair
        UNION ALL SELECT sender, recipient, conversation, id, 0 FROM pair
        WHERE true
    ON CONFLICT (name, peer) DO UPDATE SET
        last_id = max(last_id, excluded.last_id),
        received_id = max(received_id, excluded.received_id)
    """,
    """
    UPDATE meta SET value = (SELECT max(id) FROM message)
    WHERE key = 'filed_upto' AND value < (SELECT max(id) FROM message)
    """,
)

LAST_ID: Final = """
    SELECT max(
        (SELECT ifnull(max(id), 0) FROM message),
        (SELECT ifnull(max(watermark), 0) FROM mailbox),
        (SELECT value FROM meta WHERE key = 'filed_upto')
    )
"""

KEEP_SECRET: Final = "INSERT OR IGNORE INTO meta (key, value) VALUES ('cloak_secret', :secret)"
ALL_ROOMS: Final = f"SELECT {', '.join(_quoted(RoomRow._fields))} FROM room"
ALL_MAILBOXES: Final = f"SELECT {', '.join(MailboxRow._fields)} FROM mailbox"

_REST: Final = ", ".join(f"message.{name}" for name in Said._fields[1:])
_ROW: Final = f"message.id, {_REST}"
# Named so, the id is seen to be in the order of the key: nothing is sorted, and LIMIT ends it.
_FILED_ROW: Final = f"filed.id, {_REST}"
_AS_JSON: Final = f"SELECT json_group_array(json_array({', '.join(Said._fields)})) FROM"


def _history(order: str) -> str:
    return f"""
    {_AS_JSON} (
        SELECT {_ROW} FROM message
        WHERE id > max(:after, {_FILED_UPTO}) AND id < :before AND conversation = :conversation
        UNION ALL
        SELECT {_FILED_ROW} FROM filed CROSS JOIN message ON message.id = filed.id
        WHERE filed.conversation = :conversation AND filed.id > :after AND filed.id < :before
        ORDER BY 1 {order} LIMIT :max_messages
    )
    """


HISTORY_NEWEST: Final = _history("DESC")
HISTORY_OLDEST: Final = _history("ASC")

WELCOME: Final = f"""
    {_AS_JSON} (
        SELECT {_ROW} FROM message
        WHERE id > max(:above, {_FILED_UPTO}) AND id <= :upto AND recipient = :name
        UNION ALL
        SELECT {_FILED_ROW} FROM correspondence
        CROSS JOIN filed ON filed.conversation = correspondence.conversation
        CROSS JOIN message ON message.id = filed.id
        WHERE correspondence.name = :name AND correspondence.received_id > :above
            AND filed.id > :above AND filed.id <= :upto AND message.recipient = :name
        ORDER BY 1 LIMIT :max_messages
    )
"""

RESENDS_OF: Final = "SELECT json_group_object(device, counter) FROM resend WHERE sender = :name"
SEAT_OF: Final = "SELECT id FROM seat WHERE account = :account AND room = :room"
ACCOUNT_OF: Final = f"SELECT {', '.join(AccountRow._fields)} FROM account WHERE key = :key"
