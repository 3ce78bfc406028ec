import pytest
from tests.unit.client.wire_end import WireEnd

from rookery.client import asking
from rookery.client.shown import (
    Done,
    Entered,
    Joined,
    Left,
    Refused,
    Renamed,
    Topic,
    Went,
    Why,
)


@pytest.fixture
def end():
    """A server's end of alice, signed in."""
    end = WireEnd()
    end.connect()
    return end


@pytest.fixture
def in_room(end):
    """The same, in #team with bob."""
    asking.join(end.model, "#team")
    end.enter("#team", "@bob")
    end.feed("@label=r1 :s ACK")
    end.forget()
    return end


def private(model, text="hi", target="bob"):
    """Write a private message."""
    asking.say(model, target, text)


def test_entering_a_room(end):
    """A room is entered when all its members are known."""
    request = asking.join(end.model, "#team")
    assert end.lines == ["@label=r1 JOIN #team"]
    end.feed(
        "@label=r1 :s BATCH +1 labeled-response",
        "@batch=1 :alice!u@h JOIN #team alice :alice",
        "@batch=1 :s 332 alice #team :the topic",
        "@batch=1 :s 353 alice = #team :alice @+bob",
        "@batch=1 :s 353 alice = #team :carol",
        "@batch=1 :s 366 alice #team :End",
        ":s BATCH -1",
    )
    assert [
        Topic("#team", "the topic"),
        Entered("#team", ("alice", "bob", "carol"), Why.ASKED),
        Done(request.label),
    ] == end.shown


def test_room_of_another_session(end):
    """A room that another session of mine is in was not asked for; asking for it lists it."""
    end.enter("#team", "bob")
    assert [Entered("#team", ("alice", "bob"), Why.ELSEWHERE)] == end.shown
    request = asking.join(end.model, "#Team")
    assert end.lines == ["@label=r1 NAMES #team"]
    end.feed(
        "@label=r1 :s BATCH +1 labeled-response",
        "@batch=1 :s 353 alice = #team :alice bob carol",
        "@batch=1 :s 366 alice #team :End",
        ":s BATCH -1",
    )
    members = ("alice", "bob", "carol")
    assert [Entered("#team", members, Why.ASKED), Done(request.label)] == end.shown


def test_refused_room(end):
    """A room that lets nobody in is forgotten, with its reason."""
    asking.join(end.model, "#team")
    end.feed("@label=r1 :s 475 alice #team :it has a key")
    assert [Refused("join", "#team", "475", "it has a key"), Done("r1")] == end.shown
    assert end.model.rooms.get("#team") is None


def test_people_come_and_go(in_room):
    """Who is in a room is known from what is said about it."""
    end = in_room
    end.feed(
        ":carol!u@h JOIN #team carol :Carol",
        ":carol!u@h NICK caro",
        ":bob!u@h PART #team",
        ":caro!u@h QUIT :bye",
        ":dave!u@h NICK david",
        ":alice!u@h NICK alicia",
    )
    assert [
        Joined("#team", "carol"),
        Renamed("carol", "caro", is_me=False),
        Left("#team", "bob"),
        Left("#team", "caro"),
        Renamed("alice", "alicia", is_me=True),
    ] == end.shown
    assert end.model.rooms.get("#team").members == {"alicia": "alicia"}


def test_being_removed(in_room):
    """KICK takes one out, with who did it and why."""
    in_room.feed(":bob!u@h KICK #team alice :be nice")
    assert [Went("#team", "bob", "be nice")] == in_room.shown
    assert in_room.model.rooms.get("#team") is None


def test_leaving_waits_for_what_was_said(in_room):
    """A room is left behind the last line that was said in it, not before."""
    end = in_room
    asking.say(end.model, "#team", "last words")
    assert asking.leave(end.model, "#team") is None
    (line,) = end.lines
    assert line.endswith("PRIVMSG #team :last words")
    end.feed("@label=r2;msgid=a :alice!u@h PRIVMSG #team :last words")
    assert end.lines == ["@label=r3 PART #team"]
    end.feed("@label=r3 :alice!u@h PART #team")
    said, went, _ = end.shown
    assert said.text == "last words"
    assert Went("#team") == went
