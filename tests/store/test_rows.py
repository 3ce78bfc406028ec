"""What a store keeps of rooms and accounts; each test runs against all stores."""

import pytest

from rookery.store.base import AccountRow, Batch, ListEntryRow, MailboxRow, RoomRow

ALL = 1 << 62
ANN = AccountRow("ann", "Ann", 7, "hash", "scram", "ann@nest", True, '{"always_on":true}')
BOB = AccountRow("bob", "Bob", 8, "hash", "scram", is_verified=False)
ROOK = RoomRow("#rook", "#Rook", 7, "ann", "cawing", "ann", 8, "nt", "", 0, '{"f":"#nest"}')
BANS = [ListEntryRow("b", "zed!*@*", "ann!a@h", 5), ListEntryRow("b", "ann!*@*", "bob", 6)]
EXCEPTS = [ListEntryRow("e", "ann!*@*", "ann!a@h", 7)]


def _full_batch():
    return Batch(
        accounts={"ann": ANN, "bob": BOB},
        certificates={"aa11": "ann", "bb22": "ann", "cc33": "bob"},
        rooms={"#rook": ROOK},
        room_lists={"#rook": BANS + EXCEPTS},
        room_ranks={"#rook": {"ann": 4, "bob": 1}},
        seats={("ann", "#rook"): 9},
        read_markers={("ann", "#rook"): 1000, ("ann", "bob"): 2000},
        metadata={("#rook", "url"): "https://nest", ("ann", "color"): "black"},
        resends={("ann", "phone"): 3},
        mailboxes={"ann": MailboxRow("ann", 5, 1000)},
    )


def _state(store):
    snapshot = store.load()
    return (
        snapshot.rooms,
        snapshot.room_lists,
        snapshot.room_ranks,
        snapshot.metadata,
        snapshot.certificates,
    )


def test_load_gives_rooms_and_accounts_with_all_they_have(store):
    """Lists keep their order; accounts that wait, settings and certificates are told apart."""
    store.commit(_full_batch())
    snapshot = store.load()
    assert snapshot.unverified == {"bob"}
    assert snapshot.account_settings == {"ann": '{"always_on":true}'}
    assert (store.account("ann"), store.account("bob")) == (ANN, BOB)
    assert store.account("ann").is_verified is True
    assert _state(store) == (
        [ROOK],
        {"#rook": BANS + EXCEPTS},
        {"#rook": {"ann": 4, "bob": 1}},
        {"#rook": {"url": "https://nest"}, "ann": {"color": "black"}},
        {"aa11": "ann", "bb22": "ann", "cc33": "bob"},
    )


def test_lists_and_ranks_replace_those_of_their_room(store):
    """A room's lists and ranks are given whole; other rooms keep theirs."""
    store.commit(_full_batch())
    store.commit(Batch(room_lists={"#nest": EXCEPTS}, room_ranks={"#nest": {"cid": 2}}))
    store.commit(Batch(room_lists={"#rook": BANS[1:]}, room_ranks={"#rook": {"bob": 2}}))
    snapshot = store.load()
    assert snapshot.room_lists == {"#rook": BANS[1:], "#nest": EXCEPTS}
    assert snapshot.room_ranks == {"#rook": {"bob": 2}, "#nest": {"cid": 2}}
    store.commit(Batch(room_lists={"#rook": []}, room_ranks={"#rook": {}}))
    assert (store.load().room_lists, store.load().room_ranks) == (
        {"#nest": EXCEPTS},
        {"#nest": {"cid": 2}},
    )


def test_certificates_and_metadata_are_replaced_and_removed(store):
    """A fingerprint goes over to another account or away; so does a value."""
    store.commit(_full_batch())
    store.commit(
        Batch(
            certificates={"aa11": "", "bb22": "bob", "dd44": ""},
            metadata={("ann", "color"): None, ("#rook", "url"): "", ("bob", "x"): None},
        )
    )
    assert store.load().certificates == {"bb22": "bob", "cc33": "bob"}
    assert store.load().metadata == {"#rook": {"url": ""}}


def test_read_markers_never_go_back(store):
    """A marker keeps the latest time, for each account and target."""
    for at_ms in (5, 9, 7):
        store.commit(Batch(read_markers={("ann", "#rook"): at_ms}))
    markers = [store.read_marker("ann", "#rook"), store.read_marker("bob", "#rook")]
    assert markers == [9, 0]


@pytest.mark.parametrize("is_settled", (False, True))
def test_room_that_moves_takes_all_along(store, make, is_settled):
    """Lists, ranks, seats, markers, metadata and what was said go to the new name."""
    store.commit(_full_batch())
    said = [make.message(1), make.event(2, "TOPIC", ":crows")]
    store.commit(make.batch(*said, make.message(3, "#other")))
    if is_settled:
        make.settle(store)
    batch = make.batch(make.message(4))
    batch.move_room("#rook", ROOK._replace(key="#jay", name="#Jay"))
    batch.messages.append(make.message(5, "#jay"))
    batch.messages.append(make.message(6, "#rook"))
    store.commit(batch)
    jay = [*said, make.message(4), make.message(5, "#jay")]
    assert [row._replace(conversation="#jay") for row in jay] == store.history(
        "#jay", 0, ALL, 9, newest=True
    )
    assert [make.message(6)] == store.history("#rook", 0, ALL, 9, newest=True)
    rooms, lists, ranks, metadata, _ = _state(store)
    assert [room.key for room in rooms] == ["#jay"]
    assert (lists, ranks) == ({"#jay": BANS + EXCEPTS}, {"#jay": {"ann": 4, "bob": 1}})
    assert metadata == {"#jay": {"url": "https://nest"}, "ann": {"color": "black"}}
    assert (store.seat("ann", "#jay"), store.seat("ann", "#rook")) == (9, 0)
    assert (store.read_marker("ann", "#jay"), store.read_marker("ann", "#rook")) == (1000, 0)
    assert store.latest(["#jay", "#rook", "#other"]) == {"#jay": 5, "#rook": 6, "#other": 3}


def test_room_moves_there_and_back(store, make):
    """A name that was moved away from can be moved back to; what came between is forgotten."""
    store.commit(make.batch(make.message(1)))
    away, back = Batch(), Batch()
    away.move_room("#rook", ROOK._replace(key="#jay"))
    store.commit(away)
    store.commit(make.batch(make.message(2, "#jay"), make.message(3, "#rook")))
    back.move_room("#jay", ROOK)
    store.commit(back)
    make.settle(store)
    store.commit(make.batch(make.message(4), make.message(5, "#jay")))
    found = [said.id for said in store.history("#rook", 0, ALL, 9, newest=True)]
    others = [said.id for said in store.history("#jay", 0, ALL, 9, newest=True)]
    assert (found, others) == ([1, 2, 4], [5])


def test_move_within_a_batch_is_one_with_what_the_batch_holds(store, make):
    """Rows and messages of the same epoch follow the room, and a third room swaps nothing."""
    batch = _full_batch()
    batch.messages = [make.message(1), make.message(2, "#jay")]
    batch.move_room("#rook", ROOK._replace(key="#jay"))
    batch.move_room("#jay", ROOK._replace(key="#owl"))
    store.commit(batch)
    rooms, lists, _, _, _ = _state(store)
    assert ([room.key for room in rooms], [*lists]) == (["#owl"], ["#owl"])
    assert [said.id for said in store.history("#owl", 0, ALL, 9, newest=True)] == [1]
    assert store.history("#jay", 0, ALL, 9, newest=True) == []


@pytest.mark.parametrize("is_forgotten", (False, True))
def test_removed_room_leaves_nothing_but_its_history(store, make, is_forgotten):
    """A removed room has no row left; its history stays only when that is asked for."""
    batch = _full_batch()
    batch.messages.append(make.message(1))
    store.commit(batch)
    removal = make.batch(make.message(2))
    removal.remove_room("#rook", is_forgotten=is_forgotten)
    removal.messages.append(make.message(3))
    store.commit(removal)
    assert _state(store)[:4] == ([], {}, {}, {"ann": {"color": "black"}})
    assert (store.seat("ann", "#rook"), store.read_marker("ann", "#rook")) == (0, 0)
    make.settle(store)
    ids = [said.id for said in store.history("#rook", 0, ALL, 9, newest=True)]
    assert ids == ([3] if is_forgotten else [1, 2, 3])


def test_removed_account_leaves_only_what_it_said(store, make):
    """Nothing of an account stays but its messages; who takes the name is owed none of its mail."""
    batch = _full_batch()
    batch.messages = [make.private(6, "bob", "ann"), make.private(7, "ann", "bob")]
    store.commit(batch)
    removal = Batch(certificates={"ee55": "ann"}, metadata={("ann", "late"): "x"})
    removal.remove_account("ann", 7)
    store.commit(removal)
    snapshot = store.load()
    assert (snapshot.accounts, snapshot.certificates) == ({"bob": "Bob"}, {"cc33": "bob"})
    assert (snapshot.given_up, snapshot.metadata) == (
        {"ann": 7},
        {"#rook": {"url": "https://nest"}},
    )
    assert (snapshot.rooms[0].founder, snapshot.room_ranks) == ("", {"#rook": {"bob": 1}})
    assert [box.watermark for box in snapshot.mailboxes] == [7]
    assert (store.account("ann"), store.seat("ann", "#rook")) == (None, 0)
    assert store.read_marker("ann", "bob") == 0
    assert store.welcome("ann", 7, ALL, 9) == ([], {})
    assert len(store.history("ann,bob", 0, ALL, 9, newest=True)) == 2


def test_account_may_be_made_anew_in_the_epoch_that_removes_it(store):
    """Removals come first, so what the batch holds afterwards is what stays."""
    store.commit(_full_batch())
    batch = Batch()
    batch.remove_account("ann", 7)
    batch.accounts["ann"] = ANN._replace(password_hash="new")
    store.commit(batch)
    assert store.account("ann").password_hash == "new"
    assert "aa11" not in store.load().certificates


@pytest.mark.parametrize("is_tidied", (False, True))
def test_load_gives_what_waits_for_each_name(store, make, is_tidied):
    """The ids above each name's watermark, in order, whoever sent them; none for who has all."""
    store.commit(
        Batch(
            messages=[
                make.private(1, "bob", "ann"),
                make.private(2, "bob", "ann"),
                make.private(3, "cat", "ann"),
                make.private(4, "ann", "bob"),
                make.message(5),
                make.private(6, "bob", "ann"),
            ],
            mailboxes={"ann": MailboxRow("ann", 1, 9), "bob": MailboxRow("bob", 4, 9)},
        )
    )
    if is_tidied:
        store.tidy()
    assert store.load().waiting == {"ann": [2, 3, 6]}


def test_floors(store):
    """From when on an account's private talk is its owner's is kept, beside a removal too."""
    store.commit(Batch(floors={"ann": 5}))
    assert store.load().given_up == {"ann": 5}
    batch = Batch(floors={"ann": 7})
    batch.remove_account("ann", 9)
    store.commit(batch)
    assert store.load().given_up == {"ann": 9}
