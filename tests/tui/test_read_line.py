"""The read line tells how many messages of others stand below it."""

import pytest
from tests.tui.office import said

from rookery.client.conversation.conversation import Conversation
from rookery.client.tui.reading import Reading
from rookery.client.tui.splice import Splice


@pytest.fixture
def conversation():
    """Return a room in which all is read."""
    return Conversation("#team", entries=[said("a", "bob", "old")], has_older=False)


def come(reading, *entries, is_attended=False):
    """Have messages come in, which count as unread until they are read."""
    conversation = reading.conversation
    at = len(conversation.entries)
    conversation.entries.extend(entries)
    others = [entry for entry in entries if not entry.is_own]
    conversation.unread += len(others)
    if others and not conversation.new_from_key:
        conversation.new_from_key = others[0].key
    reading.changed(Splice(at, 0, len(entries)))
    reading.look_for_news(is_attended=is_attended)


def line(reading):
    """Return above which entry the line stands, and its number."""
    look = reading.blocks.look
    return look.new_from_key, look.new_count


def test_each_message_that_comes_unseen_is_counted(conversation):
    """What comes one by one while nobody looks is counted as what comes together."""
    reading = Reading(conversation, 80, 24)
    come(reading, said("b", "bob", "one", 1))
    assert line(reading) == ("b", 1)
    come(reading, said("c", "carol", "two", 2), said("d", "me", "mine", 3, is_own=True))
    come(reading, said("e", "bob", "three", 4))
    assert line(reading) == ("b", 3)


def test_what_is_read_keeps_its_number(conversation):
    """Reading takes nothing from the line, and what is seen as it comes adds nothing."""
    reading = Reading(conversation, 80, 24)
    come(reading, said("b", "bob", "one", 1), said("c", "bob", "two", 2))
    conversation.unread = 0
    reading.look_for_news(is_attended=True)
    come(reading, said("d", "bob", "three", 3), is_attended=True)
    assert line(reading) == ("b", 2)
    conversation.unread = 0
    reading.look_for_news(is_attended=True)
    come(reading, said("e", "bob", "four", 4))
    assert line(reading) == ("b", 4)


def test_line_of_what_came_before_it_was_opened(conversation):
    """A conversation that is opened later tells all that stands below its line."""
    conversation.entries += [said("b", "bob", "one", 1), said("c", "bob", "two", 2)]
    conversation.new_from_key, conversation.unread = "b", 2
    assert line(Reading(conversation, 80, 24)) == ("b", 2)
