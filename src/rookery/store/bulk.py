"""Many rows in one statement, since each statement costs turns at the interpreter's lock.

The rows are bound to a multi-row VALUES whose length comes from a short grid, so that the prepared
statements are few; rows of NULLs fill it up and are left out by the WHERE. The alternatives and
their measurements: `docs/adr/0003-one-statement-batches.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Final, NamedTuple

Parameters = list[str | int | None]
Statement = tuple[str, Parameters]
"""What to execute, and its parameters in order."""
MAX_ROWS: Final = 1024
"""Rows in one statement: those of the widest table stay below SQLite's 32,766 variables, and a
larger number brings no more speed (unit: rows)."""


class Made(NamedTuple):
    """How the columns are made of what is bound."""

    width: int
    """How many values are bound for a row; SQL calls them `column1` and so on."""
    select: str
    joined: str
    """What is joined, and the condition that leaves out rows of NULLs."""


class Bulk(NamedTuple):
    """A table that is written in bulk; its first column is never NULL."""

    table: str
    columns: tuple[str, ...]
    conflict: str = ""
    """The upsert's clause; empty where a second row of the same key is a fault."""
    made: Made | None = None
    """None where the columns are bound as they are."""

    def statements(self, rows: Collection[Sequence[str | int]]) -> Iterator[Statement]:
        """Return what to execute, in order, to write `rows`: SQL and its parameters."""
        waiting = iter(rows)
        width = self.made.width if self.made else len(self.columns)
        for start in range(0, len(rows), MAX_ROWS):
            count = min(MAX_ROWS, len(rows) - start)
            padded = _round_up(count)
            values: Parameters = [*chain.from_iterable(islice(waiting, count))]
            values += (None,) * (width * (padded - count))
            yield _sql(self, padded), values


def replacing(key: str, columns: tuple[str, ...]) -> str:
    """Return the clause that replaces the row of the same key."""
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != key)
    return f"ON CONFLICT ({key}) DO UPDATE SET {changes}"


@cache
def _sql(bulk: Bulk, rows: int) -> str:
    made = bulk.made or Made(len(bulk.columns), "*", "WHERE column1 IS NOT NULL")
    one = f"({','.join('?' * made.width)})"
    return (
        f"INSERT INTO {bulk.table} ({','.join(bulk.columns)})"  # noqa: S608 - our own names
        f" SELECT {made.select} FROM (VALUES {','.join([one] * rows)}) {made.joined}"
        f" {bulk.conflict}"
    )


def _round_up(rows: int) -> int:
    """Return the next of 1 … 8, 10, 12, 14, 16, 20 …: at most a quarter more than `rows`."""
    if rows <= 8:  # noqa: PLR2004 - below it the grid has every number
        return rows
    step = 1 << (rows.bit_length() - 3)
    return -(-rows // step) * step
