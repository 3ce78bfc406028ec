import pytest
from tests.unit.client.line.desk import Desk


@pytest.fixture
def in_room():
    """Alice in teamchat."""
    desk = Desk()
    desk.sign_in()
    desk.enter("teamchat", "bob")
    desk.read()
    return desk


def said(desk, line):
    """Say a line to the room; return what is shown beside it."""
    desk.type(line)
    desk.answer(f":alice!u@h PRIVMSG #teamchat :{line.rstrip()}")
    return [one for one in desk.read() if not one.startswith("alice (in teamchat)")]


@pytest.mark.parametrize(
    ("line", "hint"),
    (
        ("exit", '("exit" was sent to the room. Type "leave" first, then "exit".)'),
        ("who", '("who" was sent to the room. Type "leave" first, then "who".)'),
        ("Help", '("Help" was sent to the room. Type "leave" first, then "Help".)'),
        ("join x", '("join x" was sent to the room. Type "leave" first, then "join x".)'),
        (
            "message bob a b",
            '("message" was sent to the room. Type "leave" first, then "message".)',
        ),
        ("leave ", '("leave" was sent to the room. To go back, type "leave" and no more.)'),
        ("/leave", '("/leave" was sent to the room. To go back, type "leave" and no more.)'),
        (
            "/me waves",
            '("/me" was sent to the room. Type "leave" first: commands are for the lobby.)',
        ),
    ),
)
def test_a_command_that_is_said(in_room, line, hint):
    """It is said (R9), and the first time of its kind it is told that it was."""
    assert said(in_room, line) == [hint]
    assert said(in_room, line) == []


@pytest.mark.parametrize(
    "line", ("help me please", "who is there?", "join us for lunch", "message me", "?", "well")
)
def test_plain_chat(in_room, line):
    """A sentence that begins like a command is a sentence."""
    assert said(in_room, line) == []


def test_of_others(in_room):
    """What others say gets no hint."""
    in_room.feed(":bob!u@h PRIVMSG #teamchat :who")
    assert in_room.read() == ["bob (in teamchat): who"]
