import pytest
from tests.unit.client.wire_end import WireEnd

from rookery.client import asking
from rookery.client.registration import Identity
from rookery.client.shown import (
    Done,
    Entered,
    Invited,
    Joined,
    Kept,
    Left,
    Missed,
    NotSent,
    PasswordChanged,
    People,
    Refused,
    Renamed,
    Said,
    SecretMade,
    SecretProved,
    SecretUseless,
    Sent,
    Topic,
    Went,
    Why,
    Word,
)

TIME = "time=2026-11-22T10:00:00.000Z"


@pytest.fixture
def end():
    """A server's end of alice, signed in."""
    end = WireEnd()
    end.connect()
    return end


@pytest.fixture
def in_room(end):
    """The same, in #team with bob."""
    asking.join(end.model, "#team")
    end.enter("#team", "@bob")
    end.feed("@label=r1 :s ACK")
    end.forget()
    return end


def private(model, text="hi", target="bob"):
    """Write a private message."""
    asking.say(model, target, text)


def test_private_message_is_sent_on_its_echo_only(end):
    """Nothing is shown before the server's word."""
    private(end.model)
    assert end.lines == ["@rookery.chat/id=device01.1;label=r1 PRIVMSG bob hi"]
    assert end.shown == []
    end.feed("@label=r1;msgid=a :alice!u@h PRIVMSG bob :hi")
    assert [Sent("bob", "hi")] == end.shown
    assert len(end.model.outbox) == 0


@pytest.mark.parametrize(
    ("note", "kept"),
    (
        ("KEPT_AWAY bob :offline", Kept("bob", is_known=True)),
        ("KEPT_UNCLAIMED bob :nobody", Kept("bob", is_known=False)),
        ("KEPT_UNCLAIMED bob bobby :nobody", Kept("bob", is_known=False, suggestion="bobby")),
    ),
)
def test_private_message_to_somebody_away(end, note, kept):
    """A message that is kept says so instead of "sent"."""
    private(end.model)
    label = end.label()
    end.feed(
        f"@label={label} :s BATCH +1 labeled-response",
        "@batch=1;msgid=a :alice!u@h PRIVMSG bob :hi",
        f"@batch=1 :s NOTE PRIVMSG {note}",
        ":s BATCH -1",
    )
    assert [kept] == end.shown


def test_message_to_myself(end):
    """What one writes to oneself arrives, too."""
    private(end.model, target="Alice")
    end.feed("@label=r1;msgid=a :alice!u@h PRIVMSG alice :hi")
    shown = end.shown
    assert isinstance(shown[0], Said)
    assert Sent("Alice", "hi") == shown[1]


@pytest.mark.parametrize(
    ("answer", "code"),
    (
        (":s 401 alice bob :No such nick", "401"),
        (":s FAIL PRIVMSG STORE_UNAVAILABLE bob :No such nick", "STORE_UNAVAILABLE"),
    ),
)
def test_refused_message(end, answer, code):
    """A refused message is named with the server's reason, and is not sent again."""
    private(end.model)
    end.feed(f"@label={end.label()} {answer}")
    assert [NotSent("bob", "hi", code, "No such nick")] == end.shown
    end.lose()
    end.connect()
    assert end.lines == []


def test_own_message_from_another_session(end):
    """What another session of mine sends is told apart from my own echo."""
    end.feed("@msgid=a :alice!u@h PRIVMSG bob :from the phone")
    (said,) = end.shown
    assert (said.target, said.text, said.is_own) == ("bob", "from the phone", True)


def test_message_is_shown_once(end):
    """A message id that was shown is dropped, wherever it comes from."""
    line = f"@{TIME};msgid=a;account=bob :bob!u@h PRIVMSG alice :hi"
    end.feed(line, line)
    (said,) = end.shown
    assert (said.sender, said.text, said.account, said.msgid) == ("bob", "hi", "bob", "a")
    assert said.at_ms == 1795341600000


def test_mailbox(end):
    """Missed private messages are counted without those that were shown before."""
    end.feed("@msgid=a :bob!u@h PRIVMSG alice :one")
    end.forget()
    end.feed(
        ":s BATCH +m rookery.chat/mailbox 3",
        f"@batch=m;{TIME};msgid=a :bob!u@h PRIVMSG alice :one",
        f"@batch=m;{TIME};msgid=b :bob!u@h PRIVMSG alice :two",
        f"@batch=m;{TIME};msgid=c :bob!u@h PRIVMSG alice :three",
        ":s BATCH -m",
        "PING :rookery-1",
    )
    missed, two, three = end.shown
    assert Missed(2) == missed
    assert [(one.text, one.is_missed) for one in (two, three)] == [("two", True), ("three", True)]
    assert end.lines == ["PONG rookery-1"]


def test_entering_a_room(end):
    """A room is entered when all its members are known."""
    request = asking.join(end.model, "#team")
    assert end.lines == ["@label=r1 JOIN #team"]
    end.feed(
        "@label=r1 :s BATCH +1 labeled-response",
        "@batch=1 :alice!u@h JOIN #team alice :alice",
        "@batch=1 :s 332 alice #team :the topic",
        "@batch=1 :s 353 alice = #team :alice @+bob",
        "@batch=1 :s 353 alice = #team :carol",
        "@batch=1 :s 366 alice #team :End",
        ":s BATCH -1",
    )
    assert [
        Topic("#team", "the topic"),
        Entered("#team", ("alice", "bob", "carol"), Why.ASKED),
        Done(request.label),
    ] == end.shown


def test_room_of_another_session(end):
    """A room that another session of mine is in was not asked for; asking for it lists it."""
    end.enter("#team", "bob")
    assert [Entered("#team", ("alice", "bob"), Why.ELSEWHERE)] == end.shown
    request = asking.join(end.model, "#Team")
    assert end.lines == ["@label=r1 NAMES #team"]
    end.feed(
        "@label=r1 :s BATCH +1 labeled-response",
        "@batch=1 :s 353 alice = #team :alice bob carol",
        "@batch=1 :s 366 alice #team :End",
        ":s BATCH -1",
    )
    members = ("alice", "bob", "carol")
    assert [Entered("#team", members, Why.ASKED), Done(request.label)] == end.shown


def test_refused_room(end):
    """A room that lets nobody in is forgotten, with its reason."""
    asking.join(end.model, "#team")
    end.feed("@label=r1 :s 475 alice #team :it has a key")
    assert [Refused("join", "#team", "475", "it has a key"), Done("r1")] == end.shown
    assert end.model.rooms.get("#team") is None


def test_people_come_and_go(in_room):
    """Who is in a room is known from what is said about it."""
    end = in_room
    end.feed(
        ":carol!u@h JOIN #team carol :Carol",
        ":carol!u@h NICK caro",
        ":bob!u@h PART #team",
        ":caro!u@h QUIT :bye",
        ":dave!u@h NICK david",
        ":alice!u@h NICK alicia",
    )
    assert [
        Joined("#team", "carol"),
        Renamed("carol", "caro", is_me=False),
        Left("#team", "bob"),
        Left("#team", "caro"),
        Renamed("alice", "alicia", is_me=True),
    ] == end.shown
    assert end.model.rooms.get("#team").members == {"alicia": "alicia"}


def test_being_removed(in_room):
    """KICK takes one out, with who did it and why."""
    in_room.feed(":bob!u@h KICK #team alice :be nice")
    assert [Went("#team", "bob", "be nice")] == in_room.shown
    assert in_room.model.rooms.get("#team") is None


def test_leaving_waits_for_what_was_said(in_room):
    """A room is left behind the last line that was said in it, not before."""
    end = in_room
    asking.say(end.model, "#team", "last words")
    assert asking.leave(end.model, "#team") is None
    (line,) = end.lines
    assert line.endswith("PRIVMSG #team :last words")
    end.feed("@label=r2;msgid=a :alice!u@h PRIVMSG #team :last words")
    assert end.lines == ["@label=r3 PART #team"]
    end.feed("@label=r3 :alice!u@h PART #team")
    said, went, _ = end.shown
    assert said.text == "last words"
    assert Went("#team") == went


def test_everybody(end):
    """WHO names each once, and who is away."""
    asking.who(end.model)
    end.feed(
        "@label=r1 :s BATCH +1 labeled-response",
        "@batch=1 :s 352 alice * u h s alice H :0 alice",
        "@batch=1 :s 352 alice #x u h s bob G :0 bob",
        "@batch=1 :s 352 alice #y u h s bob G :0 bob",
        "@batch=1 :s 315 alice * :End",
        ":s BATCH -1",
    )
    assert [People(("alice", "bob"), frozenset({"bob"})), Done("r1")] == end.shown


def test_password_change(end):
    """The new password is kept before it is sent, and is the only one when it counts."""
    asking.change_password(end.model, "secret", "new")
    assert [SecretMade("alice", "new")] == end.shown
    assert end.lines == ["@label=r1 PASSWORD c2VjcmV0AG5ldw=="]
    end.feed("@label=r1 :s PASSWORD SUCCESS alice :changed")
    assert [SecretProved("alice", "new"), PasswordChanged(), Done("r1")] == end.shown


def test_refused_password_change(end):
    """A password that is not taken is forgotten."""
    asking.change_password(end.model, "secret", "new")
    end.forget()
    end.feed("@label=r1 :s FAIL PASSWORD INVALID_PASSWORD :too long")
    assert [
        SecretUseless("alice", "new"),
        Refused("password", "alice", "INVALID_PASSWORD", "too long"),
        Done("r1"),
    ] == end.shown


def test_long_and_pasted_texts_are_several_messages(end):
    """Lines and pieces leave in order, and at most sixteen at once."""
    asking.say(end.model, "bob", "\n".join(f"line {number}" for number in range(20)))
    lines = end.lines
    assert len(lines) == 16
    end.feed("@label=r1;msgid=a :alice!u@h PRIVMSG bob :line 0")
    (following,) = end.lines
    assert following.endswith(":line 16")


@pytest.mark.parametrize(
    ("line", "shown"),
    (
        (":bob!u@h INVITE alice #team", Invited("bob", "#team")),
        (":s NOTICE alice :soon", Word("soon")),
        (":s 372 alice :- welcome", Word("- welcome")),
        (":s 481 alice :no rights", Refused("", "", "481", "no rights")),
        (":bob!u@h TOPIC #team :news", Topic("#team", "news", "bob")),
        ("ERROR :closing", Word("closing")),
    ),
)
def test_words_of_the_server(end, line, shown):
    """What concerns nobody's question is passed on."""
    end.feed(line)
    assert [shown] == end.shown


@pytest.mark.parametrize(
    "line",
    (
        ":s 422 alice :no motd",
        ":s 375 alice :-",
        ":bob!u@h PRIVMSG alice :\x01VERSION\x01",
        ":bob!u@h MODE #team +o carol",
        ":bob!u@h PRIVMSG",
        "BATCH",
        ":s 353 alice",
        "PONG :whatever",
    ),
)
def test_what_nobody_needs_to_know(end, line):
    """The rest is passed over, malformed lines too."""
    end.feed(line)
    assert end.shown == []


def test_action(end):
    """CTCP ACTION is something that somebody does."""
    end.feed(":bob!u@h PRIVMSG #team :\x01ACTION waves\x01")
    (said,) = end.shown
    assert (said.text, said.is_action) == ("waves", True)


def test_plain_irc_server():
    """Without any capability a message is sent when the server has passed a PING behind it."""
    end = WireEnd()
    end.model.sign_in(Identity("alice"))
    end.model.connected(0)
    end.feed(":s 421 * CAP :?", ":s 001 alice :hi", ":s 005 alice PREFIX=(ov)@+ :are supported")
    end.forget()
    private(end.model, "one")
    private(end.model, "two", "nobody")
    asking.join(end.model, "#team")
    assert end.lines == [
        "PRIVMSG bob one",
        "PING rookery-after-r1",
        "PRIVMSG nobody two",
        "PING rookery-after-r2",
        "JOIN #team",
        "PING rookery-after-r3",
    ]
    end.feed(":s PONG s rookery-after-r1")
    assert [Sent("bob", "one")] == end.shown
    end.feed(":s 401 alice nobody :No such nick", ":s PONG s :rookery-after-r2")
    assert [NotSent("nobody", "two", "401", "No such nick")] == end.shown
    end.enter("#team", "@bob")
    end.feed(":s PONG s rookery-after-r3")
    assert [Entered("#team", ("alice", "bob"), Why.ASKED), Done("r3")] == end.shown
    asking.say(end.model, "#team", "hello")
    end.feed(":s PONG s rookery-after-r4")
    (said,) = end.shown
    assert (said.sender, said.target, said.text, said.is_own) == ("alice", "#team", "hello", True)


def test_echo_without_labels():
    """A server that echoes without labels shows a message once."""
    end = WireEnd()
    end.connect(offered="echo-message")
    asking.say(end.model, "#team", "hello")
    end.feed(":alice!u@h PRIVMSG #team :hello", ":s PONG s rookery-after-r1")
    (said,) = end.shown
    assert (said.text, said.is_own) == ("hello", True)
