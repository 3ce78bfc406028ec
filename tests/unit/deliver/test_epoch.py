"""The epoch against a writer whose commits end, or fail, when the test says so."""

import pytest
from tests.unit.deliver.stage import person, room, said

from rookery.core.clock import EPOCH_MS, IdClock
from rookery.deliver.epoch import Clocks, Epoch
from rookery.deliver.fanout import Fanout
from rookery.deliver.receipts import Receipts
from rookery.errors import StoreUnavailableError

MAX_OUTBOX_BYTES = 1000


class Writer:
    """Holds each batch until `finish`."""

    def __init__(self):
        self.submitted = []

    def submit(self, batch, done):
        self.submitted.append((batch, done))

    def finish(self, error=None):
        batch, done = self.submitted.pop(0)
        done(error)
        return batch


class Turns:
    """The event loop: what is to be called soon is called by `turn`."""

    def __init__(self):
        self.soon = []

    def turn(self):
        soon, self.soon[:] = [*self.soon], []
        for call in soon:
            call()


class Stage:
    """An epoch between a held writer and people who read."""

    def __init__(self):
        self.turns, self.writer = Turns(), Writer()
        self.fanout, self.receipts = Fanout(), Receipts(())
        clocks = Clocks(self.turns.soon.append, lambda: EPOCH_MS, IdClock(99))
        self.epoch = Epoch(self.fanout, self.receipts, self.writer, clocks, MAX_OUTBOX_BYTES)
        self.ann, self.bob = person("ann", 0), person("bob", 0)
        self.room = room("#a", self.ann, self.bob)
        self.told = []

    def says(self, text, undo=None):
        """Let ann say something in the room, stored."""
        message = said(self.ann, "#a", text)
        self.epoch.batch.messages.append(message)
        self.epoch.rows += 1
        self.epoch.waiting.append((self.told.append, text, undo))
        self.fanout.say(self.room, message, self.ann.sessions[0], None)
        self.epoch.touch()

    def replies(self, text):
        """Answer bob something that needs no store."""
        self.fanout.send(self.bob.sessions[0], f":{text}\r\n".encode())
        self.epoch.touch()

    def read(self, user=None):
        """Return the texts written to bob so far."""
        written = b"".join((user or self.bob).sessions[0].port.writes)
        return [line.rpartition(":")[2] for line in written.decode().split("\r\n")[:-1]]


@pytest.fixture
def stage():
    """Return an epoch, and two people in a room."""
    return Stage()


FULL = StoreUnavailableError("full")


def test_nothing_durable_is_flushed_at_the_end_of_the_turn(stage):
    """An epoch without rows needs no commit."""
    stage.replies("one")
    assert stage.read() == []
    stage.turns.turn()
    assert stage.read() == ["one"]
    assert stage.writer.submitted == []


def test_nothing_is_shown_before_it_is_stored(stage):
    """What is said is written to nobody, not its sender either, until the commit is done."""
    stage.says("one")
    stage.replies("two")
    stage.turns.turn()
    assert (stage.read(), stage.read(stage.ann)) == ([], [])
    batch = stage.writer.finish()
    assert [message.text for message in batch.messages] == ["one"]
    assert stage.read() == ["one", "two"]
    assert stage.read(stage.ann) == ["one"]


def test_one_write_for_an_epoch(stage):
    """All that an epoch has for a session leaves in one write."""
    stage.says("one")
    stage.replies("two")
    stage.says("three")
    stage.turns.turn()
    stage.writer.finish()
    assert len(stage.bob.sessions[0].port.writes) == 1
    assert stage.read() == ["one", "two", "three"]


def test_later_epoch_never_overtakes(stage):
    """While a commit is under way everything waits behind it, durable or not, as one epoch."""
    stage.says("one")
    stage.turns.turn()
    stage.replies("two")
    stage.turns.turn()
    stage.says("three")
    stage.turns.turn()
    assert len(stage.writer.submitted) == 1
    assert stage.read() == []
    stage.writer.finish()
    assert stage.read() == ["one"]
    stage.turns.turn()
    assert stage.read() == ["one"]
    stage.writer.finish()
    assert stage.read() == ["one", "two", "three"]


def test_failed_commit(stage):
    """What could not be stored is shown to nobody; its senders are told, and the rest is shown."""
    stage.says("one")
    stage.replies("two")
    stage.turns.turn()
    stage.writer.finish(FULL)
    assert stage.told == ["one"]
    assert stage.read() == ["two"]
    stage.turns.turn()
    stage.says("three")
    stage.turns.turn()
    stage.writer.finish()
    assert stage.read() == ["two", "three"]
    assert stage.told == ["one"]


def test_failed_commit_takes_along_what_was_decided_meanwhile(stage):
    """What was said while the failing commit was under way fails with it: it came behind."""
    stage.says("one")
    stage.turns.turn()
    stage.says("two")
    stage.replies("three")
    stage.writer.finish(FULL)
    stage.turns.turn()
    assert stage.writer.submitted == []
    assert stage.read() == ["three"]
    assert stage.told == ["one", "two"]
    stage.says("four")
    stage.turns.turn()
    assert [message.text for message in stage.writer.finish().messages] == ["four"]
    assert stage.read() == ["three", "four"]


def test_failure_is_told_in_its_place(stage):
    """The answer to a failed message goes out before what was decided after it."""
    stage.told = None
    stage.epoch.waiting.append((lambda _: stage.replies("failed"), "", None))
    stage.epoch.rows += 1
    stage.epoch.touch()
    stage.turns.turn()
    stage.replies("later")
    stage.writer.finish(FULL)
    stage.turns.turn()
    assert stage.read() == ["failed", "later"]


def test_undone_in_reverse_before_anybody_is_told(stage):
    """What was applied to the world is taken back, the last first, before the senders are told."""
    done = []
    stage.told = done
    for text in ("one", "two"):
        stage.epoch.waiting.append((done.append, text, lambda text=text: done.append(f"-{text}")))
        stage.epoch.rows += 1
    stage.epoch.touch()
    stage.turns.turn()
    stage.writer.finish(FULL)
    assert done == ["-two", "-one", "one", "two"]


def test_after_commit(stage):
    """An action comes behind all that was decided before it, and what it says behind that."""
    stage.says("one")
    stage.epoch.after_commit(lambda: stage.replies(f"behind {stage.read()}"))
    stage.turns.turn()
    assert stage.read() == []
    stage.writer.finish()
    stage.turns.turn()
    assert stage.read() == ["one", "behind ['one']"]


def test_after_commit_while_another_is_under_way(stage):
    """An action asked for during a commit waits for the next one too."""
    stage.says("one")
    stage.turns.turn()
    stage.says("two")
    stage.epoch.after_commit(lambda: stage.replies("behind"))
    stage.writer.finish()
    stage.turns.turn()
    stage.writer.finish()
    stage.turns.turn()
    assert stage.read() == ["one", "two", "behind"]


def test_slow_reader(stage):
    """A reader who is too far behind is cut off; nobody else notices."""
    port = stage.bob.sessions[0].port
    port.unsent = MAX_OUTBOX_BYTES + 1
    stage.says("one")
    stage.turns.turn()
    stage.writer.finish()
    assert port.aborted_with == "Reading too slowly: the rest comes when you reconnect"
    assert port.writes == []
    assert stage.read(stage.ann) == ["one"]


def test_reader_at_the_bound(stage):
    """A reader who is just not too far behind is served, however much is due now."""
    stage.bob.sessions[0].port.unsent = MAX_OUTBOX_BYTES
    stage.replies("one")
    stage.turns.turn()
    assert stage.read() == ["one"]


def test_who_is_gone_gets_nothing(stage):
    """A session without a way out is passed over."""
    session = stage.bob.sessions[0]
    stage.says("one")
    stage.turns.turn()
    port, session.port = session.port, None
    stage.writer.finish()
    assert port.writes == []


def test_receipt_behind_what_it_proves(stage):
    """The PING for a private message leaves in the same write, behind it."""
    session = stage.bob.sessions[0]
    stage.replies("psst")
    stage.receipts.delivered(session, 42, lambda: EPOCH_MS)
    stage.turns.turn()
    assert session.port.writes == [b":psst\r\nPING :rookery-63\r\n"]
    assert session.asked == ("bob", 99, 42)


def test_rows_of_receipts_ride_along(stage):
    """Watermarks go with the next commit, and make one of their own only when overdue."""
    stage.receipts.signed_in("bob", 1)
    stage.replies("one")
    stage.turns.turn()
    assert (stage.read(), stage.writer.submitted) == (["one"], [])
    stage.receipts.tick(stage.epoch.touch)
    stage.turns.turn()
    assert list(stage.writer.finish().mailboxes) == ["bob"]


def test_rows_of_receipts_come_again_after_a_failure(stage):
    """Watermarks that could not be stored go with the commit after."""
    stage.receipts.signed_in("bob", 1)
    stage.says("one")
    stage.turns.turn()
    stage.writer.finish(FULL)
    stage.says("two")
    stage.turns.turn()
    assert list(stage.writer.finish().mailboxes) == ["bob"]


def test_busy(stage):
    """An epoch is busy until all is stored and flushed."""
    assert not stage.epoch.is_busy()
    stage.says("one")
    assert stage.epoch.is_busy()
    stage.turns.turn()
    assert stage.epoch.is_busy()
    stage.writer.finish()
    stage.turns.turn()
    assert not stage.epoch.is_busy()


def test_commit_rest(stage):
    """At the very end what rides along is handed over without anybody waiting."""
    stage.epoch.commit_rest()
    assert stage.writer.submitted == []
    stage.receipts.signed_in("bob", 1)
    stage.epoch.commit_rest()
    assert list(stage.writer.finish().mailboxes) == ["bob"]
