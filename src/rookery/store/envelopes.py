"""What many messages have in common is bound once, and afterwards named by a number.

A message is eleven values, seven of which say whence and whereto. Those stand in a temporary table
of the writing connection, which is memory and ends with it; what is written to disk is whole rows
as ever. A number is used only if the transaction that entered it was committed: `seal` changes
nothing, `learn` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rookery.core.events import Said
from rookery.store.bulk import Bulk, Made, Statement, replacing

Envelope = tuple[str | int, ...]
"""The fields of a `Said` from `conversation` to `target`."""

MAX_ENVELOPES: Final = 8192
"""How many are known until all are forgotten, about 6 MB: those of all who have spoken lately on a
large server (unit: envelopes)."""

FIELDS: Final = Said._fields[1:8]
OPEN: Final = f"""
    CREATE TEMP TABLE envelope (
        number INTEGER PRIMARY KEY, {", ".join(f"{name} TEXT NOT NULL" for name in FIELDS)}
    ) STRICT
"""
"""Execute this once on the writing connection."""

# A number is given again when all are forgotten, or what entered it was not committed.
_ENVELOPES: Final = Bulk("temp.envelope", ("number", *FIELDS), replacing("number", FIELDS))
_MESSAGES: Final = Bulk(
    "message",
    ("id", *FIELDS, "text", "tags", "client_id"),
    made=Made(
        5,
        f"column1, {', '.join(f'envelope.{name}' for name in FIELDS)}, column3, column4, column5",
        # A number that is missing makes a row of NULLs, which the table refuses: none gets lost.
        "LEFT JOIN temp.envelope ON envelope.number = column2 WHERE column1 IS NOT NULL",
    ),
)


class Sealed(NamedTuple):
    """What writes some messages, and what is known when it has been committed."""

    statements: list[Statement]
    fresh: dict[Envelope, int]
    """The number of each envelope that is new."""
    last_ids: dict[Envelope, int]
    """The id of the last message in each envelope."""


class Envelopes:
    """The numbers of the envelopes that the connection knows."""

    def __init__(self, max_envelopes: int = MAX_ENVELOPES) -> None:
        self._max_envelopes = max_envelopes
        self._numbers: dict[Envelope, int] = {}

    def seal(self, messages: Sequence[Said]) -> Sealed:
        """Return what writes `messages`, which are in id order, in one transaction."""
        known = {} if self._is_full() else self._numbers
        fresh: dict[Envelope, int] = {}
        last_ids: dict[Envelope, int] = {}
        rows: list[tuple[int, int, str, str, str]] = []
        last: Envelope | None = None
        number = 0
        for said in messages:
            envelope = said[1:8]
            # Most that come together are of the same envelope.
            if envelope != last:
                if last is not None:
                    last_ids[last] = rows[-1][0]
                last = envelope
                number = known.get(envelope, -1)
                if number < 0:
                    number = fresh.setdefault(envelope, len(known) + len(fresh))
            # By index: an attribute of a NamedTuple costs twice as much.
            rows.append((said[0], number, said[8], said[9], said[10]))
        if last is not None:
            last_ids[last] = rows[-1][0]
        entered = [(number, *envelope) for envelope, number in fresh.items()]
        statements = [*_ENVELOPES.statements(entered), *_MESSAGES.statements(rows)]
        return Sealed(statements, fresh, last_ids)

    def learn(self, sealed: Sealed) -> None:
        """Remember what `sealed` has entered: it is committed, and nothing was since `seal`."""
        if self._is_full():
            self._numbers = {}
        self._numbers |= sealed.fresh

    def _is_full(self) -> bool:
        return len(self._numbers) >= self._max_envelopes
