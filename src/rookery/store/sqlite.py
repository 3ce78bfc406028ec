"""The store on disk: one SQLite database in the data folder.

What `commit` returned from is synced to disk. A batch is one transaction of as few statements as
can be; the conversation index follows behind, at the latest when `TAIL_ROWS` messages wait for it.
"""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from typing import Final, Self

import msgspec

from rookery.core.events import Said
from rookery.errors import StartError, StoreError, StoreUnavailableError
from rookery.store import connection, folder, queries
from rookery.store.base import AccountRow, Batch, MailboxRow, RoomRow, Snapshot, Welcome
from rookery.store.bulk import Parameters
from rookery.store.migrate import migrate, migrations

DATABASE_NAME: Final = "rookery.db"
TAIL_ROWS: Final = 4096
"""How many messages may wait for their filing: a read scans them, 0.06 ms for each thousand;
fewer would cost the writer more (unit: messages)."""

_decode_messages: Final = msgspec.json.Decoder(list[Said]).decode
_decode_counters: Final = msgspec.json.Decoder(dict[str, int]).decode


class SqliteStore:
    """`Store` on SQLite; made by `open`, then `load` once."""

    def __init__(self, path: Path, lock: folder.FolderLock, writer: sqlite3.Connection) -> None:
        self._path = path
        self._lock = lock
        self._writer = writer
        self._readers = connection.ReadConnections(path)
        self._tail_rows = 0

    @classmethod
    def open(cls, data: Path) -> Self:
        """Lock the folder `data`, make it where it is missing, and bring its database up to date.

        Raises `StartError` when the folder cannot be used, `StoreError` when the database cannot.
        """
        connection.check_sqlite()
        lock = folder.FolderLock(data)
        try:
            return cls(data / DATABASE_NAME, lock, _open_database(data / DATABASE_NAME))
        except (StartError, StoreError):
            lock.release()
            raise

    def load(self) -> Snapshot:
        """Read what a start needs, and file what a crash has left unfiled."""
        try:
            self._file_tail()
            return self._snapshot()
        except sqlite3.Error as error:
            raise connection.explain(error, self._path) from error

    def commit(self, batch: Batch) -> None:
        """Store all of `batch` and sync it, or nothing of it."""
        statements = [
            *queries.MESSAGES.statements(batch.messages),
            *queries.MAILBOXES.statements(batch.mailboxes.values()),
            *queries.ACCOUNTS.statements(batch.accounts.values()),
            *queries.ROOMS.statements(batch.rooms.values()),
            *queries.SEATS.statements([(*key, last) for key, last in batch.seats.items()]),
            *queries.RESENDS.statements([(*key, top) for key, top in batch.resends.items()]),
        ]
        tail_rows = self._tail_rows + len(batch.messages)
        if tail_rows >= TAIL_ROWS:
            statements += [(sql, []) for sql in queries.FILE_TAIL]
            tail_rows = 0
        self._write(statements)
        self._tail_rows = tail_rows

    def tidy(self) -> bool:
        """File the tail, and move the WAL into the database so that a start need not read it."""
        self._file_tail()
        self._write([("PRAGMA wal_checkpoint(PASSIVE)", [])])
        return False

    def welcome(self, name: str, above_id: int, upto_id: int, max_messages: int) -> Welcome:
        """Return what `name` has not received, and the counters of its devices."""
        messages = self._messages(
            queries.WELCOME,
            {"name": name, "above": above_id, "upto": upto_id, "max_messages": max_messages},
        )
        counters = self._readers.row(queries.RESENDS_OF, {"name": name})
        assert counters is not None
        return Welcome(messages, _decode_counters(counters[0]))

    def history(
        self, conversation: str, after_id: int, before_id: int, max_messages: int, *, newest: bool
    ) -> list[Said]:
        """Return a window of a conversation."""
        return self._messages(
            queries.HISTORY_NEWEST if newest else queries.HISTORY_OLDEST,
            {
                "conversation": conversation,
                "after": after_id,
                "before": before_id,
                "max_messages": max_messages,
            },
        )

    def seat(self, account: str, room: str) -> int:
        """Return up to where `account` had seen `room`."""
        row = self._readers.row(queries.SEAT_OF, {"account": account, "room": room})
        return row[0] if row else 0

    def account(self, key: str) -> AccountRow | None:
        """Return the account with its proofs."""
        row = self._readers.row(queries.ACCOUNT_OF, {"key": key})
        return AccountRow(*row) if row else None

    def close(self) -> None:
        """Close all connections, the writing one last: it moves the WAL into the database."""
        self._readers.close()
        self._writer.close()
        self._lock.release()

    def _write(self, statements: list[tuple[str, Parameters]]) -> None:
        """Execute all in one transaction; a single statement is one by itself."""
        execute = self._writer.execute
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
            if self._writer.in_transaction:
                self._writer.rollback()

    def _file_tail(self) -> None:
        self._write([(sql, []) for sql in queries.FILE_TAIL])
        self._tail_rows = 0

    def _messages(self, sql: str, parameters: dict[str, str | int]) -> list[Said]:
        row = self._readers.row(sql, parameters)
        assert row is not None
        messages = _decode_messages(row[0])
        # SQLite promises no order of what an aggregate gathers, and a newest window is descending.
        messages.sort()
        return messages

    def _snapshot(self) -> Snapshot:
        fetch = self._writer.execute
        # Once, by the first start; a secret for good needs the system's randomness, not SQLite's.
        fetch(queries.KEEP_SECRET, {"secret": secrets.token_bytes(32)})
        return Snapshot(
            last_id=fetch(queries.LAST_ID).fetchone()[0],
            accounts=dict(fetch("SELECT key, name FROM account")),
            unverified=set(),
            account_settings={},
            certificates={},
            given_up={},
            room_lists={},
            room_ranks={},
            metadata={},
            rooms=[RoomRow(*row) for row in fetch(queries.ALL_ROOMS)],
            mailboxes=[MailboxRow(*row) for row in fetch(queries.ALL_MAILBOXES)],
            cloak_secret=fetch("SELECT value FROM meta WHERE key = 'cloak_secret'").fetchone()[0],
        )


def _open_database(path: Path) -> sqlite3.Connection:
    try:
        folder.make_private_file(path)
        writer = connection.connect_writer(path)
    except OSError as error:
        raise StoreError(
            f"Cannot open the database {path} ({error.strerror}). Check the file's owner"
        ) from error
    except sqlite3.Error as error:
        raise connection.explain(error, path) from error
    try:
        migrate(writer, migrations())
    except sqlite3.Error as error:
        writer.close()
        raise connection.explain(error, path) from error
    except StoreError:
        writer.close()
        raise
    return writer
