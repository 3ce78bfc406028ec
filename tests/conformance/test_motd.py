"""modern IRC, "MOTD message"."""

import pytest
from tests.unit.command.house import House

LINES = [
    ":irc.test 375 ann :- irc.test Message of the day - ",
    ":irc.test 372 ann :- Hello",
    ":irc.test 372 ann :- ",
    ":irc.test 376 ann :End of the message of the day",
]


@pytest.mark.parametrize("line", ("MOTD", "MOTD irc.test", "MOTD IRC.*", "motd ann"))
def test_shown(line):
    """MOTD message: 375, a 372 for each line, 376; for this server, however it is named."""
    assert House(motd=("Hello", "")).person("ann").does(line) == LINES


def test_none():
    """MOTD message: ERR_NOMOTD (422)."""
    heard = House().person("ann").does("MOTD")
    assert heard == [":irc.test 422 ann :There is no message of the day"]


def test_other_server():
    """MOTD message: ERR_NOSUCHSERVER (402)."""
    heard = House(motd=("Hello",)).person("ann").does("MOTD other.test")
    assert heard == [":irc.test 402 ann other.test :No such server"]


def test_in_the_welcome():
    """Connection Registration: the MOTD ends the welcome."""
    heard = House(motd=("Hello", "")).connection().does("NICK ann", "USER ann 0 * :Ann")
    assert heard[-4:] == LINES
