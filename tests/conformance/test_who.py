"""modern IRC, "WHO message"; RPL_WHOREPLY (352), RPL_ENDOFWHO (315)."""

import pytest
from tests.unit.command.house import House, numerics


def _nicks(lines):
    return [line.split(" ")[7] for line in lines if " 352 " in line]


def test_members_of_a_room():
    """A channel name: the members are listed, with their flags in it."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    assert bob.does("WHO #A") == [
        ":irc.test 352 bob #a ~ann host irc.test ann H@ :0 Ann",
        ":irc.test 352 bob #a ~bob host irc.test bob H :0 Bob",
        ":irc.test 315 bob #A :End of WHO list",
    ]


def test_one_nick():
    """An exact nickname, in any case: a single user is returned, in a common room."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    assert bob.does("WHO ANN") == [
        ":irc.test 352 bob #a ~ann host irc.test ann H@ :0 Ann",
        ":irc.test 315 bob ANN :End of WHO list",
    ]


def test_nobody_in_common():
    """RPL_WHOREPLY: `*` where there is no room to show."""
    house = House()
    house.person("ann")
    (line, _) = house.person("bob").does("WHO ann")
    assert line == ":irc.test 352 bob * ~ann host irc.test ann H :0 Ann"


@pytest.mark.parametrize("mask", ("nobody", "#nowhere", "nob*dy", "a!b@c.d"))
def test_nothing_fits(mask):
    """WHO message: only the end of the list, with the mask."""
    assert House().person("ann").does(f"WHO {mask}") == [
        f":irc.test 315 ann {mask} :End of WHO list"
    ]


@pytest.mark.parametrize("mask", ("*", "0", "", "b*", "B?B", "*ob", "~b*", "*!~bob@*", "BOB"))
def test_masks(mask):
    """A mask pattern: visible users that it fits, whatever the case."""
    house = House()
    ann = house.person("ann")
    house.person("bob")
    assert "bob" in _nicks(ann.does(f"WHO {mask}"))


def test_away_and_multi_prefix():
    """RPL_WHOREPLY: G for away; the highest prefix, or all with multi-prefix."""
    house = House()
    ann, bob, cid = house.person("ann"), house.person("bob"), house.person("cid", "multi-prefix")
    house.room("#a", ann, bob, cid)
    ann.does("MODE #a +v ann", "AWAY :out")
    bob.heard()
    cid.heard()
    assert bob.does("WHO ann")[0] == ":irc.test 352 bob #a ~ann host irc.test ann G@ :0 Ann"
    assert cid.does("WHO ann")[0].split(" ")[8] == "G@+"


def test_invisible():
    """Invisible user mode: not shown by WHO but to those in a common room, and to oneself."""
    house = House()
    ann, bob, cid = house.person("ann"), house.person("bob"), house.person("cid")
    house.room("#a", ann, bob)
    ann.does("MODE ann +i")
    assert _nicks(ann.does("WHO ann")) == ["ann"]
    assert _nicks(bob.does("WHO ann")) == ["ann"]
    assert _nicks(bob.does("WHO an*")) == ["ann"]
    assert _nicks(cid.does("WHO ann")) == []
    assert _nicks(cid.does("WHO *")) == ["bob", "cid"]
    assert _nicks(cid.does("WHO #a")) == ["bob"]


def test_secret_room():
    """Secret channel mode: its members are shown to members only."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann)
    ann.does("MODE #a +s")
    assert numerics(bob.does("WHO #a")) == ["315"]
    assert bob.does("WHO ann")[0].split(" ")[3] == "*"
    assert _nicks(ann.does("WHO #a")) == ["ann"]


def test_operators_only():
    """RFC 2812 §3.6.1: with `o` only operators are listed."""
    house = House()
    ann = house.person("ann")
    assert numerics(ann.does("WHO * o")) == ["315"]


def test_masks_are_bounded():
    """WHO message: servers may limit replies; a room is listed whole."""
    house = House(who_max=2)
    people = [house.person(nick) for nick in ("ann", "bob", "cid")]
    house.room("#a", *people)
    assert len(_nicks(people[0].does("WHO *"))) == 2
    assert len(_nicks(people[0].does("WHO #a"))) == 3
