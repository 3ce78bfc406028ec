"""People and rooms for the domain's tests."""

import pytest

from rookery.core.events import Joined, RoomMade, SignedIn
from rookery.core.names import Name
from rookery.core.room import Room
from rookery.core.user import User
from rookery.core.world import World


class Stage:
    """A world, and short ways to fill it."""

    def __init__(self):
        self.world = World()

    def person(self, nick, account=""):
        user = User(Name(nick, nick.lower()), "~u", "host", "Somebody")
        user.account = user.account_key = account
        self.world.apply(SignedIn(user))
        return user

    def room(self, name, founder=""):
        room = Room(Name(name, name.lower()), 1)
        self.world.apply(RoomMade(room, founder))
        return room

    def join(self, user, room, rank=0):
        self.world.apply(Joined(user, room, rank))


@pytest.fixture
def stage():
    """Return an empty world with short ways to fill it."""
    return Stage()
