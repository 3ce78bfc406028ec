"""Search finds by words what the asker may read; each test runs against all stores."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rookery.store import finding
from rookery.store.base import Batch, RoomRow

ALL = 1 << 62
ROOMS = ["#rook", "#nest", "#a-b"]
NAMES = ["ann", "bob", "cid"]
TEXTS = ["crow", "jay", "crow and jay", "the crow's jay-bird", "OWL"]


def _ids(messages):
    return [message.id for message in messages]


@pytest.fixture(params=[False, True], ids=["unindexed", "indexed"])
def settle(request, make):
    """Return what lets the store do what waits, or does nothing."""
    return make.settle if request.param else lambda _: None


@pytest.mark.parametrize(
    ("text", "words", "is_found"),
    (
        ("The Crow is black", "crow", True),
        ("The Crow is black", "BLACK  crow", True),
        ("The Crow is black", "crow white", False),
        ("The Crow is black", "cro", False),
        ("Crème brûlée", "creme BRULEE", True),
        ("creme brulee", "crème", True),
        ("see https://rook.example/nest?x=1", "rook.example", True),
        ("see https://rook.example/nest?x=1", "nest/x", True),
        ("well-known", "well known", True),
        ("Привет мир", "привет", True),
        ("42 crows", "42", True),
        ("one\ntwo", "two", True),
        ("anything", "", True),
        ("anything", "?!", False),
        ("quotes \" and ' here", "\"quotes' here", True),
        ("NEAR the OR", 'near AND "or', False),
        ("NEAR the OR", "near OR", True),
        ("words", "words:words*", True),
        ("words", "words NOT -words ^words", False),
        ("\x02bold\x02 crow", "bold", True),
    ),
)
def test_words(store, make, settle, text, words, is_found):
    """All words must occur, whole, whatever their case, accents, order and punctuation."""
    store.commit(make.batch(make.message(1, text=text)))
    settle(store)
    expected = [1] if is_found else []
    assert expected == _ids(store.search(make.search(words, ["#rook"])))


def test_result_is_as_it_was_said(store, make, settle):
    """The newest are found, in id order, each with all its fields."""
    said = [make.message(number, text="crow") for number in range(1, 8)]
    store.commit(make.batch(*said[:5]))
    settle(store)
    store.commit(make.batch(*said[5:]))
    assert said[4:] == store.search(make.search("crow", ["#rook"], max_messages=3))
    assert said[1:3] == store.search(make.search("crow", ["#rook"], after_id=1, before_id=4))


def test_sender_and_kinds(store, make, settle):
    """One sender's messages alone, and nothing but PRIVMSG and NOTICE."""
    store.commit(
        make.batch(
            make.message(1, sender="ann", text="crow"),
            make.message(2, sender="bob", text="crow"),
            make.message(3, sender="bob", text="crow")._replace(command="NOTICE"),
            make.event(4, "TOPIC", ":crow", sender="bob"),
        )
    )
    settle(store)
    assert _ids(store.search(make.search("crow", ["#rook"], sender="bob"))) == [2, 3]
    assert _ids(store.search(make.search("", ["#rook"], sender="bob"))) == [2, 3]
    assert _ids(store.search(make.search("", ["#rook"], sender="bo"))) == []


def test_only_what_may_be_read(store, make, settle):
    """Each place has its own floor, and private talk is for the two; the rest is not there."""
    store.commit(
        make.batch(
            make.message(1, "#rook", text="crow"),
            make.message(2, "#nest", text="crow"),
            make.private(3, "ann", "bob", "crow"),
            make.private(4, "bob", "cid", "crow"),
            make.message(5, "#rook", text="crow"),
            make.private(6, "cid", "ann", "crow"),
        )
    )
    settle(store)
    assert store.search(make.search("crow")) == []
    assert _ids(store.search(make.search("crow", places={"#rook": 0}))) == [1, 5]
    floors = make.search("crow", name="ann", name_floor_id=3)._replace(
        places={"#rook": 1, "#nest": 1, "ann,bob": 0}
    )
    assert _ids(store.search(floors)) == [2, 3, 5, 6]


@pytest.mark.parametrize("max_messages", range(1, 8))
def test_every_look_at_the_index_goes_on_where_the_last_ended(
    store, make, monkeypatch, max_messages
):
    """What few may read among much that matches is found whole, newest first, and once."""
    monkeypatch.setattr(finding, "CANDIDATES", (2, 3))
    monkeypatch.setattr(finding, "FEW_PLACES", 1)
    rooms = ["#rook", "#nest", "#else", "#else", "#rook", "#else", "#nest", "#else", "#rook"]
    said = [make.message(number, room, text="crow") for number, room in enumerate(rooms, 1)]
    store.commit(make.batch(*said))
    make.settle(store)
    expected = [one for one in said if one.conversation != "#else"][-max_messages:]
    found = store.search(make.search("crow", ["#rook", "#nest"], max_messages=max_messages))
    assert expected == found


def test_forged_key_finds_nothing(store, make, settle):
    """A text with the index's own marks does not get into another conversation's results."""
    forged = f"crow \ue000c{b'#nest'.hex()} \ue000pann"
    store.commit(make.batch(make.message(1, text=forged), make.message(2, "#nest", text="crow")))
    settle(store)
    assert _ids(store.search(make.search("crow", ["#nest"]))) == [2]
    assert store.search(make.search(f"\ue000c{b'#nest'.hex()}", ["#rook2"])) == []


def test_room_is_found_under_its_new_name(store, make, settle):
    """A renamed room is searched under its name; who may read the old one finds nothing of it."""
    store.commit(make.batch(make.message(1, text="crow")))
    settle(store)
    batch = Batch()
    batch.move_room("#rook", RoomRow("#jay", "#jay", 0, "", "", "", 0, "", "", 0))
    store.commit(batch)
    assert [
        (said.conversation, said.id) for said in store.search(make.search("crow", ["#jay"]))
    ] == [("#jay", 1)]
    assert store.search(make.search("crow", ["#rook"])) == []


TALK = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(ROOMS + NAMES), st.sampled_from(TEXTS)),
    max_size=20,
)
SEARCHES = st.fixed_dictionaries(
    {
        "words": st.sampled_from(["", "crow", "jay crow", "bird", "owl"]),
        "places": st.dictionaries(st.sampled_from(ROOMS), st.integers(0, 20)),
        "name": st.sampled_from(["", *NAMES]),
        "name_floor_id": st.integers(0, 20),
        "max_messages": st.integers(1, 6),
    }
)


def _may_read(said, asked):
    if said.id > asked.places.get(said.conversation, ALL):
        return True
    is_own = said.recipient and asked.name in (said.sender, said.recipient)
    return bool(is_own) and said.id > asked.name_floor_id


def _play(store, make, talk, settled_after):
    everything = []
    for number, (sender, addressee, text) in enumerate(talk, 1):
        if addressee.startswith("#"):
            said = make.message(number, addressee, sender, text=text)
        else:
            said = make.private(number, sender, addressee, text)
        store.commit(Batch(messages=[said]))
        everything.append(said)
        if number == settled_after:
            make.settle(store)
    return everything


@settings(max_examples=40)  # each opens a database of its own
@given(TALK, st.integers(0, 20), SEARCHES)
def test_search_equals_a_list(open_store, make, talk, settled_after, changes):
    """Whatever is said and indexed, exactly what the asker may read and asks for is found."""
    asked = make.search("")._replace(**changes)
    with open_store() as store:
        everything = _play(store, make, talk, settled_after)
        wanted = {*asked.words.split()}
        expected = [
            said
            for said in everything
            if _may_read(said, asked) and wanted <= {*re.findall("[a-z]+", said.text.lower())}
        ]
        assert expected[-asked.max_messages :] == store.search(asked)
