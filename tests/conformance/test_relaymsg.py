"""IRCv3 draft/relaymsg."""

import pytest
from tests.unit.command.house import House, untagged

from rookery.wire.message import parse


def _bridge(*caps, **rules):
    house = House(**rules)
    bridge, bob = house.person("bridge", *caps), house.person("bob", "message-tags")
    house.room("#c", bridge, bob)
    return house, bridge, bob


def test_capability():
    """Capability: its value are the separators; there is none where nobody may relay."""
    assert "draft/relaymsg=/" in " ".join(House().connection().does("CAP LS 302"))
    without = House(relay_separators="").connection()
    assert "draft/relaymsg" not in " ".join(without.does("CAP LS 302"))


def test_relayed():
    """Command: a PRIVMSG of the other name, with the bridge's nick in a tag."""
    house, bridge, bob = _bridge()
    old = house.person("old")
    house.room("#c", old)
    bridge.heard()
    bob.heard()
    assert bridge.does("RELAYMSG #c carol/matrix :hi there") == []
    (line,) = bob.heard()
    assert untagged([line]) == [":carol/matrix!relay@irc.test PRIVMSG #c :hi there"]
    assert parse(line).tags["draft/relaymsg"] == "bridge"
    assert old.heard() == [":carol/matrix!relay@irc.test PRIVMSG #c :hi there"]


def test_echo_and_label():
    """Command: the bridge gets it back with echo-message, and the label on it."""
    _, bridge, bob = _bridge("echo-message", "message-tags", "batch", "labeled-response")
    (echo,) = bridge.does("@label=x RELAYMSG #c carol/matrix :hi")
    (line,) = bob.heard()
    assert echo == line.replace("@", "@label=x;", 1)


def test_history():
    """What was relayed is a part of the history."""
    house, bridge, _bob = _bridge()
    bridge.does("RELAYMSG #c carol/matrix :hi")
    (row,) = house.store.history("#c", 0, 1 << 62, 9, newest=True, talk_only=True)
    assert row.source == "carol/matrix!relay@irc.test"


@pytest.mark.parametrize(
    "nick", ("carol", "a!b/c", "a@b/c", "#a/b", "a/b:c", "a/b,c", "a/b.c", "x" * 30 + "/y", "a*/b")
)
def test_invalid_nick(nick):
    """Abuse prevention: a separator is needed, what is reserved is forbidden."""
    _, bridge, bob = _bridge()
    (answer,) = bridge.does(f"RELAYMSG #c {nick} :hi")
    assert answer.startswith(":irc.test FAIL RELAYMSG INVALID_NICK :")
    assert bob.heard() == []


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("RELAYMSG #c carol/m : ", "FAIL RELAYMSG BLANK_MSG :"),
        ("RELAYMSG #none carol/m :hi", "403 bridge #none :"),
        ("RELAYMSG #c carol/m", "461 bridge RELAYMSG :"),
    ),
)
def test_errors(line, answer):
    """Command: what cannot be relayed."""
    _, bridge, _ = _bridge()
    (heard,) = bridge.does(line)
    assert heard.startswith(f":irc.test {answer}")


def test_privileges():
    """Abuse prevention: only the room's operators, inside of it."""
    house, _, bob = _bridge()
    (answer,) = bob.does("RELAYMSG #c carol/m :hi")
    assert answer.startswith(":irc.test FAIL RELAYMSG PRIVS_NEEDED :")
    outside = house.person("out")
    (answer,) = outside.does("RELAYMSG #c carol/m :hi")
    assert answer.startswith(":irc.test 442 out #c :")


def test_switched_off():
    """relaying.enabled off: nobody speaks for others."""
    _, bridge, _ = _bridge(relay_separators="")
    (answer,) = bridge.does("RELAYMSG #c carol/m :hi")
    assert answer.startswith(":irc.test FAIL RELAYMSG NOT_ENABLED :")


def test_nick_in_the_tag():
    """Tag: a nick with a backslash is escaped like any value of a tag."""
    house = House()
    bridge, bob = house.person("a\\sb"), house.person("bob", "message-tags")
    house.room("#c", bridge, bob)
    bridge.does("RELAYMSG #c carol/matrix :hi")
    (line,) = bob.heard()
    assert parse(line).tags["draft/relaymsg"] == "a\\sb"
