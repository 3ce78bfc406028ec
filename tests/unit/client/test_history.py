import pytest
from tests.unit.client.wire_end import WireEnd

from rookery.client import asking
from rookery.client.marks import Mark
from rookery.client.shown import (
    BackOnline,
    Done,
    Entered,
    Missed,
    Said,
    Why,
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


def rejoin(end):
    """Let alice into #team again; return the label of the history that is asked for."""
    (label,) = labels(back(end))
    end.enter("#team", "bob")
    end.feed(f"@label={label} :s ACK")
    lines = end.lines
    assert lines[0].endswith("CHATHISTORY AFTER #team msgid=m1 100")
    return labels(lines)[0]


def history(end, label, *messages):
    """Answer a CHATHISTORY with (id, text) pairs."""
    end.feed(f"@label={label} :s BATCH +h chathistory #team")
    end.feed(*(f"@batch=h;{TIME};msgid={i} :bob!u@h PRIVMSG #team :{t}" for i, t in messages))
    end.feed(":s BATCH -h")


def test_room_is_entered_again_and_what_was_missed_follows(end):
    """After the return the room is told what was said meanwhile, in order and once."""
    in_room(end)
    label = rejoin(end)
    end.feed(f"@{TIME};msgid=m4 :bob!u@h PRIVMSG #team :live")
    entered = Entered("#team", ("alice", "bob"), Why.RETURNED)
    assert [BackOnline(41.0, 0), entered] == end.shown[:2]
    history(end, label, ("m2", "missed"), ("m3", "missed too"), ("m4", "live"))
    shown = end.shown
    assert Missed(2, "#team") == shown[0]
    assert texts(shown) == ["missed", "missed too", "live"]


def test_history_of_several_pages(end):
    """Full pages are followed by the next, until one is not full."""
    in_room(end)
    label = rejoin(end)
    history(end, label, *((f"a{number}", f"{number}") for number in range(100)))
    (line,) = end.lines
    assert line.endswith("CHATHISTORY AFTER #team msgid=a99 100")
    end.forget()
    history(end, labels([line])[0], ("b", "last"))
    shown = end.shown
    assert Missed(101, "#team") == shown[0]
    assert texts(shown)[-1] == "last"


def test_loss_while_history_is_fetched(end):
    """What was fetched is shown, and the next return goes on behind it."""
    in_room(end)
    label = rejoin(end)
    history(end, label, *((f"a{number}", f"{number}") for number in range(100)))
    end.feed(f"@{TIME};msgid=z :bob!u@h PRIVMSG #team :live")
    end.forget()
    end.lose()
    assert len(texts(end.shown)) == 101
    (label,) = labels(back(end))
    end.enter("#team", "bob")
    end.feed(f"@label={label} :s ACK")
    assert end.lines[0].endswith("CHATHISTORY AFTER #team msgid=a99 100")


def test_history_without_an_id(end):
    """Where nothing was read yet, the time of entering is where history begins."""
    request = asking.join(end.model, "#team")
    end.enter("#team")
    end.feed(f"@label={request.label} :s ACK")
    end.forget()
    (label,) = labels(back(end))
    end.enter("#team")
    end.feed(f"@label={label} :s ACK")
    since = "timestamp=2026-11-22T10:00:00.000Z"
    assert end.lines[0].endswith(f"CHATHISTORY AFTER #team {since} 100")


def test_history_that_the_server_has_not(end):
    """An id that means nothing to the server is given up for the time."""
    in_room(end)
    label = rejoin(end)
    end.feed(f"@label={label} :s FAIL CHATHISTORY INVALID_PARAMS AFTER :what?")
    assert "timestamp=" in end.lines[0]


def test_room_of_an_earlier_run(end):
    """A room that was read before this run tells what was said since, before the join is done."""
    end.model.mark_of = {"#team": Mark("m1", "2026-11-22T09:00:00.000Z")}.get
    request = asking.join(end.model, "#team")
    end.forget()
    end.enter("#team", "bob")
    end.feed(f"@label={request.label} :s ACK")
    (line,) = end.lines
    assert line.endswith("CHATHISTORY AFTER #team msgid=m1 100")
    assert [Entered("#team", ("alice", "bob"), Why.ASKED)] == end.shown
    history(end, labels([line])[0], ("m2", "missed"))
    missed, said, done = end.shown
    assert Missed(1) == missed
    assert said.text == "missed"
    assert Done(request.label) == done


def test_nothing_missed_since_an_earlier_run(end):
    """Where nothing was said, nothing is told."""
    end.model.mark_of = {"#team": Mark("", "2026-11-22T09:00:00.000Z")}.get
    request = asking.join(end.model, "#team")
    end.forget()
    end.enter("#team")
    end.feed(f"@label={request.label} :s ACK")
    (line,) = end.lines
    assert line.endswith("CHATHISTORY AFTER #team timestamp=2026-11-22T09:00:00.000Z 100")
    end.forget()
    history(end, labels([line])[0])
    assert [Done(request.label)] == end.shown
