"""Labels: each labelled command has one response, and it carries the label."""

import pytest
from tests.unit.command.house import House, plain

CAPS = ("labeled-response", "batch", "message-tags", "standard-replies")


@pytest.fixture
def house():
    """Return a house with ann, who labels, and bob, in #rook."""
    house = House()
    house.account("ann")
    house.ann, house.bob = house.person("ann", *CAPS, account="ann"), house.person("bob")
    house.room("#rook", house.ann, house.bob)
    return house


def _ids_away(line):
    """Return the line without its msgid, which is another each time."""
    tags, _, rest = line.partition(" ")
    kept = [tag for tag in tags[1:].split(";") if not tag.startswith("msgid=")]
    return f"@{';'.join(kept)} {rest}"


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("PING x", ":irc.test PONG irc.test :x"),
        ("NOTICE bob :hi", ":irc.test ACK"),
        ("PRIVMSG #rook :hi", ":irc.test ACK"),
        ("PRIVMSG bob :hi", ":irc.test ACK"),
        ("PONG :x", ":irc.test ACK"),
        ("JOIN #rook", ":irc.test ACK"),
        ("FLY", ":irc.test 421 ann FLY :Unknown command. HELP lists them"),
        ("JOIN", ":irc.test 461 ann JOIN :Not enough parameters"),
        ("PRIVMSG #none :hi", ":irc.test 403 ann #none :No such channel"),
        ("NOTICE #none :hi", ":irc.test ACK"),
        ("TOPIC #rook :new", ":ann!~ann@host TOPIC #rook :new"),
        ("MODE #rook +m", ":ann!~ann@host MODE #rook +m"),
        ("NICK anna", ":ann!~ann@host NICK anna"),
        ("PART #rook", ":ann!~ann@host PART #rook"),
        ("AWAY", ":irc.test 305 ann :You are no longer marked as being away"),
        ("QUIT", "ERROR :Quit: "),
    ),
)
def test_one_line_or_none(house, line, answer):
    """One line carries the label itself; no line is answered ACK."""
    heard = house.ann.does(f"@label=a\\:b {line}")
    assert [_ids_away(one) for one in heard] == [f"@label=a\\:b {answer}"]


@pytest.mark.parametrize("line", ("JOIN #new", "WHOIS bob", "NAMES #rook", "LIST", "HELP", "MOTD"))
def test_several_lines(house, line):
    """Several lines are a batch that carries the label, each a member of it."""
    heard = house.ann.does(f"@label=7 {line}")
    if len(heard) == 1:
        assert heard[0].startswith("@label=7 :irc.test ")
        return
    opening, *lines, closing = heard
    ref = opening.split()[3].removeprefix("+")
    assert opening == f"@label=7 :irc.test BATCH +{ref} labeled-response"
    assert [_ids_away(one).startswith(f"@batch={ref} :") for one in lines] == [True] * len(lines)
    assert closing == f":irc.test BATCH -{ref}"


def test_response_that_is_a_batch(house):
    """A response that is one batch carries the label on its opening."""
    house.ann.does("PRIVMSG #rook :hi")
    opening, line, closing = house.ann.does("@label=7 CHATHISTORY LATEST #rook * 5")
    ref = opening.split()[3].removeprefix("+")
    assert opening == f"@label=7 :irc.test BATCH +{ref} chathistory #rook"
    assert line.startswith(f"@batch={ref};msgid=")
    assert closing == f":irc.test BATCH -{ref}"


def test_echo_carries_the_label(house):
    """The echo is the response to a message, and nobody else reads the label."""
    cat = house.person("cat", "echo-message", *CAPS)
    house.room("#rook", cat)
    house.ann.heard()
    for target in ("#rook", "ann"):
        (echo,) = cat.does(f"@label=7 PRIVMSG {target} :hi")
        assert _ids_away(echo) == f"@label=7 :cat!~cat@host PRIVMSG {target} :hi"
        (line,) = house.ann.heard()
        assert "label" not in line
    (echo,) = cat.does("@label=8;+typing=done TAGMSG #rook")
    assert _ids_away(echo) == "@label=8;+typing=done :cat!~cat@host TAGMSG #rook"


def test_echo_with_a_note(house):
    """Echo and note are one response."""
    cat = house.person("cat", "echo-message", *CAPS)
    opening, echo, note, closing = cat.does("@label=7 PRIVMSG eve :hi")
    assert opening.startswith("@label=7 :irc.test BATCH +")
    assert "PRIVMSG eve" in echo
    assert "KEPT_UNCLAIMED" in note
    assert closing.startswith(":irc.test BATCH -")


def test_several_targets(house):
    """The echoes and refusals of several targets are one response."""
    cat = house.person("cat", "echo-message", *CAPS)
    house.room("#rook", cat)
    opening, *lines, closing = cat.does("@label=7 PRIVMSG #rook,bob,#none :hi")
    assert opening.startswith("@label=7 :irc.test BATCH +")
    assert [line.split(" ", 1)[1].split(" :")[0] for line in lines] == [
        ":cat!~cat@host PRIVMSG #rook",
        ":cat!~cat@host PRIVMSG bob",
        ":irc.test 403 cat #none",
    ]
    assert closing.startswith(":irc.test BATCH -")
    assert len([line for line in house.bob.heard() if "PRIVMSG" in line]) == 2


def test_response_that_waited(house):
    """A response that needed a thread carries the label when it comes."""
    cat = house.person("cat", *CAPS)
    heard = cat.does("@label=7 AUTHENTICATE PLAIN", f"@label=8 AUTHENTICATE {plain('ann')}")
    assert heard[0] == "@label=7 AUTHENTICATE +"
    assert heard[1].startswith("@label=8 :irc.test BATCH +")
    assert [" 900 " in heard[2], " 903 " in heard[3]] == [True, True]


def test_others_come_before_or_behind(house):
    """What others say meanwhile is not in the response."""
    house.readers.is_held = True
    house.ann.does("@label=7 CHATHISTORY LATEST #rook * 5")
    house.bob.does("PRIVMSG #rook :meanwhile")
    assert "meanwhile" in house.ann.heard()[0]
    house.readers.is_held = False
    house.turn()
    assert house.ann.heard()[0].startswith("@label=7 ")


def test_order_of_responses(house):
    """Responses come in the order of their commands, with what is said between them."""
    cat = house.person("cat", "echo-message", *CAPS)
    house.room("#rook", cat)
    heard = cat.does(
        "@label=1 PING a",
        "@label=2 PRIVMSG #rook :b",
        "@label=3 PING c",
        "PRIVMSG #rook :d",
        "@label=4 PRIVMSG ann :e",
        "@label=5 PRIVMSG #rook :f",
        "@label=6 PING g",
    )
    assert [line.rpartition(":")[2] for line in heard] == ["a", "b", "c", "d", "e", "f", "g"]


@pytest.mark.parametrize("label", ("", "x" * 65))
def test_unusable_label(house, label):
    """An empty label or one that is too long is none."""
    assert house.ann.does(f"@label={label} PING x") == [":irc.test PONG irc.test :x"]


def test_without_the_capability(house):
    """Who has not asked for labels gets none."""
    assert house.bob.does("@label=7 PING x", "@label=7 PRIVMSG ann :hi") == [
        ":irc.test PONG irc.test :x"
    ]
