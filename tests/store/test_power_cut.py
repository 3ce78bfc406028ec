"""Power cuts: the database and its WAL as they stood at any moment, cut anywhere, opened again.

The store syncs the WAL before a commit returns, so what had returned must be there whatever became
of later writes. A disk may have written any part of what came behind the last sync: the files are
cut at every frame of the WAL, in the middle of frames, and with garbage for a tail.
"""

import random
import shutil
from itertools import pairwise

import pytest

from rookery.store.base import AccountRow, Batch
from rookery.store.sqlite import DATABASE_NAME, SqliteStore

ALL = 1 << 62
WAL_HEADER_BYTES = 32
FRAME_BYTES = 24 + 4096
BATCHES = 24
ROWS = 20


def batch(make, number):
    """Return a batch of many kinds of rows, all of which tell its number."""
    first = number * 1000
    said = [
        make.message(first + row)
        if row % 3
        else make.private(first + row, "ann", "bob", "x" * 50 * row)
        for row in range(1, ROWS + 1)
    ]
    name = f"ann{number}"
    return Batch(
        messages=said,
        accounts={name: AccountRow(name, name, number, "hash", "scram")},
        seats={("ann", "#rook"): first + ROWS},
        resends={("ann", "laptop"): number},
        metadata={("#rook", "topic"): str(number)},
    )


@pytest.fixture(scope="module")
def states(tmp_path_factory, make):
    """Return copies of the files, one behind each commit, and how many batches each must have."""
    folder = tmp_path_factory.mktemp("power")
    store = SqliteStore.open(folder / "data")
    store.load()
    states = []
    for number in range(1, BATCHES + 1):
        store.commit(batch(make, number))
        if number % 5 == 0:
            store.tidy()
        if number % 8 == 0:
            # The WAL goes into the database, and is begun anew.
            store._writer.connection.execute("PRAGMA wal_checkpoint(RESTART)")
        copy = folder / f"after-{number}"
        copy.mkdir()
        for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
            shutil.copy(folder / "data" / name, copy / name)
        states.append((number, copy))
    store.close()
    return states


def whole_batches(data):
    """Open what is left, and return how many batches are there; fail where one is there in part."""
    store = SqliteStore.open(data)
    try:
        snapshot = store.load()
        ids = {row.id for row in store.history("#rook", 0, ALL, ALL, newest=False)}
        ids |= {row.id for row in store.welcome("bob", 0, ALL, ALL).messages}
        count = len(snapshot.accounts)
        assert set(snapshot.accounts) == {f"ann{number}" for number in range(1, count + 1)}
        wanted = {n * 1000 + row for n in range(1, count + 1) for row in range(1, ROWS + 1)}
        assert wanted == ids
        assert store.seat("ann", "#rook") == (count * 1000 + ROWS if count else 0)
        assert store.welcome("ann", 0, ALL, 1).resends == ({"laptop": count} if count else {})
        assert snapshot.metadata == ({"#rook": {"topic": str(count)}} if count else {})
        while store.tidy():
            pass
        return count
    finally:
        store.close()


def cut(state, tmp_path, wal):
    """Return a folder with the database of a state and this WAL."""
    data = tmp_path / "cut"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    shutil.copy(state / DATABASE_NAME, data)
    (data / f"{DATABASE_NAME}-wal").write_bytes(wal)
    return data


def test_cut_behind_every_commit(states, tmp_path):
    """What had returned is there, whole, from the files as they stood."""
    for number, state in states:
        wal = (state / f"{DATABASE_NAME}-wal").read_bytes()
        assert whole_batches(cut(state, tmp_path, wal)) == number


def test_cut_in_mid_write(states, tmp_path):
    """A batch of which a part was written is not there, and those before it are.

    The WAL of the next commit is cut at every frame and inside frames.
    """
    rng = random.Random("power")
    for (number, state), (_, later) in pairwise(states):
        before = (state / f"{DATABASE_NAME}-wal").read_bytes()
        after = (later / f"{DATABASE_NAME}-wal").read_bytes()
        if not after.startswith(before) or len(after) <= len(before):
            continue  # The WAL was begun anew in between: see test_cut_in_mid_checkpoint.
        cuts = [*range(len(before), len(after), FRAME_BYTES)]
        cuts += [rng.randrange(len(before), len(after)) for _ in range(2)]
        counts = [whole_batches(cut(state, tmp_path, after[:at])) for at in sorted(cuts)]
        # Tidying is a transaction of its own, behind the batch.
        last = number + 1 if (number + 1) % 5 == 0 else number
        assert counts == sorted(counts)
        assert (counts[0], counts[-1]) == (number, last)


def test_garbage_behind_the_last_sync(states, tmp_path):
    """Blocks that the disk never wrote hold anything: no batch is made of them, none is lost."""
    rng = random.Random("garbage")
    number, state = states[5]
    wal = (state / f"{DATABASE_NAME}-wal").read_bytes()
    for tail in (bytes(FRAME_BYTES * 3), rng.randbytes(FRAME_BYTES * 3), wal[-FRAME_BYTES:]):
        assert whole_batches(cut(state, tmp_path, wal + tail)) == number


def test_cut_through_the_whole_log(states, tmp_path):
    """However much of the log is lost, what is left is a number of whole batches, in their order.

    No disk that keeps its word loses what was synced; one that does not must not leave halves.
    """
    number, state = states[6]
    wal = (state / f"{DATABASE_NAME}-wal").read_bytes()
    counts = [
        whole_batches(cut(state, tmp_path, wal[:at]))
        for at in range(WAL_HEADER_BYTES, len(wal) + 1, FRAME_BYTES)
    ]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, number)


def test_cut_in_mid_checkpoint(states, tmp_path):
    """A checkpoint that wrote only some of its pages is done again from the WAL, which is whole."""
    number, state = states[6]
    later = states[7][1]
    rng = random.Random("checkpoint")
    wal = (later / f"{DATABASE_NAME}-wal").read_bytes()
    before = (state / DATABASE_NAME).read_bytes()
    after = (later / DATABASE_NAME).read_bytes()
    assert len(after) > len(before)
    for _ in range(10):
        data = cut(later, tmp_path, wal)
        with (data / DATABASE_NAME).open("r+b") as file:
            for page in range(0, len(after), 4096):
                if rng.random() < 0.5:
                    file.seek(page)
                    file.write(before[page : page + 4096])
        assert whole_batches(data) == number + 1
