"""modern IRC, "HELP message"."""

import pytest
from tests.unit.command.house import House, numerics

from rookery.command.help_topics import TOPICS
from rookery.command.table import COMMANDS


@pytest.mark.parametrize("command", ("HELP", "HELPOP", "help"))
def test_overview(command):
    """HELP message: a title (704), text (705) whose first line is empty, an end (706)."""
    heard = House().person("ann").does(command)
    assert [heard[0], heard[1], heard[-1]] == [
        ":irc.test 704 ann * :** Help **",
        ":irc.test 705 ann * :",
        ":irc.test 706 ann * :End of /HELP",
    ]
    assert set(numerics(heard[1:-1])) == {"705"}
    assert any("PRIVMSG" in line for line in heard)


@pytest.mark.parametrize("subject", (*COMMANDS, *TOPICS))
def test_every_subject(subject):
    """HELP message: every command and topic is explained; the subject is repeated."""
    heard = House().person("ann").does(f"HELP {subject.lower()}")
    codes = numerics(heard)
    assert [codes[0], *set(codes[1:-1]), codes[-1]] == ["704", "705", "706"]
    assert {line.split(" ")[3] for line in heard} == {subject}
    assert max(len(line.encode()) for line in heard) <= 510


@pytest.mark.parametrize(
    ("line", "subject"),
    (("HELP nonsense", "nonsense"), ("HELPOP Nonsense", "Nonsense"), ("HELP :no such thing", "*")),
)
def test_unknown_subject(line, subject):
    """HELP message: one ERR_HELPNOTFOUND (524)."""
    (heard,) = House().person("ann").does(line)
    assert heard.startswith(f":irc.test 524 ann {subject} :")


def test_empty_subject():
    """HELP message: an empty subject is none."""
    assert numerics(House().person("ann").does("HELP :"))[0] == "704"
