"""modern IRC, "STATS message"."""

import pytest
from tests.unit.command.house import House

from rookery.core.events import UserModesSet
from rookery.core.operators import ALL, Operator


def test_uptime():
    """RPL_STATSUPTIME (242), then RPL_ENDOFSTATS (219) with the letter."""
    house = House()
    ann = house.person("ann")
    house.now_ms += (26 * 3600 + 5 * 60 + 9) * 1000
    assert ann.does("STATS u") == [
        ":irc.test 242 ann :Server Up 1 days 2:05:09",
        ":irc.test 219 ann u :End of /STATS report",
    ]


def test_commands():
    """RPL_STATSCOMMANDS (212): each command that was used, and how often."""
    ann = House().person("ann")
    heard = ann.does("TIME", "TIME", "STATS m")
    assert ":irc.test 212 ann TIME :2" in heard
    assert ":irc.test 212 ann STATS :1" in heard
    assert heard[-1] == ":irc.test 219 ann m :End of /STATS report"


@pytest.mark.parametrize("letter", ("z", "c", "9", "?"))
def test_nothing_to_tell(letter):
    """STATS message: any letter gets its end."""
    heard = House().person("ann").does(f"STATS {letter}")
    assert heard == [f":irc.test 219 ann {letter} :End of /STATS report"]


@pytest.mark.parametrize("line", ("STATS", "STATS :"))
def test_no_letter(line):
    """STATS message: ERR_NEEDMOREPARAMS (461)."""
    heard = House().person("ann").does(line)
    assert heard == [":irc.test 461 ann STATS :Not enough parameters"]


@pytest.mark.parametrize("target", ("irc.test", "*", "ann"))
def test_this_server(target):
    """STATS message: the server is named."""
    (first, _) = House().person("ann").does(f"STATS u {target}")
    assert " 242 " in first


def test_for_operators_only():
    """STATS message: ERR_NOPRIVILEGES (481) for what is not everybody's business."""
    house = House(operators={"root": Operator(password_hash="secret", mask="*@host")})
    ann = house.person("ann")
    assert ann.does("STATS o") == [
        ":irc.test 481 ann :Permission Denied- You're not an IRC operator"
    ]
    house.node.bus.publish(UserModesSet(ann.session.user, "o", "", ALL))
    ann.heard()
    heard = ann.does("STATS o")
    assert heard[-2:] == [
        ":irc.test 243 ann O *@host * :root",
        ":irc.test 219 ann o :End of /STATS report",
    ]
    assert "secret" not in " ".join(heard)
