"""modern IRC, "KILL message"; REHASH of RFC 2812 §4.2."""

import pytest
from tests.unit.command.house import House, numerics

from rookery.core.operators import Operator

ROOT = Operator(password_hash="hash of secret")
WHY = "Killed (ann (be nice))"


@pytest.fixture
def house():
    """A house with an operator who may do all, and one who may do nothing."""
    bare = Operator(password_hash="hash of secret", privileges=frozenset())
    return House(operators={"root": ROOT, "bare": bare})


@pytest.fixture
def ann(house):
    """The operator."""
    ann = house.person("ann")
    ann.does("OPER root secret")
    return ann


def test_all_read_it(house, ann):
    """KILL message: KILL, QUIT and ERROR for the victim, QUIT for those in the same rooms."""
    bob, cid, dan = (house.person(nick) for nick in ("bob", "cid", "dan"))
    house.room("#a", bob, cid)
    assert ann.does("KILL BOB :be nice") == []
    assert bob.heard() == [
        ":ann!~ann@host KILL bob :be nice",
        f":bob!~bob@host QUIT :{WHY}",
        f"ERROR :Closing Link: irc.test ({WHY})",
    ]
    assert bob.closed_with == WHY
    assert cid.heard() == [f":bob!~bob@host QUIT :{WHY}"]
    assert dan.heard() == []
    assert numerics(ann.does("WHOIS bob")) == ["401", "318"]


def test_all_connections(house, ann):
    """Every connection of the person ends, and the others read one QUIT."""
    house.account("bob")
    one, two = (house.person("bob", account="bob") for _ in range(2))
    cid = house.person("cid")
    house.room("#a", one, cid)
    ann.does("KILL bob :be nice")
    assert [one.closed_with, two.closed_with] == [WHY, WHY]
    assert numerics(cid.heard()) == ["QUIT"]


def test_who_is_always_on(house, ann):
    """Who stays without a connection is gone after a KILL too."""
    house.account("bob")
    bob = house.person("bob", account="bob")
    bob.does("NS SET always-on true")
    ann.does("KILL bob :be nice")
    assert "bob" not in house.node.world.users


def test_oneself(ann):
    """KILL message: an operator may be their own victim."""
    assert numerics(ann.does("KILL ann :enough")) == ["KILL", "QUIT", "ERROR"]
    assert ann.closed_with == "Killed (ann (enough))"


def test_no_such_nick(ann):
    """ERR_NOSUCHNICK (401)."""
    assert ann.does("KILL nobody :x") == [":irc.test 401 ann nobody :No such nick"]


def test_server(ann):
    """ERR_CANTKILLSERVER (483)."""
    assert ann.does("KILL irc.test :x") == [":irc.test 483 ann :You can't kill a server!"]


@pytest.mark.parametrize("line", ("KILL", "KILL bob"))
def test_too_few(ann, line):
    """ERR_NEEDMOREPARAMS (461)."""
    assert ann.does(line) == [":irc.test 461 ann KILL :Not enough parameters"]


def test_empty_comment(house, ann):
    """A KILL without a word says so."""
    bob = house.person("bob")
    ann.does("KILL bob :")
    assert bob.heard()[0] == ":ann!~ann@host KILL bob :No reason given"


@pytest.mark.parametrize("line", ("KILL bob :x", "KILL nobody :x", "REHASH"))
def test_for_operators_only(house, line):
    """ERR_NOPRIVILEGES (481)."""
    bob = house.person("bob")
    assert bob.does(line) == [":irc.test 481 bob :Permission Denied- You're not an IRC operator"]
    assert bob.closed_with is None


@pytest.mark.parametrize(("line", "privilege"), (("KILL bob :x", "kill"), ("REHASH", "rehash")))
def test_privileges(house, line, privilege):
    """ERR_NOPRIVS (723) names what the operator lacks."""
    bob = house.person("bob")
    bob.does("OPER bare secret")
    assert bob.does(line) == [f":irc.test 723 bob {privilege} :Insufficient oper privileges"]


class Settings:
    """Settings that can be read again."""

    file = "rookery.toml"

    def __init__(self):
        self.times = 0

    def read(self):
        return self._obey

    def _obey(self):
        self.times += 1


def test_rehash(house, ann):
    """REHASH: RPL_REHASHING (382) with the file's name; the settings are read."""
    house.node.rehash = Settings()
    assert ann.does("REHASH") == [":irc.test 382 ann rookery.toml :Rehashing"]
    assert house.node.rehash.times == 1


def test_rehash_without_settings(ann):
    """REHASH: ERR_UNKNOWNERROR (400) where there is nothing to read."""
    assert numerics(ann.does("REHASH")) == ["400"]
