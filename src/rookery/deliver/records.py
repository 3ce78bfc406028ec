"""What must be stored of what happened, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.names import Name
from rookery.core.room import Room
from rookery.store.base import RoomRow

if TYPE_CHECKING:
    from collections.abc import Callable


def room_row(room: Room) -> RoomRow:
    """Return a room as it is kept."""
    return RoomRow(
        key=room.key,
        name=room.name,
        created_at_ms=room.created_at_ms,
        founder=room.founder,
        topic=room.topic,
        topic_by=room.topic_by,
        topic_at_ms=room.topic_at_ms,
        modes="".join(sorted(room.flags)),
        password=room.password,
        limit=room.limit,
    )


def restored_room(row: RoomRow) -> Room:
    """Return a kept room, with nobody in it."""
    room = Room(Name(row.name, row.key), row.created_at_ms)
    room.founder = row.founder
    room.topic, room.topic_by, room.topic_at_ms = row.topic, row.topic_by, row.topic_at_ms
    room.flags = frozenset(row.modes)
    room.password = row.password
    room.limit = row.limit
    return room


def undo_of(room: Room) -> Callable[[], None]:
    """Return what puts the room's topic and modes back to what they are now."""
    before = room_row(room)

    def undo() -> None:
        was = restored_room(before)
        room.topic, room.topic_by, room.topic_at_ms = was.topic, was.topic_by, was.topic_at_ms
        room.flags, room.password, room.limit = was.flags, was.password, was.limit

    return undo
