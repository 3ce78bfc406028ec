import pytest
from tests.unit.command.house import House


@pytest.fixture
def house():
    """Return a house with ann, operator of #rook, bob, a member, and cat, a stranger."""
    house = House()
    house.ann, house.bob, house.cat = (house.person(nick) for nick in ("ann", "bob", "cat"))
    house.room("#rook", house.ann, house.bob)
    return house


def test_set(house):
    """Every member sees the new topic."""
    line = ":ann!~ann@host TOPIC #rook :Birds of a feather"
    assert house.ann.does("TOPIC #rook :Birds of a feather") == [line]
    assert house.bob.heard() == [line]


def test_show(house):
    """The topic is shown with who set it and when, or that there is none."""
    assert house.bob.does("TOPIC #rook") == [":irc.test 331 bob #rook :No topic is set"]
    house.ann.does("TOPIC #rook :Birds")
    house.bob.heard()
    assert house.cat.does("TOPIC #rook") == [
        ":irc.test 332 cat #rook :Birds",
        ":irc.test 333 cat #rook ann!~ann@host :1767607200",
    ]


def test_clear(house):
    """An empty text takes the topic away."""
    house.ann.does("TOPIC #rook :Birds")
    assert house.ann.does("TOPIC #rook :") == [":ann!~ann@host TOPIC #rook :"]
    assert house.ann.does("TOPIC #rook") == [":irc.test 331 ann #rook :No topic is set"]


def test_length(house):
    """A topic is cut at its limit."""
    assert house.ann.does("TOPIC #rook :" + "x" * 90)[0].endswith(" :" + "x" * 80)


def test_refused(house):
    """Members set the topic of a room that lets them; others never."""
    assert house.bob.does("TOPIC #rook :mine") == [
        ":irc.test 482 bob #rook :You're not a channel operator"
    ]
    assert house.cat.does("TOPIC #rook :mine", "TOPIC #none", "TOPIC") == [
        ":irc.test 442 cat #rook :You're not on that channel",
        ":irc.test 403 cat #none :No such channel",
        ":irc.test 461 cat TOPIC :Not enough parameters",
    ]
    house.ann.does("MODE #rook -t")
    house.bob.heard()
    assert house.bob.does("TOPIC #rook :mine") == [":bob!~bob@host TOPIC #rook :mine"]


def test_secret(house):
    """The topic of a secret room is for members."""
    house.ann.does("MODE #rook +s")
    assert house.cat.does("TOPIC #rook") == [":irc.test 442 cat #rook :You're not on that channel"]
