"""Proof that messages have arrived: PING behind them, PONG back.

A name's watermark is the highest private message that it is known to have received. It moves on
proof only, and never back; what lies above it is sent again at the next sign-in.
At most one receipt is outstanding per session, and one is asked for per `ASK_EVERY_MS`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rookery.store.base import MailboxRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rookery.deliver.session import Session

ASK_EVERY_MS: Final = 1000
"""A busy recipient proves once a second: one PING line in a thousand messages."""
TOKEN: Final = "rookery-"
NOTHING: Final[Mapping[str, Sequence[int]]] = MappingProxyType({})


class Receipts:
    """The watermarks of all names, and who owes a receipt."""

    def __init__(
        self, rows: Iterable[MailboxRow], waiting: Mapping[str, Sequence[int]] = NOTHING
    ) -> None:
        self.mailboxes = {row.key: row for row in rows}
        self._waiting = {name: array("Q", ids) for name, ids in waiting.items() if ids}
        """Name to the ids of what waits for it, in order: 8 bytes for each message."""
        self.changed: dict[str, MailboxRow] = {}
        """Rows to be stored; they ride along with the next commit, or make one when overdue."""
        self.is_overdue = False
        self._newest = {name: ids[-1] for name, ids in waiting.items() if ids}
        """Name to the highest private message that is stored for it, or will be with its epoch.
        A name that is missing had nothing above its watermark at the start, and nothing since."""
        self._to_ask: list[Session] = []
        self._later: list[Session] = []

    def known(self, name: str) -> bool:
        """Return whether the name has ever signed in."""
        row = self.mailboxes.get(name)
        return row is not None and row.seen_at_ms > 0

    def watermark(self, name: str) -> int:
        """Return the highest id proven received by `name`; 0 for none."""
        row = self.mailboxes.get(name)
        return row.watermark if row else 0

    def signed_in(self, name: str, now_ms: int) -> None:
        """Remember that the name was here."""
        self._store(MailboxRow(name, self.watermark(name), now_ms))

    def mailed(self, name: str, message_id: int) -> None:
        """Remember that a private message is being stored for the name."""
        self._newest[name] = message_id
        if name not in self.mailboxes:
            self._store(MailboxRow(name, 0, 0))

    def left(self, name: str, message_id: int) -> None:
        """Count a message for somebody who is away; what is delivered at once is not counted."""
        waiting = self._waiting.get(name)
        if waiting is None:
            waiting = self._waiting[name] = array("Q")
        waiting.append(message_id)

    def unleft(self, name: str, message_id: int) -> None:
        """Count a message no longer that could not be stored."""
        waiting = self._waiting.get(name)
        if waiting is not None and message_id in waiting:
            waiting.remove(message_id)

    def waiting_count(self, name: str) -> int:
        """Return how many messages wait for the name."""
        waiting = self._waiting.get(name)
        return len(waiting) if waiting is not None else 0

    def first_waiting(self, name: str) -> int:
        """Return the id of what has waited longest for the name; 0 for nothing."""
        waiting = self._waiting.get(name)
        return waiting[0] if waiting else 0

    def forgotten(self, before_id: int) -> None:
        """Count no longer what is older than history allows."""
        for name in list(self._waiting):
            self._count_above(name, before_id - 1)

    def may_be_owed(self, name: str) -> bool:
        """Return whether messages may be waiting for the name; where not, none is.

        The store knows for certain: what waited may have been erased since.
        """
        row = self.mailboxes.get(name)
        return row is not None and self._newest.get(name, 0) > row.watermark

    def delivered(self, session: Session, message_id: int, now_ms: Callable[[], int]) -> None:
        """Note that a private message went onto the session's outbox."""
        if not session.owed_id and session.asked is None:
            is_paced = now_ms() - session.asked_at_ms < ASK_EVERY_MS
            (self._later if is_paced else self._to_ask).append(session)
        session.owed_id = message_id

    def gave_up(self, name: str, upto_id: int) -> None:
        """Owe the name nothing up to `upto_id`: its account is gone."""
        self._move(name, upto_id)

    def renamed(self, session: Session) -> None:
        """Forget what was not asked about: it belongs to the name before."""
        session.owed_id = 0

    def due(self) -> list[Session]:
        """Return the sessions to be asked in this epoch, each once."""
        asking, self._to_ask = dict.fromkeys(self._to_ask), []
        return [session for session in asking if session.owed_id and session.asked is None]

    def ask(self, session: Session, last_id: int, now_ms: int) -> bytes:
        """Return the PING that goes behind everything up to `last_id`; call when none is out."""
        assert session.user is not None or not session.owed_id, "guests at the door get no mail"
        name = session.user.key if session.user else ""
        is_owner = session.user is None or not session.user.is_stand_in
        may_prove = is_owner and not session.lacks_mail
        session.asked = (name, last_id, session.owed_id if may_prove else 0)
        session.asked_at_ms = now_ms
        session.owed_id = 0
        return f"PING :{TOKEN}{last_id:x}\r\n".encode()

    def answered(self, session: Session, token: str) -> None:
        """Take the proof where `token` is the one asked for; any other proves nothing."""
        if session.asked is None or token != f"{TOKEN}{session.asked[1]:x}":
            return
        name, session.read_id, received_id = session.asked
        session.asked = None
        if received_id:
            self._move(name, received_id)
        if session.owed_id:
            self._later.append(session)

    def tick(self, wake: Callable[[], None]) -> None:
        """Make those due that were paced, and the rows that wait; once per `ASK_EVERY_MS`."""
        if self._later or self.changed:
            self._to_ask += self._later
            self._later = []
            self.is_overdue = bool(self.changed)
            wake()

    def take_changed(self) -> dict[str, MailboxRow]:
        """Return the rows to be stored, once."""
        changed, self.changed = self.changed, {}
        self.is_overdue = False
        return changed

    def give_back(self, rows: dict[str, MailboxRow]) -> None:
        """Take back rows that were not stored after all; newer ones stay."""
        self.changed = rows | self.changed

    def _move(self, name: str, received_id: int) -> None:
        row = self.mailboxes.get(name)
        if row is None or row.watermark < received_id:
            self._store(MailboxRow(name, received_id, row.seen_at_ms if row else 0))
            if name in self._waiting:
                self._count_above(name, received_id)

    def _count_above(self, name: str, message_id: int) -> None:
        waiting = self._waiting[name]
        del waiting[: bisect_right(waiting, message_id)]
        if not waiting:
            del self._waiting[name]

    def _store(self, row: MailboxRow) -> None:
        self.mailboxes[row.key] = row
        self.changed[row.key] = row
