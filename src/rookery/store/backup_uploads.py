"""Uploaded files within a backup, and out of it again: piece by piece, never whole in memory.

A file without a row does not count, nor does a row without its file: a backup holds neither.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

from rookery.store.shelf import FOLDER

PIECE_BYTES: Final = 4 << 20
_TABLE: Final = (
    "CREATE TABLE kept_upload"
    " (id TEXT NOT NULL, piece INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (id, piece))"
)
_HAS_TABLE: Final = "SELECT 1 FROM sqlite_master WHERE name = 'kept_upload'"
_DROP: Final = "DROP TABLE IF EXISTS kept_upload"


def keep_uploads(data: Path, backup: sqlite3.Connection) -> None:
    """Put the files of the folder `data` into a copy of its database. Raises `OSError`."""
    backup.execute(_DROP)
    backup.execute(_TABLE)
    for (upload_id,) in backup.execute("SELECT id FROM upload").fetchall():
        try:
            _keep(data / FOLDER / upload_id, backup)
        except FileNotFoundError:  # It has expired, or was deleted, since the copy was made.
            backup.execute("DELETE FROM upload WHERE id = ?", (upload_id,))


def install_uploads(backup: sqlite3.Connection, data: Path) -> None:
    """Make the files that a backup holds, and take them out of it. Raises `OSError`."""
    if not backup.execute(_HAS_TABLE).fetchone():
        return
    ids = backup.execute("SELECT DISTINCT id FROM kept_upload").fetchall()
    if not ids:
        backup.execute(_DROP)
        return
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for (upload_id,) in ids:
        _install(backup, upload_id, folder)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    backup.execute(_DROP)
    backup.execute("VACUUM")


def _keep(path: Path, backup: sqlite3.Connection) -> None:
    with path.open("rb") as file:
        piece = 0
        # An empty file has a piece too, so that it is made again.
        while (content := file.read(PIECE_BYTES)) or not piece:
            row = (path.name, piece, content)
            backup.execute("INSERT INTO kept_upload VALUES (?, ?, ?)", row)
            piece += 1


def _install(backup: sqlite3.Connection, upload_id: str, folder: Path) -> None:
    pieces = backup.execute(
        "SELECT content FROM kept_upload WHERE id = ? ORDER BY piece", (upload_id,)
    )
    descriptor = os.open(folder / Path(upload_id).name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for (content,) in pieces:
            file.write(content)
        file.flush()
        os.fsync(file.fileno())
