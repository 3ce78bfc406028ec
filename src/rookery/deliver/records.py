"""What must be stored of what happened, as rows, and how it comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from rookery.core import masks
from rookery.core.names import Name
from rookery.core.room import Room
from rookery.store.base import ListEntryRow, RoomRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rookery.core.user import User
    from rookery.deliver.epoch import Epoch
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


class RoomState(NamedTuple):
    """All of a room that is kept, but its name, and what rank each member has."""

    topic: tuple[str, str, int]
    founder: str
    flags: frozenset[str]
    password: str
    limit: int
    forward: str
    floor_id: int
    since: dict[str, int]
    lists: dict[str, dict[str, masks.Entry]]
    kept_ranks: dict[str, int]
    members: dict[User, int]


def kept_state(room: Room) -> RoomState:
    """Return what `undo_of` can bring back; call before a change."""
    return RoomState(
        (room.topic, room.topic_by, room.topic_at_ms),
        room.founder,
        room.flags,
        room.password,
        room.limit,
        room.forward,
        room.floor_id,
        dict(room.since),
        {letter: dict(entries) for letter, entries in room.lists.items()},
        dict(room.kept_ranks),
        dict(room.members),
    )


def undo_of(room: Room, before: RoomState, epoch: Epoch) -> Callable[[], None]:
    """Return what takes back the change from `before` to what the room is now.

    What a later change has set stays, and its row that waits for the disk is put right.
    """
    after = kept_state(room)

    def undo() -> None:
        now = kept_state(room)
        kept = {
            name: was
            for name, was, then, is_now in zip(RoomState._fields, before, after, now, strict=True)
            if was != then and then == is_now
        }
        changed = before.flags ^ after.flags
        room.flags ^= {flag for flag in changed if (flag in now.flags) == (flag in after.flags)}
        if "topic" in kept:
            room.topic, room.topic_by, room.topic_at_ms = before.topic
        for member in room.members:
            if now.members[member] == after.members.get(member):
                room.members[member] = before.members.get(member, now.members[member])
        for name in kept.keys() - {"topic", "flags", "members"}:
            setattr(room, name, kept[name])
        room.judge_anew()
        if room.key in epoch.batch.rooms:
            epoch.batch.rooms[room.key] = room_row(room)

    return undo
