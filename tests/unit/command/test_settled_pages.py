"""Pages of history beside a disk that is still writing: who waits for it, and who does not."""

import pytest
from tests.unit.command.house import House

CAPS = ("batch", "server-time", "message-tags", "draft/chathistory", "labeled-response")


@pytest.fixture
def house():
    """Return a house where `old` is stored in #rook and in #quiet; from now on the disk is held."""
    house = House()
    house.ann, house.bob = house.person("ann", *CAPS), house.person("bob", "message-tags")
    for name, *members in (("#rook", house.ann, house.bob), ("#quiet", house.ann)):
        house.room(name, *members)
    house.room("#busy", house.bob)
    house.ann.does("PRIVMSG #rook :old", "PRIVMSG #quiet :old")
    (line,) = house.bob.heard()
    house.old = line.partition("msgid=")[2].partition(" ")[0]
    house.now_ms += 60_000
    house.disk.is_held = True
    return house


def _texts(lines):
    return [line.rpartition(":")[2] for line in lines if "PRIVMSG" in line]


def _then(house):
    """Return what ann hears once the disk has written."""
    house.disk.is_held = False
    house.turn()
    return _texts(house.ann.heard())


def test_other_talk_is_no_reason_to_wait(house):
    """A page of a room is read and sent while another room's message is on its way to the disk."""
    house.bob.does("PRIVMSG #busy :new")
    assert _texts(house.ann.does("CHATHISTORY LATEST #quiet * 5")) == ["old"]


def test_label(house):
    """Such an answer is a labelled response like any other."""
    house.bob.does("PRIVMSG #busy :new")
    opening, *_, closing = house.ann.does("@label=7 CHATHISTORY LATEST #quiet * 5")
    assert opening.startswith("@label=7 :irc.test BATCH +")
    assert closing.startswith(":irc.test BATCH -")


def test_what_was_said_before_the_question_is_waited_for(house):
    """The newest page has what was said before it was asked for, and so waits for the disk."""
    house.bob.does("PRIVMSG #rook :new")
    assert house.ann.does("CHATHISTORY LATEST #rook * 5") == []
    assert _then(house) == ["new", "old", "new"]


@pytest.mark.parametrize(
    ("question", "reads_at_once"),
    (
        ("LATEST #rook * 5", False),
        ("BEFORE #rook timestamp=2026-01-05T10:00:30.000Z 5", True),
        ("BEFORE #rook timestamp=2026-01-05T10:05:00.000Z 5", False),
        ("BEFORE #quiet timestamp=2026-01-05T10:05:00.000Z 5", True),
        ("AROUND #rook timestamp=2026-01-05T10:00:30.000Z 5", False),
    ),
)
def test_reading_waits_for_what_may_be_in_the_page(house, question, reads_at_once):
    """A page that ends before what is on its way, or is of another room, is read at once.

    The answer comes behind what was said meanwhile in any room that the asker is in.
    """
    house.bob.does("PRIVMSG #rook :new")
    house.readers.is_held = True
    house.ann.does(f"CHATHISTORY {question}")
    assert bool(house.readers.waiting) == reads_at_once
    house.readers.is_held = False
    house.turn()
    assert house.ann.heard() == []
    assert _then(house)[:2] == ["new", "old"]


def test_own_earlier_answers_come_first(house):
    """A page does not overtake what waits for the same client: the order of answers is kept."""
    house.bob.does("PRIVMSG ann :new")
    assert house.ann.does("CHATHISTORY LATEST #quiet * 5") == []
    assert _then(house) == ["new", "old"]


def test_gathering_epoch_comes_first(house):
    """Nor what was said since the disk began to write."""
    house.bob.does("PRIVMSG #busy :new")
    house.readers.is_held = True
    house.ann.does("CHATHISTORY LATEST #quiet * 5")
    house.bob.does("PRIVMSG #rook :newer")
    house.readers.is_held = False
    house.turn()
    assert house.ann.heard() == []
    assert _then(house) == ["newer", "old"]


def test_page_ends_where_it_was_asked_for(house):
    """What is said between question and answer is not in the page: it comes by itself."""
    house.disk.is_held, house.readers.is_held = False, True
    house.ann.does("CHATHISTORY LATEST #rook * 5")
    house.bob.does("PRIVMSG #rook :new")
    house.readers.is_held = False
    house.turn()
    assert _texts(house.ann.heard()) == ["new", "old"]


def test_redaction_on_its_way_is_waited_for(house):
    """What is being deleted is in no page that is asked for behind it."""
    house.disk.is_held = False
    house.ann.say(f"REDACT #rook {house.old}")
    house.disk.is_held = True
    house.turn()
    assert house.ann.does("CHATHISTORY LATEST #rook * 5") == []
    assert _then(house) == []


def test_next_lines_keep_their_order(house):
    """A line behind the question is carried out behind the answer, and waits for the disk."""
    house.bob.does("PRIVMSG #busy :new")
    page = house.ann.does("CHATHISTORY LATEST #quiet * 5", "PING after")
    assert _texts(page) == ["old"]
    assert not any("after" in line for line in page)
    house.disk.is_held = False
    house.turn()
    assert any("after" in line for line in house.ann.heard())
