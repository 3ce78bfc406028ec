"""What every store does; each test runs against all of them."""

import pytest

from rookery.store.base import AccountRow, Batch, MailboxRow, RoomRow, Welcome

ALL = 1 << 62
ANN = AccountRow("ann", "Ann", 7, "$argon2id$…", "4096:c2FsdA==:a2V5:a2V5")
ROOK = RoomRow("#rook", "#Rook", 7, "ann", "cawing", "ann", 8, "nt", "sesame", 12)


def _ids(messages):
    return [message.id for message in messages]


def test_fresh_store_knows_nothing_but_its_secret(store):
    """A fresh store is empty, with 32 secret bytes of its own."""
    snapshot = store.load()
    expected = (0, {}, [], [], 32)
    assert expected == (
        snapshot.last_id,
        snapshot.accounts,
        snapshot.rooms,
        snapshot.mailboxes,
        len(snapshot.cloak_secret),
    )


def test_load_gives_all_that_was_committed(store):
    """What is committed is what the next load finds; accounts come without proofs."""
    box = MailboxRow("ann", 5, 1000)
    store.commit(Batch(accounts={"ann": ANN}, rooms={"#rook": ROOK}, mailboxes={"ann": box}))
    snapshot = store.load()
    expected = ({"ann": "Ann"}, [ROOK], [box])
    assert expected == (snapshot.accounts, snapshot.rooms, snapshot.mailboxes)


def test_last_id_is_the_highest(store, make):
    """The last id is that of the newest message, filed or not."""
    store.commit(make.batch(make.message(3), make.message(9)))
    assert store.load().last_id == 9
    store.tidy()
    assert store.load().last_id == 9


def test_rows_replace_those_of_the_same_key(store):
    """An account or a room committed again is changed, not doubled."""
    store.commit(Batch(accounts={"ann": ANN}, rooms={"#rook": ROOK}))
    account = ANN._replace(name="ANN", password_hash="other")
    room = ROOK._replace(topic="", limit=0)
    store.commit(Batch(accounts={"ann": account}, rooms={"#rook": room}))
    assert account == store.account("ann")
    assert [room] == store.load().rooms


def test_unknown_account_and_seat(store):
    """An account that does not exist is None, a seat never taken is 0."""
    assert store.account("bob") is None
    assert store.seat("ann", "#rook") == 0


def test_seat_never_goes_back(store):
    """A seat keeps the highest id."""
    for last_id in (4, 9, 6):
        store.commit(Batch(seats={("ann", "#rook"): last_id, ("bob", "#rook"): 1}))
    assert (store.seat("ann", "#rook"), store.seat("bob", "#rook")) == (9, 1)


def test_resend_counters_are_per_sender_and_device(store):
    """Counters never go back, and come with the welcome of their sender alone."""
    store.commit(Batch(resends={("ann", "laptop"): 5, ("ann", "phone"): 2, ("bob", "x"): 9}))
    store.commit(Batch(resends={("ann", "laptop"): 3, ("ann", "phone"): 1 << 52}))
    expected = Welcome([], {"laptop": 5, "phone": 1 << 52})
    assert expected == store.welcome("ann", 0, ALL, 10)


@pytest.mark.parametrize("is_tidied", (False, True))
def test_message_comes_back_as_it_was(store, make, is_tidied):
    """Every field survives, whatever characters are in it."""
    text = "\x01ACTION “quotes” \\ \t\x02bold\x02 🐦 ' \" ; --"
    message = make.message(1 << 62, text=text)._replace(
        tags="+typing=active;+x=\\:", client_id="abcdefgh.9007199254740991"
    )
    store.commit(make.batch(message))
    if is_tidied:
        store.tidy()
    assert [message] == store.history("#rook", 0, (1 << 63) - 1, 10, newest=True)


@pytest.mark.parametrize("tidied_after", (0, 4, 9))
@pytest.mark.parametrize(
    ("window", "expected"),
    (
        ((0, ALL, 100, True), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ((0, ALL, 3, True), [7, 8, 9]),
        ((0, ALL, 3, False), [1, 2, 3]),
        ((3, 7, 100, True), [4, 5, 6]),
        ((3, 7, 2, True), [5, 6]),
        ((3, 7, 2, False), [4, 5]),
        ((6, 6, 5, False), []),
        ((7, 3, 5, True), []),
        ((9, ALL, 5, False), []),
        ((0, 1, 5, True), []),
    ),
)
def test_history_windows(store, make, tidied_after, window, expected):
    """A window excludes its ends and is cut on the side that was not asked for."""
    after, before, limit, newest = window
    for number in range(1, 10):
        store.commit(make.batch(make.message(number)))
        if number == tidied_after:
            store.tidy()
    assert expected == _ids(store.history("#rook", after, before, limit, newest=newest))


def test_history_is_of_one_conversation(store, make):
    """Other rooms and private talk stay out."""
    store.commit(
        make.batch(make.message(1), make.message(2, "#other"), make.private(3, "ann", "bob"))
    )
    store.tidy()
    store.commit(make.batch(make.message(4, "#other"), make.private(5, "bob", "ann")))
    assert _ids(store.history("#other", 0, ALL, 10, newest=True)) == [2, 4]
    assert _ids(store.history("ann,bob", 0, ALL, 10, newest=True)) == [3, 5]


@pytest.mark.parametrize("is_tidied", (False, True))
def test_welcome_is_what_others_sent_to_the_name(store, make, is_tidied):
    """One's own messages, other people's and rooms' are not in one's mailbox."""
    store.commit(
        make.batch(
            make.private(1, "ann", "bob"),
            make.private(2, "bob", "ann"),
            make.private(3, "cid", "ann"),
            make.private(4, "cid", "bob"),
            make.message(5, sender="bob"),
            make.private(6, "ann", "cid"),
            make.private(7, "bob", "ann"),
        )
    )
    if is_tidied:
        store.tidy()
    assert _ids(store.welcome("ann", 0, ALL, 10).messages) == [2, 3, 7]


@pytest.mark.parametrize("is_tidied", (False, True))
def test_welcome_bounds(store, make, is_tidied):
    """`above` is excluded, `upto` is included, and the oldest come first when cut."""
    store.commit(make.batch(*[make.private(number, "bob", "ann") for number in range(1, 8)]))
    if is_tidied:
        store.tidy()
    assert _ids(store.welcome("ann", 2, 6, 10).messages) == [3, 4, 5, 6]
    assert _ids(store.welcome("ann", 2, 6, 2).messages) == [3, 4]
    assert _ids(store.welcome("ann", 7, ALL, 2).messages) == []
    assert _ids(store.welcome("ann", 6, 2, 2).messages) == []


@pytest.mark.parametrize("is_tidied", (False, True))
def test_message_to_oneself_is_received_once(store, make, is_tidied):
    """A note to oneself is owed like any other message."""
    store.commit(make.batch(make.private(1, "ann", "ann")))
    if is_tidied:
        store.tidy()
    assert _ids(store.welcome("ann", 0, ALL, 10).messages) == [1]


def test_large_batch(store, make):
    """A batch of more rows than one statement takes is stored whole and in order."""
    numbers = [*range(1, 5001)]
    store.commit(make.batch(*[make.message(number) for number in numbers]))
    assert numbers == _ids(store.history("#rook", 0, ALL, 9999, newest=True))
    store.commit(make.batch(*[make.message(number) for number in range(5001, 7778)]))
    assert _ids(store.history("#rook", 0, ALL, 2, newest=True)) == [7776, 7777]


def test_empty_batch_and_idle_tidying(store):
    """Nothing to store is nothing wrong."""
    store.commit(Batch())
    store.tidy()
    store.tidy()
    assert store.load().last_id == 0
