"""modern IRC, "PRIVMSG message" and RPL_ISUPPORT `STATUSMSG`."""

import pytest
from tests.unit.command.house import House, numerics, untagged


def _room(*caps):
    """Return ann (operator), bob (voice), cat (neither), all in #r."""
    house = House()
    people = [house.person(nick, *caps) for nick in ("ann", "bob", "cat")]
    house.room("#r", *people)
    people[0].does("MODE #r +v bob")
    for person in people:
        person.heard()
    return house, *people


@pytest.mark.parametrize("command", ("PRIVMSG", "NOTICE"))
def test_only_those_of_the_rank_hear(command):
    """STATUSMSG: members with the rank or a higher one, with the prefix in the target."""
    _, ann, bob, cat = _room()
    cat.does(f"{command} @#R :ops", f"{command} +#r :voices")
    assert ann.heard() == [
        f":cat!~cat@host {command} @#r :ops",
        f":cat!~cat@host {command} +#r :voices",
    ]
    assert bob.heard() == [f":cat!~cat@host {command} +#r :voices"]
    assert cat.heard() == []


def test_several_prefixes():
    """PRIVMSG message: of several prefixes the lowest counts."""
    _, ann, bob, cat = _room()
    cat.does("PRIVMSG @+#r :hi")
    assert ann.heard() == bob.heard() == [":cat!~cat@host PRIVMSG +#r :hi"]


def test_rules_of_the_room_hold():
    """STATUSMSG: 404 where one may not speak, 403 without the room, 401 without a channel."""
    house, ann, _, cat = _room()
    assert numerics(house.person("eve").does("PRIVMSG @#r :hi")) == ["404"]
    ann.does("MODE #r +m")
    cat.heard()
    assert cat.does("PRIVMSG @#r :hi") == [":irc.test 404 cat #r :Cannot send to channel"]
    assert numerics(cat.does("PRIVMSG @#none :hi", "PRIVMSG @none :hi")) == ["403", "401"]


def test_echo_and_label():
    """IRCv3 echo-message, labeled-response: the sender has the echo, whatever its rank."""
    _, ann, _, cat = _room("echo-message", "labeled-response", "batch")
    assert cat.does("PRIVMSG @#r :a") == [":cat!~cat@host PRIVMSG @#r :a"]
    assert cat.does("@label=1 PRIVMSG @#r :b") == ["@label=1 :cat!~cat@host PRIVMSG @#r :b"]
    assert len(ann.heard()) == 2


def test_tagmsg():
    """IRCv3 message-tags: TAGMSG goes the same way."""
    _, ann, bob, cat = _room("message-tags")
    cat.does("@+typing=active TAGMSG @#r")
    assert untagged(ann.heard()) == [":cat!~cat@host TAGMSG @#r"]
    assert bob.heard() == []


def test_it_is_not_in_the_history():
    """What only some may hear is not in the history that all may read."""
    _, _, _, cat = _room("draft/chathistory", "batch")
    cat.does("PRIVMSG @#r :secret")
    assert numerics(untagged(cat.does("CHATHISTORY LATEST #r * 10"))) == ["BATCH", "BATCH"]
