"""modern IRC, "AWAY message"; IRCv3 away-notify and draft/pre-away."""

import pytest
from tests.unit.command.house import House, numerics

OUT = ":irc.test 306 ann :You have been marked as being away"
BACK = ":irc.test 305 ann :You are no longer marked as being away"


@pytest.fixture
def house():
    """Return a server."""
    return House()


@pytest.mark.parametrize("line", ("AWAY", "AWAY :"))
def test_away_and_back(house, line):
    """AWAY message: RPL_NOWAWAY (306) with a text, RPL_UNAWAY (305) without."""
    ann = house.person("ann")
    assert ann.does("AWAY :out", line) == [OUT, BACK]


def test_rpl_away(house):
    """RPL_AWAY (301): to who writes to the person, not for NOTICE, not in rooms."""
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    ann.does("AWAY :out to lunch")
    assert bob.does("PRIVMSG ANN :hi") == [":irc.test 301 bob ann :out to lunch"]
    assert bob.does("NOTICE ann :hi", "PRIVMSG #a :hi") == []
    ann.does("AWAY")
    assert bob.does("PRIVMSG ann :hi") == []


def test_long_text_is_cut(house):
    """AWAYLEN: a longer text is cut, never inside a character."""
    ann = house.person("ann")
    ann.does(f"AWAY :{'é' * 150}")
    assert ann.session.user.away == "é" * 100


def test_nobody_else_is_told(house):
    """AWAY message: others read AWAY only with away-notify."""
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    ann.does("AWAY :out")
    assert bob.heard() == []


def test_notify(house):
    """away-notify: set, changed and removed, to those who share a room."""
    ann, bob = house.person("ann", "away-notify"), house.person("bob", "away-notify")
    cid = house.person("cid", "away-notify")
    house.room("#a", ann, bob)
    house.room("#b", ann, bob)
    assert ann.does("AWAY :out") == [OUT]
    ann.does("AWAY :still out", "AWAY")
    assert bob.heard() == [
        ":ann!~ann@host AWAY :out",
        ":ann!~ann@host AWAY :still out",
        ":ann!~ann@host AWAY",
    ]
    assert cid.heard() == []


def test_notify_of_nothing(house):
    """away-notify: what does not change is not told."""
    ann, bob = house.person("ann"), house.person("bob", "away-notify")
    house.room("#a", ann, bob)
    ann.does("AWAY", "AWAY :out", "AWAY :out")
    assert bob.heard() == [":ann!~ann@host AWAY :out"]


def test_notify_at_join(house):
    """away-notify: AWAY follows the JOIN of a person who is away, and of no other."""
    ann, bob, cid = house.person("ann"), house.person("bob", "away-notify"), house.person("cid")
    house.room("#a", bob, cid)
    ann.does("AWAY :out", "JOIN #a")
    assert bob.heard() == [":ann!~ann@host JOIN #a", ":ann!~ann@host AWAY :out"]
    assert cid.heard() == [":ann!~ann@host JOIN #a"]
    house.person("dan").does("JOIN #a")
    assert bob.heard() == [":dan!~dan@host JOIN #a"]


def test_pre_away(house):
    """pre-away: AWAY is taken before the sign-in is complete, and holds afterwards."""
    bob = house.person("bob")
    client = house.connection()
    heard = client.does("CAP REQ :draft/pre-away", "NICK ann", "AWAY :out", "USER ann 0 * :Ann")
    assert heard[1:] == [":irc.test 306 * :You have been marked as being away"]
    assert "306" not in numerics(client.does("CAP END"))
    assert ":irc.test 301 bob ann :out" in bob.does("WHOIS ann")


def test_pre_away_taken_back(house):
    """pre-away: AWAY without a text means that the person is present."""
    client = house.connection()
    client.does("CAP REQ :draft/pre-away", "NICK ann", "AWAY :out", "AWAY", "USER ann 0 * :Ann")
    client.does("CAP END")
    assert client.session.user.away == ""


def test_pre_away_needs_its_capability(house):
    """pre-away: without the capability AWAY waits for the sign-in (451)."""
    assert numerics(house.connection().does("AWAY :out")) == ["451"]


def test_absent(house):
    """pre-away: `*` is an away message without a reason."""
    bob, client = house.person("bob"), house.person("ann", "draft/pre-away")
    assert client.does("AWAY *") == [OUT]
    assert bob.does("PRIVMSG ann :hi") == [":irc.test 301 bob ann :*"]


def test_pre_away_does_not_hide_the_arrival(house):
    """pre-away: MONITOR reports the nick all the same."""
    bob = house.person("bob")
    bob.does("MONITOR + ann")
    client = house.connection()
    client.does("CAP REQ :draft/pre-away", "NICK ann", "AWAY *", "USER ann 0 * :Ann", "CAP END")
    assert bob.heard() == [":irc.test 730 bob :ann!~ann@host"]


def test_an_absent_session_does_not_count(house):
    """pre-away, considerations: `*` of one connection does not hide that another is looked at."""
    house.account("ann")
    here = house.person("ann", account="ann")
    absent = house.person("ann", "draft/pre-away", account="ann")
    absent.does("AWAY *")
    assert here.session.user.away == ""
    here.does("AWAY :lunch")
    absent.does("AWAY *")
    assert here.session.user.away == "lunch"


def test_the_last_present_session_leaves(house):
    """pre-away: where only connections are left that nobody looks at, the person is away."""
    house.account("ann")
    here = house.person("ann", account="ann")
    absent = house.person("ann", "draft/pre-away", account="ann")
    absent.does("AWAY *")
    here.does("QUIT")
    assert absent.session.user.away == "*"


def test_a_present_session_ends_absence(house):
    """pre-away: who connects themselves is present."""
    house.account("ann")
    house.person("ann", "draft/pre-away", account="ann").does("AWAY *")
    client = house.person("ann", account="ann")
    assert client.session.user.away == ""
