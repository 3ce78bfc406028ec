import pytest
from tests.unit.client.line.desk import Desk

from rookery.client.session import GaveUp, Lost
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


def test_sign_in():
    """The username is asked for, and the welcome says where one is and who (R2, R3)."""
    desk = Desk()
    desk.begin()
    assert desk.talk.prompt == "Username: "
    desk.type("alice")
    assert desk.talk.prompt == ""
    desk.feed(":s REGISTER SUCCESS alice :yours", ":s 001 alice :Welcome")
    connected = 'Connected to 127.0.0.1:8080. You are alice. Type "help" for the commands.'
    assert desk.read() == [connected]
    assert desk.talk.prompt == "> "


@pytest.mark.parametrize(
    ("is_encrypted", "where"),
    ((True, "chat.lan:8080 (TLS)."), (False, "chat.lan:8080 (not encrypted).")),
)
def test_encryption_is_told(is_encrypted, where):
    """A connection that leaves this computer says whether others can read it."""
    desk = Desk(host="chat.lan")
    desk.session.is_encrypted = is_encrypted
    desk.begin("alice")
    desk.feed(":s REGISTER SUCCESS alice :yours", ":s 001 alice :Welcome")
    assert f"Connected to {where} You are alice." in desk.read()[0]


def test_taken_name():
    """A taken name is said to be so, and another is asked for (R3)."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert desk.talk.prompt == '"alice" is taken. Username: '
    assert len(desk.read()) == 1
    desk.said()
    desk.type("ann")
    assert desk.said()[0] == "NICK ann"


def test_claiming_one_s_own_name():
    """The same name again asks for its password, which is not shown."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    desk.type("alice")
    assert desk.talk.prompt == "Password for alice (Enter for another name): "
    assert desk.talk.is_secret
    desk.type("")
    assert desk.talk.prompt == "Username: "
    assert not desk.talk.is_secret


def test_wrong_password():
    """A wrong password is asked for again."""
    desk = Desk()
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    desk.type("alice", "wrong")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert desk.read()[-1] == "That password is not right."
    assert desk.talk.prompt == "Password for alice (Enter for another name): "


@pytest.mark.parametrize("name", ("a b", "#room", ":x", "a,b", "x!y"))
def test_name_that_cannot_be(name):
    """What no server could take is refused with a reason, and asked for again."""
    desk = Desk()
    desk.begin()
    desk.type(name)
    assert len(desk.read()) == 1
    assert desk.talk.prompt == "Username: "
    desk.type("")
    assert desk.read() == []


def test_message_asks_for_what_is_missing(desk):
    """`message` asks for the recipient, then for the text (R4)."""
    desk.type("message")
    assert desk.talk.prompt == "To: "
    desk.type("bob")
    assert desk.talk.prompt == "Message: "
    desk.type("yes, 12:30")
    assert desk.read() == []
    desk.answer(":alice!u@h PRIVMSG bob :yes, 12:30")
    assert desk.read() == ["Sent to bob."]


def test_message_in_one_line(desk):
    """`message bob hi there` sends at once; case and a slash do not matter."""
    desk.type("/Message bob hi  there")
    assert desk.said() == ["PRIVMSG bob :hi  there"]
    desk.answer(":alice!u@h PRIVMSG bob :hi  there", ":s NOTE PRIVMSG KEPT_AWAY bob :offline")
    assert desk.read() == ["bob is offline: delivered when bob connects."]


def test_message_to_a_name_with_a_slip(desk):
    """A name that nobody has is told, with the one that was probably meant."""
    desk.type("message bbo hi")
    echo = ":alice!u@h PRIVMSG bbo :hi"
    desk.answer(echo, ":s NOTE PRIVMSG KEPT_UNCLAIMED bbo bob :nobody")
    meant = 'Nobody has signed in as "bbo" yet: kept for whoever does. Did you mean bob?'
    assert desk.read() == [meant]


@pytest.mark.parametrize(
    "typed", (("message", ""), ("message", "bob", " "), ("message a,b hi",), ("message", "b ob"))
)
def test_message_given_up(desk, typed):
    """An empty or impossible answer sends nothing, and says so."""
    desk.type(*typed)
    (line,) = desk.read()
    assert "othing sent" in line
    assert desk.said() == []
    assert desk.talk.prompt == "> "


def test_who(desk):
    """`who` lists everybody who is here (R5)."""
    desk.type("who")
    row = "alice * u h s {} {} :0 x"
    rows = (row.format("alice", "H"), row.format("bob", "G"))
    desk.answer(*(f":s 352 {one}" for one in rows))
    assert desk.read() == ["2 people are here: alice (you), bob (away)."]


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


@pytest.mark.parametrize("name", ("my room", "a,b", "#"))
def test_room_that_cannot_be(desk, name):
    """A name that no room can have is refused with a reason."""
    desk.type(f"join {name}")
    assert len(desk.read()) == 1
    assert desk.said() == []


def test_join_asks_for_the_room(desk):
    """`join` alone asks which."""
    desk.type("join")
    assert desk.talk.prompt == "Room: "
    desk.type("#teamchat")
    assert desk.said() == ["JOIN #teamchat"]


def test_refused_room(desk):
    """A room that lets nobody in is told with the reason; one stays in the lobby."""
    desk.type("join vip")
    desk.answer(":s 475 alice #vip :it has a key")
    assert desk.read() == ["You cannot enter vip: it has a key."]
    assert desk.talk.prompt == "> "


def test_leave_outside_a_room(desk):
    """`leave` in the lobby does nothing, and says so (R8)."""
    desk.type("leave")
    assert desk.read() == ["You are not in a room."]
    assert desk.said() == []


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
    assert in_room.said() == ["WHO *"]


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


def test_exit(desk):
    """`exit` ends the run (R7)."""
    desk.type("exit")
    assert desk.front.exit_code == 0


@pytest.mark.parametrize(("typed", "meant"), (("mesage bob hi", "message"), ("xyzzy", "")))
def test_no_command(desk, typed, meant):
    """What is no command is said to be so, with the likely one and the remedy."""
    desk.type(typed)
    (line,) = desk.read()
    assert 'Type "help" for the list.' in line
    assert ("Did you mean" in line) == bool(meant)
    assert meant in line


def test_help(desk):
    """`help` names every command."""
    desk.type("help")
    text = "\n".join(desk.read())
    for word in ("message", "who", "join", "leave", "password", "help", "exit"):
        assert f"  {word}" in text


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


def test_commands_offline(desk):
    """What cannot wait says so; messages do wait."""
    desk.end.lose()
    desk.news(Lost(2.0, is_first=True))
    desk.read()
    desk.type("who", "join x", "password")
    offline = "You are offline. Messages are kept; this has to wait until you are back."
    assert desk.read() == [offline] * 3
    desk.type("message bob hi")
    assert desk.talk.prompt == "(offline, 1 waiting)> "


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


def test_name_of_the_command_line_on_a_pipe():
    """Without a person, a taken name ends the run with its exit code."""
    desk = Desk(is_interactive=False)
    desk.begin("alice")
    desk.feed(":s FAIL REGISTER ACCOUNT_EXISTS alice :taken")
    assert desk.front.exit_code == 77


def test_end_of_the_session(desk):
    """What ends the session is shown, and is the exit code."""
    desk.news(GaveUp(UnreachableError("Nobody there.")))
    assert desk.read() == ["Nobody there."]
    assert desk.front.exit_code == 69


def test_password(desk):
    """A password is asked for twice and changed on the server's word."""
    desk.type("password")
    assert (desk.talk.prompt, desk.talk.is_secret) == ("New password: ", True)
    desk.type("new")
    assert (desk.talk.prompt, desk.talk.is_secret) == ("Once more: ", True)
    desk.type("new")
    assert desk.said() == ["PASSWORD b2xkAG5ldw=="]
    desk.read()
    desk.answer(":s PASSWORD SUCCESS alice :changed")
    assert desk.read()[0].startswith("Your password is changed.")


@pytest.mark.parametrize("typed", (("",), ("new", "other"), ("x" * 151,)))
def test_password_not_changed(desk, typed):
    """Nothing typed, two that differ, and what is too long change nothing."""
    desk.type("password", *typed)
    assert "othing changed" in desk.read()[-1]
    assert desk.said() == []


def test_room_of_another_session(desk):
    """A room of another session is told, and typing in the lobby stays commands."""
    desk.feed(":alice!u@h JOIN #x", ":s 353 alice = #x :alice bob", ":s 366 alice #x :End")
    told = 'You are in x from another session. Type "join x" to talk there.'
    assert desk.read() == [told]
    assert desk.talk.prompt == "> "


def test_room_left_by_another_session(in_room):
    """When another session of mine leaves the room, it is told, and typing is commands again."""
    in_room.feed(":alice!u@h PART #teamchat")
    assert in_room.read() == ["You left teamchat (from another session)."]
    assert in_room.talk.prompt == "> "
