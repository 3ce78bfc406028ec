"""Migrations are applied in order, each whole, and only those that are missing."""

import sqlite3

import pytest

from rookery.errors import StoreError
from rookery.store.migrate import Migration, migrate, migrations

ONE = Migration(1, "CREATE TABLE one (a); CREATE TABLE two (b);")
TWO = Migration(2, "INSERT INTO one VALUES ('kept'); -- the file may end in a comment\n")


@pytest.fixture
def connection():
    """Return an empty database."""
    opened = sqlite3.connect(":memory:", isolation_level=None)
    yield opened
    opened.close()


def _version_of(connection):
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_the_programs_own_steps(connection):
    """The steps that are shipped apply to an empty database, and again to nothing."""
    steps = migrations()
    migrate(connection, steps)
    migrate(connection, steps)
    assert len(steps) == _version_of(connection)


def test_only_missing_steps_are_applied(connection):
    """A database of an older program is brought up from where it is."""
    migrate(connection, [ONE])
    migrate(connection, [ONE, TWO])
    assert connection.execute("SELECT a FROM one").fetchall() == [("kept",)]
    assert _version_of(connection) == 2


def test_failing_step_leaves_nothing(connection):
    """A step that fails half way is undone, those before it stay."""
    broken = Migration(2, "CREATE TABLE three (c); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, [ONE, broken])
    tables = connection.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
    assert (_version_of(connection), tables) == (1, [("one",), ("two",)])


def test_newer_database_is_refused(connection):
    """What a newer program wrote is not touched."""
    connection.execute("PRAGMA user_version = 3")
    with pytest.raises(StoreError, match=r"schema 3, this one knows 2"):
        migrate(connection, [ONE, TWO])
