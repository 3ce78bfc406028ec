"""PRIVMSG, NOTICE and TAGMSG to rooms and to people who are here."""

import pytest
from tests.unit.command.house import House, untagged

TAGS = ("message-tags", "echo-message")


@pytest.fixture
def house():
    """Return a house with ann and bob in #rook, and cat outside."""
    house = House()
    house.ann, house.bob, house.cat = (house.person(nick) for nick in ("ann", "bob", "cat"))
    house.room("#rook", house.ann, house.bob)
    return house


def test_to_a_room(house):
    """A message goes to all members but its sender."""
    assert house.ann.does("PRIVMSG #ROOK :hi there") == []
    assert house.bob.heard() == [":ann!~ann@host PRIVMSG #rook :hi there"]
    assert house.cat.heard() == []


def test_to_a_person(house):
    """A private message reaches its addressee alone."""
    assert house.cat.does("PRIVMSG Ann :psst", "NOTICE ann :beep") == []
    assert house.ann.heard() == [
        ":cat!~cat@host PRIVMSG ann :psst",
        ":cat!~cat@host NOTICE ann :beep",
    ]
    assert house.bob.heard() == []


def test_echo(house):
    """A sender who asked for it gets the message back, as everybody reads it."""
    dan = house.person("dan", "echo-message")
    house.room("#rook", dan)
    house.ann.heard()
    line = ":dan!~dan@host PRIVMSG #rook :hi"
    assert dan.does("PRIVMSG #rook hi") == [line]
    assert house.ann.heard() == [line]
    line = ":dan!~dan@host PRIVMSG ann :hi"
    assert dan.does("PRIVMSG ann hi") == [line]
    assert house.ann.heard() == [line]


def test_tags(house):
    """Who asked for tags reads time, msgid, account and the sender's own tags; others none."""
    house.account("dan")
    dan = house.person("dan", *TAGS, account="dan")
    eve = house.person("eve", "message-tags", "server-time", "account-tag")
    house.room("#rook", dan, eve)
    house.ann.heard()
    dan.does("@+draft/reply=1f;label=7;+a=x\\sy PRIVMSG #rook hi")
    (line,) = eve.heard()
    tags = dict(part.partition("=")[::2] for part in line[1:].split(" ")[0].split(";"))
    assert tags.pop("msgid").isalnum()
    assert tags == {
        "time": "2026-01-05T10:00:00.000Z",
        "account": "dan",
        "+draft/reply": "1f",
        "+a": "x\\sy",
    }
    assert house.ann.heard() == [":dan!~dan@host PRIVMSG #rook :hi"]


def test_msgid_is_one_for_all(house):
    """Sender and recipients read the same msgid."""
    dan, eve = house.person("dan", *TAGS), house.person("eve", *TAGS)
    house.room("#rook", dan, eve)
    dan.does("PRIVMSG #rook :hi", "PRIVMSG eve :hi")
    assert dan.heard() == []
    dan.does("PRIVMSG #rook :hi")
    dan.say("PRIVMSG #rook :one", "PRIVMSG eve :two")
    house.turn()
    eve.heard()
    dan.say("PRIVMSG #rook :one", "PRIVMSG eve :two")
    house.turn()
    assert sorted(dan.heard()[-2:]) == sorted(eve.heard())


def test_tagmsg(house):
    """TAGMSG reaches those who understand tags, and is echoed like a message."""
    dan, eve = house.person("dan", *TAGS), house.person("eve", "message-tags")
    house.room("#rook", dan, eve)
    house.ann.heard()
    (echo,) = dan.does("@+typing=active TAGMSG #rook")
    (line,) = eve.heard()
    assert line.endswith(";+typing=active :dan!~dan@host TAGMSG #rook")
    assert echo == line
    assert house.ann.heard() == []
    dan.does("@+typing=active TAGMSG eve", "@+typing=active TAGMSG ann")
    assert untagged(eve.heard()) == [":dan!~dan@host TAGMSG eve"]
    assert house.ann.heard() == []


def test_tagmsg_of_nothing(house):
    """TAGMSG without tags, or from who has not asked for tags, is nothing."""
    dan = house.person("dan", *TAGS)
    assert dan.does("TAGMSG ann", "@label=x TAGMSG ann") == []
    assert house.ann.does("@+typing=active TAGMSG bob") == []
    assert dan.does("TAGMSG") == [":irc.test 461 dan TAGMSG :Not enough parameters"]


def test_tagmsg_is_not_kept(house):
    """TAGMSG to somebody who is not here is for nobody, and is never stored."""
    dan = house.person("dan", *TAGS)
    assert dan.does("@+typing=active TAGMSG eve") == []
    eve = house.person("eve", "message-tags")
    assert eve.heard() == []


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("PRIVMSG", "411 cat :No recipient given (PRIVMSG)"),
        ("PRIVMSG :", "411 cat :No recipient given (PRIVMSG)"),
        ("PRIVMSG ann", "412 cat :No text to send"),
        ("PRIVMSG ann :", "412 cat :No text to send"),
        ("PRIVMSG #rook :hi", "404 cat #rook :Cannot send to channel"),
        ("PRIVMSG #none :hi", "403 cat #none :No such channel"),
        ("PRIVMSG 1st :hi", "401 cat 1st :No such nick"),
        ("PRIVMSG a,b,c,d :hi", "407 cat a,b,c,d :Too many recipients"),
    ),
)
def test_refused(house, line, answer):
    """What cannot be sent is answered."""
    assert house.cat.does(line) == [f":irc.test {answer}"]


@pytest.mark.parametrize(
    "line", ("NOTICE", "NOTICE ann", "NOTICE ann :", "NOTICE #rook :hi", "NOTICE 1st :hi")
)
def test_notice_is_never_answered(house, line):
    """A NOTICE that cannot be sent is dropped in silence (RFC 2812 §3.3.2)."""
    assert house.cat.does(line) == []
    assert house.ann.heard() == []


def test_moderated(house):
    """In a moderated room only operators and the voiced speak."""
    house.ann.does("MODE #rook +m")
    house.bob.heard()
    assert house.bob.does("PRIVMSG #rook :hi")[0].startswith(":irc.test 404")
    house.ann.does("MODE #rook +v bob")
    house.bob.heard()
    assert house.bob.does("PRIVMSG #rook :hi") == []
    assert house.ann.heard() == [":bob!~bob@host PRIVMSG #rook :hi"]


def test_from_outside(house):
    """A room without mode n takes messages from outside; their echo comes to who sent them."""
    house.ann.does("MODE #rook -n")
    house.bob.heard()
    dan = house.person("dan", "echo-message", "labeled-response")
    line = ":dan!~dan@host PRIVMSG #rook :hello in there"
    for sent in ("PRIVMSG #rook :hello in there", "@label=1 PRIVMSG #rook :hello in there"):
        assert untagged(dan.does(sent)) == [line]
        assert house.ann.heard() == [line]


def test_several_targets(house):
    """A list of targets is a message to each, and each is answered for itself."""
    dan = house.person("dan", "echo-message")
    house.room("#rook", dan)
    for one in (house.ann, house.bob):
        one.heard()
    heard = dan.does("PRIVMSG #rook,cat,#none :hi")
    assert sorted(heard) == [
        ":dan!~dan@host PRIVMSG #rook :hi",
        ":dan!~dan@host PRIVMSG cat :hi",
        ":irc.test 403 dan #none :No such channel",
    ]
    assert house.bob.heard() == [":dan!~dan@host PRIVMSG #rook :hi"]
    assert house.cat.heard() == [":dan!~dan@host PRIVMSG cat :hi"]


def test_to_oneself(house):
    """A note to oneself arrives, also as an echo where asked for, and is not kept for later."""
    for caps in ((), ("echo-message",)):
        dan = house.person("dan", *caps)
        line = ":dan!~dan@host PRIVMSG dan :milk"
        assert dan.does("PRIVMSG dan :milk") == [line] * (1 + len(caps))
        dan.pong()
        dan.does("QUIT")
        assert house.person("dan").heard() == []
        house.node.world.users["dan"].sessions[0].port.does("QUIT")


def test_order_within_a_turn(house):
    """Members read what is said in one turn in the order in which it was said."""
    house.ann.say("PRIVMSG #rook :one")
    house.bob.say("PRIVMSG #rook :two")
    house.ann.say("PRIVMSG #rook :three", "PART #rook", "PRIVMSG bob :four")
    house.turn()
    assert house.bob.heard() == [
        ":ann!~ann@host PRIVMSG #rook :one",
        ":ann!~ann@host PRIVMSG #rook :three",
        ":ann!~ann@host PART #rook",
        ":ann!~ann@host PRIVMSG bob :four",
    ]
    assert house.ann.heard() == [":bob!~bob@host PRIVMSG #rook :two", ":ann!~ann@host PART #rook"]
