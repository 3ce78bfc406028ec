"""modern IRC, "TOPIC message", "Protected Topic Mode"."""

from tests.unit.command.house import House, numerics


def _room():
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann, bob)
    ann.heard()
    return house, ann, bob


def test_topic():
    """TOPIC message: every member, also its author, gets TOPIC; then 332 and 333 tell it."""
    house, ann, bob = _room()
    assert ann.does("TOPIC #R :New topic") == [":ann!~ann@host TOPIC #r :New topic"]
    assert bob.heard() == [":ann!~ann@host TOPIC #r :New topic"]
    expected = [
        ":irc.test 332 eve #r :New topic",
        ":irc.test 333 eve #r ann!~ann@host :1767607200",
    ]
    assert house.person("eve").does("TOPIC #r") == expected


def test_no_topic():
    """TOPIC message: RPL_NOTOPIC (331)."""
    _, ann, _ = _room()
    assert ann.does("TOPIC #r") == [":irc.test 331 ann #r :No topic is set"]


def test_clearing():
    """TOPIC message: an empty topic clears it, and everybody is told."""
    _, ann, bob = _room()
    ann.does("TOPIC #r :x")
    bob.heard()
    assert ann.does("TOPIC #r :") == [":ann!~ann@host TOPIC #r :"]
    assert bob.heard() == [":ann!~ann@host TOPIC #r :"]
    assert numerics(bob.does("TOPIC #r")) == ["331"]


def test_refusals():
    """TOPIC message: 461, 403, 442; 482 in a `t` channel for those without privileges."""
    house, ann, bob = _room()
    eve = house.person("eve")
    assert ann.does("TOPIC") == [":irc.test 461 ann TOPIC :Not enough parameters"]
    assert ann.does("TOPIC #none") == [":irc.test 403 ann #none :No such channel"]
    assert ann.does("TOPIC #none :x") == [":irc.test 403 ann #none :No such channel"]
    assert eve.does("TOPIC #r :x") == [":irc.test 442 eve #r :You're not on that channel"]
    assert bob.does("TOPIC #r :x") == [":irc.test 482 bob #r :You're not a channel operator"]
    ann.does("MODE #r -t")
    bob.heard()
    assert numerics(bob.does("TOPIC #r :x")) == ["TOPIC"]
    assert numerics(eve.does("TOPIC #r :x")) == ["442"]


def test_half_operators():
    """Protected Topic Mode: half operators have the privilege, voice has not."""
    _, ann, bob = _room()
    ann.does("MODE #r +v bob")
    bob.heard()
    assert numerics(bob.does("TOPIC #r :x")) == ["482"]
    ann.does("MODE #r +h bob")
    bob.heard()
    assert numerics(bob.does("TOPIC #r :x")) == ["TOPIC"]


def test_long_topic():
    """RPL_ISUPPORT TOPICLEN: what is beyond it is cut, and no character in half."""
    _, ann, _ = _room()
    assert ann.does(f"TOPIC #r :{'x' * 100}") == [f":ann!~ann@host TOPIC #r :{'x' * 80}"]
    assert ann.does(f"TOPIC #r :{'ä' * 79}é") == [f":ann!~ann@host TOPIC #r :{'ä' * 40}"]
