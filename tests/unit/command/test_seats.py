"""What was read in a room before leaving it is not sent again on coming back."""

import pytest
from tests.unit.command.house import House


@pytest.fixture
def house():
    """Return a house with ann, signed in to her account and back again, and bob in #rook."""
    house = House()
    house.account("ann")
    house.ann, house.bob = house.person("ann", account="ann"), house.person("bob")
    house.room("#rook", house.bob, house.ann)
    house.ann.does("QUIT")
    house.bob.does("PRIVMSG #rook :missed")
    house.ann = house.person("ann", account="ann")
    return house


def _said(lines):
    return [line.split("] ")[-1].rpartition(":")[2] for line in lines if "PRIVMSG" in line]


@pytest.mark.parametrize("leaves", ("PART #rook", "JOIN 0"))
def test_after_leaving(house, leaves):
    """Who leaves and enters again is sent what was said in between, and no more."""
    assert _said(house.ann.does("JOIN #rook")) == ["missed"]
    house.bob.does("PRIVMSG #rook :heard")
    house.ann.does(leaves)
    house.bob.does("PRIVMSG #rook :between")
    assert _said(house.ann.does("JOIN #rook")) == ["between"]


def test_after_a_kick(house):
    """Who was removed is sent again what they have not proven to have received."""
    house.ann.does("JOIN #rook")
    house.bob.does("PRIVMSG #rook :proven", "PRIVMSG ann :psst")
    house.ann.pong()
    house.later()
    house.bob.does("PRIVMSG #rook :unproven")
    house.bob.does("KICK #rook ann")
    house.ann.heard()
    assert _said(house.ann.does("JOIN #rook")) == ["unproven"]
