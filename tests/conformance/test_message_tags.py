"""IRCv3 message-tags, message-ids, account-tag, server-time; the client tags typing and react."""

import pytest
from tests.unit.command.house import House, untagged

from rookery.wire.message import parse

ALICE = ":alice!~alice@host"


def _two(*bob_caps, alice_caps=("message-tags",)):
    house = House()
    alice, bob = house.person("alice", *alice_caps), house.person("bob", *bob_caps)
    house.room("#c", alice, bob)
    return house, alice, bob


def _tags(line):
    return dict(parse(line).tags)


@pytest.mark.parametrize("command", ("PRIVMSG", "NOTICE"))
@pytest.mark.parametrize("target", ("#c", "bob"))
def test_client_only_tags_are_relayed(command, target):
    """Client-only tags: relayed as they are; tags without + are removed."""
    _, alice, bob = _two("message-tags")
    alice.does(f"@+a=b;unknown=c;+example.org/d;+e=x\\sy\\: {command} {target} :hi")
    (line,) = bob.heard()
    tags = _tags(line)
    assert tags.pop("msgid")
    assert tags == {"+a": "b", "+example.org/d": "", "+e": "x y;"}
    assert line.endswith(f" {ALICE} {command} {target} :hi")


def test_no_tags_without_capability():
    """message-tags capability: who has not asked for it receives no client-only tags."""
    _, alice, bob = _two()
    alice.does("@+a=b PRIVMSG #c :hi", "@+a=b PRIVMSG bob :hi")
    assert bob.heard() == [f"{ALICE} PRIVMSG #c :hi", f"{ALICE} PRIVMSG bob :hi"]


def test_other_tag_capabilities_bring_no_client_tags():
    """message-tags capability: server-time and account-tag alone bring their own tag only."""
    _, alice, bob = _two("server-time", "account-tag")
    alice.does("@+a=b PRIVMSG #c :hi")
    assert bob.heard() == [f"@time=2026-01-05T10:00:00.000Z {ALICE} PRIVMSG #c :hi"]


def test_sender_without_capability_sends_no_tags():
    """message-tags capability: it enables the use of client-only tags."""
    _, alice, bob = _two("message-tags", alice_caps=())
    alice.does("@+a=b PRIVMSG #c :hi", "@+a=b TAGMSG #c")
    (line,) = bob.heard()
    assert [*_tags(line)] == ["msgid"]


def test_last_of_repeated_tags_counts():
    """Format: of a tag that is used twice the last one counts."""
    _, alice, bob = _two("message-tags")
    alice.does("@+a=1;+a=2 PRIVMSG #c :hi")
    (line,) = bob.heard()
    assert _tags(line)["+a"] == "2"


def test_server_tags_stand_before_client_tags():
    """Client-only tags: what the server adds comes first."""
    house = House()
    house.account("alice")
    alice = house.person("alice", "message-tags", account="alice")
    bob = house.person("bob", "message-tags", "server-time", "account-tag")
    alice.does("@+a=b PRIVMSG bob :hi")
    (line,) = bob.heard()
    assert [*_tags(line)] == ["time", "msgid", "account", "+a"]
    assert _tags(line)["account"] == "alice"


def test_no_account_tag_for_guests():
    """account-tag: there is none for who is not signed in to an account."""
    _, alice, bob = _two("account-tag")
    alice.does("PRIVMSG #c :hi")
    assert bob.heard() == [f"{ALICE} PRIVMSG #c :hi"]


@pytest.mark.parametrize("target", ("#c", "bob"))
def test_tagmsg(target):
    """TAGMSG: delivered like a message to those who have the capability, with a msgid."""
    _, alice, bob = _two("message-tags")
    assert alice.does(f"@+typing=active TAGMSG {target}") == []
    (line,) = bob.heard()
    tags = _tags(line)
    assert tags.pop("msgid")
    assert tags == {"+typing": "active"}
    assert untagged([line]) == [f"{ALICE} TAGMSG {target}"]


@pytest.mark.parametrize("target", ("#c", "bob"))
def test_tagmsg_without_capability(target):
    """TAGMSG: never delivered to those who have not the capability."""
    _, alice, bob = _two("server-time")
    alice.does(f"@+typing=active TAGMSG {target}")
    assert bob.heard() == []


def test_tagmsg_echo_and_label():
    """TAGMSG: the echo has msgid and label; nothing is kept of typing."""
    house, alice, bob = _two(
        "message-tags",
        alice_caps=("message-tags", "echo-message", "batch", "labeled-response"),
    )
    (echo,) = alice.does("@label=1;+typing=active TAGMSG #c")
    (line,) = bob.heard()
    assert echo == line.replace("@", "@label=1;", 1)
    assert house.store.history("#c", 0, 1 << 62, 9, newest=True)[-1].command == "JOIN"


def test_tagmsg_honours_modes():
    """TAGMSG: a room takes it from those alone from whom it takes messages."""
    house, alice, bob = _two("message-tags")
    bob.does("PART #c")
    alice.heard()
    bob.say("@+a=b TAGMSG #c")
    house.turn()
    assert bob.hears() == [":irc.test 404 bob #c :Cannot send to channel"]
    assert alice.heard() == []


def test_tagmsg_to_nobody():
    """TAGMSG: without a target it is answered 461, to an unknown room 403."""
    alice = House().person("alice", "message-tags")
    assert untagged(alice.does("@+a=b TAGMSG"))[0].startswith(":irc.test 461 alice TAGMSG :")
    assert untagged(alice.does("@+a=b TAGMSG #none"))[0].startswith(":irc.test 403 alice #none :")


def test_reaction_is_kept():
    """react, reply: what says something about a message for good belongs to the history."""
    house, alice, bob = _two("message-tags")
    alice.does("@+draft/reply=1;+draft/react=x TAGMSG #c", "@+draft/react=x TAGMSG bob")
    assert len(bob.heard()) == 2
    kept = [
        house.store.history(place, 0, 1 << 62, 9, newest=True)[-1] for place in ("#c", "alice,bob")
    ]
    assert [row.command for row in kept] == ["TAGMSG", "TAGMSG"]
    assert [row.tags for row in kept] == ["+draft/reply=1;+draft/react=x", "+draft/react=x"]


def test_msgids_are_unique_and_the_same_for_all():
    """message-ids: every message has one of its own, the same for sender and receivers."""
    _house, alice, bob = _two("message-tags", alice_caps=("message-tags", "echo-message"))
    own = alice.does("PRIVMSG #c :1", "NOTICE #c :2", "@+a TAGMSG #c", "PRIVMSG bob :3")
    heard = bob.heard()
    assert own == heard
    assert len({_tags(line)["msgid"] for line in heard}) == 4


def test_msgid_on_events():
    """message-ids: what the history keeps has its msgid when it happens."""
    _house, alice, bob = _two("message-tags")
    alice.does("TOPIC #c :new", "MODE #c +m", "PART #c :bye")
    alice.does("JOIN #c")
    assert [bool(_tags(line).get("msgid")) for line in bob.heard()] == [True] * 4


def test_server_time():
    """server-time: UTC with milliseconds, for every message and event."""
    house, alice, bob = _two("server-time")
    house.now_ms += 1234
    alice.does("PRIVMSG #c :hi", "PART #c")
    assert [_tags(line) for line in bob.heard()] == [{"time": "2026-01-05T10:00:01.234Z"}] * 2
