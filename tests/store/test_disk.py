"""What the store on disk does when the disk, the file or the process fails."""

import contextlib
import signal
import sqlite3
import stat
import subprocess
import sys

import pytest

from rookery.errors import StartError, StoreError, StoreUnavailableError
from rookery.store.base import AccountRow, Batch
from rookery.store.sqlite import DATABASE_NAME, TAIL_ROWS, SqliteStore

ALL = 1 << 62
COMMITTING_CHILD = """
import sys
from pathlib import Path
from rookery.core.events import Said
from rookery.store.base import Batch
from rookery.store.sqlite import SqliteStore

store = SqliteStore.open(Path(sys.argv[1]))
number = store.load().last_id
while True:
    rows = []
    for _ in range(300):
        number += 1
        rows.append(Said(number, "#rook", "ann", "", "", "", "PRIVMSG", "", "x" * 99, "", ""))
    store.commit(Batch(messages=rows))
    print(number, flush=True)
"""


@pytest.fixture
def data(tmp_path):
    """Return a folder that does not exist yet."""
    return tmp_path / "new" / "data"


@pytest.fixture
def store(data):
    """Return a store on disk, loaded."""
    opened = SqliteStore.open(data)
    opened.load()
    yield opened
    opened.close()


def _ids(messages):
    return [message.id for message in messages]


def test_folder_and_files_are_private(data, store, make):
    """Folders are made with 0700, the database and all beside it with 0600."""
    store.commit(make.batch(make.message(1)))
    store.history("#rook", 0, ALL, 1, newest=True)
    folders = [stat.S_IMODE(folder.stat().st_mode) for folder in (data, data.parent)]
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    names = {"rookery.lock", DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"}
    assert ([0o700, 0o700], dict.fromkeys(names, 0o600)) == (folders, files)


def test_all_is_there_after_a_restart(data, make):
    """A store that was closed opens with everything, the secret too."""
    store = SqliteStore.open(data)
    secret = store.load().cloak_secret
    store.commit(make.batch(make.message(1), make.private(2, "ann", "bob")))
    store.close()
    store = SqliteStore.open(data)
    snapshot = store.load()
    found = (
        _ids(store.history("#rook", 0, ALL, 9, newest=True)),
        _ids(store.welcome("bob", 0, ALL, 9).messages),
    )
    store.close()
    assert (secret, 2) == (snapshot.cloak_secret, snapshot.last_id)
    assert found == ([1], [2])


def test_second_store_is_refused(data, store):
    """A folder belongs to one server at a time; the sentence names the other's pid."""
    with pytest.raises(StartError, match=r"^Another Rookery \(pid \d+\) uses .*--data OTHER$"):
        SqliteStore.open(data)


def test_folder_is_free_after_close(data):
    """The lock ends with `close`, and with a failed `open`."""
    SqliteStore.open(data).close()
    (data / DATABASE_NAME).write_bytes(b"no database at all, but long enough to be looked at" * 99)
    for _ in range(2):
        with pytest.raises(StoreError, match="is damaged"):
            SqliteStore.open(data)


def test_malformed_database_is_refused(data, make):
    """Damage inside the file is a sentence with a remedy when it is met at the start."""
    store = SqliteStore.open(data)
    store.load()
    store.commit(Batch(accounts={"ann": AccountRow("ann", "Ann", 0, "hash", "scram")}))
    root = store._writer.connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'account'"
    ).fetchone()[0]
    store.close()
    with (data / DATABASE_NAME).open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = SqliteStore.open(data)
    with pytest.raises(StoreError, match=r"is damaged .* \.recover"):
        store.load()
    store.close()


def test_held_database_is_refused(data, make):
    """A database that another program holds is not opened: the sentence says what to end."""
    store = SqliteStore.open(data)
    store.load()
    store.commit(make.batch(make.message(1)))
    store._readers.close()
    store._writer.connection.execute("PRAGMA busy_timeout = 1")
    with contextlib.closing(sqlite3.connect(data / DATABASE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"is locked\). Another program holds it: end that"):
            store.load()
    store.close()


def test_damage_that_is_met_in_writing(data, make):
    """So is damage that the first write of a start meets: nothing is said of going on."""
    store = SqliteStore.open(data)
    store.load()
    store.commit(make.batch(make.message(1)))
    root = store._writer.connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'filed'"
    ).fetchone()[0]
    store.close()
    with (data / DATABASE_NAME).open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = SqliteStore.open(data)
    store._writer.connection.execute("UPDATE meta SET value = 0 WHERE key = 'filed_upto'")
    with pytest.raises(StoreError, match=r"is damaged .* \.recover"):
        store.load()
    store.close()


def test_newer_database_is_refused(data):
    """A database of a newer program is left alone."""
    store = SqliteStore.open(data)
    store._writer.connection.execute("PRAGMA user_version = 9999")
    store.close()
    with pytest.raises(StoreError, match=r"newer Rookery \(schema 9999, this one knows \d+\)"):
        SqliteStore.open(data)


def test_full_disk(store, make):
    """A batch that finds no room is refused whole, and the next one works when there is room."""
    store.commit(make.batch(make.message(1)))
    pages = store._writer.connection.execute("PRAGMA page_count").fetchone()[0]
    store._writer.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = [make.message(number, text="x" * 1000) for number in range(2, 100)]
    batch = Batch(messages=large, seats={("ann", "#rook"): 99})
    for _ in range(2):
        with pytest.raises(StoreUnavailableError, match="full"):
            store.commit(batch)
    assert (
        _ids(store.history("#rook", 0, ALL, 999, newest=True)),
        store.seat("ann", "#rook"),
    ) == ([1], 0)
    store._writer.connection.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    store.commit(batch)
    assert [1, *range(2, 100)] == _ids(store.history("#rook", 0, ALL, 999, newest=True))


def test_full_disk_while_filing(store, make):
    """When it is the filing that finds no room, the batch is refused, and later filed."""
    messages = [make.private(number, "ann", "bob") for number in range(1, TAIL_ROWS + 1)]
    store.commit(Batch(messages=messages[:-1]))
    pages = store._writer.connection.execute("PRAGMA page_count").fetchone()[0]
    store._writer.connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StoreUnavailableError, match="full"):
        store.commit(Batch(messages=messages[-1:]))
    assert messages[:-1] == store.welcome("bob", 0, ALL, 9999).messages
    store._writer.connection.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    store.commit(Batch(messages=messages[-1:]))
    assert messages == store.welcome("bob", 0, ALL, 9999).messages


def test_id_used_twice_is_refused_whole(store, make):
    """A batch that breaks a rule of the schema leaves nothing behind, and the store goes on."""
    store.commit(make.batch(make.message(5)))
    with pytest.raises(StoreUnavailableError):
        store.commit(Batch(messages=[make.message(6), make.message(5)], seats={("a", "b"): 1}))
    store.commit(make.batch(make.message(7)))
    assert _ids(store.history("#rook", 0, ALL, 9, newest=True)) == [5, 7]
    assert store.seat("a", "b") == 0


def test_full_tail_is_filed(data, store, make):
    """Once `TAIL_ROWS` messages wait they are filed, so that no read scans more."""
    store.commit(Batch(messages=[make.message(number) for number in range(1, TAIL_ROWS)]))
    count = "SELECT count(*) FROM filed"
    with sqlite3.connect(data / DATABASE_NAME) as other:
        assert other.execute(count).fetchone() == (0,)
        store.commit(make.batch(make.message(TAIL_ROWS)))
        assert other.execute(count).fetchone() == (TAIL_ROWS,)
    other.close()


def test_readers_cannot_write(store):
    """A reading connection refuses to change anything."""
    store.seat("ann", "#rook")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._readers._mine().execute("DELETE FROM message")


def test_kill_loses_nothing_that_was_committed(data):
    """After kill -9 in mid-commit every batch whose commit returned is there, each one whole."""
    last = 0
    for _ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", COMMITTING_CHILD, data], stdout=subprocess.PIPE, text=True
        )
        printed = [child.stdout.readline() for _ in range(20)]
        child.send_signal(signal.SIGKILL)
        printed += child.stdout.readlines()
        child.wait(timeout=30)
        child.stdout.close()
        # A line that the kill has cut is no promise.
        last = [int(line) for line in printed if line.endswith("\n")][-1]
    store = SqliteStore.open(data)
    store.load()
    kept = _ids(store.history("#rook", 0, ALL, 1 << 30, newest=True))
    store.close()
    assert kept[:last] == [*range(1, last + 1)]
    assert len(kept) % 300 == 0
