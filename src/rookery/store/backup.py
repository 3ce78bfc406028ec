"""One file that holds all that a data folder holds, and a data folder made from it again.

A backup is a database of its own, with the server's own certificate in the table `kept_file`, and
the uploaded files in `kept_upload`. It is the state of one moment, also while a server writes; it
is whole, or it is not there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from rookery.errors import StoreError
from rookery.store.backup_uploads import install_uploads, keep_uploads
from rookery.store.connection import explain, is_damage
from rookery.store.folder import LOCK_NAME, FolderLock
from rookery.store.migrate import migrations
from rookery.store.shelf import FOLDER
from rookery.store.sqlite import DATABASE_NAME

KEPT_FILES: Final = ("tls-cert.pem", "tls-key.pem", "push-key.pem")
"""Files beside the database that a move must not lose: clients have pinned the certificate, and
push services know the key."""
UPLOADS_SINCE: Final = 3
"""The schema that first had uploads; an older database is backed up as it is."""
_PART: Final = ".part"
_TABLE: Final = "CREATE TABLE kept_file (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL)"
_INTACT: Final = "ok"
"""What SQLite's check answers when it has found nothing."""


def back_up(data: Path, file: Path) -> int:
    """Write all of the folder `data` into `file`, verify it, and return its size in bytes.

    A server may be using the folder. Raises `StoreError`; then `file` is as it was before.
    """
    database = data / DATABASE_NAME
    if not database.is_file():
        raise StoreError(f"There is no {database} to back up. Name the folder: --data DIR")
    part = file.with_name(file.name + _PART)
    with _explained(part, "Choose a place with room for it, which this user may write"):
        try:
            _make_empty(part)
            _copy(database, part)
            _keep_files(data, part)
            check(part)
            _sync(part)
            part.replace(file)
            _sync(file.parent)
            return file.stat().st_size
        finally:
            part.unlink(missing_ok=True)


def restore(file: Path, data: Path, *, may_replace: bool) -> None:
    """Verify the backup `file` and make the folder `data` from it.

    A folder that holds something is left alone unless `may_replace`; its files then stay beside
    the new ones, under names that end in `.replaced-` and the time. Raises `StoreError`, and
    `StartError` for a folder in use.
    """
    if not file.is_file():
        raise StoreError(f"There is no backup {file}; check the path.")
    check(file)
    lock = FolderLock(data, f"restore into another: rookery restore {file} --data OTHER")
    try:
        with _explained(data, "Choose a folder with room for it, which this user may write"):
            _clear(data, may_replace=may_replace)
            _install(file, data)
    finally:
        lock.release()


def check(file: Path) -> int:
    """Raise `StoreError` unless `file` is a whole database that this program can read.

    Return the number of its messages.
    """
    try:
        with closing(_opened(file)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
            if found != [(_INTACT,)]:
                raise StoreError(f"The database {file} is damaged: {found[0][0]}")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            newest = migrations()[-1].version
            if version > newest:
                raise StoreError(
                    f"{file} was written by a newer Rookery (schema {version}, this one knows"
                    f" {newest}). Install that version here first"
                )
            count: int = connection.execute("SELECT count(*) FROM message").fetchone()[0]
            return count
    except sqlite3.Error as error:
        if "no such table" in str(error):
            raise StoreError(f"{file} is a database, but none of Rookery's; check the path.") from (
                error
            )
        raise explain(error, file) from error


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _make_empty(part: Path) -> None:
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _copy(database: Path, part: Path) -> None:
    # One read transaction: a server commits meanwhile, and this sees nothing of it. Nothing that
    # was deleted is in the copy.
    with closing(_opened(database)) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(part.absolute()),))
        except sqlite3.Error as error:
            if is_damage(error):
                raise explain(error, database) from error
            raise


def _keep_files(data: Path, part: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        connection.execute("DROP TABLE IF EXISTS kept_file")
        connection.execute(_TABLE)
        for path in (data / name for name in KEPT_FILES):
            if path.is_file():
                row = (path.name, path.read_bytes())
                connection.execute("INSERT INTO kept_file VALUES (?, ?)", row)
        if connection.execute("PRAGMA user_version").fetchone()[0] >= UPLOADS_SINCE:
            keep_uploads(data, connection)


def _clear(data: Path, *, may_replace: bool) -> None:
    there = [path for path in data.iterdir() if path.name != LOCK_NAME]
    if not there:
        return
    if not may_replace:
        raise StoreError(
            f"The folder {data} is not empty. Name another one, or let its files be put aside:"
            f" rookery restore FILE --data {data} --replace"
        )
    suffix = time.strftime(".replaced-%Y%m%dT%H%M%SZ", time.gmtime())
    # SQLite finds a database's WAL by its name: all are renamed alike, so nothing is lost of it.
    for name in (DATABASE_NAME, *KEPT_FILES, FOLDER):
        for tail in ("", "-wal", "-shm"):
            old = data / f"{name}{tail}"
            if old.exists():
                old.rename(data / f"{name}{suffix}{tail}")


def _install(file: Path, data: Path) -> None:
    part = data / (DATABASE_NAME + _PART)
    try:
        _make_empty(part)
        shutil.copyfile(file, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            for name, content in _kept_files(connection):
                _make_empty(data / name)
                (data / name).write_bytes(content)
                _sync(data / name)
            # The key must not stay behind in a page that is free now.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DROP TABLE IF EXISTS kept_file")
            install_uploads(connection, data)
        _sync(part)
        part.replace(data / DATABASE_NAME)
        _sync(data)
    finally:
        part.unlink(missing_ok=True)


def _kept_files(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
    """Return the files that a backup holds; a copy of a database by other means holds none."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept_file'").fetchone():
        return []
    rows = connection.execute("SELECT name, content FROM kept_file").fetchall()
    return [(name, content) for name, content in rows if name in KEPT_FILES]


@contextlib.contextmanager
def _explained(path: Path, remedy: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"Cannot write {path} ({error.strerror}). {remedy}.") from error
    except sqlite3.Error as error:
        raise StoreError(f"Cannot write {path} ({error}). {remedy}.") from error


def _sync(path: Path) -> None:
    """Let the disk have what was written; of a folder, the names in it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
