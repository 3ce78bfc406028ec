"""What a member missed in rooms while away."""

import pytest
from tests.unit.command.house import House


@pytest.fixture
def house():
    """Return a house with bob in #rook; ann, who has an account, comes and goes."""
    house = House()
    house.account("ann")
    house.bob = house.person("bob")
    house.room("#rook", house.bob)
    return house


def _ann(house, *caps):
    client = house.person("ann", *caps, account="ann")
    house.room("#rook", client)
    return client


def _said(lines):
    return [line for line in lines if "PRIVMSG" in line]


def _rejoins(house, *caps):
    client = house.person("ann", *caps, account="ann")
    return client.does("JOIN #rook")


def test_missed_after_goodbye(house):
    """A member who said goodbye is told on return what was said since, after the names."""
    ann = _ann(house)
    house.bob.does("PRIVMSG #rook :while you are here")
    ann.does("QUIT")
    house.bob.does("PRIVMSG #rook :one", "PRIVMSG #rook :two")
    heard = _rejoins(house)
    assert heard[-3:] == [
        ":irc.test 366 ann #rook :End of NAMES list",
        ":bob!~bob@host PRIVMSG #rook :[Mon 10:00] one",
        ":bob!~bob@host PRIVMSG #rook :[Mon 10:00] two",
    ]


def test_missed_after_a_lost_connection(house):
    """What a dying connection may have swallowed is told again, from the last proof on."""
    ann = _ann(house)
    house.bob.does("PRIVMSG #rook :proven", "PRIVMSG ann :psst")
    ann.pong()
    house.bob.does("PRIVMSG #rook :swallowed")
    ann.is_lost()
    house.bob.does("PRIVMSG #rook :missed")
    assert _said(_rejoins(house)) == [
        f":bob!~bob@host PRIVMSG #rook :[Mon 10:00] {text}" for text in ("swallowed", "missed")
    ]


def test_missed_on_the_first_day():
    """The very first person of a new server misses nothing either."""
    house = House()
    house.account("ann")
    ann = _ann(house)
    bob = house.person("bob")
    house.room("#rook", bob)
    ann.is_lost()
    bob.does("PRIVMSG #rook :one")
    assert _said(_rejoins(house)) == [":bob!~bob@host PRIVMSG #rook :[Mon 10:00] one"]


def test_missed_as_a_batch(house):
    """A client with batch gets what it missed as one, with the original times."""
    _ann(house).does("QUIT")
    house.bob.does("PRIVMSG #rook :one")
    opening, line, closing = _rejoins(house, "batch", "server-time")[-3:]
    ref = opening.split()[2].removeprefix("+")
    assert opening == f":irc.test BATCH +{ref} chathistory #rook"
    assert line == (f"@batch={ref};time=2026-01-05T10:00:00.000Z :bob!~bob@host PRIVMSG #rook :one")
    assert closing == f":irc.test BATCH -{ref}"


def test_missed_of_several_rooms(house):
    """What was missed in rooms that are entered together follows the answer to JOIN."""
    ann = _ann(house)
    house.room("#two", ann, house.bob)
    ann.does("QUIT")
    house.bob.does("PRIVMSG #rook :one", "PRIVMSG #two :two")
    ann = house.person("ann", "batch", "labeled-response", account="ann")
    heard = ann.does("@label=7 JOIN #rook,#two", "PING x")
    assert heard[0].startswith("@label=7 :irc.test BATCH +")
    assert [line.rpartition("] ")[2] for line in _said(heard)] == ["one", "two"]
    assert heard[-1] == ":irc.test PONG irc.test :x"


def test_entering_comes_before_what_is_said_there(house):
    """What is said while the missed is being read comes behind the labelled answer to JOIN."""
    _ann(house).does("QUIT")
    house.readers.is_held = True
    ann = house.person("ann", "batch", "labeled-response", account="ann")
    ann.say("@label=7 JOIN #rook")
    house.bob.does("PRIVMSG #rook :live")
    opening, entering, *_, live = ann.heard()
    assert opening.startswith("@label=7 :irc.test BATCH +")
    assert entering.endswith(" :ann!~ann@host JOIN #rook")
    assert live == ":bob!~bob@host PRIVMSG #rook :live"


def test_newest_page(house):
    """Of very much, the newest is told; CHATHISTORY has the rest."""
    _ann(house).does("QUIT")
    house.bob.does(*(f"PRIVMSG #rook :{number}" for number in range(9)))
    texts = [line.rpartition(" ")[2] for line in _said(_rejoins(house))]
    assert texts == ["4", "5", "6", "7", "8"]


def test_live_messages_are_not_told_twice(house):
    """What is said while the missed is being read is told once."""
    _ann(house).does("QUIT")
    house.bob.does("PRIVMSG #rook :missed")
    house.readers.is_held = True
    ann = house.person("ann", account="ann")
    ann.does("JOIN #rook")
    house.bob.does("PRIVMSG #rook :live")
    house.readers.is_held = False
    house.turn()
    texts = [line.rpartition(" ")[2].lstrip(":") for line in _said(ann.heard())]
    assert sorted(texts) == ["live", "missed"]


def test_clients_that_fetch_history_are_left_to_it(house):
    """A client with draft/chathistory is told nothing by itself."""
    _ann(house).does("QUIT")
    house.bob.does("PRIVMSG #rook :one")
    assert _said(_rejoins(house, "draft/chathistory")) == []


def test_guests_have_no_seat(house):
    """A guest's nick may be another's tomorrow: nothing is told."""
    cat = house.person("cat")
    house.room("#rook", cat)
    cat.does("QUIT")
    house.bob.does("PRIVMSG #rook :one")
    assert _said(house.person("cat").does("JOIN #rook")) == []


def test_never_there(house):
    """Who was never in the room has missed nothing."""
    house.bob.does("PRIVMSG #rook :one")
    assert _said(_rejoins(house)) == []


def test_unreadable(house):
    """When the store cannot be read, the room is entered all the same."""
    _ann(house).does("QUIT")
    house.bob.does("PRIVMSG #rook :one")
    house.readers.is_busy = True
    assert _rejoins(house)[-1] == ":irc.test 366 ann #rook :End of NAMES list"
