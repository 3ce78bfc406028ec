"""Messages: from `Said` to rows and outboxes.

This is the hot path: what is done here is done for every message, or for every recipient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.names import conversation_key
from rookery.deliver import render
from rookery.deliver.epoch import Waiting
from rookery.deliver.session import Durable
from rookery.store.base import MessageRow
from rookery.wire.capabilities import ECHO_MESSAGE, MESSAGE_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.receipts import Receipts
    from rookery.deliver.session import Session


class Talk:
    """Stores and delivers messages on this node."""

    def __init__(
        self, fanout: Fanout, epoch: Epoch, receipts: Receipts, now_ms: Callable[[], int]
    ) -> None:
        self._fanout = fanout
        self._epoch = epoch
        self._receipts = receipts
        self._now_ms = now_ms

    def in_room(self, room: Room, said: Said, speaker: Session, own: bytes | None) -> None:
        """Deliver to a room; `own` as for `Fanout.say`."""
        self._fanout.say(room, said, speaker, own)

    def to_person(self, said: Said, person: User, speaker: Session) -> None:
        """Deliver to every session of `person`, and to the sender's other sessions that echo."""
        lines: dict[int, bytes] = {}
        for session in person.sessions:
            if session is speaker:
                continue
            line = self._line(said, session.caps, lines)
            if line:
                self._to_session(session, said, line)
        if person is not said.sender:
            self.to_own_others(said, speaker)

    def to_own_others(self, said: Said, speaker: Session) -> None:
        """Show the sender's other sessions what this one sent, where they understand it."""
        others = said.sender.sessions
        if len(others) > 1:
            for session in others:
                if session is not speaker and session.caps & ECHO_MESSAGE:
                    line = self._line(said, session.caps, {})
                    if line:
                        self._fanout.send(session, line)

    def store_room(self, room: Room, said: Said, tell: Callable[[], None]) -> None:
        """Put a room's message into this epoch's batch; `tell` answers when it fails."""
        self._store(_row(said, room.key, ""), tell)

    def store_private(self, said: Said, recipient: str, tell: Callable[[], None]) -> None:
        """Put a private message for the key `recipient` into this epoch's batch."""
        sender = said.sender.key
        self._receipts.mailed(recipient)
        self._store(_row(said, conversation_key(sender, recipient), recipient), tell)

    def _store(self, row: MessageRow, tell: Callable[[], None]) -> None:
        epoch = self._epoch
        epoch.batch.messages.append(row)
        epoch.rows += 1
        epoch.waiting.append(Waiting(tell, None))

    def _line(self, said: Said, caps: int, lines: dict[int, bytes]) -> bytes:
        caps &= render.SAID_CAPS
        line = lines.get(caps)
        if line is None:
            line = lines[caps] = Durable(render.said(said, caps))
        return line

    def _to_session(self, session: Session, said: Said, line: bytes) -> None:
        if session.held is not None:
            session.held.append((said.id, line))
            return
        self._fanout.send(session, line)
        if said.command != "TAGMSG":
            self._receipts.delivered(session, said.id, self._now_ms())


def _row(said: Said, conversation: str, recipient: str) -> MessageRow:
    return MessageRow(
        said.id,
        conversation,
        said.sender.key,
        recipient,
        said.source,
        said.account,
        said.command,
        said.target,
        said.text,
        said.tags,
        said.client_id,
    )


def replayed(row: MessageRow, caps: int, reader: str, extra_tags: str, when: str) -> bytes:
    """Return a stored message for somebody who was not there.

    `reader` is the reading person's key; `when` is put before the text for a client that has no
    other way to see the time.
    """
    tags = render.said_tags(row.id, row.account, row.tags, caps)
    if row.client_id and row.sender == reader and caps & MESSAGE_TAGS:
        tags += f";rookery.chat/id={row.client_id}"
    tags = ";".join(part for part in (extra_tags, tags) if part)
    line = f":{row.source} {row.command} {row.target} :{when}{row.text}\r\n"
    return (f"@{tags} {line}" if tags else line).encode()
