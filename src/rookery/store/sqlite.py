"""The store on disk: one SQLite database in the data folder.

What `commit` returned from is synced to disk. A batch is one transaction of as few statements as
can be; the conversation index follows behind, at the latest when `TAIL_ROWS` messages wait for it,
and the search index behind that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final, Self

import msgspec

from rookery.core.events import Said
from rookery.errors import StartError, StoreError, StoreUnavailableError
from rookery.store import connection, envelopes, filing, finding, folder, queries, writing
from rookery.store.around import around
from rookery.store.base import AccountRow, Batch, Search, Snapshot, UploadRow, Welcome
from rookery.store.bulk import Statement
from rookery.store.envelopes import Envelopes
from rookery.store.migrate import migrate, migrations
from rookery.store.places import Places
from rookery.store.snapshot import read_places, read_snapshot
from rookery.store.tail import Tail
from rookery.store.tidying import Tidying

DATABASE_NAME: Final = "rookery.db"
TAIL_ROWS: Final = 4096
"""How many messages may wait for their filing: a read scans them, 0.06 ms for each thousand;
fewer would cost the writer more (unit: messages)."""

_decode_messages: Final = msgspec.json.Decoder(list[Said]).decode
_decode_counters: Final = msgspec.json.Decoder(dict[str, int]).decode
_decode_uploads: Final = msgspec.json.Decoder(list[UploadRow]).decode
_decode_ids: Final = msgspec.json.Decoder(list[tuple[str, int]]).decode


class SqliteStore:
    """`Store` on SQLite; made by `open`, then `load` once."""

    def __init__(
        self, path: Path, lock: folder.FolderLock, writer: sqlite3.Connection, reading_threads: int
    ) -> None:
        self._path = path
        self._reading_threads = reading_threads
        self._lock = lock
        self._writer = connection.WriteConnection(path, writer)
        self._readers = connection.ReadConnections(path)
        self._tidying = Tidying(self._writer)
        self._places = Places({})
        self._envelopes = Envelopes()
        self._tail = Tail()

    @classmethod
    def open(cls, data: Path, reading_threads: int = 0) -> Self:
        """Lock the folder `data`, make it where it is missing, and bring its database up to date.

        For so many threads that read, connections are open from `load` on. Raises `StartError`
        when the folder cannot be used, `StoreError` when the database cannot.
        """
        connection.check_sqlite()
        lock = folder.FolderLock(data)
        try:
            writer = _open_database(data / DATABASE_NAME)
            return cls(data / DATABASE_NAME, lock, writer, reading_threads)
        except (StartError, StoreError):
            lock.release()
            raise

    def load(self, seen_before_ms: int = 0) -> Snapshot:
        """Read what a start needs, and file what a crash has left unfiled."""
        try:
            self._tail.read(self._writer.connection)
            self._file_tail()
            if seen_before_ms:
                self._writer.write([(writing.FORGET_GUESTS, [seen_before_ms])])
            self._places = read_places(self._writer.connection)
            self._readers.open_spare(self._reading_threads)
            return read_snapshot(self._writer.connection)
        except sqlite3.Error as error:
            raise connection.explain(error, self._path) from error
        except StoreUnavailableError as error:
            # A server that has not started does not go on by itself: another sentence is due.
            cause = error.__cause__
            raise (
                connection.explain(cause, self._path) if isinstance(cause, sqlite3.Error) else error
            ) from cause

    def commit(self, batch: Batch) -> None:
        """Store all of `batch` and sync it, or nothing of it."""
        places = self._places
        statements: list[Statement] = []
        if batch.changes:
            places, statements = places.after(batch.changes)
            statements += writing.changes_of(batch)
        sealed = self._envelopes.seal(places.stored(batch.messages))
        statements += sealed.statements
        statements += writing.rows_of(batch)
        rows = len(batch.messages)
        is_filing = self._tail.rows + rows >= TAIL_ROWS or batch.redactions
        if is_filing:
            statements += self._tail.filing(sealed.last_ids)
        if batch.redactions:
            pairs = [
                (places.of(redacted.conversation), redacted.id) for redacted in batch.redactions
            ]
            statements += filing.erase(json.dumps(pairs))
        self._writer.write(statements)
        self._envelopes.learn(sealed)
        self._tail.grow(sealed, rows)
        if is_filing:
            self._tail.clear()
        self._note(batch, places)

    def tidy(self) -> bool:
        """File, index and erase a slice; at the end move the WAL into the database.

        So a start need not read it.
        """
        if self._tail.rows:
            self._file_tail()
        if self._tidying.step():
            return True
        self._writer.write([("PRAGMA wal_checkpoint(PASSIVE)", [])])
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
        self,
        conversation: str,
        after_id: int,
        before_id: int,
        max_messages: int,
        *,
        newest: bool,
        talk_only: bool = False,
    ) -> list[Said]:
        """Return a window of a conversation."""
        return self._messages(
            queries.HISTORY[newest, talk_only],
            {
                "conversation": self._places.of(conversation),
                "after": after_id,
                "before": before_id,
                "max_messages": max_messages,
            },
        )

    def around(
        self, conversation: str, message_id: int, max_messages: int, *, talk_only: bool = False
    ) -> list[Said]:
        """Return a window with the message in its middle."""
        return around(self, conversation, message_id, max_messages, talk_only=talk_only)

    def message(self, conversation: str, message_id: int) -> Said | None:
        """Return one message."""
        messages = self._messages(
            queries.MESSAGE, {"conversation": self._places.of(conversation), "id": message_id}
        )
        return messages[0] if messages else None

    def correspondents(
        self, name: str, after_id: int, before_id: int, max_names: int
    ) -> list[tuple[str, int]]:
        """Return with whom `name` has talked, the longest ago first."""
        row = self._readers.row(
            queries.CORRESPONDENTS,
            {"name": name, "after": after_id, "before": before_id, "max_names": max_names},
        )
        assert row is not None
        return sorted(_decode_ids(row[0]), key=lambda talk: talk[1])

    def latest(self, conversations: Collection[str]) -> dict[str, int]:
        """Return the last id of each."""
        keys = {self._places.of(key): key for key in conversations}
        row = self._readers.row(queries.LATEST, {"places": json.dumps([*keys])})
        assert row is not None
        return {keys[place]: last_id for place, last_id in _decode_ids(row[0])}

    def search(self, search: Search) -> list[Said]:
        """Return what is found, indexed or not."""
        return self._places.shown(finding.find(self._readers, self._places, search))

    def export(self, account: str, after_id: int, max_messages: int) -> list[Said]:
        """Return a part of all that the account sent or got."""
        return self._messages(
            queries.EXPORT, {"account": account, "after": after_id, "max_messages": max_messages}
        )

    def seat(self, account: str, room: str) -> int:
        """Return up to where `account` had seen `room`."""
        row = self._readers.row(queries.SEAT_OF, {"account": account, "room": room})
        return row[0] if row else 0

    def read_marker(self, account: str, target: str) -> int:
        """Return up to when `account` has read `target`."""
        row = self._readers.row(queries.READ_MARKER_OF, {"account": account, "target": target})
        return row[0] if row else 0

    def account(self, key: str) -> AccountRow | None:
        """Return the account with its proofs."""
        row = self._readers.row(queries.ACCOUNT_OF, {"key": key})
        if row is None:
            return None
        account = AccountRow(*row)
        return account._replace(is_verified=bool(account.is_verified))

    def upload(self, upload_id: str) -> UploadRow | None:
        """Return what is known of an uploaded file."""
        row = self._readers.row(queries.UPLOAD_OF, {"id": upload_id})
        return UploadRow(*row) if row else None

    def uploads_before(self, at_ms: int, max_rows: int) -> list[UploadRow]:
        """Return the oldest files."""
        row = self._readers.row(queries.UPLOADS_BEFORE, {"before": at_ms, "max_rows": max_rows})
        assert row is not None
        return sorted(_decode_uploads(row[0]), key=lambda upload: (upload.at_ms, upload.id))

    def uploads_of(self, account: str, after_id: str, max_rows: int) -> list[UploadRow]:
        """Return the files of an account, by their ids."""
        asked: dict[str, str | int] = {"account": account, "after": after_id}
        row = self._readers.row(queries.UPLOADS_OF, asked | {"max_rows": max_rows})
        assert row is not None
        return sorted(_decode_uploads(row[0]), key=lambda upload: upload.id)

    def close(self) -> None:
        """Close all connections, the writing one last: it moves the WAL into the database."""
        self._readers.close()
        self._writer.connection.close()
        self._lock.release()

    def _note(self, batch: Batch, places: Places) -> None:
        """Take over what a stored batch has changed."""
        if batch.messages:
            self._tidying.note_messages()
        if places is not self._places:
            self._places = places
            self._tidying.note_abandoned()
        if batch.forgets:
            self._tidying.order(
                forget._replace(conversation=places.of(forget.conversation))
                for forget in batch.forgets
            )

    def _file_tail(self) -> None:
        self._writer.write(self._tail.filing({}))
        self._tail.clear()

    def _messages(self, sql: str, parameters: Mapping[str, str | int]) -> list[Said]:
        row = self._readers.row(sql, parameters)
        assert row is not None
        messages = _decode_messages(row[0])
        # SQLite promises no order of what an aggregate gathers, and a newest window is descending.
        messages.sort()
        return self._places.shown(messages)


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
        writer.execute(envelopes.OPEN)
    except sqlite3.Error as error:
        writer.close()
        raise connection.explain(error, path) from error
    except StoreError:
        writer.close()
        raise
    return writer
