"""What goes wrong while a mailbox is read: nothing is lost, nor shown unstored."""

import pytest
from tests.unit.command.house import House, untagged


@pytest.fixture
def house():
    """Return a house with bob, who writes to others, and the account ann."""
    house = House()
    house.account("ann")
    house.bob = house.person("bob", "standard-replies")
    return house


def _texts(lines):
    return [
        line.rpartition(":")[2].split("] ")[-1] for line in untagged(lines) if "PRIVMSG" in line
    ]


def test_held_message_that_is_not_stored(house):
    """What came in while the mailbox was read, and could not be stored, is not shown."""
    house.bob.does("PRIVMSG ann :one")
    house.readers.is_held = True
    ann = house.person("ann", account="ann")
    house.disk.is_full = True
    assert " FAIL PRIVMSG STORE_UNAVAILABLE " in house.bob.does("PRIVMSG ann :two")[0]
    house.disk.is_full = False
    house.bob.does("PRIVMSG ann :three")
    house.readers.is_held = False
    house.turn()
    assert _texts(ann.heard()) == ["one", "three"]
