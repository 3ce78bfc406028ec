import pytest
from tests.unit.client.conversation.front import NOON_MS, Front

from rookery.client.conversation import asks, outbox_file
from rookery.client.conversation.entry import State
from rookery.client.conversation.run import Run
from rookery.client.options import Options
from rookery.client.outbox import STALE_AFTER_S
from rookery.wire.message import parse


@pytest.fixture
def path(tmp_path):
    """Return the file of a device."""
    return tmp_path / "0.outbox.json"


@pytest.fixture
def front():
    """Alice, who has been in #team with bob and is offline."""
    front = Front()
    front.connect()
    front.join("team", "bob")
    front.drop()
    return front


def taken_over(path, clock_ms=NOON_MS):
    """Return the next run, not signed in, with what is kept."""
    later = Front()
    later.conversations.clock_ms = lambda: clock_ms
    outbox_file.take_over(later.conversations, path)
    return later


def kept(front, path, *, is_final):
    """Write what waits."""
    path.write_text(outbox_file.text_of(front.conversations, is_final=is_final))


def states(front, name):
    """Return text and state of what was said."""
    entries = front.conversation(name).entries
    return [(entry.text, entry.state) for entry in entries if entry.is_talk]


def test_line_of_an_orderly_end_is_sent_on_the_next_start(front, path):
    """It waits again, and leaves as soon as the person is signed in."""
    asks.message(front.conversations, "carol", "kept")
    kept(front, path, is_final=True)
    later = taken_over(path)
    assert states(later, "carol") == [("kept", State.WAITING)]
    later.connect_quietly()
    assert [line for line in later.lines if line.endswith("PRIVMSG carol kept")]


def test_line_that_may_have_been_sent_is_asked_about(front, path):
    """After a crash nobody knows what left last, so that nothing is posted twice unasked."""
    asks.message(front.conversations, "carol", "kept")
    kept(front, path, is_final=False)
    later = taken_over(path)
    later.connect_quietly()
    assert states(later, "carol") == [("kept", State.ASKED_ABOUT)]
    assert not [line for line in later.lines if "PRIVMSG" in line]
    later.drop()
    later.connect_quietly()
    assert not [line for line in later.lines if "PRIVMSG" in line]


def test_old_line_is_asked_about_after_a_restart(front, path):
    """Ten minutes count across runs."""
    asks.message(front.conversations, "carol", "old")
    kept(front, path, is_final=True)
    later = taken_over(path, NOON_MS + round(STALE_AFTER_S * 1000) + 1)
    later.connect_quietly()
    assert states(later, "carol") == [("old", State.ASKED_ABOUT)]


def test_lines_are_taken_over_once(front, path):
    """A crash right after the start must not send them again."""
    asks.message(front.conversations, "carol", "kept")
    kept(front, path, is_final=True)
    taken_over(path)
    again = taken_over(path)
    again.connect_quietly()
    assert states(again, "carol") == [("kept", State.ASKED_ABOUT)]


def test_correction_comes_back_in_its_original_s_place(path):
    """What waits is a correction still, and no line of its own."""
    front = Front()
    front.connect()
    front.say(3, "alice", "carol", "at 12", "a3")
    front.drop()
    asks.edit(front.conversations, "carol", front.last("carol").key, "at 13")
    kept(front, path, is_final=True)
    later = Front()
    later.connect()
    later.say(3, "alice", "carol", "at 12", "a3")
    later.forget()
    outbox_file.take_over(later.conversations, path)
    assert states(later, "carol") == [("at 13", State.WAITING)]
    assert next(iter(later.model.outbox)).tags == {"+rookery.chat/edit": "a3"}


def test_two_clients_of_one_person_keep_their_own_lines(tmp_path):
    """What waits in a running client is not sent by another one that is started beside it."""
    options = Options("127.0.0.1", 9, "alice", None, None, None, tmp_path)
    first, second = Run(options, "alice"), None
    first.session.sign_in("alice")
    with first.using() as conversations:
        asks.message(conversations, "bob", "mine")
    first.save(first.to_save())
    second = Run(options, "alice")
    second.be("carol")
    second.be("alice")
    assert list(second.session.model.outbox) == []
    second.stop()
    first.stop()


def test_unreadable_file_is_told(tmp_path, front, path):
    """It is an error of its own, for the caller to tell."""
    path.write_text('{"is_final": true, "outbox": [1]}')
    with pytest.raises(TypeError):
        taken_over(path)


def test_ids_are_fresh(front, path):
    """The device may have used higher ones since, behind which the old count as stored."""
    asks.message(front.conversations, "carol", "kept")
    old = next(iter(front.model.outbox)).client_id
    kept(front, path, is_final=True)
    later = Front()
    for _ in range(5):
        later.model.next_client_id()
    outbox_file.take_over(later.conversations, path)
    later.connect_quietly()
    line = parse(next(line for line in later.lines if "PRIVMSG carol" in line))
    assert line.tags["rookery.chat/id"] != old
