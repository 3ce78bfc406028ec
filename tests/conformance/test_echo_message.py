"""IRCv3 echo-message, and labeled-response with it."""

import pytest
from tests.unit.command.house import House, numerics, untagged

ALICE = ":alice!~alice@host"
LABELS = ("batch", "labeled-response", "message-tags", "echo-message")


def _two(*alice_caps):
    house = House()
    alice, bob = house.person("alice", *alice_caps), house.person("bob")
    house.room("#c", alice, bob)
    return house, alice, bob


@pytest.mark.parametrize("command", ("PRIVMSG", "NOTICE"))
@pytest.mark.parametrize("target", ("#c", "bob"))
def test_echo(command, target):
    """Description: what was sent comes back as the others see it."""
    _, alice, bob = _two("echo-message")
    line = f"{ALICE} {command} {target} :hi"
    assert alice.does(f"{command} {target} :hi") == [line]
    assert bob.heard() == [line]


@pytest.mark.parametrize("target", ("#c", "bob"))
def test_no_echo_without_capability(target):
    """Description: without the capability nothing comes back."""
    _, alice, _ = _two()
    assert alice.does(f"PRIVMSG {target} :hi", f"NOTICE {target} :hi") == []


def test_no_echo_of_tagmsg_without_message_tags():
    """Description: TAGMSG comes back to those alone who have message-tags."""
    _, alice, _ = _two("echo-message")
    assert alice.does("@+a=b TAGMSG #c") == []


def test_target_is_shown_as_it_is_called():
    """Description: the echo has the final version, so the room's name as it is written."""
    _, alice, _bob = _two("echo-message")
    assert alice.does("PRIVMSG #C :hi", "PRIVMSG BOB :hi") == [
        f"{ALICE} PRIVMSG #c :hi",
        f"{ALICE} PRIVMSG bob :hi",
    ]


def test_refused_message_has_no_echo():
    """Description: an echo means that the message was taken."""
    _house, alice, _bob = _two("echo-message")
    alice.does("PART #c")
    assert numerics(alice.does("PRIVMSG #c :hi")) == ["404"]


@pytest.mark.parametrize("target", ("#c", "bob"))
def test_label_on_echo(target):
    """labeled-response: the echo is the response, and carries the label."""
    _, alice, bob = _two(*LABELS)
    (line,) = alice.does(f"@label=x PRIVMSG {target} :hi")
    assert line.startswith("@label=x;msgid=")
    assert untagged([line]) == [f"{ALICE} PRIVMSG {target} :hi"]
    assert bob.heard() == [f"{ALICE} PRIVMSG {target} :hi"]


@pytest.mark.parametrize("command", ("PRIVMSG", "NOTICE"))
def test_ack_without_echo(command):
    """labeled-response, ACK: a message that is not echoed is acknowledged."""
    _, alice, _ = _two("batch", "labeled-response")
    assert alice.does(f"@label=x {command} #c :hi") == ["@label=x :irc.test ACK"]


def test_ack_of_silent_failure():
    """labeled-response, ACK: a NOTICE that goes nowhere is acknowledged as well."""
    _, alice, _ = _two(*LABELS)
    assert alice.does("@label=x NOTICE #none :hi") == ["@label=x :irc.test ACK"]


def test_several_targets_make_a_batch():
    """labeled-response: several echoes are one batch, which carries the label."""
    _, alice, _ = _two(*LABELS)
    opening, first, second, closing = alice.does("@label=x PRIVMSG #c,bob :hi")
    ref = opening.split("BATCH +")[1].split()[0]
    assert opening == f"@label=x :irc.test BATCH +{ref} labeled-response"
    assert [line.startswith(f"@batch={ref};msgid=") for line in (first, second)] == [True, True]
    assert closing == f":irc.test BATCH -{ref}"


def test_echo_and_numeric_make_a_batch():
    """labeled-response: the echo and RPL_AWAY belong to one response."""
    _, alice, bob = _two(*LABELS)
    bob.does("AWAY :lunch")
    lines = alice.does("@label=x PRIVMSG bob :hi")
    assert numerics(lines) == ["BATCH", "PRIVMSG", "301", "BATCH"]
    assert "label=x" in lines[0]


def test_message_to_oneself():
    """labeled-response: only the echo has the label; the message arrives without it."""
    alice = House().person("alice", *LABELS)
    lines = alice.does("@label=x PRIVMSG alice :hi")
    assert untagged(lines) == [f"{ALICE} PRIVMSG alice :hi"] * 2
    assert sorted("label=x" in line for line in lines) == [False, True]


def test_message_to_oneself_without_echo():
    """Limitations: without the capability it arrives once."""
    alice = House().person("alice")
    assert alice.does("PRIVMSG alice :hi") == [f"{ALICE} PRIVMSG alice :hi"]


def test_other_sessions_of_the_sender():
    """Use cases: the sender's other clients see what was sent, without the label."""
    house = House()
    house.account("alice")
    phone = house.person("alice", *LABELS, account="alice")
    desk = house.person("alice", *LABELS, account="alice")
    house.person("bob")
    phone.heard()
    (echo,) = phone.does("@label=x PRIVMSG bob :hi")
    (copy,) = desk.heard()
    assert echo == copy.replace("@", "@label=x;", 1)


def test_self_message():
    """znc.in/self-message: the sender's other clients see it without echo-message as well."""
    house = House()
    house.account("alice")
    phone = house.person("alice", account="alice")
    znc = house.person("alice", "znc.in/self-message", account="alice")
    plain = house.person("alice", account="alice")
    house.person("bob")
    assert phone.does("PRIVMSG bob :hi") == []
    assert znc.heard() == [f"{ALICE} PRIVMSG bob :hi"]
    assert plain.heard() == []
    assert znc.does("PRIVMSG bob :hi") == []
