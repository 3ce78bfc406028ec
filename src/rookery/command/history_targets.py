"""CHATHISTORY TARGETS: with whom, and in which rooms, one has talked. IRCv3 draft/chathistory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.batched import send_batched
from rookery.command.place import private_floor
from rookery.command.selector import BadSelectorError, Point, point_at
from rookery.core.access import history_floor
from rookery.core.clock import time_of
from rookery.deliver.render import iso_time

if TYPE_CHECKING:
    from rookery.command.call import Call

NAME: Final = "TARGETS"
_PARAMS: Final = 4
_MAX_READ: Final = 10_000
"""Correspondents that are looked through for the newest of them (unit: people)."""


def has_count(call: Call, expected: int) -> bool:
    """Return whether there are as many parameters as expected; answer where there are not."""
    count = len(call.params)
    if count != expected:
        text = "Insufficient parameters" if count < expected else "Too many parameters"
        call.fail("INVALID_PARAMS", call.params[0].upper(), text)
    return count == expected


def limit_of(call: Call) -> int:
    """Return how many are asked for, at most a page; 0 after an answer that it is no number."""
    text = call.params[-1]
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return min(int(text[:9]), call.node.rules.history_page)
    shown = text.split(" ")[0] or "*"
    call.fail("INVALID_PARAMS", call.params[0].upper(), shown, "The limit is a number above 0")
    return 0


def targets(call: Call) -> None:
    """Send the talks whose last message lies between two times, the earliest first."""
    if not has_count(call, _PARAMS):
        return
    points = _points(call)
    limit = limit_of(call) if points else 0
    if not points or not limit:
        return
    start, end = points
    is_forward = start.before_id <= end.before_id
    first, last = (start, end) if is_forward else (end, start)
    _read(call, first.after_id, last.before_id, limit if is_forward else -limit)


def _points(call: Call) -> list[Point]:
    points = []
    for text in call.params[1:3]:
        try:
            points.append(point_at(text.removeprefix("timestamp=")))
        except BadSelectorError:
            shown = text.split(" ")[0] or "*"
            call.fail("INVALID_PARAMS", NAME, shown, "Give two times: timestamp=…")
            return []
    return points


def _read(call: Call, after_id: int, before_id: int, limit: int) -> None:
    """Read and send at most `limit` targets: the first, or the last where it is negative."""
    node, user = call.node, call.user
    store, world, name = node.store, node.world, user.key
    floor_id = private_floor(user)
    rooms = {room.key: (room.name, history_floor(room, user)) for room in user.rooms}

    def work() -> list[tuple[int, str]]:
        people = store.correspondents(name, max(after_id, floor_id), before_id, _MAX_READ)
        found = [(last_id, key) for key, last_id in people]
        for key, last_id in store.latest(rooms).items():
            if max(after_id, rooms[key][1]) < last_id < before_id:
                found.append((last_id, key))
        found.sort()
        return found[:limit] if limit > 0 else found[limit:]

    def shown(key: str) -> str:
        if key in rooms:
            return rooms[key][0]
        person = world.users.get(key)
        return person.nick if person else world.accounts.get(key, key)

    call.wait_for(
        node.readers,
        work,
        lambda found: _send(call, [(shown(key), last_id) for last_id, key in found]),
        lambda _: call.fail("MESSAGE_ERROR", NAME, "*", "Messages could not be retrieved"),
    )


def _send(call: Call, found: list[tuple[str, int]]) -> None:
    server = call.node.replies.server
    lines = [
        f":{server} CHATHISTORY {NAME} {name} {iso_time(time_of(last_id))}\r\n".encode()
        for name, last_id in found
    ]
    send_batched(call, "draft/chathistory-targets", lines)
