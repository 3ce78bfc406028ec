import time

import pytest

from rookery.client import wording
from rookery.client.shown import (
    BackOnline,
    Entered,
    Invited,
    Kept,
    Missed,
    NotSent,
    People,
    Refused,
    Renamed,
    RoomList,
    Said,
    Topic,
    WaitingSent,
    Went,
    Why,
    Word,
)

TUESDAY = time.mktime((2026, 11, 24, 18, 2, 0, 0, 0, -1))
MISSED = Said("bob", "alice", "lunch?", at_ms=int(TUESDAY * 1000), is_missed=True)


@pytest.mark.parametrize(
    ("news", "line"),
    (
        (Missed(1), "1 message while you were away:"),
        (Missed(2, "#ops"), "2 messages in ops while you were away:"),
        (BackOnline(0.2, 0), "Back online after 1 s."),
        (BackOnline(41.4, 2), "Back online after 41 s. Sent 2 waiting lines."),
        (BackOnline(600.0, 1), "Back online after 10 min. Sent 1 waiting line."),
        (WaitingSent(3), "Sent 3 waiting lines."),
        (Kept("bob", is_known=True), "bob is offline: delivered when bob connects."),
        (NotSent("#x", "hi", "404", "No."), 'Not sent to x (No): "hi"'),
        (NotSent("a/b", "hi", "401", "No such nick"), 'Not sent to a/b (No such name): "hi"'),
        (
            Refused("join", "#a b", "479", "That channel name cannot be used"),
            "You cannot enter a b: That room name cannot be used.",
        ),
        (Went("#x"), "Left x."),
        (Went("#x", "bob", "be nice"), "bob removed you from x (be nice)."),
        (Renamed("a", "b", is_me=False), "a is b now."),
        (Renamed("a", "b", is_me=True), "You are b now."),
        (Topic("#x", "news"), "Topic of x: news"),
        (Topic("#x", "news", "bob"), "bob set the topic of x: news"),
        (Invited("bob", "#x"), 'bob invites you to x. Type "join x" to go.'),
        (Word("\x1b[2J"), "Server: ␛[2J."),
        (Word("Shutting down"), "Server: Shutting down."),
        (Word("- line of the day"), "Server: - line of the day"),
        (Word("Really?"), "Server: Really?"),
        (
            People(("me", "bob"), frozenset({"bob"}), "#x"),
            "2 people are in x: me (you), bob (away).",
        ),
        (People((), frozenset(), "#x"), "There is no room x, or nobody is in it."),
        (
            People(("me",), frozenset(), unlisted=1),
            "1 person is here: me (you). 1 more is here, but not listed.",
        ),
        (
            People(("a",), frozenset(), unlisted=2),
            "1 person is here: a. 2 more are here, but not listed.",
        ),
        (
            People(("bob",), frozenset(), "#x", 1),
            "1 person is in x: bob. 1 more is there, but not listed.",
        ),
        (People((), frozenset(), "#x", 2), "2 people are in x, but not listed."),
        (RoomList(()), "Nobody is in a room now. Make one: join NAME"),
        (RoomList((("#x", 1), ("#y", 2))), "2 rooms: x (1 person), y (2 people)."),
        (People(("me",), frozenset()), "1 person is here: me (you)."),
        (Said("me", "bob", "hi", is_own=True), "To bob (from another session): hi"),
        (
            Said("bob", "#team", "my typo is mended", is_room=True, edit_of="m1"),
            "bob (in team, edited): my typo is mended",
        ),
        (Said("bob", "me", "12:30", edit_of="m1"), "bob (private, edited): 12:30"),
    ),
)
def test_lines(news, line):
    """Each thing that happens has its sentence."""
    assert wording.tell(news, "me") == [line]


def test_room_that_is_entered_again_is_not_told():
    """After a lost connection the room is simply there."""
    assert wording.tell(Entered("#x", ("a",), Why.RETURNED), "a") == []


def test_time_of_what_was_missed():
    """The weekday within a week, the date before it."""
    assert wording.said(MISSED, TUESDAY + 3600) == "[Tue 18:02] bob (private): lunch?"
    later = TUESDAY + wording.WEEK_S
    assert wording.said(MISSED, later) == "[2026-11-24 18:02] bob (private): lunch?"


def test_many_names():
    """A room of hundreds does not flood the screen."""
    shown = wording.names(f"n{number}" for number in range(50))
    assert shown.endswith("n39 and 10 more")
