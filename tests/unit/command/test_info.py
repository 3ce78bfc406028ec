"""What the server tells about itself, and signs of life."""

import pytest
from tests.unit.command.house import House

from rookery.command.table import COMMANDS


@pytest.fixture
def ann():
    """Return somebody in an else empty house."""
    return House().person("ann")


def test_help_names_every_command(ann):
    """HELP alone names all commands, so that one can ask on."""
    words = {word for line in ann.does("HELP") for word in line.partition(" :")[2].split()}
    assert [name for name in COMMANDS if name not in words] == []


def test_rows_fit_their_names():
    """The table finds each command by its name, and each says what it is."""
    assert [(name, True, True) for name in COMMANDS] == [
        (row.name, row.usage.startswith(row.name), bool(row.summary and row.spec))
        for row in COMMANDS.values()
    ]


def test_lusers(ann):
    """LUSERS counts people, the invisible, those at the door, and rooms."""
    assert ann.does("JOIN #rook", "MODE ann +i", "LUSERS")[4:9] == [
        ":irc.test 251 ann :There are 0 users and 1 invisible on 1 servers",
        ":irc.test 252 ann 0 :operator(s) online",
        ":irc.test 253 ann 0 :unknown connection(s)",
        ":irc.test 254 ann 1 :channels formed",
        ":irc.test 255 ann :I have 1 clients and 0 servers",
    ]


def test_ping(ann):
    """PING is answered with its token."""
    assert ann.does("PING :a token", "PING a b") == [
        ":irc.test PONG irc.test :a token",
        ":irc.test PONG irc.test :a",
    ]


def test_ping_without_a_token(ann):
    """PING needs a token."""
    assert ann.does("PING", "PING :") == [
        ":irc.test 461 ann PING :Not enough parameters",
        ":irc.test 409 ann :No origin specified",
    ]


def test_ping_before_sign_in():
    """A connection at the door is answered too."""
    assert House().connection().does("PING x") == [":irc.test PONG irc.test :x"]


@pytest.mark.parametrize("line", ("PONG", "PONG x", "PONG irc.test rookery-1f", "PONG :"))
def test_pong_out_of_the_blue(ann, line):
    """A PONG that nobody asked for is a sign of life and no more."""
    assert ann.does(line) == []


def test_quit(ann):
    """QUIT is answered with ERROR before the connection is closed; nothing comes after it."""
    assert ann.does("QUIT :gone home", "PING x") == ["ERROR :Quit: gone home"]
    assert ann.closed_with == "Quit: gone home"


def test_quit_without_a_reason(ann):
    """QUIT needs no reason."""
    assert ann.does("QUIT") == ["ERROR :Quit: "]


def test_unknown_command(ann):
    """An unknown command is answered with where to look."""
    text = "Unknown command. HELP lists them"
    assert ann.does("FLY home") == [f":irc.test 421 ann FLY :{text}"]
