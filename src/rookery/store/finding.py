"""Search in the database: how what is looked for becomes a question to the index.

All that comes from a person is cut into words by the index's own tokenizer first, so that nothing
of it can be taken for the index's language (`docs/adr/0006-search-index.md`).
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Final

import msgspec

from rookery.core.events import Said
from rookery.store import queries
from rookery.store.connection import ReadConnections
from rookery.store.filing import KEY_MARK
from rookery.store.places import Places
from rookery.store.rows import Search
from rookery.store.words import matching

MAX_UNINDEXED: Final = 4096
"""How many messages that wait for the index a search looks through itself (unit: messages)."""
CANDIDATES: Final = (512, 4096)
"""How many messages with the words are looked at, whoever may read them, before the index is asked
where they stand as well: 1 ms, and then 10 ms; where the words are seldom together 10 and 60 ms,
which is half of what asking the index for forty places would cost (unit: messages)."""
FEW_PLACES: Final = 4
"""Up to so many the index is asked for at once; each costs a step per candidate (unit: places)."""

_TOKENIZER: Final = """
    CREATE VIRTUAL TABLE text USING fts5(words, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE word USING fts5vocab(text, 'row');
"""
_decode: Final = msgspec.json.Decoder(list[Said]).decode
_decode_tail: Final = msgspec.json.Decoder(tuple[int, list[Said]]).decode
_decode_some: Final = msgspec.json.Decoder(tuple[int, int, list[Said]]).decode


def find(readers: ReadConnections, places: Places, search: Search) -> list[Said]:
    """Return what the index finds, and what it would find if it had followed already.

    As they are stored: with places for conversations.
    """
    floors = {places.of(key): floor_id for key, floor_id in search.places.items()}
    tokens = _tokens(search.words)
    if not (floors or search.name) or (search.words and not tokens):
        return []
    parameters: dict[str, str | int] = {
        "places": json.dumps([*floors.items()]),
        "name": search.name,
        "name_floor": search.name_floor_id,
        "sender": search.sender,
        "after": search.after_id,
        "before": search.before_id,
        "max_tail": MAX_UNINDEXED,
    }
    indexed_upto, tail = _decode_tail(_answer(readers, queries.SEARCH_TAIL, parameters))
    # What is filed into the index from now on has been looked at in the tail.
    parameters["before"] = min(search.before_id, indexed_upto + 1)
    if search.sender:
        tokens.append(_key("s", search.sender))
    places_of_asker = _readable(floors, search.name)
    found = _indexed(readers, parameters, tokens, places_of_asker, search.max_messages)
    found += matching(tail, search.words)
    found.sort()
    return found[max(0, len(found) - search.max_messages) :]


def _indexed(
    readers: ReadConnections,
    parameters: dict[str, str | int],
    tokens: list[str],
    places: list[str],
    max_messages: int,
) -> list[Said]:
    """Return what the index finds; `places` are tokens too, any of which may occur."""
    found: list[Said] = []
    for max_candidates in CANDIDATES if tokens and len(places) > FEW_PLACES else ():
        parameters["match"] = " AND ".join(tokens)
        parameters["max_candidates"] = max_candidates
        parameters["max_messages"] = max_messages - len(found)
        count, last_id, some = _decode_some(_answer(readers, queries.SEARCH_SOME, parameters))
        found += some
        if count < max_candidates or len(found) == max_messages:
            return found
        # The next look begins where this one has ended.
        parameters["before"] = last_id
    parameters["match"] = " AND ".join([f"({' OR '.join(places)})", *tokens])
    parameters["max_messages"] = max_messages - len(found)
    return found + _decode(_answer(readers, queries.SEARCH, parameters))


def _answer(readers: ReadConnections, sql: str, parameters: dict[str, str | int]) -> str:
    row = readers.row(sql, parameters)
    assert row is not None
    answer: str = row[0]
    return answer


def _tokens(words: str) -> list[str]:
    """Return the words as the index knows them, quoted."""
    if not words:
        return []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_TOKENIZER)
        connection.execute("INSERT INTO text VALUES (?)", [words])
        return [f'"{row[0]}"' for row in connection.execute("SELECT term FROM word")]


def _readable(floors: dict[str, int], name: str) -> list[str]:
    """Return the tokens of which a message must have one."""
    places = [_key("c", place) for place in floors]
    return [*places, _key("p", name)] if name else places


def _key(kind: str, key: str) -> str:
    return f'"{KEY_MARK}{kind}{key.encode().hex()}"'
