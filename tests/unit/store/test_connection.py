"""What an old SQLite and a broken file are called."""

import sqlite3
from pathlib import Path

import pytest

from rookery.errors import StoreError
from rookery.store.connection import OLDEST_SQLITE, check_sqlite, explain


def test_old_sqlite_is_refused():
    """A SQLite without what the schema needs is refused with its version and the remedies."""
    with pytest.raises(StoreError, match=r"SQLite is 3\.37\.2; Rookery needs 3\.38\.0 or newer\."):
        check_sqlite((3, 37, 2))
    check_sqlite(OLDEST_SQLITE)
    check_sqlite((4, 0, 0))


def test_sqlite_without_search_is_refused():
    """A SQLite that was built without FTS5 is refused with the remedies."""
    with pytest.raises(StoreError, match=r"without FTS5, .* --ephemeral$"):
        check_sqlite(modules={"json_each"})


def test_error_without_a_code_is_explained():
    """Errors that Python makes itself, which have no code, are sentences too."""
    sentence = str(explain(sqlite3.ProgrammingError("closed"), Path("/data/rookery.db")))
    expected = (
        "Cannot read the database /data/rookery.db (closed). Check the disk and the file's rights"
    )
    assert expected == sentence
