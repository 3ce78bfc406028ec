"""What was meant, and what came of it: each client writes down what it sends, and what it sees."""

from typing import NamedTuple

ROOM_SIGN = "#"


class Sent(NamedTuple):
    """A text that its sender has handed to the connection, or will; each text is sent of once."""

    sender: str
    target: str
    text: str


class Echo(NamedTuple):
    """The server's word that it has stored a text: the sender's own copy of it."""

    sender: str
    target: str
    text: str
    msgid: str


class Seen(NamedTuple):
    """A message as one connection has received it."""

    connection: int
    reader: str
    sender: str
    target: str
    text: str
    msgid: str
    is_replayed: bool
    """Whether it came as something that was said before: the mailbox, or what was missed."""


class Kept(NamedTuple):
    """A message as it stands in the history of its conversation."""

    sender: str
    target: str
    text: str
    msgid: str


class Book:
    """All that has happened in one run, in order, by kind."""

    def __init__(self):
        self.sent = []
        self.echoes = []
        self.seen = []
        self.stored_before = []
        """Texts of resends that the server called stored before, as `Sent`."""
        self.refused = []
        """What the server said was not stored: its code, and the `Sent`."""
        self.dedupers = set()
        """Names of those who drop a msgid that they have shown before."""


def is_private(message):
    """Return whether a message went to a person."""
    return not message.target.startswith(ROOM_SIGN)


def conversation(message):
    """Return what a message belongs to: the room, or the two people in the order of the ABC."""
    if is_private(message):
        return "|".join(sorted((message.sender, message.target)))
    return message.target
