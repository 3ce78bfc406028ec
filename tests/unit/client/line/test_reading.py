import pytest
from tests.unit.client.wire_end import OFFERED, WireEnd

from rookery.client import asking
from rookery.client.line.reading import Reading
from rookery.client.marks import Mark
from rookery.client.negotiation import READ
from rookery.client.news import Lost
from rookery.client.shown import Said

MARKERS = f"{OFFERED} draft/read-marker"


class Reader:
    """Somebody to whom all that is shown is printed."""

    def __init__(self, offered=MARKERS):
        self.reading = Reading()
        self.end = WireEnd()
        self.end.model.understood = READ
        self.offered = offered
        self.end.connect(offered=offered)

    def feed(self, *lines):
        """Hear lines of the server; return what is said to it by then, without tags."""
        self.end.feed(*lines)
        for news in self.end.shown:
            self.reading.hear(self.end.model, news)
        return self.lines()

    def lines(self):
        return [
            line.rpartition("@")[2].partition(" ")[2] if line[0] == "@" else line
            for line in self.end.lines
        ]

    def look(self):
        """Return what is told when the person has looked."""
        self.reading.tell(self.end.model)
        return self.lines()

    def enter(self):
        asking.join(self.end.model, "#team")
        self.end.enter("#team", "bob")
        self.end.forget()

    def come_back(self):
        self.end.lose()
        self.reading.hear(self.end.model, Lost(1.0, is_first=True))
        self.end.connect(offered=self.offered)

    def answer_unread(self, label, *messages):
        return self.feed(
            f"@label={label} :s BATCH +h chathistory bob",
            *(f"@batch=h;{said(*one)}" for one in messages),
            ":s BATCH -h",
        )


def at(second):
    """Return a time of the wire."""
    return f"2026-11-22T10:00:{second:02}.000Z"


def said(second, text="hi", sender="bob", target="alice"):
    """Return the tags and the line of a message, without the at sign before them."""
    return f"time={at(second)};msgid=m{second} :{sender}!u@h PRIVMSG {target} :{text}"


def mark(target, second):
    """Return the line of a marker."""
    return f"MARKREAD {target} timestamp={at(second)}"


@pytest.fixture
def reader():
    """Return alice, signed in."""
    return Reader()


def test_room_is_told_once_for_all_that_was_printed(reader):
    """A burst is one marker, at its newest message; the next look has nothing to tell."""
    reader.enter()
    assert reader.feed(*(f"@{said(second, target='#team')}" for second in (1, 2, 3))) == []
    assert reader.look() == [mark("#team", 3)]
    assert reader.look() == []
    reader.feed(f":s {mark('#team', 3)}")
    assert reader.look() == []


def test_marker_never_goes_back(reader):
    """What another device has read further is not told again."""
    reader.enter()
    reader.feed(f"@{said(1, target='#team')}", f":s {mark('#team', 5)}")
    assert reader.look() == []
    reader.feed(f"@{said(4, target='#team')}")
    assert reader.look() == []
    reader.feed(f"@{said(6, target='#team')}")
    assert reader.look() == [mark("#team", 6)]


@pytest.mark.parametrize("unread", ((), ((1,),), ((1,), (2, "mine", "alice", "bob"))))
def test_person_is_told_when_all_that_is_unread_was_printed(reader, unread):
    """Who waits says nothing; then the marker is asked for, then what came behind it."""
    assert reader.feed(f"@{said(1)}") == []
    assert reader.look() == ["MARKREAD bob"]
    (asked,) = reader.feed(":s MARKREAD bob timestamp=2026-11-22T09:00:00.000Z")
    assert asked == "CHATHISTORY AFTER bob timestamp=2026-11-22T09:00:00.000Z 100"
    assert reader.answer_unread("r1", *unread) == [mark("bob", 1)]
    assert reader.feed(f":s {mark('bob', 1)}", f"@{said(3)}") == []
    assert reader.look() == [mark("bob", 3)]


def test_what_waited_is_asked_about_at_once(reader):
    """Who comes, reads what waited and goes has read it."""
    lines = (":s BATCH +m rookery.chat/mailbox", f"@batch=m;{said(1)}", ":s BATCH -m")
    assert reader.feed(*lines) == ["MARKREAD bob"]
    reader.feed(":s MARKREAD bob *")
    assert reader.answer_unread("r1", (1,)) == []
    assert reader.look() == [mark("bob", 1)]


def test_what_came_since_the_person_looked_is_not_read(reader):
    """The answers may come late: only what stood there at Enter counts as read."""
    reader.feed(f"@{said(1)}")
    reader.look()
    reader.feed(":s MARKREAD bob *", f"@{said(2)}")
    assert reader.answer_unread("r1", (1,), (2,)) == [mark("bob", 1)]


def test_marker_goes_over_nothing_that_was_not_printed(reader):
    """What only another device was given stays unread until the person reads it there."""
    reader.feed(f"@{said(5)}")
    reader.look()
    reader.feed(":s MARKREAD bob *")
    assert reader.answer_unread("r1", (2, "elsewhere"), (5,)) == []
    assert reader.look() == []
    (asked,) = reader.feed(f":s {mark('bob', 2)}")
    assert asked == f"CHATHISTORY AFTER bob timestamp={at(2)} 100"
    assert reader.answer_unread("r2", (5,)) == [mark("bob", 5)]


def test_history_that_is_refused_tells_nothing(reader):
    """Where the server cannot say what is unread, nothing is marked."""
    reader.feed(f"@{said(5)}")
    reader.look()
    reader.feed(":s MARKREAD bob *")
    assert reader.feed("@label=r1 :s FAIL CHATHISTORY MESSAGE_ERROR LATEST bob :no") == []
    assert reader.look() == []


def test_person_is_asked_about_again_after_a_lost_connection(reader):
    """Meanwhile something may have gone to another device."""
    reader.feed(f"@{said(1)}")
    reader.look()
    reader.feed(":s MARKREAD bob *")
    assert reader.answer_unread("r1", (1,)) == [mark("bob", 1)]
    reader.come_back()
    assert reader.feed(f"@{said(9)}") == []
    assert reader.look() == ["MARKREAD bob"]


def test_server_without_markers_is_told_nothing():
    """Nothing is told, and nothing is kept to be told."""
    reader = Reader(OFFERED)
    reader.enter()
    assert reader.feed(f"@{said(1)}", f"@{said(2, target='#team')}") == []
    assert reader.look() == []


def test_refused_marker_is_nothing_to_the_person(reader):
    """A refusal is not shown: nobody asked for it."""
    reader.end.feed(":s FAIL MARKREAD INTERNAL_ERROR #team :You have too many")
    assert reader.end.shown == []


@pytest.mark.parametrize(
    ("marker", "since"), ((8, f"timestamp={at(8)}"), (2, "msgid=m5"), (None, "msgid=m5"))
)
def test_room_begins_behind_what_was_read_on_any_device(reader, marker, since):
    """Whoever enters a room reads from where they, or another device of theirs, have ended."""
    reader.end.model.mark_of = lambda _: Mark("m5", at(5))
    enter(reader, marker)
    assert reader.lines() == [f"CHATHISTORY AFTER #team {since} 100"]


@pytest.mark.parametrize(("marker", "lines"), ((8, 1), (None, 0)))
def test_room_that_was_only_read_elsewhere(reader, marker, lines):
    """On a new computer a room begins behind the marker; without one, with what is said now."""
    enter(reader, marker)
    assert len(reader.lines()) == lines


def test_room_in_which_another_session_is(reader):
    """What was said there before this client entered is read up before the join is done."""
    model = reader.end.model
    reader.feed(":alice!u@h JOIN #team", f":s {mark('#team', 1)}", *NAMES)
    reader.feed(f"@{said(2, 'before', target='#team')}")
    request = asking.join(model, "#team")
    reader.end.forget()
    reader.end.feed(*NAMES, f"@label={request.label} :s ACK")
    assert reader.lines() == [f"CHATHISTORY AFTER #team timestamp={at(1)} 100"]
    reader.end.forget()
    reader.end.feed(
        "@label=r2 :s BATCH +h chathistory #team",
        f"@batch=h;{said(2, 'before', target='#team')}",
        ":s BATCH -h",
    )
    _, missed, done = reader.end.shown
    assert isinstance(missed, Said)
    assert (missed.text, done.request) == ("before", request.label)


NAMES = (":s 353 alice = #team :alice bob", ":s 366 alice #team :End")


def enter(reader, marker):
    """Enter #team, of which the server has this marker."""
    asking.join(reader.end.model, "#team")
    reader.end.forget()
    told = [f":s {mark('#team', marker)}"] if marker else [":s MARKREAD #team *"]
    reader.end.feed(f"@time={at(30)} :alice!u@h JOIN #team", *told, *NAMES)
