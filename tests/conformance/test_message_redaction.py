"""IRCv3 draft/message-redaction."""

import pytest
from tests.unit.command.house import House, untagged

from rookery.wire.message import parse

ALICE, BOB = ":alice!~alice@host", ":bob!~bob@host"
CAPS = (
    "message-tags",
    "echo-message",
    "draft/message-redaction",
    "draft/chathistory",
    "batch",
    "server-time",
)


@pytest.fixture
def house():
    """Return a server."""
    return House()


@pytest.fixture
def alice(house):
    """Return a person."""
    return house.person("alice", *CAPS)


@pytest.fixture
def bob(house):
    """Return another person."""
    return house.person("bob", *CAPS)


def _said(client, line):
    """Say something, and return its msgid."""
    (echo,) = client.does(line)
    return parse(echo).tags["msgid"]


@pytest.mark.parametrize("reason", ("", " :bad example", " spam"))
def test_author_in_a_room(house, alice, bob, reason):
    """Command: relayed to the members with the capability, with the reason that was given."""
    carol = house.person("carol", "message-tags")
    house.room("#c", alice, bob, carol)
    msgid = _said(alice, "PRIVMSG #c :an example")
    bob.heard()
    carol.heard()
    shown = f" :{reason.lstrip(' :')}" if reason else ""
    expected = [f"{ALICE} REDACT #c {msgid}{shown}"]
    (line,) = alice.does(f"REDACT #c {msgid}{reason}")
    assert untagged([line]) == expected
    assert parse(line).tags["msgid"] != msgid
    assert bob.hears() == expected
    assert carol.heard() == []


def test_private(alice, bob):
    """Command: a private message is deleted on both sides, by its author alone."""
    msgid = _said(alice, "PRIVMSG bob :hi")
    bob.heard()
    assert untagged(bob.does(f"REDACT alice {msgid}")) == [
        (
            f":irc.test FAIL REDACT REDACT_FORBIDDEN alice {msgid}"
            " :You are not authorised to delete this message"
        )
    ]
    assert alice.heard() == []
    assert untagged(alice.does(f"REDACT bob {msgid}")) == [f"{ALICE} REDACT bob {msgid}"]
    assert bob.hears() == [f"{ALICE} REDACT bob {msgid}"]


@pytest.mark.parametrize("command", ("NOTICE #c :x", "@+draft/react=x TAGMSG #c"))
def test_other_messages(house, alice, bob, command):
    """Command: notices and messages of tags can be deleted as well."""
    house.room("#c", alice, bob)
    msgid = _said(bob, command)
    assert untagged(bob.does(f"REDACT #c {msgid}")) == [f"{BOB} REDACT #c {msgid}"]


def test_operator(house, alice, bob):
    """Server considerations: a room's operators may delete what others said there."""
    house.room("#c", alice, bob)
    msgid = _said(bob, "PRIVMSG #c :spam")
    alice.heard()
    assert untagged(alice.does(f"REDACT #c {msgid} spam")) == [f"{ALICE} REDACT #c {msgid} :spam"]
    assert bob.hears() == [f"{ALICE} REDACT #c {msgid} :spam"]


def test_stranger(house, alice, bob):
    """Errors: REDACT_FORBIDDEN for who is neither author nor operator, and nobody is told."""
    house.room("#c", alice, bob)
    msgid = _said(alice, "PRIVMSG #c :mine")
    bob.heard()
    assert bob.does(f"REDACT #c {msgid}") == [
        (
            f":irc.test FAIL REDACT REDACT_FORBIDDEN #c {msgid}"
            " :You are not authorised to delete this message"
        )
    ]
    assert alice.heard() == []


def test_later_guest_of_the_name(house, alice, bob):
    """Errors: a nick makes nobody the author of what another guest of that nick said."""
    house.room("#c", alice, bob)
    msgid = _said(bob, "PRIVMSG #c :mine")
    bob.is_lost()
    house.now_ms += 1
    other = house.person("bob", *CAPS)
    house.room("#c", other)
    (answer,) = other.does(f"REDACT #c {msgid}")
    assert answer.startswith(f":irc.test FAIL REDACT REDACT_FORBIDDEN #c {msgid} :")


@pytest.mark.parametrize("msgid", ("nonsense", "1", "FF", "", "0x1"))
def test_unknown(house, alice, msgid):
    """Errors: UNKNOWN_MSGID."""
    house.room("#c", alice)
    (answer,) = alice.does(f"REDACT #c :{msgid}")
    assert answer == (
        f":irc.test FAIL REDACT UNKNOWN_MSGID #c {msgid or '*'}"
        " :This message does not exist or is too old"
    )


def test_message_of_another_place(house, alice, bob):
    """Errors: a message is known in the place where it was said."""
    house.room("#c", alice, bob)
    msgid = _said(alice, "PRIVMSG #c :x")
    for target in ("bob", "alice"):
        (answer,) = alice.does(f"REDACT {target} {msgid}")
        assert answer.startswith(f":irc.test FAIL REDACT UNKNOWN_MSGID {target} {msgid} :")


def test_twice(house, alice):
    """Errors: what is deleted is unknown."""
    house.room("#c", alice)
    msgid = _said(alice, "PRIVMSG #c :x")
    alice.does(f"REDACT #c {msgid}")
    (answer,) = alice.does(f"REDACT #c {msgid}")
    assert answer.startswith(":irc.test FAIL REDACT UNKNOWN_MSGID #c ")


@pytest.mark.parametrize("target", ("#c", "#none", "a,b", "a!b@c"))
def test_invalid_target(house, alice, bob, target):
    """Errors: INVALID_TARGET for a room that one is not in, or that is not there."""
    house.room("#c", bob)
    (answer,) = alice.does(f"REDACT {target} 1")
    assert answer.startswith(f":irc.test FAIL REDACT INVALID_TARGET {target} :")


def test_too_few_parameters(alice):
    """Command: target and msgid are needed."""
    assert alice.does("REDACT #c")[0].startswith(":irc.test 461 alice REDACT :")


def test_window():
    """Errors: REDACT_WINDOW_EXPIRED for authors; operators may delete later."""
    house = House(redaction_window_s=10)
    alice, bob = house.person("alice", *CAPS), house.person("bob", *CAPS)
    house.room("#c", alice, bob)
    msgid = _said(bob, "PRIVMSG #c :x")
    alice.heard()
    house.later(11)
    assert bob.does(f"REDACT #c {msgid}") == [
        (
            f":irc.test FAIL REDACT REDACT_WINDOW_EXPIRED #c {msgid} 10"
            " :You can no longer delete this message"
        )
    ]
    assert untagged(alice.does(f"REDACT #c {msgid}")) == [f"{ALICE} REDACT #c {msgid}"]


def test_history_does_not_show_it(house, alice, bob):
    """Chat history: it is left out entirely, and of no use to a search."""
    house.room("#c", alice, bob)
    _said(alice, "PRIVMSG #c :stays")
    msgid = _said(alice, "PRIVMSG #c :goes")
    alice.does(f"REDACT #c {msgid}")
    _, line, _ = alice.does("CHATHISTORY LATEST #c * 5")
    assert line.endswith(" PRIVMSG #c :stays")
    assert len(alice.does("SEARCH in=#c;text=goes")) == 2


def test_label(house):
    """labeled-response: the REDACT that comes back is the response."""
    alice = house.person("alice", *CAPS, "labeled-response")
    house.room("#c", alice)
    msgid = _said(alice, "PRIVMSG #c :x")
    (line,) = alice.does(f"@label=x REDACT #c {msgid}")
    assert parse(line).tags["label"] == "x"
    assert parse(line).command == "REDACT"


def test_full_disk(house, alice, bob):
    """What could not be deleted on disk is shown to nobody as deleted."""
    house.room("#c", alice, bob)
    msgid = _said(alice, "PRIVMSG #c :x")
    bob.heard()
    house.disk.is_full = True
    (answer,) = alice.does(f"REDACT #c {msgid}")
    assert answer.startswith(":irc.test FAIL REDACT STORE_UNAVAILABLE #c :")
    assert bob.heard() == []
