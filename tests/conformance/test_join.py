"""modern IRC, "JOIN message"; IRCv3 extended-join, no-implicit-names, draft forward-mode."""

import pytest
from tests.unit.command.house import House, numerics, untagged


def test_join():
    """JOIN message: JOIN, topic, names with oneself, in this order; the others see JOIN."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    assert ann.does("JOIN #r") == [
        ":ann!~ann@host JOIN #r",
        ":irc.test 353 ann = #r :@ann",
        ":irc.test 366 ann #r :End of NAMES list",
    ]
    ann.does("TOPIC #r :What it is about")
    assert bob.does("JOIN #R") == [
        ":bob!~bob@host JOIN #r",
        ":irc.test 332 bob #r :What it is about",
        ":irc.test 333 bob #r ann!~ann@host :1767607200",
        ":irc.test 353 bob = #r :@ann bob",
        ":irc.test 366 bob #r :End of NAMES list",
    ]
    assert ann.heard() == [":bob!~bob@host JOIN #r"]


def test_join_again():
    """A JOIN to a channel that one is in does nothing; labelled it is ACKed."""
    house = House()
    ann = house.person("ann", "labeled-response")
    house.room("#r", ann)
    assert ann.does("JOIN #r") == []
    assert ann.does("@label=x JOIN #R") == ["@label=x :irc.test ACK"]


def test_several():
    """JOIN message: a list is taken one by one, each key for the channel at its place."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a,#b,#c", ann)
    ann.does("MODE #a +k one", "MODE #b +k two")
    lines = bob.does("JOIN #a,#b,#c,#b one,wrong,")
    assert numerics(lines) == ["JOIN", "353", "366", "475", "JOIN", "353", "366", "475"]
    assert lines[3].startswith(":irc.test 475 bob #b :")


def test_zero():
    """JOIN message: `0` leaves all channels with PART."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a,#b", ann, bob)
    bob.heard()
    assert ann.does("JOIN 0") == [":ann!~ann@host PART #a", ":ann!~ann@host PART #b"]
    assert bob.heard() == [":ann!~ann@host PART #a", ":ann!~ann@host PART #b"]


def test_needmoreparams():
    """JOIN message: ERR_NEEDMOREPARAMS (461)."""
    ann = House().person("ann")
    assert ann.does("JOIN") == [":irc.test 461 ann JOIN :Not enough parameters"]
    assert numerics(ann.does("JOIN :")) == ["461"]


@pytest.mark.parametrize(
    ("name", "code"),
    (("room", "403"), ("&r", "403"), ("#", "476"), ("#a:b", "476"), ("#" + "x" * 32, "476")),
)
def test_bad_names(name, code):
    """JOIN message: ERR_NOSUCHCHANNEL (403) or ERR_BADCHANMASK (476), naming it."""
    (line,) = House().person("ann").does(f"JOIN {name}")
    assert line.startswith(f":irc.test {code} ann {name} :")


def test_too_many():
    """JOIN message: ERR_TOOMANYCHANNELS (405) beyond CHANLIMIT."""
    house = House(rooms_per_user=2)
    ann = house.person("ann")
    assert numerics(ann.does("JOIN #a,#b,#c"))[-1] == "405"


def test_limit():
    """Client Limit Channel Mode: ERR_CHANNELISFULL (471)."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann)
    ann.does("MODE #r +l 1")
    assert numerics(bob.does("JOIN #r")) == ["471"]
    ann.does("MODE #r -l")
    assert numerics(bob.does("JOIN #r"))[0] == "JOIN"


def test_invite_only():
    """Invite-Only Channel Mode: ERR_INVITEONLYCHAN (473)."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann)
    ann.does("MODE #r +i")
    assert numerics(bob.does("JOIN #r")) == ["473"]


def test_registered_only():
    """Mode R: ERR_NEEDREGGEDNICK (477) without an account."""
    house = House()
    house.account("cat")
    ann, bob, cat = house.person("ann"), house.person("bob"), house.person("cat", account="cat")
    house.room("#r", ann)
    ann.does("MODE #r +R")
    assert numerics(bob.does("JOIN #r")) == ["477"]
    assert numerics(cat.does("JOIN #r"))[0] == "JOIN"


def test_forward():
    """forward-mode: ERR_LINKCHANNEL (470) names both, then the other channel is joined."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#in,#out", ann)
    ann.does("MODE #in +if #OUT")
    lines = bob.does("JOIN #in")
    assert lines[0].startswith(":irc.test 470 bob #in #out :")
    assert lines[1] == ":bob!~bob@host JOIN #out"


def test_forward_in_a_ring():
    """forward-mode, "Recursion and loops": forwarding ends, with the refusal."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a,#b", ann)
    ann.does("MODE #a +if #b", "MODE #b +if #a")
    assert numerics(bob.does("JOIN #a")) == ["470"] * 5 + ["473"]


def test_forward_needs_both_operators():
    """Mode f: the target exists (696), and who sets it is operator there (482)."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann)
    house.room("#b", bob)
    assert numerics(ann.does("MODE #a +f #none", "MODE #a +f #a")) == ["696", "696"]
    assert ann.does("MODE #a +f #b") == [":irc.test 482 ann #b :You're not a channel operator"]


def test_extended_join():
    """IRCv3 extended-join: account or `*`, and real name; only for those who asked."""
    house = House()
    house.account("cat")
    ann, bob = house.person("ann", "extended-join"), house.person("bob")
    house.room("#r", ann, bob)
    ann.heard()
    house.person("cat", account="cat").does("JOIN #r")
    assert ann.heard() == [":cat!~cat@host JOIN #r cat :Cat"]
    assert bob.heard() == [":cat!~cat@host JOIN #r"]
    house.person("dan").does("JOIN #r")
    assert ann.heard() == [":dan!~dan@host JOIN #r * :Dan"]


def test_no_implicit_names():
    """IRCv3 no-implicit-names: no names after JOIN, but in answer to NAMES."""
    ann = House().person("ann", "no-implicit-names")
    assert ann.does("JOIN #r") == [":ann!~ann@host JOIN #r"]
    assert numerics(ann.does("NAMES #r")) == ["353", "366"]


def test_labelled():
    """IRCv3 labeled-response: all that answers a JOIN is one batch."""
    ann = House().person("ann", "labeled-response", "batch")
    lines = ann.does("@label=1 JOIN #r")
    assert lines[0].startswith("@label=1 :irc.test BATCH +")
    assert numerics(untagged(lines)) == ["BATCH", "JOIN", "353", "366", "BATCH"]


def test_an_emptied_room_begins_anew():
    """Regular Channels: the first to join is operator, and modes of before are gone."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann)
    ann.does("MODE #r +kib-n key x", "TOPIC #r :Old", "PART #r")
    assert ann.does("TOPIC #r") == [":irc.test 403 ann #r :No such channel"]
    assert bob.does("JOIN #r")[1] == ":irc.test 353 bob = #r :@bob"
    assert bob.does("MODE #r", "MODE #r b")[0::2] == [
        ":irc.test 324 bob #r :+nt",
        ":irc.test 368 bob #r :End of channel ban list",
    ]
