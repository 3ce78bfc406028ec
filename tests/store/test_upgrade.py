"""A database of an earlier Rookery opens with all that is in it."""

import sqlite3

import pytest

from rookery.store.base import AccountRow, RoomRow
from rookery.store.folder import make_private_file
from rookery.store.migrate import migrate, migrations
from rookery.store.sqlite import DATABASE_NAME, SqliteStore

ALL = 1 << 62
FIRST_ROWS = """
    INSERT INTO message VALUES
        (1, '#rook', 'ann', '', 'ann!a@h', 'Ann', 'PRIVMSG', '#Rook', 'first crow', '', ''),
        (2, '#rook', 'ann', '', 'ann!a@h', 'Ann', 'TAGMSG', '#Rook', '', '+typing=done', ''),
        (3, 'ann,bob', 'bob', 'ann', 'bob!b@h', '', 'NOTICE', 'Ann', 'second crow', '', 'x.1'),
        (4, '#rook', 'bob', '', 'bob!b@h', '', 'PRIVMSG', '#Rook', 'unfiled crow', '', '');
    INSERT INTO filed VALUES ('#rook', 1), ('#rook', 2), ('ann,bob', 3);
    INSERT INTO correspondence VALUES
        ('ann', 'bob', 'ann,bob', 3, 3), ('bob', 'ann', 'ann,bob', 3, 0);
    UPDATE meta SET value = 3 WHERE key = 'filed_upto';
    INSERT INTO meta VALUES ('cloak_secret', zeroblob(32));
    INSERT INTO mailbox VALUES ('ann', 2, 1000);
    INSERT INTO account VALUES ('ann', 'Ann', 7, 'hash', 'scram');
    INSERT INTO room VALUES ('#rook', '#Rook', 7, 'ann', 'cawing', 'ann', 8, 'nt', '', 0);
    INSERT INTO seat VALUES ('ann', '#rook', 1);
    INSERT INTO resend VALUES ('bob', 'x', 1);
"""


@pytest.fixture
def store(tmp_path):
    """Return a store on a database of the first schema, in the middle of its life."""
    path = tmp_path / DATABASE_NAME
    make_private_file(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    migrate(connection, migrations()[:1])
    connection.executescript(FIRST_ROWS)
    connection.close()
    opened = SqliteStore.open(tmp_path)
    yield opened
    opened.close()


def _ids(messages):
    return [message.id for message in messages]


def test_first_schema(store, make):
    """Rows, mail, history and counters are there, and old messages become searchable."""
    snapshot = store.load()
    assert snapshot.accounts == {"ann": "Ann"}
    assert (snapshot.unverified, snapshot.account_settings, snapshot.last_id) == (set(), {}, 4)
    assert snapshot.cloak_secret == bytes(32)
    assert snapshot.rooms == [RoomRow("#rook", "#Rook", 7, "ann", "cawing", "ann", 8, "nt", "", 0)]
    assert AccountRow("ann", "Ann", 7, "hash", "scram") == store.account("ann")
    assert (store.seat("ann", "#rook"), store.welcome("bob", 0, ALL, 9).resends) == (1, {"x": 1})
    assert _ids(store.welcome("ann", 2, ALL, 9).messages) == [3]
    assert _ids(store.history("#rook", 0, ALL, 9, newest=True)) == [1, 2, 4]
    assert _ids(store.history("#rook", 0, ALL, 9, newest=True, talk_only=True)) == [1, 4]
    assert store.correspondents("ann", 0, ALL, 9) == [("bob", 3)]
    asked = make.search("crow", ["#rook"], name="ann")
    assert _ids(store.search(asked)) == [1, 3, 4]
    make.settle(store)
    assert _ids(store.search(asked)) == [1, 3, 4]
