"""modern IRC, "INVITE message"; IRCv3 invite-notify."""

import pytest
from tests.unit.command.house import House, numerics


def test_invite():
    """INVITE message: RPL_INVITING (341) to the inviter, INVITE to the invited, nobody else."""
    house = House()
    ann, bob, cat = house.person("ann"), house.person("bob"), house.person("cat")
    house.room("#r", ann, cat)
    ann.heard()
    assert ann.does("INVITE BOB #R") == [":irc.test 341 ann bob :#r"]
    assert bob.heard() == [":ann!~ann@host INVITE bob #r"]
    assert cat.heard() == []


def test_refusals():
    """INVITE message: 461, 401, 403, 442, 443, and 482 in an invite-only channel."""
    house = House()
    ann, bob, cat = house.person("ann"), house.person("bob"), house.person("cat")
    house.room("#r", ann, bob)
    ann.heard()
    assert ann.does("INVITE cat") == [":irc.test 461 ann INVITE :Not enough parameters"]
    assert ann.does("INVITE none #r") == [":irc.test 401 ann none :No such nick"]
    assert ann.does("INVITE cat #none") == [":irc.test 403 ann #none :No such channel"]
    assert cat.does("INVITE ann #r") == [":irc.test 442 cat #r :You're not on that channel"]
    assert ann.does("INVITE bob #r") == [":irc.test 443 ann bob #r :is already on channel"]
    ann.does("MODE #r +i")
    bob.heard()
    assert bob.does("INVITE cat #r") == [":irc.test 482 bob #r :You're not a channel operator"]


@pytest.mark.parametrize("modes", ("+i", "+b bob", "+k key", "+l 1", "+R"))
def test_invitation_lets_in_once(modes):
    """Invite-Only Channel Mode: who was invited may join, whatever keeps others out; once."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann)
    ann.does(f"MODE #r {modes}", "INVITE bob #r")
    bob.heard()
    assert numerics(bob.does("JOIN #r"))[0] == "JOIN"
    bob.does("PART #r")
    (refusal,) = numerics(bob.does("JOIN #r"))
    assert refusal in {"473", "474", "475", "471", "477"}


def test_invitation_of_no_operator_opens_nothing():
    """Ban Channel Mode: a member's word does not let in who is banned."""
    house = House()
    ann, bob, cat = house.person("ann"), house.person("bob"), house.person("cat")
    house.room("#r", ann, cat)
    ann.does("MODE #r +b bob")
    cat.does("INVITE bob #r")
    bob.heard()
    assert numerics(bob.does("JOIN #r")) == ["474"]


def test_list():
    """INVITE message: alone it lists one's invitations, RPL_INVITELIST (336) and 337."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a,#b", ann)
    ann.does("INVITE bob #a", "INVITE bob #b")
    bob.heard()
    assert bob.does("INVITE") == [
        ":irc.test 336 bob :#a",
        ":irc.test 336 bob :#b",
        ":irc.test 337 bob :End of INVITE list",
    ]
    bob.does("JOIN #a")
    assert numerics(bob.does("INVITE")) == ["336", "337"]


def test_away():
    """INVITE of somebody who is away: RPL_AWAY (301) behind RPL_INVITING. RFC 2812 §3.2.7."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann)
    bob.does("AWAY :lunch")
    assert numerics(ann.does("INVITE bob #r")) == ["341", "301"]


def test_invite_notify():
    """IRCv3 invite-notify: members who asked for it are told; the inviter and others are not."""
    house = House()
    ann, bob = house.person("ann", "invite-notify"), house.person("bob")
    cat, dan = house.person("cat", "invite-notify"), house.person("dan", "invite-notify")
    eve = house.person("eve")
    house.room("#r", ann, cat, eve)
    ann.heard()
    cat.heard()
    assert numerics(ann.does("INVITE bob #r")) == ["341"]
    assert cat.heard() == bob.heard() == [":ann!~ann@host INVITE bob #r"]
    assert dan.heard() == eve.heard() == []


def test_labelled():
    """IRCv3 labeled-response: the label is on 341."""
    house = House()
    ann = house.person("ann", "labeled-response", "batch")
    house.person("bob")
    house.room("#r", ann)
    assert ann.does("@label=1 INVITE bob #r") == ["@label=1 :irc.test 341 ann bob :#r"]
