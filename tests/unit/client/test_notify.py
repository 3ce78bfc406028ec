import pytest

from rookery.client import notify
from rookery.client.conversation.conversation import Conversation
from rookery.client.conversation.entry import Entry, Kind
from rookery.client.notify import Notice

ROOM, PERSON = Conversation("#team"), Conversation("bob")


def said(text="hi", **more):
    """Return a message of bob's."""
    return Entry("1", 1000, Kind.SAID, "bob", text, **more)


@pytest.mark.parametrize(
    ("conversation", "entry", "is_looked_at", "is_worth_it"),
    (
        (ROOM, said(), False, False),
        (ROOM, said(is_mention=True), False, True),
        (ROOM, said(is_mention=True), True, False),
        (PERSON, said(), False, True),
        (PERSON, said(), True, False),
        (PERSON, said(is_own=True), False, False),
        (PERSON, said(is_redacted=True), False, False),
        (ROOM, Entry("1", 1000, Kind.EVENT, "bob"), False, False),
    ),
)
def test_which_message_is_worth_a_notice(conversation, entry, is_looked_at, is_worth_it):
    """Private ones and mentions, unless the person looks at them."""
    assert notify.is_worth_it(conversation, entry, is_looked_at=is_looked_at) is is_worth_it


def test_notice_names_sender_and_room():
    """Several at once are one notice: the last, and how many there are."""
    assert notify.notice([(PERSON, said("psst"))]) == Notice("bob", "psst")
    many = [(PERSON, said()), (ROOM, said("alice: look\nhere"))]
    assert notify.notice(many) == Notice("bob in team (and 1 more)", "alice: look here")


def test_notice_cannot_drive_the_terminal():
    """What others wrote ends no escape sequence and begins none."""
    told = notify.notice([(PERSON, said("\x07\x1b]0;gotcha\x07"))])
    codes = notify.escape_codes(told)
    assert codes.count("\x07") == 2
    assert codes.count("\x1b") == 2
