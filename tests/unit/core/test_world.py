"""What each event makes of the world."""

import pytest

from rookery.core.events import (
    Accepted,
    AcceptEnded,
    AwaySet,
    LoggedIn,
    ModesSet,
    NameRegistered,
    Parted,
    Renamed,
    SignedOut,
    TopicSet,
    UserModesSet,
)
from rookery.core.modes import BY_LETTER, ModeChange
from rookery.core.names import Name
from rookery.core.room import OPERATOR


def test_signed_in(stage):
    """Who signs in is found under the nick's key, and has a source."""
    ann = stage.person("Ann")
    assert stage.world.users == {"ann": ann}
    assert ann.source == "Ann!~u@host"


def test_joined_and_parted(stage):
    """Member and room know each other until they part."""
    ann, room = stage.person("ann"), stage.room("#a")
    stage.join(ann, room, OPERATOR)
    assert (room.members, ann.rooms) == ({ann: OPERATOR}, {room: None})
    stage.world.apply(Parted(ann, room, ""))
    assert (room.members, ann.rooms) == ({}, {})


def test_empty_room_is_gone(stage):
    """A room that has nothing to remember goes with its last member."""
    ann, bob, room = stage.person("ann"), stage.person("bob"), stage.room("#a")
    stage.join(ann, room)
    stage.join(bob, room)
    stage.world.apply(Parted(ann, room, ""))
    assert stage.world.rooms == {"#a": room}
    stage.world.apply(Parted(bob, room, ""))
    assert stage.world.rooms == {}


@pytest.mark.parametrize(
    ("field", "value"),
    (
        ("founder", "ann"),
        ("password", "sesame"),
        ("flags", frozenset("i")),
        ("floor_id", 5),
    ),
)
def test_memorable_room_stays(stage, field, value):
    """A room with a founder, or with something that was said in private, outlives its members."""
    ann, room = stage.person("ann"), stage.room("#a")
    stage.join(ann, room)
    setattr(room, field, value)
    stage.world.apply(Parted(ann, room, ""))
    assert stage.world.rooms == {"#a": room}


def test_signed_out(stage):
    """Who signs out leaves every room and is not found any more."""
    ann, bob = stage.person("ann"), stage.person("bob")
    rooms = [stage.room("#a"), stage.room("#b")]
    for room in rooms:
        stage.join(ann, room)
    stage.join(bob, rooms[0])
    stage.world.apply(UserModesSet(ann, "i", ""))
    stage.world.apply(SignedOut(ann, "bye"))
    assert stage.world.users == {"bob": bob}
    assert stage.world.rooms == {"#a": rooms[0]}
    assert rooms[0].members == {bob: 0}
    assert stage.world.invisible_count == 0


def test_renamed(stage):
    """Who takes another nick is found under it alone, and has another source."""
    ann = stage.person("ann")
    stage.world.apply(Renamed(ann, "ann", ann.source, Name("Bob", "bob")))
    assert stage.world.users == {"bob": ann}
    assert (ann.nick, ann.key, ann.source) == ("Bob", "bob", "Bob!~u@host")


def test_renamed_in_case(stage):
    """A nick in another case is the same key."""
    ann = stage.person("ann")
    stage.world.apply(Renamed(ann, "ann", ann.source, Name("ANN", "ann")))
    assert stage.world.users == {"ann": ann}


def test_logged_in_and_out(stage):
    """Who proves an account has it, until logged out."""
    ann = stage.person("x")
    stage.world.apply(LoggedIn(ann, Name("Ann", "ann")))
    assert (ann.account, ann.account_key) == ("Ann", "ann")
    stage.world.apply(LoggedIn(ann, None))
    assert (ann.account, ann.account_key) == ("", "")


def test_topic(stage):
    """A topic is kept with who set it and when."""
    room = stage.room("#a")
    stage.world.apply(TopicSet(room, "ann!~u@host", "Birds", 7))
    assert (room.topic, room.topic_by, room.topic_at_ms) == ("Birds", "ann!~u@host", 7)


def test_modes(stage):
    """Changes of modes are made in their order."""
    room = stage.room("#a")
    on, off = (ModeChange(is_on, BY_LETTER["m"], "") for is_on in (True, False))
    stage.world.apply(ModesSet(room, "ann", (on, off, on)))
    assert room.flags == frozenset("mnt")


def test_away_and_invisible(stage):
    """A person is away with a word; the invisible are counted once each."""
    ann = stage.person("ann")
    stage.world.apply(AwaySet(ann, "tea"))
    assert ann.away == "tea"
    for on, off, count in (("i", "", 1), ("i", "", 1), ("", "i", 0), ("", "i", 0)):
        stage.world.apply(UserModesSet(ann, on, off))
        assert stage.world.invisible_count == count


def test_name_registered(stage):
    """A registered name is known as its owner wrote it."""
    stage.world.apply(NameRegistered(Name("Ann", "ann")))
    assert stage.world.accounts == {"ann": "Ann"}


def test_accept_lists_end_with_their_people(stage):
    """Who signs out is on no list any more, and has none; both sides are kept in step."""
    ann, bob, cat = (stage.person(nick) for nick in ("ann", "bob", "cat"))
    for event in (Accepted(ann, bob), Accepted(cat, bob), Accepted(bob, ann), Accepted(cat, ann)):
        stage.world.apply(event)
    stage.world.apply(SignedOut(bob, ""))
    assert stage.world.accepted == {cat: {ann: None}}
    assert stage.world.accepting == {ann: {cat: None}}
    stage.world.apply(AcceptEnded(cat, ann))
    assert (stage.world.accepted, stage.world.accepting) == ({}, {})
