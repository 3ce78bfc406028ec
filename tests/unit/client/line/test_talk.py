import pytest
from tests.unit.client.line.desk import Desk

from rookery.client.news import GaveUp, Lost
from rookery.client.shown import AskResend
from rookery.errors import UnreachableError
from rookery.wire.message import parse


@pytest.fixture
def desk():
    """Alice, signed in, in the lobby."""
    desk = Desk()
    desk.sign_in()
    return desk


@pytest.fixture
def in_room(desk):
    """Alice in teamchat."""
    desk.enter("teamchat", "bob")
    desk.read()
    return desk


def test_join_and_what_is_typed_behind_it(desk):
    """Lines typed before the room is entered are said in it (R6)."""
    desk.type("join teamchat", "hello")
    assert desk.said() == ["JOIN #teamchat"]
    assert desk.talk.prompt == "> "
    desk.answer(":alice!u@h JOIN #teamchat", ":s 353 alice = #teamchat :alice bob carol")
    desk.feed(":s 366 alice #teamchat :End")
    joined = 'Joined teamchat: alice, bob, carol. Type "leave" to go back.'
    assert joined in desk.read()
    assert desk.talk.prompt == "teamchat> "


@pytest.mark.parametrize(
    "line", ("who", "message bob hi", "join x", "/leave", "/me waves", "Leave", "leave ", " leave")
)
def test_in_a_room_everything_is_said(in_room, line):
    """Only a line that is exactly `leave` is not said to the room (R9)."""
    in_room.said()
    in_room.type(line)
    (said,) = in_room.said()
    assert said.startswith("PRIVMSG #teamchat ")
    assert line.rstrip() in said


def test_exit_in_a_room(in_room):
    """`exit` is said to the room, with a hint once (R9)."""
    for _ in range(2):
        in_room.type("exit")
        in_room.answer(":alice!u@h PRIVMSG #teamchat :exit")
    echo = "alice (in teamchat): exit"
    hint = '("exit" was sent to the room. Type "leave" first, then "exit".)'
    assert in_room.read() == [echo, hint, echo]
    assert in_room.front.exit_code is None


def test_leaving(in_room):
    """`leave` goes back to the lobby (R9)."""
    in_room.type("leave", "who")
    in_room.answer(":alice!u@h PART #teamchat")
    assert in_room.read() == ["Left teamchat."]
    assert in_room.talk.prompt == "> "
    assert in_room.said() == ["LUSERS", "WHO *"]


def test_members_see_what_is_said(in_room):
    """Messages, comings and goings are shown as they come (R10, R11)."""
    in_room.feed(
        ":Alice2!u@h JOIN #teamchat",
        ":Alice2!u@h PRIVMSG #teamchat :Hello team!",
        ":bob!u@h PRIVMSG alice :psst",
        ":bob!u@h PRIVMSG #teamchat :\x01ACTION waves\x01",
        ":Alice2!u@h QUIT :gone",
    )
    assert in_room.read() == [
        "Alice2 joined teamchat.",
        "Alice2 (in teamchat): Hello team!",
        "bob (private): psst",
        "bob (in teamchat): * waves",
        "Alice2 left teamchat.",
    ]


def test_hostile_text(in_room):
    """Nothing that others send acts on the terminal."""
    in_room.feed(":b\x1bob!u@h PRIVMSG #teamchat :\x1b[2J\u202eevil")
    assert in_room.read() == ["b␛ob (in teamchat): ␛[2J<U+202E>evil"]


def test_paste_in_a_room(in_room):
    """Each line of a paste is said, and none of them is a command."""
    in_room.said()
    in_room.type("one\n\n  two\nleave")
    said = ["PRIVMSG #teamchat one", "PRIVMSG #teamchat :  two", "PRIVMSG #teamchat leave"]
    assert in_room.said() == said
    assert in_room.talk.prompt == "teamchat> "


def test_paste_in_the_lobby(desk):
    """A paste runs no command."""
    desk.type("who\nexit")
    assert len(desk.read()) == 1
    assert desk.said() == []
    assert desk.front.exit_code is None


def test_lost_connection(in_room):
    """The prompt shows that one is offline and how much waits; lines are kept (§2)."""
    in_room.end.lose()
    in_room.news(Lost(2.0, is_first=True))
    lost = "Connection lost. Trying again in 2 s. Keep typing: lines are kept."
    assert in_room.read() == [lost]
    assert in_room.talk.prompt == "teamchat (offline)> "
    in_room.type("one", "two")
    assert in_room.talk.prompt == "teamchat (offline, 2 waiting)> "
    in_room.type("")
    assert in_room.session.hurried == 1
    in_room.news(Lost(8.0, is_first=False), Lost(16.0, is_first=False))
    assert in_room.read() == ["Trying now.", "No connection yet. Trying again in 8 s."]


def test_back_online(in_room):
    """What waited is told as sent, and the prompt is as before (§2)."""
    desk = in_room
    desk.end.lose()
    desk.news(Lost(2.0, is_first=True))
    desk.type("one", "two")
    desk.read()
    desk.end.now_s += 41
    desk.connect_again()
    desk.answer(":alice!u@h JOIN #teamchat", ":s 366 alice #teamchat :End")
    for line in desk.lines():
        label, text = parse(line).tags["label"], parse(line).params[1]
        desk.feed(f"@label={label} :alice!u@h PRIVMSG #teamchat :{text}")
    assert desk.read() == [
        "Back online after 41 s. Sent 2 waiting lines.",
        "alice (in teamchat): one",
        "alice (in teamchat): two",
    ]
    assert desk.talk.prompt == "teamchat> "


def test_old_lines_are_asked_about(desk):
    """Lines that have waited long need a yes."""
    desk.news(AskResend((("bob", "old"), ("#x", "older")), may_have_arrived=False))
    assert desk.read() == ["2 lines waited more than 10 minutes:", "  to bob: old", "  to x: older"]
    assert desk.talk.prompt == "Send now? (yes/no): "
    desk.type("what?")
    assert desk.read() == ["Please type yes or no."]
    desk.type("no")
    assert desk.read() == ["Not sent, and forgotten."]


def test_nobody_to_ask():
    """On a pipe, lines that may have arrived are not sent twice, and count as not sent."""
    desk = Desk(is_interactive=False)
    desk.sign_in()
    desk.news(AskResend((("bob", "old"),), may_have_arrived=True))
    assert desk.talk.dropped == [("bob", "old")]
    assert not desk.talk.has_question


def test_end_of_the_session(desk):
    """What ends the session is shown, and is the exit code."""
    desk.news(GaveUp(UnreachableError("Nobody there.")))
    assert desk.read() == ["Nobody there."]
    assert desk.front.exit_code == 69


def test_room_of_another_session(desk):
    """A room of another session is told, and typing in the lobby stays commands."""
    desk.feed(":alice!u@h JOIN #x", ":s 353 alice = #x :alice bob", ":s 366 alice #x :End")
    told = 'You are in x from another session. Type "join x" to talk there.'
    assert desk.read() == [told]
    assert desk.talk.prompt == "> "
    desk.feed(":bob!u@h PRIVMSG #x :not for here", ":carol!u@h JOIN #x", ":bob!u@h PART #x")
    desk.feed(":carol!u@h TOPIC #x :nor this", ":carol!u@h QUIT :bye")
    assert desk.read() == []


def test_room_left_by_another_session(in_room):
    """When another session of mine leaves the room, it is told, and typing is commands again."""
    in_room.feed(":alice!u@h PART #teamchat")
    assert in_room.read() == ["Left teamchat (from another session)."]
    assert in_room.talk.prompt == "> "
