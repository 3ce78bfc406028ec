"""Bounds of rooms and mailboxes: whoever is over one is told, and nothing else changes."""

import pytest
from tests.unit.command.house import House

FULL = "ann has too many messages waiting: try again when ann was here"
FAILED = f":irc.test FAIL PRIVMSG MAILBOX_FULL ann :{FULL}"
NOTES = ("standard-replies",)


@pytest.fixture
def house():
    """Return a house in which ann is away and two messages may wait for each."""
    house = House(mailbox_messages=2)
    house.account("ann")
    house.bob = house.person("bob", *NOTES, "echo-message", "labeled-response", "batch")
    return house


def _texts(client):
    return [line.rpartition("] ")[2] for line in client.heard()]


def test_full_mailbox(house):
    """The sender of one too many is told so, gets no echo, and it is not stored."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    assert house.bob.does("PRIVMSG ann :three") == [FAILED]
    assert _texts(house.person("ann", account="ann")) == ["one", "two"]


def test_full_mailbox_with_a_label(house):
    """The answer carries the label."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    assert house.bob.does("@label=x PRIVMSG ann :three") == [f"@label=x {FAILED}"]


def test_full_mailbox_without_standard_replies(house):
    """A client that does not know FAIL reads a notice."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    assert house.person("cat").does("PRIVMSG ann :x") == [f":irc.test NOTICE cat :{FULL}"]


def test_notice_to_a_full_mailbox(house):
    """A NOTICE is not answered, and not stored either."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    assert house.bob.does("NOTICE ann :three") == []
    assert _texts(house.person("ann", account="ann")) == ["one", "two"]


def test_others_get_theirs(house):
    """Of several targets only the full one is refused."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    cat = house.person("cat")
    assert FAILED in house.bob.does("PRIVMSG ann,cat :three")
    assert cat.heard() == [":bob!~bob@host PRIVMSG cat :three"]


def test_mailbox_is_empty_once_received(house):
    """What is proven received makes room; what was only sent does not."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    house.person("ann", account="ann").is_lost()
    assert house.bob.does("PRIVMSG ann :three") == [FAILED]
    ann = house.person("ann", account="ann")
    ann.pong()
    ann.is_lost()
    assert FAILED not in house.bob.does("PRIVMSG ann :three")


def test_present_people_have_no_mailbox(house):
    """Who is here gets everything."""
    ann = house.person("ann", account="ann")
    house.bob.does(*(f"PRIVMSG ann :{number}" for number in range(5)))
    assert len(ann.heard()) == 5


def test_mailbox_is_full_after_a_restart(house):
    """What waits is counted at the start."""
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two", "PRIVMSG zoe :one")
    again = House(house.store, mailbox_messages=2)
    bob = again.person("bob", *NOTES)
    assert bob.does("PRIVMSG ann :three") == [FAILED]
    assert "MAILBOX_FULL" not in bob.does("PRIVMSG zoe :two")[0]


def test_what_was_not_stored_takes_no_room(house):
    """A message that the disk refused is not counted."""
    house.disk.is_full = True
    house.bob.does("PRIVMSG ann :one", "PRIVMSG ann :two")
    house.disk.is_full = False
    assert FAILED not in house.bob.does("PRIVMSG ann :one")


def test_full_room():
    """One too many is told that the room is full, whoever is in it stays."""
    house = House(members_per_room=2)
    house.room("#rook", house.person("ann"), house.person("bob"))
    answer = house.person("cat").does("JOIN #rook")
    assert answer == [":irc.test 471 cat #rook :Cannot join channel (+l): it is full"]
    assert house.person("dan").does("JOIN #nest")[0] == ":dan!~dan@host JOIN #nest"


def test_full_room_sends_on():
    """A full room's forward counts as with its own limit."""
    house = House(members_per_room=2)
    ann = house.person("ann")
    house.room("#nest", ann)
    house.room("#rook", ann, house.person("cat"))
    ann.does("MODE #rook +f #nest")
    heard = house.person("bob").does("JOIN #rook")
    assert heard[0].startswith(":irc.test 470 bob #rook #nest ")
    assert ":bob!~bob@host JOIN #nest" in heard


def test_made_up_recipients():
    """One sender may write to a limited number of names that nobody has used."""
    house = House(unclaimed_per_sender=2)
    house.account("ann")
    bob, eve = house.person("bob", *NOTES), house.person("eve", *NOTES)
    eve.session.address = "192.0.2.9"
    bob.does("PRIVMSG x1 :hi", "PRIVMSG x2 :hi")
    (answer,) = bob.does("PRIVMSG x3 :hi")
    text = "You have written to 2 names that nobody uses: wait until some of them were here"
    assert answer == f":irc.test FAIL PRIVMSG TOO_MANY_UNCLAIMED x3 :{text}"
    assert bob.does("NOTICE x3 :hi") == []
    assert "x3" not in house.node.receipts.mailboxes
    assert "KEPT_UNCLAIMED x1" in bob.does("PRIVMSG x1 :again")[0]
    assert "KEPT_AWAY ann" in bob.does("PRIVMSG ann :hi")[0]
    assert "KEPT_UNCLAIMED x3" in eve.does("PRIVMSG x3 :hi")[0]
    house.person("x1")
    assert "KEPT_UNCLAIMED x4" in bob.does("PRIVMSG x4 :hi")[0]
