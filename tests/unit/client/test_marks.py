import json
import stat

import pytest

from rookery.client.marks import MAX_ROOMS, WRITE_EVERY_S, Mark, Marks
from rookery.client.rooms import Rooms
from rookery.client.shown import Entered, Said, Why
from rookery.client.state import StateFolder


class Clock:
    """A clock that stands still."""

    now_s = 100.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    """The clock of all marks of a test."""
    return Clock()


@pytest.fixture
def marks(tmp_path, clock):
    """Return a function: the marks of one more run."""
    return lambda name="alice": Marks(StateFolder(tmp_path), "s:1", name, clock)


def said(msgid, room="#team"):
    """Return a message of a room."""
    return Said("bob", room, "hi", at_ms=1_000, msgid=msgid, is_room=True)


def test_what_is_shown_is_read(marks):
    """The last message that was shown is the mark of the next run; names fold."""
    run = marks()
    run.shown(said("m1"), Rooms())
    run.shown(said("m2"), Rooms())
    run.shown(said("m3", "#other"), Rooms())
    run.write()
    assert marks("Alice").mark("#Team") == Mark("m2", "1970-01-01T00:00:01.000Z")
    assert marks("bob").mark("#team") is None


def test_room_where_nothing_was_said(marks):
    """The time of entering counts, as long as no message was read."""
    rooms = Rooms()
    room = rooms.take("#team")
    room.is_wanted = True
    room.heard("", "2026-11-22T10:00:00.000Z")
    run = marks()
    run.shown(Entered("#team", (), Why.ASKED), rooms)
    assert run.mark("#team") == Mark("", "2026-11-22T10:00:00.000Z")
    run.shown(said("m1"), rooms)
    run.shown(Entered("#team", (), Why.ASKED), rooms)
    assert run.mark("#team").msgid == "m1"


def test_room_of_another_session(marks):
    """A room that was not entered here is not read here."""
    rooms = Rooms()
    rooms.take("#team").heard("", "2026-11-22T10:00:00.000Z")
    run = marks()
    run.shown(Entered("#team", (), Why.ELSEWHERE), rooms)
    assert run.mark("#team") is None


def test_written_now_and_then(marks, clock):
    """The first is written at once, the next a moment later: little is lost by kill -9."""
    run = marks()
    run.shown(said("m1"), Rooms())
    run.write_if_due()
    run.shown(said("m2"), Rooms())
    run.write_if_due()
    assert marks().mark("#team").msgid == "m1"
    clock.now_s += WRITE_EVERY_S
    run.write_if_due()
    assert marks().mark("#team").msgid == "m2"


def test_two_clients_of_one_person(marks):
    """Each writes only what it has read."""
    first, second = marks(), marks()
    first.shown(said("m1"), Rooms())
    second.shown(said("m2", "#other"), Rooms())
    first.write()
    second.write()
    assert [marks().mark(room).msgid for room in ("#team", "#other")] == ["m1", "m2"]


def test_bounded(marks):
    """The rooms that were read longest ago are forgotten."""
    run = marks()
    for number in range(MAX_ROOMS + 1):
        run.shown(said("m", f"#r{number}"), Rooms())
    run.write()
    assert marks().mark("#r0") is None
    assert marks().mark("#r1").msgid == "m"


@pytest.mark.parametrize("content", ("{", "[]", '{"#team": 1}', '{"#team": ["m", 1]}'))
def test_strange_content(tmp_path, marks, content):
    """What is not ours counts for nothing, and is replaced."""
    run = marks()
    run.shown(said("m1"), Rooms())
    run.write()
    (file,) = (tmp_path / "marks").glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text(content)
    assert marks().mark("#team") is None
    run.shown(said("m2"), Rooms())
    run.write()
    assert json.loads(file.read_text()).keys() == {"#team"}
