"""What must be stored of what happened, as rows, and how it comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rookery.core import masks
from rookery.core.names import Name
from rookery.core.room import Room
from rookery.store.base import ListEntryRow, RoomRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rookery.store.base import Snapshot


def room_row(room: Room) -> RoomRow:
    """Return a room as it is kept, without its lists and ranks."""
    settings = {"forward": room.forward, "floor_id": room.floor_id, "since": room.since}
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
        settings=json.dumps({key: value for key, value in settings.items() if value}),
    )


def list_rows(room: Room) -> list[ListEntryRow]:
    """Return all masks of a room's lists."""
    return [
        ListEntryRow(letter, *entry)
        for letter, entries in room.lists.items()
        for entry in entries.values()
    ]


def restored_rooms(kept: Snapshot) -> dict[str, Room]:
    """Return the rooms that a start finds, by key, with nobody in them."""
    lists, ranks = kept.room_lists, kept.room_ranks
    rooms = [restored_room(row, lists.get(row.key, ()), ranks.get(row.key)) for row in kept.rooms]
    return {room.key: room for room in rooms if room.is_memorable}


def restored_metadata(kept: Snapshot, rooms: Mapping[str, Room]) -> dict[str, dict[str, str]]:
    """Return what accounts say about themselves, and give the rooms back what they say."""
    for key, values in kept.metadata.items():
        if key in rooms:
            rooms[key].metadata = dict(values)
    return {key: dict(values) for key, values in kept.metadata.items() if key not in rooms}


def restored_room(
    row: RoomRow,
    lists: Iterable[ListEntryRow] = (),
    ranks: Mapping[str, int] | None = None,
) -> Room:
    """Return a kept room, with nobody in it."""
    room = Room(Name(row.name, row.key), row.created_at_ms)
    room.founder = row.founder
    room.topic, room.topic_by, room.topic_at_ms = row.topic, row.topic_by, row.topic_at_ms
    room.password = row.password
    room.limit = row.limit
    settings = json.loads(row.settings or "{}")
    room.forward = settings.get("forward", "")
    room.floor_id = settings.get("floor_id", 0)
    room.since = settings.get("since", {})
    for letter, mask, by, at_ms in lists:
        if letter in room.lists:
            room.lists[letter][masks.key(mask)] = masks.Entry(mask, by, at_ms)
    room.kept_ranks = dict(ranks or {})
    room.flags = frozenset(row.modes)
    room.is_stored = True
    return room


def undo_of(room: Room) -> Callable[[], None]:
    """Return what puts the room's topic, modes, lists and ranks back to what they are now.

    Its name, and who is in it, are not touched.
    """
    before = restored_room(room_row(room), list_rows(room), room.kept_ranks)
    members = dict(room.members)

    def undo() -> None:
        room.topic, room.topic_by = before.topic, before.topic_by
        room.topic_at_ms, room.founder = before.topic_at_ms, before.founder
        room.password, room.limit, room.forward = before.password, before.limit, before.forward
        room.floor_id, room.since = before.floor_id, before.since
        room.lists, room.kept_ranks = before.lists, before.kept_ranks
        room.flags = before.flags
        for member in room.members:
            room.members[member] = members.get(member, room.members[member])

    return undo
