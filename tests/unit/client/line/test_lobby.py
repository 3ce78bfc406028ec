import pytest
from tests.unit.client.line.desk import Desk

from rookery.client import secret
from rookery.client.news import Lost


@pytest.fixture
def desk():
    """Alice, signed in, in the lobby."""
    desk = Desk()
    desk.sign_in()
    return desk


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


@pytest.mark.parametrize("typed", (("message",), ("message", "bob"), ("join",), ("password", "x")))
def test_question_dropped(desk, typed):
    """Ctrl-C takes a question back, and the lobby is as before."""
    desk.type(*typed)
    assert desk.talk.drop_question()
    assert desk.talk.prompt == "> "
    assert desk.said() == []
    assert not desk.talk.drop_question()


def test_who(desk):
    """`who` lists everybody who is here (R5)."""
    desk.type("who")
    row = "alice * u h s {} {} :0 x"
    rows = (row.format("alice", "H"), row.format("bob", "G"))
    desk.answer(*(f":s 352 {one}" for one in rows))
    assert desk.read() == ["2 people are here: alice (you), bob (away)."]


def test_who_is_in_a_room(desk):
    """`who ROOM` lists the room."""
    desk.type("who teamchat")
    assert desk.said() == ["LIST #teamchat", "WHO #teamchat"]
    desk.answer(":s 352 alice #teamchat u h s bob H@ :0 x")
    assert desk.read() == ["1 person is in teamchat: bob."]


def test_rooms(desk):
    """`rooms` lists the rooms with how many are in each."""
    desk.type("rooms")
    assert desk.said() == ["LIST"]
    desk.answer(":s 322 alice #x 2 :topic", ":s 322 alice #y 1 :", ":s 323 alice :End")
    assert desk.read() == ["2 rooms: x (2 people), y (1 person)."]


@pytest.mark.parametrize("typed", (("message #x hi",), ("message #x",), ("message", "#x")))
def test_message_to_a_room(desk, typed):
    """What is said in a room is said from within."""
    desk.type(*typed)
    assert desk.read() == ["Join x first: join x"]
    assert desk.said() == []
    assert desk.talk.prompt == "> "


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


def test_exit(desk):
    """`exit` ends the run (R7)."""
    desk.type("exit")
    assert desk.front.exit_code == 0


def test_exit_with_waiting_lines():
    """Offline, lines that wait are named before one leaves without them."""
    desk = Desk()
    desk.sign_in()
    desk.end.lose()
    desk.news(Lost(2.0, is_first=True))
    desk.type("message bob one", "message bob two")
    desk.read()
    told = "2 lines are not sent. Type exit again to leave without them."
    desk.type("exit", "leave", "exit")
    assert desk.read() == [told, "You are not in a room.", told]
    assert desk.front.exit_code is None
    desk.type("exit")
    assert desk.front.exit_code == 0


def test_exit_with_waiting_lines_on_a_pipe():
    """Without a person there is nobody to warn."""
    desk = Desk(is_interactive=False)
    desk.sign_in()
    desk.end.lose()
    desk.news(Lost(2.0, is_first=True))
    desk.type("message bob one", "exit")
    assert desk.front.exit_code == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    (
        ("mesage bob hi", "message"),
        ("messsage", "message"),
        ("hwo", "who"),
        ("whi", "who"),
        ("xyzzy", ""),
        ("leav", ""),
        ("exi", ""),
        ("massages", ""),
    ),
)
def test_no_command(desk, typed, meant):
    """What is no command is said to be so, with the likely one and the remedy."""
    desk.type(typed)
    (line,) = desk.read()
    assert 'Type "help" for the list.' in line
    assert ("Did you mean" in line) == bool(meant)
    assert meant in line


@pytest.mark.parametrize("typed", ("clear", "nick bob", "/nick bob", "help nick"))
def test_words_of_other_chats(desk, typed):
    """What is different here is explained, not guessed at."""
    desk.type(typed)
    (line,) = desk.read()
    assert "Did you mean" not in line
    assert "is no command" not in line


def test_help_of_a_command(desk):
    """`help join` tells more about it, under its other names too."""
    desk.type("help join", "help /msg", "help xyzzy")
    join, message, unknown = desk.read()
    assert join.startswith("join ROOM: enter a room, or make it. Then every line")
    assert message.startswith("message NAME TEXT: ")
    assert unknown.startswith('"xyzzy" is no command.')


def test_help(desk):
    """`help` names every command."""
    desk.type("help")
    text = "\n".join(desk.read())
    for word in ("message", "who", "rooms", "join", "leave", "password", "help", "exit"):
        assert f"  {word}" in text


def test_commands_offline(desk):
    """What cannot wait says so; messages do wait."""
    desk.end.lose()
    desk.news(Lost(2.0, is_first=True))
    desk.read()
    desk.type("who", "join x", "password")
    offline = "You are offline. Messages are kept, this is not: do it again when you are back."
    assert desk.read() == [offline] * 3
    desk.type("message bob hi")
    assert desk.talk.prompt == "(offline, 1 waiting)> "


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


def test_first_password(desk):
    """In place of one that the client made it is set, not changed; a short one is warned of."""
    desk.session.password = secret.make()
    desk.type("password", "short")
    assert desk.read()[-1] == (
        "Fewer than 8 characters are easily guessed; the server may refuse so few. "
        "Type it once more to try it all the same."
    )
    desk.type("short")
    desk.answer(":s PASSWORD SUCCESS alice :changed")
    assert desk.read()[0].startswith("Your password is set.")


def test_password_that_the_server_refuses(desk):
    """What was only warned of may be refused: the server's reason is told, nothing is changed."""
    desk.type("password", "pw", "pw")
    desk.read()
    desk.answer(":s FAIL PASSWORD INVALID_PASSWORD :A password has at least 6 characters")
    assert desk.read() == ["Your password is not changed: A password has at least 6 characters."]


@pytest.mark.parametrize("typed", (("",), ("new", "other"), ("x" * 151,)))
def test_password_not_changed(desk, typed):
    """Nothing typed, two that differ, and what is too long change nothing."""
    desk.type("password", *typed)
    assert "othing changed" in desk.read()[-1]
    assert desk.said() == []
