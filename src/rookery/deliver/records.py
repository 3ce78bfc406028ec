"""What must be stored of what happened, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.names import Name
from rookery.core.room import Room
from rookery.store.base import RoomRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.deliver.epoch import Epoch


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


def undo_of(room: Room, before: RoomRow, epoch: Epoch) -> Callable[[], None]:
    """Return what takes back the change from `before` to what the room's topic and modes are now.

    What a later change has set stays, and its row that waits for the disk is put right.
    """
    after = room_row(room)

    def undo() -> None:
        if _topic_of(room_row(room)) == _topic_of(after):
            room.topic, room.topic_by, room.topic_at_ms = _topic_of(before)
        changed = set(before.modes) ^ set(after.modes)
        room.flags ^= {flag for flag in changed if (flag in room.flags) == (flag in after.modes)}
        if room.password == after.password:
            room.password = before.password
        if room.limit == after.limit:
            room.limit = before.limit
        if room.key in epoch.batch.rooms:
            epoch.batch.rooms[room.key] = room_row(room)

    return undo


def _topic_of(row: RoomRow) -> tuple[str, str, int]:
    return row.topic, row.topic_by, row.topic_at_ms
