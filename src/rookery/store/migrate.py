"""Bring a database to the schema of this program.

The schema is the ordered files `schema/NNNN_words.sql`; `PRAGMA user_version` holds the number of
the last one applied. Each is applied whole or not at all, and none is ever edited once released.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final, NamedTuple

from rookery.errors import StoreError

_FILES: Final = Path(__file__).parent / "schema"


class Migration(NamedTuple):
    """One step of the schema."""

    version: int
    sql: str


def migrations() -> list[Migration]:
    """Return all steps in order: versions 1, 2, 3, without a gap."""
    names = sorted(entry.name for entry in _FILES.iterdir() if entry.name.endswith(".sql"))
    steps = [Migration(int(name[:4]), (_FILES / name).read_text("utf-8")) for name in names]
    assert [step.version for step in steps] == list(range(1, len(steps) + 1))
    return steps


def migrate(connection: sqlite3.Connection, steps: list[Migration]) -> None:
    """Apply the steps that `connection`, in autocommit mode, has not seen yet.

    Raises `StoreError` for a database of a newer program, `sqlite3.Error` as it comes.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    newest = steps[-1].version
    if version > newest:
        raise StoreError(
            f"The data was written by a newer Rookery (schema {version}, this one knows {newest})."
            " Install that version again, or start with another folder:"
            " rookery serve --data OTHER"
        )
    for step in steps[version:]:
        _apply(connection, step)


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE; {step.sql} ; PRAGMA user_version = {step.version}; COMMIT;"
        )
    finally:
        if connection.in_transaction:
            connection.rollback()
