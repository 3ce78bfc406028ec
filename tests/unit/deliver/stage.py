"""What delivery is tried on: people with sessions that remember what is written to them."""

from rookery.core.events import Said
from rookery.core.names import Name
from rookery.core.room import Room
from rookery.core.user import User
from rookery.deliver.session import Session

SAID_ID = (1 << 20) * 1000
"""An id of one second after the beginning of 2024."""


class Port:
    """Remembers each write; `unsent` is what a slow reader has not taken; a broken one raises."""

    def __init__(self):
        self.is_broken = False
        self.writes = []
        self.unsent = 0
        self.aborted_with = None

    def write(self, data):
        assert self.aborted_with is None
        if self.is_broken:
            raise RuntimeError("the handler is closed")
        self.writes.append(data)

    def unsent_bytes(self):
        return self.unsent

    def abort(self, reason):
        self.aborted_with = reason


def person(nick, *caps_of_each, account=""):
    """Return a person with a session for each of the sets of capabilities."""
    user = User(Name(nick, nick), "~u", "host", nick.title())
    user.account = user.account_key = account
    for number, caps in enumerate(caps_of_each):
        session = Session(number, "host", Port())
        session.caps, session.user = caps, user
        user.sessions.append(session)
    return user


def room(name, *members):
    """Return a room with members."""
    made = Room(Name(name, name), 0)
    for member in members:
        enter(member, made)
    return made


def enter(user, entered):
    """Make a person a member."""
    entered.members[user] = 0
    user.rooms[entered] = None


def said(sender, target, text="hi", said_id=SAID_ID, command="PRIVMSG", tags=""):
    """Return a message of `sender`."""
    return Said(
        id=said_id,
        conversation=target,
        sender=sender.key,
        recipient="",
        source=sender.source,
        account=sender.account,
        command=command,
        target=target,
        text=text,
        tags=tags,
        client_id="",
    )
