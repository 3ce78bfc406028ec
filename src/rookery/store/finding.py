"""How what is looked for becomes a question to the index.

All that comes from a person is cut into words by the index's own tokenizer first, so that nothing
of it can be taken for the index's language.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Final

from rookery.store.filing import KEY_MARK

_TOKENIZER: Final = """
    CREATE VIRTUAL TABLE text USING fts5(words, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE word USING fts5vocab(text, 'row');
"""


def question(words: str, places: Iterable[str], name: str, sender: str) -> str:
    """Return the MATCH expression; empty where nothing can be found."""
    readable = [_key("c", place) for place in places]
    if name:
        readable.append(_key("p", name))
    tokens = _tokens(words)
    if not readable or (words and not tokens):
        return ""
    if sender:
        tokens.append(_key("s", sender))
    return " AND ".join([f"({' OR '.join(readable)})", *[f'"{token}"' for token in tokens]])


def _tokens(words: str) -> list[str]:
    if not words:
        return []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_TOKENIZER)
        connection.execute("INSERT INTO text VALUES (?)", [words])
        return [row[0] for row in connection.execute("SELECT term FROM word")]


def _key(kind: str, key: str) -> str:
    return f'"{KEY_MARK}{kind}{key.encode().hex()}"'
