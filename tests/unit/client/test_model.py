import pytest
from tests.unit.client.wire_end import WireEnd

from rookery.client import asking
from rookery.client.shown import (
    Done,
    Kept,
    Missed,
    NotSent,
    PasswordChanged,
    Refused,
    Said,
    SecretMade,
    SecretProved,
    SecretUseless,
    Sent,
)

TIME = "time=2026-11-22T10:00:00.000Z"


@pytest.fixture
def end():
    """A server's end of alice, signed in."""
    end = WireEnd()
    end.connect()
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
