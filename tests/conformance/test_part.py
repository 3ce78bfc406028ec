"""modern IRC, "PART message"."""

from tests.unit.command.house import House, numerics


def test_part():
    """PART message: all members, and who leaves, get PART; with the reason where there is one."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann, bob)
    ann.heard()
    assert ann.does("PART #R :so long") == [":ann!~ann@host PART #r :so long"]
    assert bob.heard() == [":ann!~ann@host PART #r :so long"]
    assert bob.does("PART #r") == [":bob!~bob@host PART #r"]


def test_several():
    """PART message: each channel gets a PART of its own with the reason; faults are skipped."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a,#b", ann)
    house.room("#c", bob)
    assert ann.does("PART #a,#none,#c,,#b :bye") == [
        ":ann!~ann@host PART #a :bye",
        ":irc.test 403 ann #none :No such channel",
        ":irc.test 442 ann #c :You're not on that channel",
        ":ann!~ann@host PART #b :bye",
    ]


def test_needmoreparams():
    """PART message: ERR_NEEDMOREPARAMS (461)."""
    ann = House().person("ann")
    assert numerics(ann.does("PART", "PART :")) == ["461", "461"]


def test_parted_hears_nothing():
    """PART message: who has left is not told what happens there."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann, bob)
    ann.does("PART #r")
    bob.does("PRIVMSG #r :hi", "TOPIC #r :x", "PART #r")
    assert ann.heard() == []
