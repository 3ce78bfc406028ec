"""RFC 2812 §4.8 and §4.9; modern IRC, "USERHOST message"."""

from tests.unit.command.house import House


def test_userhost():
    """RPL_USERHOST (302): `-` for away, `+` for here; who is not there is left out."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    bob.does("AWAY :out")
    assert ann.does("USERHOST BOB nobody ann") == [
        ":irc.test 302 ann :bob=-~bob@host ann=+~ann@host"
    ]


def test_userhost_takes_five():
    """USERHOST message: up to five nicknames."""
    ann = House().person("ann")
    assert ann.does("USERHOST a b c d e ann") == [":irc.test 302 ann :"]


def test_userhost_without_nick():
    """USERHOST message: ERR_NEEDMOREPARAMS (461)."""
    assert House().person("ann").does("USERHOST") == [
        ":irc.test 461 ann USERHOST :Not enough parameters"
    ]


def test_ison():
    """RPL_ISON (303): those who are there, as they write themselves."""
    house = House()
    ann = house.person("ann")
    house.person("Bob")
    assert ann.does("ISON ANN nobody bob") == [":irc.test 303 ann :ann Bob"]
    assert ann.does("ISON :ann bob") == [":irc.test 303 ann :ann Bob"]
    assert ann.does("ISON nobody") == [":irc.test 303 ann :"]


def test_ison_without_nick():
    """RFC 2812 §4.9: ERR_NEEDMOREPARAMS (461)."""
    assert House().person("ann").does("ISON") == [":irc.test 461 ann ISON :Not enough parameters"]
