"""What is committed and not filed yet: its rows lie in the database, its envelopes are known here.

So who has written to whom need not be gathered from the rows. `filing` changes nothing; `clear`
does, when what `filing` returned has been committed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final

from rookery.store import filing
from rookery.store.bulk import Statement
from rookery.store.envelopes import FIELDS, Envelope, Sealed

_COMMAND: Final = FIELDS.index("command")


class Tail:
    """The messages above `filed_upto`."""

    def __init__(self) -> None:
        self.rows = 0
        self._last_ids: dict[Envelope, int] = {}

    def read(self, connection: sqlite3.Connection) -> None:
        """Take over what an earlier process has left. Raises `sqlite3.Error`."""
        for *envelope, last_id, rows in connection.execute(filing.UNFILED):
            self._last_ids[tuple(envelope)] = last_id
            self.rows += rows

    def grow(self, sealed: Sealed, rows: int) -> None:
        """Note messages that are committed."""
        self._last_ids |= sealed.last_ids
        self.rows += rows

    def clear(self) -> None:
        """Note that all is filed."""
        self.rows = 0
        self._last_ids = {}

    def filing(self, more: Mapping[Envelope, int]) -> list[Statement]:
        """Return what files all, and messages of this transaction: `more` as in `Sealed`."""
        last_ids = {**self._last_ids, **more}
        has_events = any(envelope[_COMMAND] not in filing.TALK_COMMANDS for envelope in last_ids)
        return [
            (filing.FILE_TALK, []),
            *([(filing.FILE_EVENTS, [])] if has_events else []),
            *filing.CORRESPONDENCE.statements([*_both_sides(last_ids)]),
            (filing.FILED, []),
        ]


def _both_sides(last_ids: Mapping[Envelope, int]) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of `correspondence` for the talk among these messages."""
    for (conversation, sender, recipient, _, _, command, _), last_id in last_ids.items():
        if recipient and command in filing.TALK_COMMANDS:
            yield recipient, sender, conversation, last_id, last_id
            yield sender, recipient, conversation, last_id, 0
