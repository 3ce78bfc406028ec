"""modern IRC, "WALLOPS message"; user mode w."""

import pytest
from tests.unit.command.house import House, untagged

from rookery.core.operators import Operator


@pytest.fixture
def house():
    """A house with an operator."""
    return House(operators={"root": Operator(password_hash="hash of secret")})


def test_who_reads_it(house):
    """WALLOPS message: everybody with mode w reads it, and nobody else."""
    ann, bob, cid = (house.person(nick) for nick in ("ann", "bob", "cid"))
    ann.does("OPER root secret")
    bob.does("MODE bob +w")
    assert ann.does("WALLOPS :hear me") == []
    assert bob.heard() == [":ann!~ann@host WALLOPS :hear me"]
    assert cid.heard() == []


def test_oneself(house):
    """WALLOPS message: the operator reads it too, having mode w; with server-time, when."""
    ann = house.person("ann", "server-time")
    ann.does("OPER root secret", "MODE ann +w")
    (line,) = ann.does("WALLOPS :hear me")
    assert line.startswith("@time=")
    assert untagged([line]) == [":ann!~ann@host WALLOPS :hear me"]


@pytest.mark.parametrize("line", ("WALLOPS", "WALLOPS :"))
def test_no_text(house, line):
    """ERR_NEEDMOREPARAMS (461)."""
    ann = house.person("ann")
    ann.does("OPER root secret")
    assert ann.does(line) == [":irc.test 461 ann WALLOPS :Not enough parameters"]


def test_for_operators_only(house):
    """ERR_NOPRIVILEGES (481)."""
    assert house.person("ann").does("WALLOPS :hear me") == [
        ":irc.test 481 ann :Permission Denied- You're not an IRC operator"
    ]
