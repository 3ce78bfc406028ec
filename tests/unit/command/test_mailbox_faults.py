"""What goes wrong while a mailbox is read: nothing is lost, nor shown unstored."""

import pytest
from tests.unit.command.house import House, plain, untagged


@pytest.fixture
def house():
    """Return a house with bob, who writes to others, and the account ann."""
    house = House()
    house.account("ann")
    house.bob = house.person("bob", "standard-replies")
    return house


def _texts(lines):
    return [
        line.rpartition(":")[2].split("] ")[-1]
        for line in untagged(lines)
        if " PRIVMSG " in line and " 005 " not in line
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


def test_second_page_that_cannot_be_read(house):
    """Where a page fails, a live message that is proven does not prove the pages before it."""
    texts = [f"number {number}" for number in range(6)]
    house.bob.does(*(f"PRIVMSG ann :{text}" for text in texts))
    house.readers.fails_after = 1
    ann = house.person("ann", "standard-replies", account="ann")
    heard = ann.heard()
    assert _texts(heard) == texts[:4]
    assert " STORE_UNAVAILABLE " in heard[-1]
    house.bob.does("PRIVMSG ann :live")
    for _ in range(2):
        house.later(2)
        if ann.heard() or ann.pings:
            ann.pong()
    ann.is_lost()
    assert _texts(house.person("ann", account="ann").heard())[-3:] == [*texts[4:], "live"]


def test_slow_line(house):
    """The next page is read when the one before has left, and each is proven by itself."""
    texts = [f"number {number}" for number in range(6)]
    house.bob.does(*(f"PRIVMSG ann :{text}" for text in texts))
    ann = house.connection()
    ann.is_slow = True
    ann.say("CAP REQ :sasl", "NICK ann", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    ann.say("USER ann 0 * :Ann", "CAP END")
    house.turn()
    assert _texts(ann.heard()) == texts[:4]
    ann.pong()
    house.bob.does("PRIVMSG ann :live")
    assert ann.does("PING x") == [":irc.test PONG irc.test :x"]
    ann.is_lost()
    again = house.person("ann", account="ann")
    assert _texts(again.heard()) == [*texts[4:], "live"]


def test_live_messages_behind_a_slow_mailbox(house):
    """What is said while a slow line takes the mailbox comes behind it, once."""
    house.bob.does(*(f"PRIVMSG ann :number {number}" for number in range(5)))
    ann = house.connection()
    ann.is_slow = True
    ann.say("CAP REQ :sasl", "NICK ann", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    ann.say("USER ann 0 * :Ann", "CAP END")
    house.turn()
    house.bob.does("PRIVMSG ann :live")
    ann.heard()
    ann.drains()
    assert _texts(ann.heard()) == ["number 4", "live"]


def test_change_of_name_while_the_mailbox_is_read(house):
    """A session whose name another has changed is sent the new name's mail, and proves that."""
    other = house.person("ann", account="ann")
    house.bob.does("PRIVMSG dora :for dora", "PRIVMSG ann :for ann")
    house.readers.is_held = True
    reading = house.person("ann", account="ann")
    other.say("NICK dora")
    house.turn()
    other.is_lost()
    house.readers.is_held = False
    house.turn()
    assert _texts(reading.heard()) == ["for dora"]
    reading.pong()
    reading.is_lost()
    assert _texts(house.person("dora").heard()) == []
    assert _texts(house.person("ann", account="ann").heard()) == ["for ann"]


def test_change_of_name_between_two_pages(house):
    """A session that takes another name before a slow line has taken all reads the new mail."""
    house.bob.does("PRIVMSG dora :for dora", *(f"PRIVMSG ann :{number}" for number in range(5)))
    ann = house.connection()
    ann.is_slow = True
    ann.say("CAP REQ :sasl", "NICK ann", "AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    ann.say("USER ann 0 * :Ann", "CAP END")
    house.turn()
    ann.heard()
    assert _texts(ann.does("NICK dora")) == ["for dora"]
    house.bob.does("PRIVMSG dora :live")
    ann.drains()
    assert _texts(ann.heard()) == ["live"]


def test_other_session_proves_where_nothing_waited(house):
    """After a change of name to one without mail, every session may prove what comes."""
    asking, other = (house.person("ann", account="ann") for _ in range(2))
    asking.does("NICK dora")
    house.bob.does("PRIVMSG dora :live")
    asking.is_lost()
    house.later(2)
    other.pong()
    other.is_lost()
    assert _texts(house.person("dora").heard()) == []
