"""IRCv3 setname."""

import pytest
from tests.unit.command.house import House, numerics


@pytest.fixture
def house():
    """Return a server."""
    return House()


def test_to_whom(house):
    """SETNAME: to oneself and to those in common rooms, of those who asked for it."""
    ann, bob = house.person("ann", "setname"), house.person("bob", "setname")
    cid, dan = house.person("cid"), house.person("dan", "setname")
    house.room("#a", ann, bob, cid)
    assert ann.does("SETNAME :Ann of the Tower") == [":ann!~ann@host SETNAME :Ann of the Tower"]
    assert bob.heard() == [":ann!~ann@host SETNAME :Ann of the Tower"]
    assert cid.heard() == dan.heard() == []
    assert ":irc.test 311 bob ann ~ann host * :Ann of the Tower" in bob.does("WHOIS ann")


def test_without_the_capability(house):
    """SETNAME: handled silently for a client that did not ask for it."""
    ann = house.person("ann")
    assert ann.does("SETNAME Annie") == []
    assert ann.session.user.realname == "Annie"


@pytest.mark.parametrize("realname", ("", " ", "x" * 151, "é" * 76))
def test_invalid(house, realname):
    """Errors: FAIL SETNAME INVALID_REALNAME, and the name stays."""
    ann = house.person("ann", "setname")
    (line,) = ann.does(f"SETNAME :{realname}")
    assert line.startswith(":irc.test FAIL SETNAME INVALID_REALNAME :")
    assert ann.session.user.realname == "Ann"


def test_namelen(house):
    """RPL_ISUPPORT NAMELEN: the longest real name that is taken."""
    client = house.connection()
    heard = client.does("CAP REQ setname", "NICK ann", "USER a 0 * :A", "CAP END")
    assert any(" NAMELEN=150 " in line for line in heard)
    assert numerics(client.does(f"SETNAME :{'x' * 150}")) == ["SETNAME"]


def test_no_name(house):
    """SETNAME: ERR_NEEDMOREPARAMS (461) without a parameter."""
    assert numerics(house.person("ann", "setname").does("SETNAME")) == ["461"]


def test_joins_show_it(house):
    """SETNAME: extended-join and WHO show the new name."""
    ann, bob = house.person("ann"), house.person("bob", "extended-join")
    house.room("#a", bob)
    ann.does("SETNAME :Annie", "JOIN #a")
    assert bob.heard() == [":ann!~ann@host JOIN #a * :Annie"]
    assert bob.does("WHO ann")[0].endswith(" :0 Annie")
