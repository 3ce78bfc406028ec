import pytest
from tests.unit.client.line.desk import Desk

from rookery.client.line.completion import complete


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
