"""Old messages are forgotten by age and by count, everywhere or in one conversation."""

import pytest

from rookery.store.base import AccountRow, Batch, Forget, MailboxRow

ALL = 1 << 62


def _ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def store(store, make):
    """Return a store with twelve messages in two rooms and one private conversation."""
    store.commit(
        make.batch(
            *[make.message(number, "#rook", text="crow") for number in range(1, 6)],
            *[make.message(number, "#nest", text="crow") for number in range(6, 9)],
            *[make.private(number, "ann", "bob", "crow") for number in range(9, 12)],
            make.event(12, "PART"),
        )
    )
    return store


@pytest.mark.parametrize("is_settled_before", (False, True))
@pytest.mark.parametrize(
    ("forget", "expected"),
    (
        (Forget("", 4, 0), [4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (Forget("", 0, 2), [4, 5, 7, 8, 10, 11, 12]),
        (Forget("", 8, 2), [8, 10, 11, 12]),
        (Forget("#rook", 3, 0), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (Forget("#rook", 0, 1), [5, 6, 7, 8, 9, 10, 11, 12]),
        (Forget("#rook", 3, 4), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (Forget("ann,bob", ALL, 0), [1, 2, 3, 4, 5, 6, 7, 8, 12]),
        (Forget("#none", ALL, 1), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        (Forget("", 0, 99), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ),
)
def test_what_is_left(store, make, is_settled_before, forget, expected):
    """What the order names is gone from history and search alike, all else is there."""
    if is_settled_before:
        make.settle(store)
    store.commit(Batch(forgets=[forget]))
    make.settle(store)
    conversations = ("#rook", "#nest", "ann,bob")
    left = [
        said.id
        for conversation in conversations
        for said in store.history(conversation, 0, ALL, 99, newest=True)
    ]
    asked = make.search("crow", conversations)
    assert expected == sorted(left)
    assert [number for number in expected if number < 12] == _ids(store.search(asked))


def test_forgotten_talk_has_no_correspondents(store, make):
    """Who is only remembered by forgotten messages is no correspondent any longer."""
    store.commit(Batch(forgets=[Forget("", ALL, 0)]))
    make.settle(store)
    assert store.correspondents("ann", 0, ALL, 9) == []
    store.commit(make.batch(make.message(20)))
    assert _ids(store.history("#rook", 0, ALL, 9, newest=True)) == [20]


def test_many_are_forgotten_in_slices(store, make):
    """More than one slice goes, while batches come in between."""
    store.commit(make.batch(*[make.message(number) for number in range(100, 3000)]))
    store.commit(Batch(forgets=[Forget("#rook", 0, 10)]))
    while store.tidy():
        last = store.load().last_id
        store.commit(make.batch(make.message(last + 1, "#other")))
        if last > 3020:
            break
    make.settle(store)
    assert _ids(store.history("#rook", 0, ALL, 99, newest=True)) == [*range(2990, 3000)]


def test_guests_are_forgotten(open_store, make):
    """Who was here long ago, without account and mail, is forgotten by a start; nobody else."""
    with open_store() as store:
        rows = [MailboxRow(key, 0, at_ms) for key, at_ms in (("old", 5), ("new", 50), ("own", 5))]
        rows += [MailboxRow("read", 9, 5), MailboxRow("left", 0, 0), MailboxRow("sender", 0, 5)]
        batch = make.batch(make.private(9, "sender", "read"), make.private(10, "sender", "left"))
        batch.mailboxes = {row.key: row for row in rows}
        batch.accounts = {"own": AccountRow("own", "Own", 7, "x", "4096:c2FsdA==:a2V5:a2V5")}
        store.commit(batch)
        assert len(store.load().mailboxes) == 6
        kept = {row.key for row in store.load(50).mailboxes}
        assert kept == {"new", "own", "read", "left"}
        assert {row.key for row in store.load().mailboxes} == kept
