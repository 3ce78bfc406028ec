"""Where people talk, as seen by one who wants to read: which conversations, and from when on.

A room's history is for its members, from where the room lets them read. A private conversation is
for the two accounts; a guest reads only what was said since the guest took the nick, since the
nick may have been another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rookery.command import names
from rookery.core.access import history_floor
from rookery.core.names import conversation_key
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.user import User


class Place(NamedTuple):
    """A conversation, the id above which the asker may read it, and how it is called."""

    conversation: str
    floor_id: int
    name: str


def place(call: Call, target: str) -> Place | None:
    """Return the room or private conversation that `target` means, where the asker may read it."""
    user, world = call.user, call.node.world
    if names.is_room_name(target):
        room = world.rooms.get(fold(target))
        if room is None or user not in room.members:
            return None
        return Place(room.key, history_floor(room, user), room.name)
    if not target or not target.isprintable() or set(target) & set(" ,*?!@:"):
        return None
    key = fold(target)
    person = world.users.get(key)
    shown = person.nick if person else world.accounts.get(key, target)
    return Place(conversation_key(user.key, key), private_floor(user), shown)


def private_floor(user: User) -> int:
    """Return the id above which the person may read private conversations of their nick."""
    owns_nick = bool(user.account_key) and user.account_key == user.key
    return user.mail_floor_id if owns_nick else user.signed_in_id
