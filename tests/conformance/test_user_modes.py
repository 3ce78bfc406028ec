"""modern IRC, "MODE message", "User mode" and "User modes"; mode R with ACCEPT."""

import pytest
from tests.unit.command.house import House, numerics


@pytest.fixture
def house():
    """Return a server."""
    return House()


def test_own_modes(house):
    """User mode: RPL_UMODEIS (221) without modes, whatever the case of the nick."""
    ann = house.person("ann")
    assert ann.does("MODE ANN") == [":irc.test 221 ann :+"]
    ann.does("MODE ann +iw")
    assert ann.does("MODE ann") == [":irc.test 221 ann :+iw"]


def test_changes_are_confirmed(house):
    """User mode: a MODE message tells what has changed, and only that."""
    ann = house.person("ann")
    assert ann.does("MODE ann +iw") == [":ann!~ann@host MODE ann +iw"]
    assert ann.does("MODE ann +i-w+B") == [":ann!~ann@host MODE ann +B-w"]
    assert ann.does("MODE ann +i") == []


def test_others_are_not_told(house):
    """User mode: a mode is nobody else's business."""
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    ann.does("MODE ann +i")
    assert bob.heard() == []


@pytest.mark.parametrize("line", ("MODE bob", "MODE bob +i", "MODE Bob -i"))
def test_modes_of_others(house, line):
    """User mode: ERR_USERSDONTMATCH (502) for another person, to see or to change."""
    ann = house.person("ann")
    bob = house.person("bob")
    assert ann.does(line) == [":irc.test 502 ann :You can see and change your own modes only"]
    assert bob.heard() == []


def test_modes_of_nobody(house):
    """User mode: ERR_NOSUCHNICK (401)."""
    assert house.person("ann").does("MODE nobody +i") == [":irc.test 401 ann nobody :No such nick"]


def test_unknown_modes(house):
    """User mode: known modes are applied, then ERR_UMODEUNKNOWNFLAG (501) is sent once."""
    assert house.person("ann").does("MODE ann +XiY") == [
        ":ann!~ann@host MODE ann +i",
        ":irc.test 501 ann :Unknown MODE flag: XY",
    ]


def test_nobody_makes_themselves_operator(house):
    """Oper user mode: `+o` by oneself is ignored."""
    ann = house.person("ann")
    assert ann.does("MODE ann +o") == []
    assert ann.does("MODE ann") == [":irc.test 221 ann :+"]


def test_invisible_is_counted(house):
    """RPL_LUSERCLIENT (251): visible and invisible people."""
    ann, bob = house.person("ann"), house.person("bob")
    ann.does("MODE ann +i")
    assert "1 users and 1 invisible" in bob.does("LUSERS")[0]
    ann.does("QUIT")
    assert "1 users and 0 invisible" in bob.does("LUSERS")[0]


@pytest.fixture
def ann(house):
    """Return somebody who takes messages from accounts only."""
    client = house.person("ann")
    client.does("MODE ann +R")
    return client


def test_accounts_only(house, ann):
    """Mode R: who has no account is refused (477), and NOTICE without a word."""
    bob = house.person("bob")
    assert bob.does("PRIVMSG ann :hi") == [
        ":irc.test 477 bob ann :They take messages from accounts only"
    ]
    assert bob.does("NOTICE ann :hi") == []
    assert ann.heard() == []


def test_accounts_are_heard(house, ann):
    """Mode R: who has an account may write."""
    house.account("bob")
    bob = house.person("bob", account="bob")
    assert bob.does("PRIVMSG ann :hi") == []
    assert ann.heard() == [":bob!~bob@host PRIVMSG ann :hi"]


def test_rooms_are_heard(house, ann):
    """Mode R: only private messages are kept away."""
    bob = house.person("bob")
    house.room("#a", ann, bob)
    bob.does("PRIVMSG #a :hi")
    assert ann.heard() == [":bob!~bob@host PRIVMSG #a :hi"]


def test_writing_to_oneself(ann):
    """Mode R: one may always write to oneself."""
    assert ann.does("PRIVMSG ann :hi") == [":ann!~ann@host PRIVMSG ann :hi"]


def test_accept(house, ann):
    """ACCEPT: lets a person write; `-` no longer; `*` lists (281, 282)."""
    bob = house.person("bob")
    assert ann.does("ACCEPT BOB") == []
    assert bob.does("PRIVMSG ann :hi") == []
    assert ann.does("ACCEPT *")[1:] == [
        ":irc.test 281 ann :bob",
        ":irc.test 282 ann :End of ACCEPT list",
    ]
    assert ann.does("ACCEPT -bob") == []
    assert numerics(bob.does("PRIVMSG ann :hi")) == ["477"]


def test_accept_is_implied(house, ann):
    """ACCEPT: whoever one writes to may answer."""
    bob = house.person("bob")
    ann.does("PRIVMSG bob :hi")
    assert bob.does("PRIVMSG ann :hello")[1:] == []
    assert ann.heard() == [":bob!~bob@host PRIVMSG ann :hello"]


def test_accept_is_for_a_person(house, ann):
    """ACCEPT: the list follows a person's nick, and ends with the person."""
    bob = house.person("bob")
    ann.does("ACCEPT bob")
    bob.does("NICK rob")
    assert bob.does("PRIVMSG ann :hi") == []
    cid = house.person("bob")
    assert numerics(cid.does("PRIVMSG ann :hi")) == ["477"]
    bob.does("QUIT")
    assert ann.does("ACCEPT *")[1:] == [":irc.test 282 ann :End of ACCEPT list"]


def test_accept_errors(house):
    """ACCEPT: 401 for nobody, 457 for a second time, 458 for none, 456 for too many."""
    house = House(accept_max=1)
    ann = house.person("ann")
    house.person("bob")
    house.person("cid")
    heard = ann.does("ACCEPT nobody", "ACCEPT -bob", "ACCEPT bob,bob", "ACCEPT cid")
    assert numerics(heard) == ["401", "458", "457", "456"]
