"""Events to everybody whom they concern: apply to the world, store what is durable, render.

One function per kind of event. Messages go another way: see `talk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rookery.core.events import (
    AwaySet,
    Event,
    InvisibleSet,
    Joined,
    LoggedIn,
    ModesSet,
    NameRegistered,
    Parted,
    Renamed,
    RoomMade,
    SignedIn,
    SignedOut,
    TopicSet,
)
from rookery.deliver import render
from rookery.deliver.records import room_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rookery.core.modes import ModeChange
    from rookery.core.room import Room
    from rookery.core.world import World
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.session import Session


class Publisher:
    """Delivers events on this node."""

    def __init__(
        self, world: World, fanout: Fanout, epoch: Epoch, now_ms: Callable[[], int]
    ) -> None:
        self._world = world
        self._fanout = fanout
        self._epoch = epoch
        self._now_ms = now_ms

    def deliver(self, event: Event) -> None:
        """Apply `event` and append its lines to the outboxes of all whom it concerns."""
        match event:
            case Joined(user, room):
                self._joined(event)
            case Parted(user, room, reason):
                audience = self._fanout.to_rooms([room])
                self._world.apply(event)
                text = f" :{reason}" if reason else ""
                self._send(audience, f":{user.source} PART {room.name}{text}", user.account)
            case SignedOut(user, reason):
                audience = self._fanout.to_rooms(user.rooms, leaving_out=user)
                self._world.apply(event)
                self._send(audience, f":{user.source} QUIT :{reason}", user.account)
            case Renamed(user, _, old_source, name):
                audience = self._fanout.to_rooms(user.rooms, leaving_out=user)
                self._world.apply(event)
                everybody = [*user.sessions, *audience]
                self._send(everybody, f":{old_source} NICK {name.text}", user.account)
            case TopicSet(room, by, topic):
                self._world.apply(event)
                self._store_room(room)
                line = f":{by} TOPIC {room.name} :{topic}"
                self._send(self._fanout.to_rooms([room]), line, is_durable=True)
            case ModesSet(room):
                self._modes_set(event)
            case RoomMade(room, founder):
                self._world.apply(event)
                if founder:
                    self._store_room(room)
            case SignedIn() | LoggedIn() | AwaySet() | InvisibleSet() | NameRegistered():
                self._world.apply(event)
            case _:
                assert_never(event)

    def _joined(self, event: Joined) -> None:
        user, room = event.user, event.room
        self._fanout.seal(room)
        self._world.apply(event)
        at_ms = self._now_ms()
        lines: dict[int, bytes] = {}
        for session in self._fanout.to_rooms([room]):
            line = lines.get(session.caps)
            if line is None:
                text = render.join_line(user, room.name, session.caps)
                line = render.happened(text, session.caps, at_ms, user.account)
                lines[session.caps] = line
            self._fanout.send(session, line)

    def _modes_set(self, event: ModesSet) -> None:
        room = event.room
        self._world.apply(event)
        is_durable = any(change.member is None for change in event.changes)
        if is_durable:
            self._store_room(room)
        line = f":{event.by} MODE {room.name} {mode_words(event.changes)}"
        self._send(self._fanout.to_rooms([room]), line, is_durable=is_durable)

    def _store_room(self, room: Room) -> None:
        self._epoch.batch.rooms[room.key] = room_row(room)
        self._epoch.rows += 1

    def _send(
        self,
        sessions: Iterable[Session],
        line: str,
        account: str = "",
        *,
        is_durable: bool = False,
    ) -> None:
        at_ms = self._now_ms()
        lines: dict[int, bytes] = {}
        send = self._fanout.send_once_stored if is_durable else self._fanout.send
        for session in sessions:
            caps = session.caps & render.SAID_CAPS
            data = lines.get(caps)
            if data is None:
                data = lines[caps] = render.happened(line, caps, at_ms, account)
            send(session, data)


def mode_words(changes: tuple[ModeChange, ...]) -> str:
    """Return changes as MODE writes them: signs and letters, then the parameters."""
    letters = ""
    sign = ""
    for change in changes:
        wanted = "+" if change.is_on else "-"
        letters += (wanted if wanted != sign else "") + change.mode.letter
        sign = wanted
    return " ".join([letters, *(change.param for change in changes if change.param)])
