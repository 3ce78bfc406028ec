"""IRCv3 labeled-response, across the commands."""

import re

import pytest
from tests.unit.command.house import House, numerics, untagged

CAPS = ("labeled-response", "batch", "message-tags", "setname", "echo-message")


@pytest.fixture
def house():
    """Return a server that refuses messages for nobody."""
    return House(unclaimed="refuse")


@pytest.fixture
def ann(house):
    """Return who labels what she says."""
    return house.person("ann", *CAPS)


@pytest.mark.parametrize(
    "line",
    (
        "PONG :x",
        "NICK ann",
        "MODE ann +o",
        "MODE ann +",
        "MONITOR + :",
        "MONITOR - bob",
        "MONITOR C",
        "MONITOR S",
        "ACCEPT bob",
        "PRIVMSG",
        "CAP END",
        "NOTICE nobody :hi",
    ),
)
def test_ack(house, ann, line):
    """The ACK response: a command that produces no response is acknowledged."""
    house.person("bob")
    if line == "PRIVMSG":
        ann.does("CAP REQ -echo-message")
        line = "PRIVMSG bob :hi"
    assert ann.does(f"@label=x {line}") == ["@label=x :irc.test ACK"]


@pytest.mark.parametrize(
    ("line", "command"),
    (
        ("PING :x", "PONG"),
        ("NICK amy", "NICK"),
        ("NICK bob", "433"),
        ("NICK", "431"),
        ("MODE ann", "221"),
        ("MODE ann +i", "MODE"),
        ("MODE bob", "502"),
        ("AWAY :x", "306"),
        ("AWAY", "305"),
        ("SETNAME :Annie", "SETNAME"),
        ("SETNAME :", "FAIL"),
        ("WHO nobody", "315"),
        ("WHOIS", "431"),
        ("WHOWAS", "431"),
        ("ISON ann", "303"),
        ("USERHOST ann", "302"),
        ("MONITOR L", "733"),
        ("MONITOR + bob", "730"),
        ("MONITOR + nobody", "731"),
        ("ACCEPT *", "282"),
        ("ACCEPT -bob", "458"),
        ("CAP LIST", "CAP"),
        ("CAP REQ :batch", "CAP"),
        ("CAP FOO", "410"),
        ("USER a 0 * :b", "462"),
        ("PASS x", "462"),
        ("NONSENSE", "421"),
        ("JOIN", "461"),
        ("PRIVMSG nobody :hi", "401"),
        ("PRIVMSG bob :hi", "PRIVMSG"),
        ("QUIT :bye", "ERROR"),
    ),
)
def test_one_message(house, ann, line, command):
    """A response of one message carries the label, and nothing else does."""
    house.person("bob")
    (heard,) = ann.does(f"@label=x;+y=z {line}")
    assert numerics(untagged([heard])) == [command]
    assert re.match(r"@(?:[^ ]*;)?label=x[; ]", heard)


@pytest.mark.parametrize(
    "line",
    ("WHO *", "WHO * %n", "WHOIS ann", "WHOIS nobody", "WHOWAS nobody", "MODE ann +iX", "LUSERS",
     "MONITOR + bob,nobody", "ISUPPORT", "JOIN #a"),
)  # fmt: skip
def test_several_messages(house, ann, line):
    """Several messages come as one batch, whose opening carries the label."""
    house.person("bob")
    opening, *middle, closing = ann.does(f"@label=x {line}")
    ref = re.fullmatch(r"@label=x :irc.test BATCH \+(\w+) labeled-response", opening)[1]
    assert closing == f":irc.test BATCH -{ref}"
    assert len(middle) > 1
    assert all(line.startswith("@") and f"batch={ref}" in line.split(" ")[0] for line in middle)
    assert not any("label=" in line for line in middle)


def test_isupport_has_its_own_batch(ann):
    """Batch types: an existing type that holds the whole response carries the label itself."""
    ann.does("CAP REQ draft/extended-isupport")
    opening, *_, closing = ann.does("@label=x ISUPPORT")
    ref = re.fullmatch(r"@label=x :irc.test BATCH \+(\w+) draft/isupport", opening)[1]
    assert closing == f":irc.test BATCH -{ref}"


def test_others_see_no_label(house, ann):
    """Tags: a label is the sender's business."""
    bob = house.person("bob", *CAPS)
    house.room("#a", ann, bob)
    ann.does("@label=x NICK amy", "@label=y PRIVMSG #a :hi", "@label=z QUIT")
    assert not any("label" in line for line in bob.heard())


def test_needs_the_capability(house):
    """Capabilities: without labeled-response a label means nothing."""
    bob = house.person("bob", "batch", "message-tags")
    assert bob.does("@label=x PING :y") == [":irc.test PONG irc.test :y"]


@pytest.mark.parametrize("label", ("", "x" * 65, "é" * 33))
def test_no_label(ann, label):
    """Tag value: required, and not longer than 64 bytes."""
    assert "label" not in " ".join(ann.does(f"@label={label} PING :y"))


def test_label_is_opaque(ann):
    """Tag value: repeated as it was, escaped as tags are."""
    assert ann.does(r"@label=a\sb\:c\\ PING :y") == [r"@label=a\sb\:c\\ :irc.test PONG irc.test :y"]


def test_before_registration(house):
    """Tags: a label is answered before the sign-in too."""
    client = house.connection()
    client.does("CAP REQ :labeled-response batch")
    assert client.does("@label=x NICK") == ["@label=x :irc.test 431 * :No nickname given"]
    assert client.does("@label=x NICK ann") == ["@label=x :irc.test ACK"]
    assert client.does("@label=x JOIN #a") == [
        "@label=x :irc.test 451 * :You have not signed in yet"
    ]


def test_message_to_oneself(ann):
    """Tags: of a message to oneself the echo has the label, the delivered message has not."""
    heard = ann.does("@label=x PRIVMSG ann :hi")
    assert len(heard) == 2
    assert sum("label=x" in line.split(" ")[0] for line in heard) == 1
