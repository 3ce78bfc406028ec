"""Connections to the database file: how each is set up, and what a broken file is called.

The writing connection makes every commit durable before it returns (`synchronous = FULL`, WAL).
Reading connections cannot write, and never wait for the writer.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from rookery.errors import StoreError, StoreUnavailableError
from rookery.store.bulk import Statement

OLDEST_SQLITE: Final = (3, 38, 0)
"""STRICT tables came with 3.37; JSON functions are always built in from 3.38 on."""
_CHECKPOINT_PAGES: Final = 4000
"""When the WAL goes into the database (unit: pages of 4 KiB): a tail page that many commits touch
is then written back once; a restart after a crash reads 16 MB at most."""
_CACHE_KIB: Final = 8192
"""Page cache of the writer: the pages that a busy server appends to stay in it (unit: KiB)."""
_READ_CACHE_KIB: Final = 8192
"""Page cache of each reader: with ten million messages the inner pages of the tables, which every
read passes, fit into it. SQLite's own 2 MiB made the slowest pages of history cost 1.6 ms, these
0.6 (unit: KiB)."""
_BUSY_MS: Final = 5000
"""How long to wait for another program, such as a backup, that holds the database (unit: ms)."""
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REMEDIES: Final = {
    sqlite3.SQLITE_FULL: "Make room on the disk",
    sqlite3.SQLITE_BUSY: "Another program holds it: end that one",
}
_PRIMARY_CODE: Final = 0xFF
"""The low byte of an extended result code is the primary one."""

Row = tuple[Any, ...]
"""SQLite's columns have the types that the STRICT schema gives them; mypy cannot read it."""


def check_sqlite(
    version: tuple[int, int, int] = sqlite3.sqlite_version_info,
    modules: Collection[str] | None = None,
) -> None:
    """Raise `StoreError` when Python's SQLite is too old for the schema, or has no FTS5."""
    if version < OLDEST_SQLITE:
        raise StoreError(
            f"Python's SQLite is {'.'.join(map(str, version))}; Rookery needs"
            f" {'.'.join(map(str, OLDEST_SQLITE))} or newer."
            " Use a newer Python, or keep nothing on disk: rookery serve --ephemeral"
        )
    if "fts5" not in (_modules() if modules is None else modules):
        raise StoreError(
            "Python's SQLite was built without FTS5, which search needs."
            " Use another Python, or keep nothing on disk: rookery serve --ephemeral"
        )


def _modules() -> set[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        return {name for (name,) in connection.execute("PRAGMA module_list")}


def connect_writer(path: Path) -> sqlite3.Connection:
    """Open the one connection that writes, in autocommit mode; raises `sqlite3.Error`."""
    connection = sqlite3.connect(
        path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        connection.executescript(f"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES};
            PRAGMA cache_size = -{_CACHE_KIB};
            PRAGMA temp_store = MEMORY;
            PRAGMA secure_delete = ON;
        """)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class WriteConnection:
    """The one connection that writes; each `write` is a transaction."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self.connection = connection

    def write(self, statements: Sequence[Statement]) -> None:
        """Execute all or nothing; a single statement is a transaction by itself.

        Raises `StoreUnavailableError`.
        """
        execute = self.connection.execute
        try:
            if len(statements) > 1:
                execute("BEGIN IMMEDIATE")
            for sql, parameters in statements:
                execute(sql, parameters)
            if len(statements) > 1:
                execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreUnavailableError(
                f"Cannot write to the database {self._path} ({error})."
                " Make room on the disk, or mend it; Rookery goes on by itself"
            ) from error
        finally:
            if self.connection.in_transaction:
                self.connection.rollback()

    def value(self, sql: str, *parameters: str | int) -> Any:  # noqa: ANN401 - as in `Row`
        """Return the first column of the one row that `sql` gives; None where there is none."""
        try:
            row: Row | None = self.connection.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise StoreUnavailableError(
                f"Cannot read the database {self._path} ({error}). Check the disk"
            ) from error
        return row and row[0]


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether the file itself is broken."""
    return _primary_code(error) in _DAMAGED


def _primary_code(error: sqlite3.Error) -> int:
    # Python gives errors of its own making, such as a closed connection, no code.
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & _PRIMARY_CODE


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the sentence for a database that cannot be opened or read."""
    if is_damage(error):
        return StoreError(
            f"The database {path} is damaged ({error}). Put a backup in its place, or save what"
            f" can be read: sqlite3 {path} .recover | sqlite3 {path.with_suffix('.saved')}"
        )
    remedy = _REMEDIES.get(_primary_code(error), "Check the disk and the file's rights")
    return StoreError(f"Cannot read the database {path} ({error}). {remedy}")


class ReadConnections:
    """One read-only connection for each thread that reads, made when it first does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._all: list[sqlite3.Connection] = []
        self._spare: list[sqlite3.Connection] = []

    def open_spare(self, count: int) -> None:
        """Open connections for the first threads that read; raises `sqlite3.Error`.

        So a server that has run out of file descriptors can still read.
        """
        for _ in range(count):
            connection = self._open()
            # The WAL is opened by the first read.
            connection.execute("SELECT count(*) FROM meta").fetchone()
            self._spare.append(connection)

    def row(self, sql: str, parameters: Mapping[str, str | int]) -> Row | None:
        """Return the one row that `sql` gives, or None; raises `StoreError`."""
        try:
            row: Row | None = self._mine().execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise explain(error, self._path) from error
        return row

    def close(self) -> None:
        """Close them all; no thread may be reading."""
        with self._lock:
            for connection in self._all:
                connection.close()

    def _mine(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self._lock:
                spare = self._spare.pop() if self._spare else None
            connection = self._local.connection = spare or self._open()
        return connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=_BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        with self._lock:
            self._all.append(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{_READ_CACHE_KIB}")
        return connection
