"""What events look like to whom they concern; `tests/unit/command` tries them in talk."""

from typing import get_args

import pytest
from tests.unit.deliver.stage import person, room

from rookery.core.clock import EPOCH_MS, IdClock
from rookery.core.events import Event, Joined, Parted, Renamed, SignedIn, SignedOut
from rookery.core.modes import BY_LETTER, ModeChange
from rookery.core.names import Name
from rookery.core.world import World
from rookery.deliver.epoch import Clocks, Epoch
from rookery.deliver.fanout import Fanout
from rookery.deliver.publish import HANDLERS, Publisher
from rookery.deliver.receipts import Receipts
from rookery.deliver.reply import Replies
from rookery.deliver.room_events import mode_words
from rookery.wire.capabilities import ACCOUNT_TAG, SERVER_TIME

TAGS = "@time=1970-01-01T00:00:00.007Z;account=ann "


@pytest.mark.parametrize(
    ("changes", "words"),
    (
        ([("+", "m", "")], "+m"),
        ([("+", "m", ""), ("+", "n", "")], "+mn"),
        ([("+", "m", ""), ("-", "n", ""), ("+", "s", "")], "+m-n+s"),
        ([("+", "o", "ann"), ("-", "v", "bob"), ("+", "l", "5")], "+o-v+l ann bob 5"),
    ),
)
def test_mode_words(changes, words):
    """Signs stand where they change, parameters behind all letters."""
    made = [ModeChange(sign == "+", BY_LETTER[letter], param) for sign, letter, param in changes]
    assert mode_words(tuple(made)) == words


def test_every_event_has_a_handler():
    """There is a way for each kind of event."""
    assert set(HANDLERS) == set(get_args(Event))


class Here:
    """A world in which ann, who has an account, and bob are in a room."""

    def __init__(self):
        self.fanout, world = Fanout(), World()
        clocks = Clocks(lambda _: None, lambda: EPOCH_MS, IdClock(99))
        epoch = Epoch(self.fanout, Receipts(()), None, clocks, 1000)
        self.publisher = Publisher(world, self.fanout, epoch, Replies("irc.test"), lambda: 7)
        self.ann = person("ann", 0, account="ann")
        self.bob = person("bob", SERVER_TIME | ACCOUNT_TAG, 0)
        for user in (self.ann, self.bob):
            world.apply(SignedIn(user))
        self.room = room("#a", self.ann, self.bob)
        world.rooms["#a"] = self.room

    def bob_reads(self, event):
        self.publisher.deliver(event)
        return [b"".join(session.out).decode() for session in self.bob.sessions]


@pytest.mark.parametrize(
    ("event", "line"),
    (
        (lambda here: Parted(here.ann, here.room, "tea"), ":ann!~u@host PART #a :tea\r\n"),
        (lambda here: Parted(here.ann, here.room, ""), ":ann!~u@host PART #a\r\n"),
        (lambda here: SignedOut(here.ann, "bye"), ":ann!~u@host QUIT :bye\r\n"),
        (
            lambda here: Renamed(here.ann, "ann", here.ann.source, Name("Eve", "eve")),
            ":ann!~u@host NICK Eve\r\n",
        ),
        (lambda here: Joined(here.ann, here.room, 0), ":ann!~u@host JOIN #a\r\n"),
    ),
)
def test_event_carries_time_and_account(event, line):
    """Each session reads an event with the tags that it asked for."""
    here = Here()
    assert here.bob_reads(event(here)) == [TAGS + line, line]


def test_who_left_reads_it_too():
    """Who parts reads it; who quits has gone."""
    here = Here()
    here.bob_reads(Parted(here.ann, here.room, ""))
    assert here.ann.sessions[0].out == [b":ann!~u@host PART #a\r\n"]
    here = Here()
    here.bob_reads(SignedOut(here.ann, "bye"))
    assert here.ann.sessions[0].out == []
