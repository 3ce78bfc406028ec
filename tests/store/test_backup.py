"""Backups: whole or not there, and a folder made from one is the folder that was."""

import shutil
import sqlite3
import stat
from contextlib import closing

import pytest
from tests.store.conftest import Make

from rookery.errors import StartError, StoreError
from rookery.store.backup import back_up, check, restore
from rookery.store.base import AccountRow, Batch, UploadRow
from rookery.store.sqlite import SqliteStore

ALL = 1 << 62
ANN = AccountRow("ann", "Ann", 7, "hash", "scram")


@pytest.fixture
def data(tmp_path):
    """Return the folder of a server that is running."""
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    store.load()
    messages = [Make().message(number) for number in range(1, 40)]
    store.commit(Batch(messages=messages, accounts={"ann": ANN}))
    (folder / "tls-key.pem").write_bytes(b"a private key of this server")
    yield folder
    store.close()


@pytest.fixture
def backup(data, tmp_path):
    """Return a backup of the running server."""
    file = tmp_path / "kept.backup"
    back_up(data, file)
    return file


def _content(folder):
    store = SqliteStore.open(folder)
    snapshot = store.load()
    ids = [said.id for said in store.history("#rook", 0, ALL, 100, newest=True)]
    account = store.account("ann")
    store.close()
    return ids, account, snapshot.cloak_secret


def test_backup_is_one_private_file(backup, tmp_path):
    """Nobody else may read it, and nothing else is left beside it."""
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"data", "kept.backup"}
    assert check(backup) == 39


def test_restored_folder(data, backup, tmp_path):
    """All is there again, with the server's own certificate, and private."""
    new = tmp_path / "new"
    restore(backup, new, may_replace=False)
    assert (new / "tls-key.pem").read_bytes() == b"a private key of this server"
    assert stat.S_IMODE(new.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in new.iterdir()} == {0o600}
    ids, account, secret = _content(new)
    assert (ids, account) == ([*range(1, 40)], ANN)
    with closing(sqlite3.connect(data / "rookery.db")) as connection:
        kept = "SELECT value FROM meta WHERE key = 'cloak_secret'"
        assert connection.execute(kept).fetchone()[0] == secret


def test_key_stands_in_its_file_alone(backup, tmp_path):
    """The restored database holds nothing of the certificate's key."""
    restore(backup, tmp_path / "new", may_replace=False)
    assert b"a private key" not in (tmp_path / "new" / "rookery.db").read_bytes()


def test_backup_of_a_crashed_server(data, tmp_path):
    """What a crash has left in the WAL is in the backup."""
    crashed = tmp_path / "crashed"
    shutil.copytree(data, crashed)
    assert (crashed / "rookery.db-wal").stat().st_size
    back_up(crashed, tmp_path / "kept")
    assert check(tmp_path / "kept") == 39


def test_folder_in_use_is_never_restored_into(data, backup):
    """A running server's folder is refused, also when it may be replaced."""
    with pytest.raises(StartError, match=r"Another Rookery .* rookery restore .* --data OTHER$"):
        restore(backup, data, may_replace=True)


def test_folder_with_something_in_it(backup, tmp_path):
    """It is left alone unless told; then what was there stays beside the new."""
    new = tmp_path / "new"
    restore(backup, new, may_replace=False)
    before = (new / "rookery.db").read_bytes()
    with pytest.raises(StoreError, match=r"not empty.*--replace"):
        restore(backup, new, may_replace=False)
    assert (new / "rookery.db").read_bytes() == before
    restore(backup, new, may_replace=True)
    (aside,) = new.glob("rookery.db.replaced-*")
    assert aside.read_bytes() == before
    assert len([*new.glob("tls-key.pem.replaced-*")]) == 1


def test_damaged_backup(backup, tmp_path):
    """A page that was overwritten is found before anything is made of it."""
    with backup.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError, match="damaged"):
        restore(backup, tmp_path / "new", may_replace=False)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", (b"", b"no database at all" * 100))
def test_file_that_is_no_backup(tmp_path, content):
    """Any other file is refused with a sentence."""
    file = tmp_path / "x"
    file.write_bytes(content)
    with pytest.raises(StoreError):
        restore(file, tmp_path / "new", may_replace=False)


def test_backup_of_a_newer_program(backup, tmp_path):
    """What this program would not understand is not restored."""
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer Rookery"):
        restore(backup, tmp_path / "new", may_replace=False)


def test_no_place_for_a_backup(data, tmp_path):
    """A place that cannot be written is one sentence, and leaves nothing behind."""
    with pytest.raises(StoreError, match="Cannot write"):
        back_up(data, tmp_path / "gone" / "kept")


def test_damaged_database_is_not_backed_up(data, tmp_path):
    """An older backup stays when the database cannot be read to its end."""
    crashed = tmp_path / "crashed"
    shutil.copytree(data, crashed)
    for tail in ("-wal", "-shm"):
        (crashed / f"rookery.db{tail}").unlink(missing_ok=True)
    (crashed / "rookery.db").write_bytes(b"\xff" * 8192)
    kept = tmp_path / "kept"
    kept.write_bytes(b"an older backup")
    with pytest.raises(StoreError, match="damaged"):
        back_up(crashed, kept)
    assert kept.read_bytes() == b"an older backup"
    assert not kept.with_name("kept.part").exists()


def test_nothing_to_back_up(tmp_path):
    """A folder without a database is named."""
    with pytest.raises(StoreError, match="--data DIR"):
        back_up(tmp_path, tmp_path / "kept")


PICTURE = UploadRow("p1", "ann", "rook.png", "image/png", 9_000_000, 10)
NOTHING = UploadRow("n2", "ann", "empty", "application/octet-stream", 0, 11)
LOST = UploadRow("l3", "ann", "lost.png", "image/png", 5, 12)


def _uploaded(data):
    """Put files on the shelf of a running server, and one that has lost its bytes."""
    (data / "uploads").mkdir(mode=0o700)
    (data / "uploads" / "p1").write_bytes(b"caw" * 3_000_000)
    (data / "uploads" / "n2").write_bytes(b"")
    (data / "uploads" / "x9").write_bytes(b"no row knows it")
    with closing(sqlite3.connect(data / "rookery.db")) as connection, connection:
        for row in (PICTURE, NOTHING, LOST):
            connection.execute("INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?)", row)


def test_uploads_are_in_the_backup(data, tmp_path):
    """Each file that counts is there again, whole and private; what does not count is not."""
    _uploaded(data)
    file, new = tmp_path / "kept.backup", tmp_path / "new"
    back_up(data, file)
    restore(file, new, may_replace=False)
    files = {path.name: path.read_bytes() for path in (new / "uploads").iterdir()}
    assert files == {"p1": b"caw" * 3_000_000, "n2": b""}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (new / "uploads").iterdir()} == {0o600}
    assert stat.S_IMODE((new / "uploads").stat().st_mode) == 0o700
    with closing(SqliteStore.open(new)) as store:
        store.load()
        assert store.uploads_before(ALL, 9) == [PICTURE, NOTHING]
    assert (new / "rookery.db").stat().st_size < 1_000_000


def test_replaced_uploads_are_put_aside(data, backup, tmp_path):
    """What the folder held stays beside the new, as all that is replaced."""
    new = tmp_path / "new"
    (new / "uploads").mkdir(parents=True)
    (new / "uploads" / "old").write_bytes(b"old")
    restore(backup, new, may_replace=True)
    (aside,) = new.glob("uploads.replaced-*")
    assert (aside / "old").read_bytes() == b"old"
