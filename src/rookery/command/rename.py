"""RENAME: another name for a room. IRCv3 draft/channel-rename."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.join import tell_entered
from rookery.command.row import Command
from rookery.core.access import check_has_rank, check_is_member
from rookery.core.events import RoomRenamed
from rookery.core.names import Name
from rookery.core.refusal import Refusal
from rookery.core.room import FOUNDER, OPERATOR
from rookery.wire.capabilities import CHANNEL_RENAME

if TYPE_CHECKING:
    from rookery.command.call import Call


def rename(call: Call) -> None:
    """Give a room another name; a registered one's is its founder's to change."""
    node, user = call.node, call.user
    room = names.room(node, call.params[0])
    check_is_member(room, user)
    check_has_rank(room, user, FOUNDER if room.is_registered else OPERATOR)
    try:
        name = names.room_name(node, call.params[1])
    except Refusal:
        wanted = call.params[1].partition(" ")[0].lstrip(":") or "*"
        call.fail("CANNOT_RENAME", room.name, wanted, "That channel name cannot be used")
        return
    taken = node.world.rooms.get(name.key)
    is_taken = taken is not None and taken is not room and taken.is_there
    if name.text == room.name or is_taken:
        text = "The channel name is already taken"
        call.fail("CHANNEL_NAME_IN_USE", room.name, name.text, text)
        return
    old_key, old_name = room.key, room.name
    back = RoomRenamed(room, name.key, name.text, Name(old_name, old_key), "", "")

    def undo() -> None:
        rooms = node.world.rooms
        # Somebody may have made a room of the old name meanwhile: it is theirs.
        if rooms.get(name.key) is room and rooms.get(old_key, room) is room:
            node.world.apply(back)

    call.on_store_failure(old_name, undo)
    reason = call.param(2)
    call.emit(RoomRenamed(room, old_key, old_name, name, user.source, reason, user.account))
    if room.key == old_key:
        return
    for member in room.members:
        for session in member.sessions:
            if not session.caps & CHANNEL_RENAME:
                tell_entered(node, session, room)


COMMANDS: Final = (
    Command(
        "RENAME",
        rename,
        2,
        "RENAME <#room> <#new> [:reason]",
        "Give a room another name; members, modes and history stay.",
        "IRCv3 draft/channel-rename",
    ),
)
