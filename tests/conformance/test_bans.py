"""modern IRC, "Ban Channel Mode", "Exception Channel Mode", "Invite-Exception Channel Mode"."""

import pytest
from tests.unit.command.house import House, numerics


def _room(*others, **rules):
    house = House(**rules)
    people = [house.person(nick) for nick in ("ann", *others)]
    house.room("#r", *people)
    for person in people:
        person.heard()
    return house, *people


@pytest.mark.parametrize(
    ("given", "whole"),
    (
        ("bob", "bob!*@*"),
        ("bob!b", "bob!b@*"),
        ("*@evil.example", "*!*@evil.example"),
        ("evil.example", "*!*@evil.example"),
        ("b?b!*@*", "b?b!*@*"),
        ("m:bob", "m:bob!*@*"),
        ("a:bob", "a:bob"),
        ("m:a:bob", "m:a:bob"),
    ),
)
def test_masks_are_completed(given, whole):
    """Ban Channel Mode: a value is a client mask, shown whole."""
    _, ann = _room()
    assert ann.does(f"MODE #r +b {given}") == [f":ann!~ann@host MODE #r +b {whole}"]


@pytest.mark.parametrize("mask", (":a b", "a,b", "::x", "m:m:x", "a:", "x" * 201))
def test_invalid_mask(mask):
    """Numerics: ERR_INVALIDMODEPARAM (696) for what can be no mask."""
    _, ann = _room()
    assert numerics(ann.does(f"MODE #r +b {mask}")) == ["696"]


@pytest.mark.parametrize("words", ("b", "+b", "-b"))
def test_ban_list_is_for_everybody(words):
    """MODE message: a list mode without a parameter sends RPL_BANLIST (367) and 368."""
    house, ann = _room()
    ann.does("MODE #r +b bob")
    house.later(60)
    ann.does("MODE #r +b m:eve")
    eve = house.person("eve")
    assert eve.does(f"MODE #r {words}") == [
        ":irc.test 367 eve #r bob!*@* ann!~ann@host :1767607200",
        ":irc.test 367 eve #r m:eve!*@* ann!~ann@host :1767607260",
        ":irc.test 368 eve #r :End of channel ban list",
    ]


def test_exception_lists():
    """MODE message: RPL_EXCEPTLIST (348, 349) and RPL_INVEXLIST (346, 347)."""
    _, ann = _room()
    ann.does("MODE #r +eI bob cat")
    assert ann.does("MODE #r eI") == [
        ":irc.test 348 ann #r bob!*@* ann!~ann@host :1767607200",
        ":irc.test 349 ann #r :End of channel exception list",
        ":irc.test 346 ann #r cat!*@* ann!~ann@host :1767607200",
        ":irc.test 347 ann #r :End of channel invite exception list",
    ]


def test_no_mask_twice():
    """Ban Channel Mode: the same mask, whatever its case, stands in a list once."""
    _, ann = _room()
    ann.does("MODE #r +b Bob")
    assert ann.does("MODE #r +b bOB") == []
    assert ann.does("MODE #r -b bob") == [":ann!~ann@host MODE #r -b Bob!*@*"]
    assert ann.does("MODE #r -b bob") == []


def test_lists_are_bounded():
    """RPL_ISUPPORT MAXLIST: ERR_BANLISTFULL (478) when all lists together are full."""
    _, ann = _room(list_entries=2)
    ann.does("MODE #r +be a b")
    (line,) = ann.does("MODE #r +I c")
    assert line.startswith(":irc.test 478 ann #r I :")
    assert ann.does("MODE #r -b+I a c") == [":ann!~ann@host MODE #r -b+I a!*@* c!*@*"]


@pytest.mark.parametrize("mask", ("BOB", "*!~b?b@*", "*@host", "*"))
def test_banned_may_not_enter(mask):
    """Ban Channel Mode: ERR_BANNEDFROMCHAN (474), compared without case."""
    house, ann = _room()
    ann.does(f"MODE #r +b {mask}")
    (line,) = house.person("bob").does("JOIN #r")
    assert line.startswith(":irc.test 474 bob #r :")


def test_exception():
    """Exception Channel Mode: whom an exception fits is not blocked by a ban."""
    house, ann = _room()
    ann.does("MODE #r +be * bob")
    assert numerics(house.person("bob").does("JOIN #r"))[0] == "JOIN"
    assert numerics(house.person("cat").does("JOIN #r")) == ["474"]


def test_banned_members_may_not_speak():
    """Ban Channel Mode: banned from joining or speaking, unless they have voice."""
    _, ann, bob = _room("bob")
    ann.does("MODE #r +b bob")
    bob.heard()
    assert numerics(bob.does("PRIVMSG #r :hi")) == ["404"]
    assert bob.does("NOTICE #r :hi") == []
    assert ann.heard() == []
    ann.does("MODE #r +v bob")
    bob.heard()
    assert bob.does("PRIVMSG #r :hi") == []
    ann.does("MODE #r -v+e bob bob")
    bob.heard()
    assert bob.does("PRIVMSG #r :hi") == []


def test_mute():
    """RPL_ISUPPORT EXTBAN, m: who is muted enters but does not speak."""
    house, ann = _room()
    ann.does("MODE #r +b m:bob")
    bob = house.person("bob")
    assert numerics(bob.does("JOIN #r"))[0] == "JOIN"
    assert numerics(bob.does("PRIVMSG #r :hi")) == ["404"]
    ann.does("MODE #r -b m:BOB")
    bob.heard()
    assert bob.does("PRIVMSG #r :hi") == []


def test_mute_follows_the_person():
    """A mute is judged anew when the person's mask changes."""
    house, ann = _room()
    ann.does("MODE #r +b m:bob")
    bob = house.person("bob")
    house.room("#r", bob)
    assert numerics(bob.does("PRIVMSG #r :hi", "NICK rob", "PRIVMSG #r :hi")) == ["404", "NICK"]


def test_account_extban():
    """IRCv3 account-extban: a:NAME fits whoever is signed in to the account, exactly."""
    house, ann = _room()
    house.account("bob")
    ann.does("MODE #r +b a:Bob")
    assert numerics(house.person("rob", account="bob").does("JOIN #r")) == ["474"]
    assert numerics(house.person("guest").does("JOIN #r"))[0] == "JOIN"


def test_invite_exception():
    """Invite-Exception Channel Mode: whom it fits needs no INVITE."""
    house, ann = _room()
    ann.does("MODE #r +iI bob")
    assert numerics(house.person("bob").does("JOIN #r"))[0] == "JOIN"
    assert numerics(house.person("cat").does("JOIN #r")) == ["473"]


def test_no_mask_is_slow():
    """A mask of many stars is matched as fast as any other."""
    house, ann = _room()
    ann.does(f"MODE #r +b {'*a' * 90}b")
    assert numerics(house.person("a" * 20).does("JOIN #r"))[0] == "JOIN"
