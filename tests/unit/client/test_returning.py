import pytest
from tests.unit.client.wire_end import WireEnd

from rookery.client import asking
from rookery.client.model import LOST
from rookery.client.shown import (
    AskResend,
    BackOnline,
    Done,
    NotSent,
    Refused,
    Said,
    Sent,
    WaitingSent,
    Went,
)
from rookery.wire.message import parse

TIME = "time=2026-11-22T10:00:00.000Z"


@pytest.fixture
def end():
    """A server's end of alice, signed in."""
    end = WireEnd()
    end.connect()
    return end


def in_room(end):
    """Put alice and bob into #team, with one message read."""
    request = asking.join(end.model, "#team")
    end.enter("#team", "bob")
    end.feed(f"@label={request.label} :s ACK", f"@{TIME};msgid=m1 :bob!u@h PRIVMSG #team :read")
    end.forget()


def back(end, after_s=41.0):
    """Lose the connection and sign in again; return the lines said after the welcome."""
    end.lose()
    end.now_s += after_s
    end.model.connected(end.now_s)
    end.feed(f":s CAP * LS :{OFFER}", f":s CAP * ACK :{ASKED}", "AUTHENTICATE +")
    end.feed(":s 900 * * alice :in", ":s 903 * :ok")
    end.forget()
    end.feed(":s 001 alice :Welcome")
    return end.lines


OFFER = (
    "server-time message-tags echo-message batch labeled-response standard-replies sasl "
    "draft/chathistory rookery.chat/resend"
)
ASKED = OFFER


def texts(shown):
    """Return the texts of what was said."""
    return [one.text for one in shown if isinstance(one, Said)]


def labels(lines):
    """Return the labels of lines."""
    return [parse(line).tags.get("label") for line in lines]


def test_back_with_nothing_to_do(end):
    """The return is told with how long it took."""
    assert back(end) == []
    assert [BackOnline(41.0, 0)] == end.shown


def test_line_on_its_way_is_sent_again_with_its_id(end):
    """What was not answered is sent again, first and in order, with the same id."""
    asking.say(end.model, "bob", "one")
    before = parse(end.lines[0])
    end.lose()
    asking.say(end.model, "bob", "two")
    again, new = map(parse, back(end))
    assert before.tags["rookery.chat/id"] == again.tags["rookery.chat/id"]
    assert [again.params[1], new.params[1]] == ["one", "two"]
    assert end.shown == []
    end.feed(
        f"@label={again.tags['label']} :s NOTE PRIVMSG ALREADY_STORED bob x :there",
        f"@label={new.tags['label']};msgid=b :alice!u@h PRIVMSG bob :two",
    )
    assert [BackOnline(41.0, 2), Sent("bob", "one"), Sent("bob", "two")] == end.shown


def test_refused_line_is_not_counted(end):
    """A waiting line that the server refuses is told as such."""
    end.lose()
    asking.say(end.model, "bob", "one")
    (label,) = labels(back(end))
    end.feed(f"@label={label} :s 401 alice bob :nobody")
    assert [BackOnline(41.0, 0), NotSent("bob", "one", "401", "nobody")] == end.shown


def test_lost_again_on_the_way_back(end):
    """A second loss keeps the lines, counts from the first, and what came is shown."""
    end.lose()
    asking.say(end.model, "bob", "one")
    back(end, 10.0)
    end.feed("@msgid=x :bob!u@h PRIVMSG alice :meanwhile", "PING :rookery-1")
    assert (end.shown, end.lines) == ([], [])
    end.lose()
    assert texts(end.shown) == ["meanwhile"]
    (label,) = labels(back(end, 10.0))
    end.feed(f"@label={label};msgid=a :alice!u@h PRIVMSG bob :one")
    assert [BackOnline(20.0, 1), Sent("bob", "one")] == end.shown


def test_receipt_waits_until_it_is_shown(end):
    """PONG leaves when what came before it has been shown."""
    end.lose()
    asking.say(end.model, "bob", "one")
    (label,) = labels(back(end))
    end.feed("@msgid=x :bob!u@h PRIVMSG alice :meanwhile", "PING :rookery-1")
    assert end.lines == []
    end.feed(f"@label={label};msgid=a :alice!u@h PRIVMSG bob :one")
    assert texts(end.shown) == ["meanwhile"]
    assert end.lines == ["PONG rookery-1"]


def test_room_that_lets_nobody_in_again(end):
    """A room that is closed now is told, and lines for it are refused by the server."""
    in_room(end)
    (label,) = labels(back(end))
    end.feed(f"@label={label} :s 475 alice #team :it has a key")
    shown = end.shown
    assert BackOnline(41.0, 0) == shown[0]
    assert Refused("join", "#team", "475", "it has a key") == shown[1]


def test_lines_wait_for_the_room(end):
    """Lines for a room leave when it is entered again."""
    in_room(end)
    end.lose()
    asking.say(end.model, "#team", "waiting")
    join = back(end)
    assert [line.split(" ", 1)[1] for line in join] == ["JOIN #team"]
    end.enter("#team", "bob")
    end.feed(f"@label={labels(join)[0]} :s ACK")
    history_line, say_line = end.lines
    assert "CHATHISTORY" in history_line
    assert say_line.endswith("PRIVMSG #team waiting")


def test_question_lost_with_the_connection(end):
    """A question whose answer went down is told so, and is over."""
    asking.who(end.model)
    end.lose()
    assert [Refused("who", "", LOST, ""), Done("r2")] == end.shown


def test_leaving_offline(end):
    """A room that is left offline is not entered again."""
    in_room(end)
    end.lose()
    asking.leave(end.model, "#team")
    assert [Went("#team")] == end.shown
    assert back(end) == []


def test_leaving_offline_with_lines_waiting(end):
    """What was said before leaving is sent, then the room is left without another word."""
    in_room(end)
    end.lose()
    asking.say(end.model, "#team", "bye")
    asking.leave(end.model, "#team")
    join = back(end)
    end.enter("#team", "bob")
    end.feed(f"@label={labels(join)[0]} :s ACK")
    (line,) = [line for line in end.lines if "PRIVMSG" in line]
    (label,) = labels([line])
    end.forget()
    end.feed(f"@label={label};msgid=q :alice!u@h PRIVMSG #team :bye")
    part = end.lines
    assert part[-1].endswith("PART #team")
    end.forget()
    end.feed(f"@label={labels(part)[-1]} :alice!u@h PART #team")
    assert not [one for one in end.shown if isinstance(one, Went)]


def test_old_lines_are_asked_about(end):
    """Lines that have waited more than ten minutes are sent only with consent."""
    end.lose()
    asking.say(end.model, "bob", "old")
    end.now_s += 601
    end.model.now_s = end.now_s
    asking.say(end.model, "bob", "new")
    assert back(end, 0) == []
    asked = AskResend((("bob", "old"),), may_have_arrived=False)
    assert [BackOnline(601.0, 0), asked] == end.shown
    asking.answer_resend(end.model, is_yes=True)
    old, new = end.lines
    assert (":" + old.split()[-1], ":" + new.split()[-1]) == (":old", ":new")
    end.feed(f"@label={labels([old])[0]};msgid=a :alice!u@h PRIVMSG bob :old")
    assert [Sent("bob", "old"), WaitingSent(1)] == end.shown


def test_old_lines_are_dropped(end):
    """What is not wanted any more is forgotten, and the rest goes on."""
    end.lose()
    asking.say(end.model, "bob", "old")
    end.now_s += 601
    end.model.now_s = end.now_s
    asking.say(end.model, "bob", "new")
    back(end, 0)
    asking.answer_resend(end.model, is_yes=False)
    (line,) = end.lines
    assert line.endswith("PRIVMSG bob new")
    assert len(end.model.outbox) == 1


def test_server_that_cannot_tell_a_resend():
    """Without rookery.chat/resend, a line that may have arrived is asked about."""
    end = WireEnd()
    end.connect(offered="echo-message")
    asking.say(end.model, "bob", "one")
    end.lose()
    end.connect(offered="echo-message")
    end.lose()
    end.model.connected(end.now_s)
    end.feed(":s CAP * LS :echo-message", ":s CAP * ACK :echo-message")
    end.forget()
    end.feed(":s 001 alice :hi")
    assert AskResend((("bob", "one"),), may_have_arrived=True) == end.shown[-1]
