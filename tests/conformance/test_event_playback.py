"""IRCv3 draft/chathistory, draft/event-playback."""

import pytest
from tests.unit.command.house import House, numerics, untagged

from rookery.wire.message import parse

CAPS = ("batch", "message-tags", "server-time", "draft/chathistory")


@pytest.fixture
def house():
    """Return a server."""
    return House(history_page=20)


@pytest.fixture
def reader(house):
    """Return who reads all of it."""
    reader = house.person("reader", *CAPS, "draft/event-playback")
    house.room("#c", reader)
    return reader


def _history(reader, target="#c", limit=20):
    _, *lines, _ = reader.does(f"CHATHISTORY LATEST {target} * {limit}")
    return lines


def test_what_happens_in_a_room(house, reader):
    """CHATHISTORY Command: JOIN, PART, QUIT, MODE, TOPIC, NICK and KICK, in their order."""
    ann = house.person("ann")
    ann.does("JOIN #c", "PRIVMSG #c :hi")
    ann.does("NICK anna", "PART #c :bye", "JOIN #c")
    reader.does("MODE #c +v anna", "TOPIC #c :news", "KICK #c anna :enough")
    ann.does("JOIN #c")
    ann.does("QUIT :gone")
    reader.heard()
    assert untagged(_history(reader))[1:] == [
        ":ann!~ann@host JOIN #c",
        ":ann!~ann@host PRIVMSG #c :hi",
        ":ann!~ann@host NICK anna",
        ":anna!~ann@host PART #c :bye",
        ":anna!~ann@host JOIN #c",
        ":reader!~reader@host MODE #c +v anna",
        ":reader!~reader@host TOPIC #c :news",
        ":reader!~reader@host KICK #c anna :enough",
        ":anna!~ann@host JOIN #c",
        ":anna!~ann@host QUIT :Quit: gone",
    ]


def test_same_msgid_as_live(house, reader):
    """Returned message notes: time and msgid are those of the event when it happened."""
    house.person("ann").does("JOIN #c")
    (live,) = reader.heard()
    replayed = _history(reader)[-1]
    assert parse(replayed).tags["msgid"] == parse(live).tags["msgid"]
    assert parse(replayed).tags["time"] == parse(live).tags["time"]


def test_not_without_capability(house, reader):
    """CHATHISTORY Command: without the capability only PRIVMSG and NOTICE, which alone count."""
    plain = house.person("plain", *CAPS)
    plain.does("JOIN #c", "PRIVMSG #c :1", "TOPIC #c :no", "@+draft/react=x TAGMSG #c")
    plain.does("PRIVMSG #c :2", "PART #c")
    plain.does("JOIN #c")
    lines = untagged(_history(plain, limit=2))
    assert lines == [":plain!~plain@host PRIVMSG #c :1", ":plain!~plain@host PRIVMSG #c :2"]


@pytest.mark.parametrize("target", ("#c", "reader"))
def test_reactions(house, reader, target):
    """CHATHISTORY Command: TAGMSG with its tags; typing was never kept."""
    ann = house.person("ann", "message-tags")
    house.room("#c", ann)
    ann.does(f"PRIVMSG {target} :hi", f"@+typing=active TAGMSG {target}")
    ann.does(f"@+draft/reply=1;+draft/react=x TAGMSG {target}")
    reader.heard()
    *_, message, reaction = _history(reader, target if target == "#c" else "ann")
    assert parse(message).command == "PRIVMSG"
    assert untagged([reaction]) == [f":ann!~ann@host TAGMSG {target}"]
    assert parse(reaction).tags["+draft/react"] == "x"


def test_reaction_waits_in_no_mailbox(house):
    """A reaction to who is away is found in the history, and is not delivered as a message."""
    house.account("bob")
    ann = house.person("ann", "message-tags")
    ann.does("PRIVMSG bob :hi", "@+draft/react=x TAGMSG bob")
    bob = house.person("bob", *CAPS, "draft/event-playback", account="bob")
    assert numerics(bob.heard()) == ["BATCH", "PRIVMSG", "BATCH"]
    assert [parse(line).command for line in _history(bob, "ann")] == ["PRIVMSG", "TAGMSG"]


def test_not_kept():
    """history.events off: nothing but what was said is kept."""
    house = House()
    house.node.epoch.keeps_events = False
    reader = house.person("reader", *CAPS, "draft/event-playback")
    house.room("#c", reader)
    assert _history(reader) == []
