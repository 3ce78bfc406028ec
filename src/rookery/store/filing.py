"""The SQL that follows behind the messages: their order, their index, and their end.

What is filed and what is indexed are found by key; what lies above `filed_upto` is the tail
(`docs/adr/0004-filing-behind.md`, `docs/adr/0006-search-index.md`).
"""

# ruff: noqa: S608 - all that is put into the SQL are names of our own

from __future__ import annotations

from typing import Final

from rookery.store.bulk import Bulk, Statement
from rookery.store.envelopes import FIELDS

TALK_COMMANDS: Final = ("PRIVMSG", "NOTICE")
TALK: Final = f"command IN {TALK_COMMANDS}"
FILED_UPTO: Final = "(SELECT value FROM meta WHERE key = 'filed_upto')"
INDEXED_UPTO: Final = "(SELECT value FROM meta WHERE key = 'indexed_upto')"

UNFILED: Final = f"""
    SELECT {", ".join(FIELDS)}, max(id), count(*) FROM message WHERE id > {FILED_UPTO}
    GROUP BY {", ".join(FIELDS)}
"""
"""The envelopes of the tail, each with the id of its last message and their number."""
# As it comes, in id order: sorting by conversation first costs as much as it saves.
FILE_TALK: Final = f"""
    INSERT INTO filed SELECT conversation, id FROM message WHERE id > {FILED_UPTO} AND {TALK}
"""
FILE_EVENTS: Final = f"""
    INSERT INTO filed_event
    SELECT conversation, id FROM message WHERE id > {FILED_UPTO} AND NOT {TALK}
"""
CORRESPONDENCE: Final = Bulk(
    "correspondence",
    ("name", "peer", "conversation", "last_id", "received_id"),
    "ON CONFLICT (name, peer) DO UPDATE SET last_id = max(last_id, excluded.last_id),"
    " received_id = max(received_id, excluded.received_id)",
)
FILED: Final = """
    UPDATE meta SET value = (SELECT max(id) FROM message)
    WHERE key = 'filed_upto' AND value < (SELECT max(id) FROM message)
"""

KEY_MARK: Final = "\ue000"
"""Begins the tokens of the index that are no words: a character for private use, which the
tokenizer takes for a letter. Behind it: c for the conversation, p for a person in private, s for
who said it; then the key in hexadecimal, since keys have characters that end a token."""
_INDEX_TEXT: Final = f"""
    text || ' {KEY_MARK}c' || hex(conversation) || ' {KEY_MARK}s' || hex(sender) ||
    CASE recipient WHEN '' THEN ''
        ELSE ' {KEY_MARK}p' || hex(sender) || ' {KEY_MARK}p' || hex(recipient) END
"""
INDEX_SLICE: Final = (
    f"""
    INSERT INTO search_index (rowid, words) SELECT id, {_INDEX_TEXT} FROM message
    WHERE id > {INDEXED_UPTO} AND id <= ? AND {TALK}
    """,
    "UPDATE meta SET value = ? WHERE key = 'indexed_upto'",
)

_GONE: Final = """
    SELECT message.id FROM json_each(?) AS gone
    CROSS JOIN message ON message.id = gone.value ->> 1
    WHERE message.conversation = gone.value ->> 0
"""
_ERASE: Final = (
    # The index keeps no copy: it must be told what it was given.
    f"""
    INSERT INTO search_index (search_index, rowid, words)
    SELECT 'delete', id, {_INDEX_TEXT} FROM message
    WHERE id IN ({_GONE}) AND id <= {INDEXED_UPTO} AND {TALK}
    """,
    f"""
    DELETE FROM filed WHERE (conversation, id) IN
        (SELECT conversation, id FROM message WHERE id IN ({_GONE}))
    """,
    f"""
    DELETE FROM filed_event WHERE (conversation, id) IN
        (SELECT conversation, id FROM message WHERE id IN ({_GONE}))
    """,
    f"""
    WITH gone AS MATERIALIZED (
        SELECT sender, recipient FROM message WHERE id IN ({_GONE}) AND recipient <> ''
    ), pair AS MATERIALIZED (
        SELECT sender AS name, recipient AS peer FROM gone UNION SELECT recipient, sender FROM gone
    )
    UPDATE correspondence SET last_id = ifnull(
        (SELECT max(id) FROM filed WHERE filed.conversation = correspondence.conversation), 0
    )
    FROM pair WHERE correspondence.name = pair.name AND correspondence.peer = pair.peer
    """,
    f"DELETE FROM message WHERE id IN ({_GONE})",
)


def erase(pairs: str) -> list[Statement]:
    """Return what erases messages, already filed; `pairs` is JSON: [[conversation, id], …]."""
    return [(sql, [pairs]) for sql in _ERASE]
