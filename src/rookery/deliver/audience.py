"""One event's way out: change the world, store what is durable, tell a set of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.core.access import is_shown_in
from rookery.core.events import Said
from rookery.deliver import render
from rookery.deliver.records import list_rows, room_row
from rookery.wire.standard import TAG_BOT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from rookery.core.events import Event
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.core.world import World
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.reply import Replies
    from rookery.deliver.session import Session


COMINGS: Final = frozenset({"JOIN", "PART", "QUIT", "NICK"})
"""What an auditorium (mode `u`) does not tell everybody, and so does not keep."""


class Happening(NamedTuple):
    """What happened in a room, as its history keeps it."""

    command: str
    text: str
    """What follows the room's name on the wire (after QUIT and NICK, which name none: all)."""
    source: str
    account: str
    sender: str = ""
    """The key of whose doing it was, where it was a person's who is there."""
    is_bot: bool = False


def by_person(command: str, text: str, user: User) -> Happening:
    """Return what a person did in a room; call before they have changed."""
    return Happening(command, text, user.source, user.account, user.key, user.is_bot)


class Stage:
    """What the handlers of events share."""

    def __init__(
        self,
        world: World,
        fanout: Fanout,
        epoch: Epoch,
        replies: Replies,
        now_ms: Callable[[], int],
    ) -> None:
        self._world = world
        self._fanout = fanout
        self._epoch = epoch
        self._replies = replies
        self._now_ms = now_ms
        self.server = replies.server
        self.monitors = fanout.monitors

    def apply(self, event: Event) -> None:
        """Make the event so in the world."""
        self._world.apply(event)

    def members(self, rooms: Iterable[Room], leaving_out: User | None = None) -> list[Session]:
        """Return the sessions of all members of `rooms`, each once; their logs are sealed."""
        return self._fanout.to_rooms(rooms, leaving_out)

    def onlookers(self, user: User, rooms: Collection[Room]) -> list[Session]:
        """Return the sessions of the others in `rooms` who may know that `user` is there."""
        others = self.members(rooms, leaving_out=user)
        if not any("u" in room.flags for room in rooms):
            return others
        return [
            one
            for one in others
            if any(one.user in room.members and is_shown_in(room, user, one.user) for room in rooms)
        ]

    def people(self) -> Iterable[User]:
        """Return everybody."""
        return self._world.users.values()

    def store_room(self, room: Room) -> None:
        """Put the room as it is now into this epoch's batch."""
        self._epoch.batch.rooms[room.key] = room_row(room)
        self._epoch.rows += 1
        if not room.is_stored:
            room.is_stored = True
            for key, value in room.metadata.items():
                self.store_metadata(room.key, key, value)

    def store_metadata(self, owner: str, key: str, value: str | None) -> None:
        """Put what an account or a kept room says into this epoch's batch."""
        self._epoch.batch.metadata[owner, key] = value
        self._epoch.rows += 1

    def store_certificate(self, fingerprint: str, account: str) -> None:
        """Put what a certificate proves (empty: nothing any more) into this epoch's batch."""
        self._epoch.batch.certificates[fingerprint] = account
        self._epoch.rows += 1

    def remove_account(self, key: str, at_id: int) -> None:
        """Let this epoch's batch remove the account."""
        self._epoch.batch.remove_account(key, at_id)
        self._epoch.rows += 1

    def store_floor(self, account: str, floor_id: int) -> None:
        """Let this epoch's batch keep from when on what was said to the account is its owner's."""
        self._epoch.batch.floors[account] = floor_id
        self._epoch.rows += 1

    def rooms_known_to(self, account: str) -> list[Room]:
        """Return the rooms that remember the account: a rank, or from when on it may read."""
        rooms = self._world.rooms.values()
        return [one for one in rooms if account in one.kept_ranks or account in one.since]

    def store_lists(self, room: Room) -> None:
        """Put all masks of the room's lists into this epoch's batch."""
        self._epoch.batch.room_lists[room.key] = list_rows(room)
        self._epoch.rows += 1

    def store_ranks(self, room: Room) -> None:
        """Put the ranks that accounts keep in the room into this epoch's batch."""
        self._epoch.batch.room_ranks[room.key] = dict(room.kept_ranks)
        self._epoch.rows += 1

    def move_room(self, old_key: str, room: Room) -> None:
        """Let the room, and all that is kept of it, have its new name in this epoch's batch."""
        self._epoch.batch.move_room(old_key, room_row(room))
        self._epoch.rows += 1
        room.is_stored = True

    def rooms_named(self, key: str) -> list[Room]:
        """Return the room of that name, if there is one."""
        room = self._world.rooms.get(key)
        return [] if room is None else [room]

    def forget_gone(self, rooms: Iterable[Room]) -> None:
        """Store of each room that is gone from the world that it is; call after people left."""
        for room in rooms:
            if room.is_stored and self._world.rooms.get(room.key) is not room:
                room.is_stored = False
                self._epoch.batch.remove_room(room.key, is_forgotten=False)
                self._epoch.rows += 1

    def record(self, room: Room, happening: Happening) -> int:
        """Make what happened in the room a part of its history; return its id, 0 for none.

        Nobody waits for it: it is shown also where it could not be stored.
        """
        epoch = self._epoch
        is_hidden = "u" in room.flags and happening.command in COMINGS
        if not epoch.keeps_events or is_hidden:
            return 0
        said = Said(
            id=epoch.next_id(),
            conversation=room.key,
            sender=happening.sender,
            recipient="",
            source=happening.source,
            account=happening.account,
            command=happening.command,
            target=room.name,
            text=happening.text,
            tags=TAG_BOT if happening.is_bot else "",
            client_id="",
        )
        epoch.batch.messages.append(said)
        epoch.rows += 1
        return said.id

    def answer(self, session: Session, code: str, *params: str) -> None:
        """Send one session a numeric; the last of `params` may be any text."""
        self._fanout.send(session, self._replies.numeric(session.nick, code, *params))

    def tell(
        self,
        sessions: Iterable[Session],
        line: str,
        account: str = "",
        *,
        once_stored: bool = False,
        is_bot: bool = False,
        message_id: int = 0,
    ) -> None:
        """Send `line` (without its end), with the tags that each session understands."""
        self.tell_each(
            sessions,
            lambda _: line,
            render.SAID_CAPS,
            account,
            once_stored=once_stored,
            is_bot=is_bot,
            message_id=message_id,
        )

    def tell_each(
        self,
        sessions: Iterable[Session],
        line_for: Callable[[int], str],
        caps_mask: int,
        account: str = "",
        *,
        once_stored: bool = False,
        is_bot: bool = False,
        message_id: int = 0,
    ) -> None:
        """Send what `line_for` makes of a session's capabilities, of which `caps_mask` count.

        It is called once per set of capabilities; an empty line is not sent. `account` and
        `is_bot` are of the person whose doing it is; `message_id` is what `record` returned.
        """
        at_ms = self._now_ms()
        lines: dict[int, bytes] = {}
        send = self._fanout.send_once_stored if once_stored else self._fanout.send
        caps_mask |= render.SAID_CAPS
        for session in sessions:
            caps = session.caps & caps_mask
            data = lines.get(caps)
            if data is None:
                line = line_for(caps)
                data = b""
                if line:
                    data = render.happened(
                        line, caps, at_ms, account, is_bot=is_bot, message_id=message_id
                    )
                lines[caps] = data
            if data:
                send(session, data)
