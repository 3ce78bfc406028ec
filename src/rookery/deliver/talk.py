"""Messages: from `Said` to the batch and to the outboxes of people.

This is the hot path: what is done here is done for every message, or for every recipient. What is
said in rooms goes onto their logs: see `fanout`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from rookery.deliver.multiline import LINES_CAPS
from rookery.wire.capabilities import ECHO_MESSAGE, SELF_MESSAGE

if TYPE_CHECKING:
    from rookery.core.events import Said
    from rookery.core.user import User
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.receipts import Receipts
    from rookery.deliver.session import Session

Rendered: TypeAlias = Callable[[int, str], bytes]
"""Makes the lines of one or more messages for capabilities and for tags of one recipient."""


def _say_nothing(_: str) -> None:
    """Tell a recipient nothing of what was not stored: its sender is told."""


class Talk:
    """Stores messages, and delivers those to people, on this node."""

    def __init__(
        self, fanout: Fanout, epoch: Epoch, receipts: Receipts, now_ms: Callable[[], int]
    ) -> None:
        self._fanout = fanout
        self._epoch = epoch
        self._receipts = receipts
        self._now_ms = now_ms

    def store(self, run: Sequence[Said]) -> None:
        """Put a message, or several of one conversation, into this epoch's batch."""
        epoch, last = self._epoch, run[-1]
        epoch.batch.messages += run
        epoch.rows += len(run)
        if last.recipient:
            self._receipts.mailed(last.recipient, last.id)

    def to_person(self, said: Said, person: User, rendered: Rendered) -> None:
        """Deliver what `rendered` makes to every session of `person`; `said` is the last of it.

        What is behind a mailbox that is still read (`held`) may be several messages too: they are
        of one epoch, have ids without a gap, and so are stored, proven and let go together.
        """
        line = b""
        line_caps = -1
        for session in person.sessions:
            caps = session.caps & LINES_CAPS
            if caps != line_caps:
                line, line_caps = rendered(caps, ""), caps
            if not line:
                continue
            if session.held is not None:
                self._hold(session, said.id, line)
                continue
            self._fanout.send_once_stored(session, line)
            if said.command != "TAGMSG":
                self._receipts.delivered(session, said.id, self._now_ms)

    def _hold(self, session: Session, message_id: int, line: bytes) -> None:
        """Let a message wait until the mailbox is read, or is not stored."""
        if session.held is None:
            return
        session.held.append((message_id, line))

        def undo() -> None:
            if session.held is not None:
                session.held[:] = [one for one in session.held if one[0] != message_id]

        self._epoch.waiting.append((_say_nothing, "", undo))

    def to_own_others(self, sender: User, speaker: Session, rendered: Rendered) -> None:
        """Show the sender's other sessions what this one sent, where they understand it."""
        for session in sender.sessions:
            if session is not speaker and session.caps & (ECHO_MESSAGE | SELF_MESSAGE):
                line = rendered(session.caps, "")
                if line:
                    self._fanout.send_once_stored(session, line)
