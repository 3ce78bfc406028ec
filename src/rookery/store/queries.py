"""The SQL of the reads of `SqliteStore`.

Every read answers with one row of JSON: a row at a time would take the interpreter's lock anew for
each. Messages above `filed_upto` are the tail and are found by their id alone; those below it are
found through `filed` and `filed_event` (`docs/adr/0004-filing-behind.md`). One statement covers
all, so that a filing between them can neither hide nor repeat a message.
"""

# ruff: noqa: S608 - all that is put into the SQL are names of our own

from __future__ import annotations

from typing import Final

from rookery.core.events import Said
from rookery.store.filing import FILED_UPTO, INDEXED_UPTO, TALK
from rookery.store.rows import AccountRow, UploadRow

LAST_ID: Final = """
    SELECT max(
        (SELECT ifnull(max(id), 0) FROM message),
        (SELECT ifnull(max(watermark), 0) FROM mailbox),
        (SELECT value FROM meta WHERE key = 'filed_upto')
    )
"""

_REST: Final = ", ".join(f"message.{name}" for name in Said._fields[1:])
_ROW: Final = f"message.id, {_REST}"
# Named so, the id is seen to be in the order of the key: nothing is sorted, and LIMIT ends it.
_FILED_ROW: Final = f"filed.id, {_REST}"
_AS_JSON: Final = f"SELECT json_group_array(json_array({', '.join(Said._fields)})) FROM"


def _history(order: str, *, talk_only: bool) -> str:
    # The choice stands in the table, not in a condition: thousands of events between two messages
    # cost a reader of talk nothing.
    tables = ("filed",) if talk_only else ("filed", "filed_event")
    filed = " UNION ALL ".join(
        f"""
        SELECT {_FILED_ROW} FROM {table} AS filed CROSS JOIN message ON message.id = filed.id
        WHERE filed.conversation = :conversation AND filed.id > :after AND filed.id < :before
        """
        for table in tables
    )
    return f"""
    {_AS_JSON} (
        SELECT {_ROW} FROM message
        WHERE id > max(:after, {FILED_UPTO}) AND id < :before AND conversation = :conversation
            {f"AND {TALK}" if talk_only else ""}
        UNION ALL {filed}
        ORDER BY 1 {order} LIMIT :max_messages
    )
    """


HISTORY: Final = {
    (newest, talk_only): _history("DESC" if newest else "ASC", talk_only=talk_only)
    for newest in (False, True)
    for talk_only in (False, True)
}
"""By whether the newest are asked for, and whether talk alone."""

MESSAGE: Final = f"{_AS_JSON} message WHERE id = :id AND conversation = :conversation"

WELCOME: Final = f"""
    {_AS_JSON} (
        SELECT {_ROW} FROM message
        WHERE id > max(:above, {FILED_UPTO}) AND id <= :upto AND recipient = :name AND {TALK}
        UNION ALL
        SELECT {_FILED_ROW} FROM correspondence
        CROSS JOIN filed ON filed.conversation = correspondence.conversation
        CROSS JOIN message ON message.id = filed.id
        WHERE correspondence.name = :name AND correspondence.received_id > :above
            AND filed.id > :above AND filed.id <= :upto AND message.recipient = :name
        ORDER BY 1 LIMIT :max_messages
    )
"""

CORRESPONDENTS: Final = f"""
    WITH talk (peer, id) AS (
        SELECT peer, last_id FROM correspondence WHERE name = :name AND last_id > 0
        UNION ALL
        SELECT iif(sender = :name, recipient, sender), id FROM message
        WHERE id > {FILED_UPTO} AND recipient <> '' AND :name IN (sender, recipient) AND {TALK}
    )
    SELECT json_group_array(json_array(peer, id)) FROM (
        SELECT peer, max(id) AS id FROM talk GROUP BY peer
        HAVING max(id) > :after AND max(id) < :before ORDER BY max(id) LIMIT :max_names
    )
"""

LATEST: Final = f"""
    WITH tail AS MATERIALIZED (
        SELECT conversation, max(id) AS id FROM message WHERE id > {FILED_UPTO} AND {TALK}
        GROUP BY conversation
    )
    SELECT json_group_array(json_array(place, id)) FROM (
        SELECT value AS place, max(
            ifnull((SELECT max(id) FROM filed WHERE conversation = value), 0),
            ifnull((SELECT id FROM tail WHERE conversation = value), 0)
        ) AS id FROM json_each(:places)
    ) WHERE id > 0
"""

EXPORT: Final = f"""
    {_AS_JSON} (
        SELECT {_ROW} FROM message
        WHERE id > :after AND (
            recipient = :account
            OR account = (SELECT name FROM account WHERE key = :account) AND account <> ''
        )
        ORDER BY id LIMIT :max_messages
    )
"""

_MAY_READ: Final = """(
    message.id > place.floor_id
    OR message.id > :name_floor AND :name <> '' AND message.recipient <> ''
        AND :name IN (message.sender, message.recipient)
)"""
_PLACES: Final = """
    WITH place AS MATERIALIZED (
        SELECT value ->> 0 AS place, value ->> 1 AS floor_id FROM json_each(:places)
    )
"""
_FOUND: Final = f"""(
    SELECT {_ROW} FROM candidate CROSS JOIN message ON message.id = candidate.rowid
    LEFT JOIN place ON place.place = message.conversation
    WHERE {_MAY_READ} AND {TALK} ORDER BY candidate.rowid DESC LIMIT :max_messages
)"""
_CANDIDATES: Final = """
    SELECT rowid FROM search_index
    WHERE search_index MATCH :match AND rowid > :after AND rowid < :before ORDER BY rowid DESC
"""
SEARCH: Final = f"{_PLACES}, candidate (rowid) AS ({_CANDIDATES}) {_AS_JSON} {_FOUND}"
# Looks at the newest candidates only, and tells how many they were and which was the last.
SEARCH_SOME: Final = f"""
    {_PLACES}, candidate (rowid) AS MATERIALIZED ({_CANDIDATES} LIMIT :max_candidates)
    SELECT json_array(
        (SELECT count(*) FROM candidate),
        (SELECT ifnull(min(rowid), 0) FROM candidate),
        ({_AS_JSON} {_FOUND})
    )
"""
# What is not indexed yet comes back whole and is compared outside.
SEARCH_TAIL: Final = f"""
    {_PLACES}
    SELECT json_array(
        {INDEXED_UPTO},
        (SELECT json_group_array(json_array({", ".join(Said._fields)})) FROM (
            SELECT {_ROW} FROM (
                SELECT * FROM message WHERE id > {INDEXED_UPTO} ORDER BY id DESC LIMIT :max_tail
            ) AS message
            LEFT JOIN place ON place.place = message.conversation
            WHERE id > :after AND id < :before AND :sender IN ('', sender)
                AND {_MAY_READ} AND {TALK}
        ))
    )
"""

RESENDS_OF: Final = "SELECT json_group_object(device, counter) FROM resend WHERE sender = :name"
SEAT_OF: Final = "SELECT id FROM seat WHERE account = :account AND room = :room"
READ_MARKER_OF: Final = (
    "SELECT at_ms FROM read_marker WHERE account = :account AND target = :target"
)
ACCOUNT_OF: Final = f"SELECT {', '.join(AccountRow._fields)} FROM account WHERE key = :key"
UPLOAD_OF: Final = f"SELECT {', '.join(UploadRow._fields)} FROM upload WHERE id = :id"
UPLOADS_BEFORE: Final = f"""
    SELECT json_group_array(json_array({", ".join(UploadRow._fields)})) FROM (
        SELECT * FROM upload WHERE at_ms < :before ORDER BY at_ms, id LIMIT :max_rows
    )
"""
UPLOADS_OF: Final = f"""
    SELECT json_group_array(json_array({", ".join(UploadRow._fields)})) FROM (
        SELECT * FROM upload WHERE account = :account AND id > :after ORDER BY id LIMIT :max_rows
    )
"""
