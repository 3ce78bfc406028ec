"""IRCv3 monitor and extended-monitor."""

import pytest
from tests.unit.command.house import House, numerics

ALL = ("extended-monitor", "away-notify", "account-notify", "setname", "chghost")


@pytest.fixture
def house():
    """Return a server with short monitor lists."""
    return House(monitor_max=3)


@pytest.fixture
def ann(house):
    """Return somebody who watches."""
    return house.person("ann")


def test_token(house):
    """MONITOR command: the token's value is the most targets that a list may have."""
    heard = house.connection().does("NICK ann", "USER a 0 * :A")
    assert any(" MONITOR=3 " in line for line in heard)


def test_add(house, ann):
    """MONITOR +: RPL_MONONLINE (730) with the source, RPL_MONOFFLINE (731) with the nick."""
    house.person("Bob")
    assert ann.does("MONITOR + bob,cid") == [
        ":irc.test 730 ann :Bob!~Bob@host",
        ":irc.test 731 ann :cid",
    ]


def test_coming_and_going(house, ann):
    """RPL_MONONLINE, RPL_MONOFFLINE: also when a target comes or goes, in any case."""
    ann.does("MONITOR + BOB")
    bob = house.person("Bob")
    assert ann.heard() == [":irc.test 730 ann :Bob!~Bob@host"]
    bob.does("QUIT")
    assert ann.heard() == [":irc.test 731 ann :Bob"]


def test_once_for_each_change(house, ann):
    """MONITOR +: targets already in the list are not added again."""
    ann.does("MONITOR + bob", "MONITOR + BOB,bob")
    house.person("bob")
    assert ann.heard() == [":irc.test 730 ann :bob!~bob@host"]


def test_nick_change(house, ann):
    """MONITOR: a nick change is the end of one nick and the begin of another."""
    ann.does("MONITOR + bob,rob")
    bob = house.person("bob")
    ann.heard()
    bob.does("NICK Rob")
    assert ann.heard() == [":irc.test 731 ann :bob", ":irc.test 730 ann :Rob!~bob@host"]


def test_change_of_case(house, ann):
    """MONITOR: another case of a nick is no change."""
    bob = house.person("bob")
    ann.does("MONITOR + bob")
    bob.does("NICK BOB")
    assert ann.heard() == []


def test_remove(house, ann):
    """MONITOR -: no output, and no more news."""
    ann.does("MONITOR + bob,cid")
    assert ann.does("MONITOR - BOB,nobody") == []
    house.person("bob")
    assert ann.heard() == []
    assert ann.does("MONITOR L")[0] == ":irc.test 732 ann :cid"


def test_clear(house, ann):
    """MONITOR C: no output, and no more news."""
    ann.does("MONITOR + bob")
    assert ann.does("MONITOR C") == []
    house.person("bob")
    assert ann.does("MONITOR L") == [":irc.test 733 ann :End of MONITOR list"]


def test_list(ann):
    """MONITOR L: RPL_MONLIST (732), then RPL_ENDOFMONLIST (733)."""
    ann.does("MONITOR + bob,Cid")
    assert ann.does("MONITOR l") == [
        ":irc.test 732 ann :bob,Cid",
        ":irc.test 733 ann :End of MONITOR list",
    ]


def test_status(house, ann):
    """MONITOR S: for each target whether it is there; nothing for an empty list."""
    assert ann.does("MONITOR S") == []
    ann.does("MONITOR + bob,cid")
    house.person("bob")
    ann.heard()
    assert ann.does("MONITOR S") == [
        ":irc.test 730 ann :bob!~bob@host",
        ":irc.test 731 ann :cid",
    ]


def test_full(ann):
    """ERR_MONLISTFULL (734): the limit and the targets that were not added."""
    assert ann.does("MONITOR + a1,a2,a3,a4,a5") == [
        ":irc.test 734 ann 3 a4,a5 :Monitor list is full",
        ":irc.test 731 ann :a1,a2,a3",
    ]
    assert ann.does("MONITOR + a3,a4")[0].startswith(":irc.test 734 ann 3 a4 :")


def test_masks_are_no_targets(house, ann):
    """MONITOR command: a target is a valid nick; hostmasks are not subscribed to."""
    assert ann.does("MONITOR + *!~bob@*,b*") == []
    assert numerics(ann.does("MONITOR L")) == ["733"]
    house.person("bob")
    assert ann.heard() == []


def test_no_modifier(ann):
    """MONITOR command: ERR_NEEDMOREPARAMS (461) without one, an error for an unknown one."""
    assert numerics(ann.does("MONITOR")) == ["461"]
    assert numerics(ann.does("MONITOR x bob")) == ["400"]


def test_list_ends_with_its_session(house, ann):
    """MONITOR: a list is the session's, and ends with it."""
    ann.does("MONITOR + bob")
    ann.does("QUIT")
    house.person("bob")
    assert numerics(house.person("ann").does("MONITOR L")) == ["733"]


def test_lost_target(house, ann):
    """RPL_MONOFFLINE: also where the connection was lost."""
    bob = house.person("bob")
    ann.does("MONITOR + bob")
    bob.is_lost()
    assert ann.heard() == [":irc.test 731 ann :bob"]


def test_long_lists():
    """MONITOR command: lists are limited by the line's length alone."""
    house = House()
    ann = house.person("ann")
    nicks = [f"person-{number:02}" for number in range(60)]
    for at in range(0, 60, 20):
        ann.does(f"MONITOR + {','.join(nicks[at : at + 20])}")
    lines = [line for line in ann.does("MONITOR L") if " 732 " in line]
    assert ",".join(line.split(" :")[1] for line in lines).split(",") == nicks
    assert max(map(len, lines)) <= 510


@pytest.mark.parametrize(
    ("line", "told"),
    (
        ("AWAY :out", ":bob!~bob@host AWAY :out"),
        ("SETNAME :Robert", ":bob!~bob@host SETNAME :Robert"),
    ),
)
def test_extended(line, told):
    """extended-monitor: AWAY and SETNAME of monitored nicks, without a common room."""
    house = House()
    ann, bob, cid = house.person("ann", *ALL), house.person("bob"), house.person("cid", *ALL[1:])
    ann.does("MONITOR + bob")
    cid.does("MONITOR + bob")
    bob.does(line)
    assert ann.heard() == [told]
    assert cid.heard() == []


@pytest.mark.parametrize("line", ("AWAY :out", "SETNAME :Robert"))
def test_extended_needs_the_other_capability(line):
    """extended-monitor: only what the client has asked for elsewhere too."""
    house = House()
    ann, bob = house.person("ann", "extended-monitor"), house.person("bob")
    ann.does("MONITOR + bob")
    bob.does(line)
    assert ann.heard() == []


def test_extended_account():
    """extended-monitor: ACCOUNT of monitored nicks."""
    house = House()
    ann, bob = house.person("ann", *ALL), house.person("bob")
    ann.does("MONITOR + bob")
    bob.does("REGISTER * * secret")
    assert ann.heard() == [":bob!~bob@host ACCOUNT bob"]


def test_extended_is_told_once():
    """extended-monitor: who shares a room and monitors is told once."""
    house = House()
    ann, bob = house.person("ann", *ALL), house.person("bob")
    ann.does("MONITOR + bob")
    house.room("#a", ann, bob)
    bob.does("AWAY :out")
    assert ann.heard() == [":bob!~bob@host AWAY :out"]
