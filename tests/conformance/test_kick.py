"""modern IRC, "KICK message"; "Channel Membership Prefixes" for who may remove whom."""

from tests.unit.command.house import House, numerics


def _room(*others):
    house = House()
    people = [house.person(nick) for nick in ("ann", *others)]
    house.room("#r", *people)
    for person in people:
        person.heard()
    return house, *people


def test_kick():
    """KICK message: everybody there gets KICK with the comment, and the person is out."""
    _, ann, bob, cat = _room("bob", "cat")
    assert ann.does("KICK #R BOB :out with you") == [":ann!~ann@host KICK #r bob :out with you"]
    assert bob.heard() == cat.heard() == [":ann!~ann@host KICK #r bob :out with you"]
    assert numerics(bob.does("PRIVMSG #r :hi")) == ["404"]
    assert cat.does("NAMES #r")[0] == ":irc.test 353 cat = #r :@ann cat"


def test_default_comment():
    """KICK message: without a comment a default one is used."""
    _, ann, bob, _ = _room("bob", "cat")
    assert ann.does("KICK #r bob") == [":ann!~ann@host KICK #r bob :ann"]
    assert ann.does("KICK #r cat :") == [":ann!~ann@host KICK #r cat :ann"]
    bob.heard()


def test_several():
    """KICK message: one KICK for each person; a missing one does not spare the others."""
    _, ann, _, cat = _room("bob", "cat")
    assert ann.does("KICK #r bob,none,cat :bye") == [
        ":ann!~ann@host KICK #r bob :bye",
        ":irc.test 401 ann none :No such nick",
        ":ann!~ann@host KICK #r cat :bye",
    ]
    assert len(cat.heard()) == 2


def test_several_rooms():
    """RFC 2812 §3.2.8: as many channels as people go together one by one."""
    house, ann, bob = _room("bob")
    house.room("#s", ann, bob)
    ann.heard()
    assert ann.does("KICK #r,#s bob,bob :x") == [
        ":ann!~ann@host KICK #r bob :x",
        ":ann!~ann@host KICK #s bob :x",
    ]
    assert numerics(ann.does("KICK #r,#s a,b,c")) == ["461"]


def test_refusals():
    """KICK message: 461, 403, 442, 482, 441, in that order of precedence."""
    house, ann, bob = _room("bob")
    eve = house.person("eve")
    assert numerics(ann.does("KICK", "KICK #r", "KICK #r :")) == ["461"] * 3
    assert ann.does("KICK #none bob") == [":irc.test 403 ann #none :No such channel"]
    assert eve.does("KICK #r bob") == [":irc.test 442 eve #r :You're not on that channel"]
    assert bob.does("KICK #r ann") == [":irc.test 482 bob #r :You're not a channel operator"]
    assert bob.does("KICK #r none") == [":irc.test 482 bob #r :You're not a channel operator"]
    assert ann.does("KICK #r eve") == [":irc.test 441 ann eve #r :They aren't on that channel"]


def test_half_operators():
    """Halfop Prefix: they remove those below them, and not operators."""
    _, ann, bob, cat, dan = _room("bob", "cat", "dan")
    ann.does("MODE #r +hhv bob cat dan")
    bob.heard()
    assert numerics(bob.does("KICK #r ann", "KICK #r cat", "KICK #r dan")) == ["482", "482", "KICK"]
    cat.heard()
    dan.heard()


def test_operators_remove_operators():
    """Operator Prefix: operators may remove operators, but not the founder."""
    house = House()
    house.account("ann")
    ann, bob, cat = house.person("ann", account="ann"), house.person("bob"), house.person("cat")
    house.room("#r", ann, bob, cat)
    ann.does("ROOM REGISTER #r", "MODE #r +ooa bob cat cat")
    bob.heard()
    assert numerics(bob.does("KICK #r ann", "KICK #r cat", "MODE #r -o cat")) == ["482"] * 3
    ann.does("MODE #r -a cat")
    bob.heard()
    assert numerics(bob.does("KICK #r cat")) == ["KICK"]


def test_kicking_oneself():
    """KICK message: an operator may remove themselves; the last one out ends the room."""
    _, ann = _room()
    assert ann.does("KICK #r ann :oops") == [":ann!~ann@host KICK #r ann :oops"]
    assert numerics(ann.does("MODE #r")) == ["403"]
