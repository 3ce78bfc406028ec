"""From lines to outboxes: one session, or everybody in a room.

What is said in a room during an epoch goes once onto the room's log. Sealing the log renders it
once per set of capabilities and hands the same bytes to all members. A log is sealed before
anything else reaches one of its members, so that everybody reads one order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rookery.deliver import render
from rookery.deliver.monitors import Monitors
from rookery.deliver.session import Unconditional

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.deliver.session import Session


class _Entry(NamedTuple):
    said: Said
    speaker: Session | None
    """The session that must not get everybody's copy; None where all get the same."""
    own: bytes
    """What the speaker gets instead: its labelled echo, or nothing."""


Outboxes: TypeAlias = "list[tuple[Session, list[bytes]]]"


class Fanout:
    """Appends to outboxes; `dirty` are the sessions with something to be flushed."""

    def __init__(self) -> None:
        self.dirty: list[Session] = []
        self.monitors = Monitors()
        self._logs: dict[Room, list[_Entry]] = {}

    def send(self, session: Session, line: bytes) -> None:
        """Append `line` (one or more whole lines), whatever becomes of this epoch."""
        self.send_once_stored(session, Unconditional(line))

    def send_once_stored(self, session: Session, line: bytes) -> None:
        """Append `line` (one or more whole lines), to be shown when this epoch is on disk."""
        if self._logs and session.user is not None:
            self._seal_rooms_of(session.user)
        if session.capture is not None:
            session.capture.append(line)
            return
        out = session.out
        if not out:
            self.dirty.append(session)
        out.append(line)

    def say(self, room: Room, said: Said, speaker: Session, own: bytes | None) -> None:
        """Send a message to all sessions in `room`.

        `own` is what `speaker` gets: None for the same as the others, empty for nothing; only
        a member gets anything.
        """
        before = speaker.spoke_in
        if before is not room:
            if before is not None and before in self._logs:
                self.seal(before)
            speaker.spoke_in = room
        log = self._logs.get(room)
        if log is None:
            log = self._logs[room] = []
        log.append(_Entry(said, None if own is None else speaker, own or b""))

    def seal(self, room: Room) -> None:
        """Move what is on the room's log into its members' outboxes."""
        log = self._logs.pop(room, None)
        if log is None:
            return
        speakers = {entry.speaker for entry in log if entry.speaker is not None}
        shared: dict[int, bytes] = {}
        for user in room.members:
            for session in user.sessions:
                if session in speakers:
                    data = _for_speaker(log, session)
                else:
                    caps = session.caps & render.SAID_CAPS
                    known = shared.get(caps)
                    if known is None:
                        known = b"".join([render.said(entry.said, caps) for entry in log])
                        shared[caps] = known
                    data = known
                if data:
                    self._append(session, data)

    def seal_all(self) -> None:
        """Seal every log: the end of an epoch's reading."""
        for room in list(self._logs):
            self.seal(room)

    def take(self) -> Outboxes:
        """Take away all that was gathered; call behind `seal_all`."""
        outboxes = [(session, session.out) for session in self.dirty]
        for session in self.dirty:
            session.out = []
        self.dirty = []
        return outboxes

    def is_clear(self, session: Session) -> bool:
        """Seal the logs of its person's rooms, and return whether nothing waits for the session."""
        if self._logs and session.user is not None:
            self._seal_rooms_of(session.user)
        return not session.out

    def take_alone(self, session: Session) -> list[bytes]:
        """Take away what waits for this one session."""
        chunks, session.out = session.out, []
        if chunks:
            self.dirty.remove(session)
        return chunks

    def to_rooms(self, rooms: Iterable[Room], leaving_out: User | None = None) -> list[Session]:
        """Return the sessions of all members of `rooms`, each once, with the rooms' logs sealed."""
        people: dict[User, None] = {}
        for room in rooms:
            self.seal(room)
            people.update(dict.fromkeys(room.members))
        if leaving_out is not None:
            people.pop(leaving_out, None)
        return [session for user in people for session in user.sessions]

    def _seal_rooms_of(self, user: User) -> None:
        if len(self._logs) < len(user.rooms):
            open_rooms = [room for room in self._logs if room in user.rooms]
        else:
            open_rooms = [room for room in user.rooms if room in self._logs]
        for room in open_rooms:
            self.seal(room)

    def _append(self, session: Session, data: bytes) -> None:
        out = session.out
        if not out:
            self.dirty.append(session)
        out.append(data)


def _for_speaker(log: list[_Entry], session: Session) -> bytes:
    return b"".join(
        entry.own if entry.speaker is session else render.said(entry.said, session.caps)
        for entry in log
    )
