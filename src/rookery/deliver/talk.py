"""Messages: from `Said` to the batch and to the outboxes of people.

This is the hot path: what is done here is done for every message, or for every recipient. What is
said in rooms goes onto their logs: see `fanout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.deliver import render
from rookery.wire.capabilities import ECHO_MESSAGE, MESSAGE_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Said
    from rookery.core.user import User
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.receipts import Receipts
    from rookery.deliver.session import Session


class Talk:
    """Stores messages, and delivers those to people, on this node."""

    def __init__(
        self, fanout: Fanout, epoch: Epoch, receipts: Receipts, now_ms: Callable[[], int]
    ) -> None:
        self._fanout = fanout
        self._epoch = epoch
        self._receipts = receipts
        self._now_ms = now_ms

    def store(self, said: Said) -> None:
        """Put a message into this epoch's batch."""
        epoch = self._epoch
        epoch.batch.messages.append(said)
        epoch.rows += 1
        if said.recipient:
            self._receipts.mailed(said.recipient, said.id)

    def to_person(self, said: Said, person: User, speaker: Session) -> None:
        """Deliver to every session of `person`; to `speaker` itself only where it has no echo."""
        line = b""
        line_caps = -1
        for session in person.sessions:
            caps = session.caps & render.SAID_CAPS
            if caps != line_caps:
                line, line_caps = render.said(said, caps), caps
            if not line:
                continue
            if session.held is not None:
                session.held.append((said.id, line))
                continue
            if session is not speaker or not session.caps & ECHO_MESSAGE:
                self._fanout.send_once_stored(session, line)
            if said.command != "TAGMSG":
                self._receipts.delivered(session, said.id, self._now_ms)

    def to_own_others(self, said: Said, sender: User, speaker: Session) -> None:
        """Show the sender's other sessions what this one sent, where they understand it."""
        for session in sender.sessions:
            if session is not speaker and session.caps & ECHO_MESSAGE:
                line = render.said(said, session.caps)
                if line:
                    self._fanout.send_once_stored(session, line)


def replayed(said: Said, caps: int, reader: str, extra_tags: str, when: str) -> bytes:
    """Return a stored message for somebody who was not there.

    `reader` is the reading person's key; `when` is put before the text for a client that has no
    other way to see the time.
    """
    tags = render.said_tags(said.id, said.account, said.tags, caps)
    if said.client_id and said.sender == reader and caps & MESSAGE_TAGS:
        tags += f";rookery.chat/id={said.client_id}"
    tags = ";".join(part for part in (extra_tags, tags) if part)
    line = f":{said.source} {said.command} {said.target} :{when}{said.text}\r\n"
    return (f"@{tags} {line}" if tags else line).encode()
