"""How a room's owner and name change: what is stored of it, and who is told.

Source: IRCv3 draft/channel-rename. What the commands that own a room answer: docs/ext/room.md.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from rookery.core.events import RoomDropped, RoomRegistered, RoomRenamed
from rookery.deliver import render
from rookery.wire.capabilities import CHANNEL_RENAME, EXTENDED_JOIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.deliver.audience import Stage


def _renamed(stage: Stage, event: RoomRenamed) -> None:
    """Tell the members; those who know no RENAME see their own PART and JOIN instead.

    The handler of the command sends them the topic and the names.
    """
    room, old_name = event.room, event.old_name
    sessions = stage.members([room])
    is_other = room.key != event.name.key
    stage.apply(event)
    stage.move_room(event.old_key, room)
    able = [session for session in sessions if session.caps & CHANNEL_RENAME]
    line = f":{event.by} RENAME {old_name} {room.name} :{event.reason}"
    stage.tell(able, line, event.account, once_stored=True)
    if not is_other:
        return
    text = f" :{event.reason}" if event.reason else ""
    for user in room.members:
        unable = [one for one in user.sessions if not one.caps & CHANNEL_RENAME]
        line = f":{user.source} PART {old_name}{text}"
        stage.tell(unable, line, user.account, once_stored=True)
        line_for = partial(render.join_line, user, room.name)
        stage.tell_each(unable, line_for, EXTENDED_JOIN, user.account, once_stored=True)


def _registered(stage: Stage, event: RoomRegistered) -> None:
    stage.apply(event)
    stage.store_room(event.room)
    stage.store_lists(event.room)
    stage.store_ranks(event.room)


def _dropped(stage: Stage, event: RoomDropped) -> None:
    room = event.room
    stage.apply(event)
    stage.store_room(room)
    stage.store_ranks(room)
    stage.forget_gone([room])


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    RoomRenamed: _renamed,
    RoomRegistered: _registered,
    RoomDropped: _dropped,
}
