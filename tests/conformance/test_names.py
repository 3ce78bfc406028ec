"""modern IRC, "NAMES message"; IRCv3 multi-prefix, userhost-in-names."""

from tests.unit.command.house import House, numerics


def test_names():
    """NAMES message: RPL_NAMREPLY (353) and one RPL_ENDOFNAMES (366) for each channel."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    house.room("#b", ann)
    assert bob.does("NAMES #A,#none,#b")[-5:] == [
        ":irc.test 353 bob = #a :@ann bob",
        ":irc.test 366 bob #a :End of NAMES list",
        ":irc.test 366 bob #none :End of NAMES list",
        ":irc.test 353 bob = #b :@ann",
        ":irc.test 366 bob #b :End of NAMES list",
    ]


def test_without_parameter():
    """NAMES message: without a parameter one RPL_ENDOFNAMES with `*`."""
    ann = House().person("ann")
    assert ann.does("NAMES") == [":irc.test 366 ann * :End of NAMES list"]


def test_invisible():
    """NAMES message: who is invisible is shown to members only."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#r", ann, bob)
    bob.does("MODE bob +i")
    assert "bob" in ann.does("NAMES #r")[-2]
    assert house.person("eve").does("NAMES #r")[0] == ":irc.test 353 eve = #r :@ann"


def test_userhost_in_names():
    """IRCv3 userhost-in-names: nick!user@host behind the prefix, also after JOIN."""
    house = House()
    ann = house.person("ann")
    house.room("#r", ann)
    bob = house.person("bob", "userhost-in-names", "multi-prefix")
    expected = ":irc.test 353 bob = #r :@ann!~ann@host bob!~bob@host"
    assert bob.does("JOIN #r")[1] == expected
    assert bob.does("NAMES #r")[0] == expected


def test_long_lists():
    """RFC 1459 §2.3: as many lines as are needed, none above 512 bytes, nobody left out."""
    house = House()
    people = [house.person(f"person-number-{number:03}") for number in range(60)]
    house.room("#r", *people)
    lines = people[0].does("NAMES #r")[-10:]
    replies = [line for line in lines if " 353 " in line]
    assert len(replies) > 1
    assert all(len(line) <= 510 for line in replies)
    assert sum(len(line.split(" :")[1].split()) for line in replies) == 60
    assert numerics(lines)[-1] == "366"
