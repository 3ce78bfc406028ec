"""Who gets what, in what order; `tests/properties` tries it on everything at once."""

import pytest
from tests.unit.deliver.stage import enter, person, room, said

from rookery.deliver.fanout import Fanout
from rookery.wire.capabilities import ECHO_MESSAGE, MESSAGE_TAGS


def _texts(session):
    lines = b"".join(session.out).decode().split("\r\n")[:-1]
    return [line.rpartition(":")[2] for line in lines]


@pytest.fixture
def fanout():
    """Return a fan-out with nothing in it."""
    return Fanout()


def test_one_render_for_all_alike(fanout):
    """Members who understand the same get the very same bytes, a message only once."""
    ann, bob, cat = (person(nick, caps) for nick, caps in (("a", 0), ("b", 0), ("c", MESSAGE_TAGS)))
    place = room("#a", ann, bob, cat)
    fanout.say(place, said(ann, "#a", "one"), ann.sessions[0], b"")
    fanout.say(place, said(ann, "#a", "two"), ann.sessions[0], b"")
    fanout.seal_all()
    (of_bob,), (of_cat,) = bob.sessions[0].out, cat.sessions[0].out
    assert of_bob == b":a!~u@host PRIVMSG #a :one\r\n:a!~u@host PRIVMSG #a :two\r\n"
    assert of_cat.startswith(b"@msgid=")
    assert ann.sessions[0].out == []
    dan = person("d", 0)
    enter(dan, place)
    fanout.say(place, said(ann, "#a", "three"), ann.sessions[0], b"")
    fanout.seal(place)
    assert dan.sessions[0].out[-1] is bob.sessions[0].out[-1]


def test_dirty_names_each_session_once(fanout):
    """Whoever has something to be flushed is listed, once."""
    ann, bob = person("a", 0), person("b", 0)
    place = room("#a", ann, bob)
    for _ in range(2):
        fanout.say(place, said(ann, "#a"), ann.sessions[0], b"")
        fanout.seal_all()
        fanout.send(bob.sessions[0], b"X\r\n")
    assert fanout.dirty == bob.sessions


def test_own_line(fanout):
    """The speaker gets a line of its own where it has one, in the place of everybody's."""
    ann, bob = person("a", ECHO_MESSAGE, ECHO_MESSAGE), person("b", 0)
    place = room("#a", ann, bob)
    first, second = ann.sessions
    fanout.say(place, said(ann, "#a", "one"), first, b"@label=7 :one\r\n")
    fanout.say(place, said(bob, "#a", "two"), bob.sessions[0], b"")
    fanout.say(place, said(ann, "#a", "three"), first, None)
    fanout.seal_all()
    assert _texts(first) == _texts(second) == ["one", "two", "three"]
    assert first.out[0].startswith(b"@label=7 :one\r\n")
    assert _texts(bob.sessions[0]) == ["one", "three"]


def test_reply_does_not_overtake(fanout):
    """A reply to a member comes behind what was said in the room before."""
    ann, bob = person("a", 0), person("b", 0)
    place = room("#a", ann, bob)
    fanout.say(place, said(ann, "#a", "one"), ann.sessions[0], b"")
    fanout.send(bob.sessions[0], b":reply\r\n")
    fanout.say(place, said(ann, "#a", "two"), ann.sessions[0], b"")
    fanout.seal_all()
    assert _texts(bob.sessions[0]) == ["one", "reply", "two"]


def test_speaker_keeps_the_order_of_its_rooms(fanout):
    """Who reads two rooms reads what one person said in them in that person's order."""
    ann, bob = person("a", 0), person("b", 0)
    rooms = [room("#a", ann, bob), room("#b", ann, bob)]
    for at, text in ((1, "one"), (0, "two"), (1, "three"), (0, "four")):
        fanout.say(rooms[at], said(ann, rooms[at].name, text), ann.sessions[0], b"")
    fanout.seal_all()
    assert _texts(bob.sessions[0]) == ["one", "two", "three", "four"]


def test_to_rooms(fanout):
    """An event's audience has each session once, and has read what was said before."""
    ann, bob, cat = (person(nick, 0, 0) for nick in "abc")
    rooms = [room("#a", ann, bob), room("#b", ann, bob, cat)]
    fanout.say(rooms[0], said(ann, "#a", "one"), ann.sessions[0], b"")
    assert fanout.to_rooms(rooms, leaving_out=ann) == [*bob.sessions, *cat.sessions]
    assert _texts(bob.sessions[0]) == ["one"]


def test_captured_replies(fanout):
    """While a labelled command runs, its replies are kept apart, behind what was said before."""
    ann, bob = person("a", 0), person("b", 0)
    place = room("#a", ann, bob)
    bob.sessions[0].capture = []
    fanout.say(place, said(ann, "#a", "one"), ann.sessions[0], b"")
    fanout.send(bob.sessions[0], b":reply\r\n")
    assert bob.sessions[0].capture == [b":reply\r\n"]
    assert _texts(bob.sessions[0]) == ["one"]


def test_nothing_to_say(fanout):
    """A TAGMSG is nothing to members without tags, and leaves no trace in their outbox."""
    ann, bob = person("a", MESSAGE_TAGS), person("b", 0)
    place = room("#a", ann, bob)
    event = said(ann, "#a", "", command="TAGMSG", tags="+typing=active")
    fanout.say(place, event, ann.sessions[0], b"")
    fanout.seal_all()
    assert (bob.sessions[0].out, fanout.dirty) == ([], [])
