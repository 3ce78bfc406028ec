import pytest
from tests.unit.client.line.desk import Desk

from rookery.client.line.completion import complete, look_around
from rookery.wire.message import parse


@pytest.fixture
def desk():
    """Alice in the lobby, who has heard of bob and Bobby."""
    desk = Desk()
    desk.sign_in()
    desk.feed(":bob!u@h PRIVMSG alice :hi", ":Bobby!u@h PRIVMSG alice :hi")
    return desk


@pytest.mark.parametrize(
    ("before", "rest", "words"),
    (
        ("m", "essage ", ["message"]),
        ("", "", None),
        ("xyz", "", []),
        ("message ", "", ["bob", "Bobby"]),
        ("message b", "ob", ["bob", "Bobby"]),
        ("message bobb", "y ", ["Bobby"]),
        ("message bob hi b", "", []),
        ("join ", "", []),
    ),
)
def test_in_the_lobby(desk, before, rest, words):
    """Commands first, then what the command wants."""
    completed, found = complete(desk.talk, before)
    assert completed == rest
    assert words is None or found == words


def test_in_a_room(desk):
    """In a room, the names of its members."""
    desk.enter("teamchat", "carol")
    assert complete(desk.talk, "hello c") == ("arol ", ["carol"])


def test_of_a_recipient(desk):
    """Where a recipient is asked for, names."""
    desk.type("message")
    assert complete(desk.talk, "bobb") == ("y ", ["Bobby"])


@pytest.mark.parametrize(
    ("before", "rest"), (("message c", "arol "), ("join t", "eamchat "), ("who t", "eamchat "))
)
def test_of_what_was_not_heard_of(desk, before, rest):
    """Names and rooms that are not known yet are asked for, once, and nothing is shown."""
    assert complete(desk.talk, before) == ("", [])
    desk.read()
    look_around(desk.talk, before)
    look_around(desk.talk, before)
    lines = desk.lines()
    assert [line.partition(" ")[2] for line in lines] == ["WHO *", "LIST"]
    who, rooms = (parse(line).tags["label"] for line in lines)
    desk.feed(f"@label={who} :s 352 alice * u h s carol H :0 x")
    assert desk.front.completed == 0
    desk.feed(f"@label={rooms} :s 322 alice #teamchat 3 :topic")
    assert desk.front.completed == 1
    assert complete(desk.talk, before)[0] == rest
    assert desk.read() == []


@pytest.mark.parametrize("before", ("mesage c", "message carol hi t", "x"))
def test_nothing_to_ask(desk, before):
    """Where no name is meant, nothing is asked."""
    desk.lines()
    look_around(desk.talk, before)
    assert desk.lines() == []
