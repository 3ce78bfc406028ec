import pytest
from tests.unit.client.wire_end import WireEnd

from rookery.client import asking
from rookery.client.registration import Identity
from rookery.client.shown import (
    Done,
    Entered,
    Invited,
    NotSent,
    People,
    Refused,
    Sent,
    Topic,
    Why,
    Word,
)


@pytest.fixture
def end():
    """A server's end of alice, signed in."""
    end = WireEnd()
    end.connect()
    return end


def private(model, text="hi", target="bob"):
    """Write a private message."""
    asking.say(model, target, text)


def test_everybody(end):
    """WHO names each once, and who is away."""
    asking.who(end.model)
    end.feed(
        "@label=r2 :s BATCH +1 labeled-response",
        "@batch=1 :s 352 alice * u h s alice H :0 alice",
        "@batch=1 :s 352 alice #x u h s bob G :0 bob",
        "@batch=1 :s 352 alice #y u h s bob G :0 bob",
        "@batch=1 :s 315 alice * :End",
        ":s BATCH -1",
    )
    assert [People(("alice", "bob"), frozenset({"bob"})), Done("r2")] == end.shown


COUNTED = (
    ":s 251 alice :There are 1 users and 2 invisible on 1 servers",
    ":s 255 alice :I have 2 clients and 1 servers",
    ":s 265 alice 2 9 :Current local users 2, max 9",
    ":s 266 alice 3 9 :Current global users 3, max 9",
)
ALICE = ":s 352 alice * u h s alice H :0 alice"


def test_everybody_who_is_not_listed_is_counted(end):
    """LUSERS counts the invisible, whom WHO leaves out."""
    asking.who(end.model)
    assert [line.split(" ", 1)[1] for line in end.lines] == ["LUSERS", "WHO *"]
    end.feed(
        "@label=r1 :s BATCH +1 labeled-response",
        *(f"@batch=1 {line}" for line in COUNTED),
        ":s BATCH -1",
        f"@label=r2 {ALICE}",
    )
    assert [People(("alice",), frozenset(), unlisted=2), Done("r2")] == end.shown


def test_everybody_is_counted_by_a_server_without_labels():
    """A PING behind each question tells the two answers apart; the one to the count is no news."""
    end = WireEnd()
    end.connect(offered="")
    asking.who(end.model)
    end.feed(*COUNTED, ":s PONG s rookery-after-r1", ALICE, ":s PONG s rookery-after-r2")
    assert [People(("alice",), frozenset(), unlisted=2), Done("r2")] == end.shown


def test_server_that_does_not_count(end):
    """Where the count is refused, or less than what is listed, nothing is said of it."""
    for refusal, row in (("421 alice LUSERS :Unknown", 1), ("266 alice 0 9 :Users 0", 3)):
        asking.who(end.model)
        end.feed(f"@label=r{row} :s {refusal}", f"@label=r{row + 1} {ALICE}")
        assert [People(("alice",), frozenset()), Done(f"r{row + 1}")] == end.shown


def test_room_whose_people_are_not_listed(end):
    """A room is counted from outside, as LIST does it; from within everybody is listed."""
    asking.who(end.model, "#team")
    end.feed(
        "@label=r1 :s 322 alice #team 2 :topic",
        "@label=r2 :s 315 alice #team :End",
    )
    assert [People((), frozenset(), "#team", 2), Done("r2")] == end.shown
    end.enter("#team", "bob")
    end.forget()
    asking.who(end.model, "#team")
    assert [line.split(" ", 1)[1] for line in end.lines] == ["WHO #team"]


def test_other_rooms_that_are_told_are_not_counted(end):
    """A name with an asterisk is a mask to LIST: what it fits is another room."""
    asking.who(end.model, "#te*")
    end.feed("@label=r1 :s 322 alice #team 2 :topic", "@label=r2 :s 315 alice #te* :End")
    assert [People((), frozenset(), "#te*"), Done("r2")] == end.shown


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
