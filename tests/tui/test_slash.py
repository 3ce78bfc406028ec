"""What an input means, and what Tab makes of it."""

import pytest

from rookery.client.tui.completion import choices
from rookery.client.tui.dialogs import ORDERS
from rookery.client.tui.emoji import EMOJI, found, replaced
from rookery.client.tui.slash import ALIASES, COMMANDS, IN_SCREEN, Mistaken, Ordered, Said, parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("hello", Said("hello")),
        ("//etc/passwd", Said("/etc/passwd")),
        ("a /quit", Said("a /quit")),
        ("/join teamchat", Ordered("join", "teamchat")),
        ("/J  #teamchat ", Ordered("join", "#teamchat")),
        ("/msg bob hi there", Ordered("msg", "bob hi there")),
        ("/msg bob two\nlines", Ordered("msg", "bob two\nlines")),
        ("/quit", Ordered("quit", "")),
        ("/kick", Mistaken("Name somebody: /kick bob be kind")),
    ),
)
def test_an_input_is_read(text, expected):
    """A slash at the beginning makes a command, two of them are said as one."""
    assert parsed(text) == expected


def test_an_unknown_command_is_told_with_its_remedy():
    """A slip is answered with what may be meant, and with how to say it."""
    mistaken = parsed("/jion x")
    assert mistaken == Mistaken(
        '"/jion" is no command. Did you mean /join? To say it, begin with "//".'
    )


def test_several_lines_are_no_command():
    """A block whose first line looks like a command is not run."""
    assert isinstance(parsed("/quit\nnow"), Mistaken)


def test_tables_fit_together():
    """Every alias is of a command, and the screen does what it says it does by itself."""
    assert set(ALIASES.values()) <= set(COMMANDS)
    assert set(ORDERS) == IN_SCREEN
    assert set(COMMANDS) >= IN_SCREEN


@pytest.mark.parametrize(
    ("before", "words"),
    (
        ("bo", ("bob: ",)),
        ("hi bo", ("bob ",)),
        ("hi @bo", ("@bob ",)),
        ("/jo", ("/join ",)),
        ("/join ge", ("#general ",)),
        ("see #ge", ("#general ",)),
        ("well :tad", ("🎉 ",)),
        ("", ()),
        ("line\nbo", ("bob ",)),
        ("zzz", ()),
    ),
)
def test_tab_completes(before, words):
    """Names, rooms, commands and emoji are completed, each where it makes sense."""
    assert choices(before, ["bob", "carol"], ["#general", "#ops"]).words == words


def test_emoji_names_are_replaced_and_nothing_else():
    """Known names become emoji; times and unknown names stay."""
    assert replaced(":+1: at 12:30:45 :nothing:") == "👍 at 12:30:45 :nothing:"
    assert len(EMOJI) > 150


@pytest.mark.parametrize("words", ("", "thumbs", "down", "check"))
def test_each_emoji_is_offered_once(words):
    """An emoji of several names stands once among what is found."""
    offered = [emoji for _, emoji in found(words, len(EMOJI))]
    assert len(offered) == len(set(offered))
