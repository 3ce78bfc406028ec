"""IRCv3 draft/channel-rename."""

import pytest
from tests.unit.command.house import House, numerics

CAP = "draft/channel-rename"


def _room():
    """Return ann (operator, capable) and bob (not capable) in #old, which has a topic."""
    house = House()
    ann, bob = house.person("ann", CAP, "standard-replies"), house.person("bob")
    house.room("#old", ann, bob)
    ann.does("TOPIC #old :Things")
    bob.heard()
    return house, ann, bob


def test_rename():
    """Messages: those who asked for it get RENAME, always with a third parameter."""
    _, ann, _ = _room()
    assert ann.does("RENAME #OLD #new") == [":ann!~ann@host RENAME #old #new :"]
    assert ann.does("RENAME #new #newer :Why not") == [":ann!~ann@host RENAME #new #newer :Why not"]


def test_state_is_kept():
    """Messages: membership, modes and topic stay; the old name is free."""
    _, ann, _ = _room()
    ann.does("MODE #old +ib x", "RENAME #old #new")
    assert ann.does("MODE #new", "TOPIC #new", "NAMES #new")[0::2] == [
        ":irc.test 324 ann #new :+int",
        ":irc.test 332 ann #new :Things",
        ":irc.test 353 ann = #new :@ann bob",
    ]
    assert numerics(ann.does("MODE #old")) == ["403"]
    assert numerics(ann.does("JOIN #old"))[0] == "JOIN"


def test_fallback():
    """Fallback: PART with the reason, then JOIN and what follows a JOIN."""
    _, ann, bob = _room()
    ann.does("RENAME #old #new :Moved")
    assert bob.heard() == [
        ":bob!~bob@host PART #old :Moved",
        ":bob!~bob@host JOIN #new",
        ":irc.test 332 bob #new :Things",
        ":irc.test 333 bob #new ann!~ann@host :1767607200",
        ":irc.test 353 bob = #new :@ann bob",
        ":irc.test 366 bob #new :End of NAMES list",
    ]


def test_change_of_case():
    """Messages: a name may change its case only; then there is no fallback."""
    _, ann, bob = _room()
    assert ann.does("RENAME #old #Old") == [":ann!~ann@host RENAME #old #Old :"]
    assert bob.heard() == []
    assert ann.does("MODE #old")[0] == ":irc.test 324 ann #Old :+nt"


@pytest.mark.parametrize("name", ("new", "%new", "#a:b", ":#a b", "#"))
def test_bad_name(name):
    """Errors: CANNOT_RENAME for what can be no channel here."""
    _, ann, _ = _room()
    assert ann.does(f"RENAME #old {name}")[0].startswith(
        ":irc.test FAIL RENAME CANNOT_RENAME #old "
    )


def test_name_in_use():
    """Errors: CHANNEL_NAME_IN_USE names both."""
    house, ann, bob = _room()
    house.room("#taken", bob)
    (line,) = ann.does("RENAME #old #Taken")
    assert line.startswith(":irc.test FAIL RENAME CHANNEL_NAME_IN_USE #old #Taken :")


def test_refusals():
    """Errors: 461, 403, 442 and 482 are answered as elsewhere."""
    house, ann, bob = _room()
    assert numerics(ann.does("RENAME #old", "RENAME #none #x")) == ["461", "403"]
    assert numerics(house.person("eve").does("RENAME #old #x")) == ["442"]
    assert bob.does("RENAME #old #x") == [":irc.test 482 bob #old :You're not a channel operator"]


def test_history_goes_along():
    """Introduction: the history is not split across names; the old name has none of it."""
    house = House()
    ann = house.person("ann", CAP, "draft/chathistory", "batch")
    house.room("#old", ann)
    ann.does("PRIVMSG #old :before", "RENAME #old #new")
    assert "before" in "".join(ann.does("CHATHISTORY LATEST #new * 10"))
    ann.does("JOIN #old")
    assert "before" not in "".join(ann.does("CHATHISTORY LATEST #old * 10"))


def test_disk_full():
    """A new name that cannot be stored is taken back, and shown to nobody."""
    house, ann, bob = _room()
    house.disk.is_full = True
    assert numerics(ann.does("RENAME #old #new")) == ["FAIL"]
    assert "RENAME" not in numerics(bob.heard())
    house.disk.is_full = False
    assert ann.does("MODE #old", "MODE #new")[0::2] == [
        ":irc.test 324 ann #old :+nt",
        ":irc.test 403 ann #new :No such channel",
    ]
