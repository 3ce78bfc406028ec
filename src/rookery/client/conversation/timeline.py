"""The entries of one conversation in the server's order, each once, however they come.

Settled entries stand first, what waits or failed behind them. The settled ones are a contiguous
end of what the server keeps: after a lost connection they are old until a page of history is
seen to reach them; until then there is a gap, which is filled or given up with what is above it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from rookery.client.conversation.annotations import Annotations
from rookery.client.conversation.changes import Change, Changed
from rookery.client.conversation.entry import Entry, Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.conversation.conversation import Conversation
    from rookery.client.happened import Redacted

TWIN_MS: Final = 3_000
"""An event without a msgid is the one that history tells of, where they are this near."""
MAX_LOOK_BACK: Final = 200
"""Entries that are looked through for a twin."""


class Timeline:
    """The writer of one conversation's entries; `tell` is told of each change."""

    def __init__(self, conversation: Conversation, tell: Callable[[Change], None]) -> None:
        self.conversation = conversation
        self.entries = conversation.entries
        self.annotations = Annotations()
        self.fresh: set[str] = set()
        """The keys of what was heard on this connection."""
        self.settled = len(self.entries)
        """How many entries stand before what waits or failed."""
        self._tell = tell
        self._count = 0
        self._bare: dict[str, Entry] = {}
        self._key_of: dict[str, str] = {}
        """msgid to key, also of corrections, which have no entry: those have an empty key."""
        self._key_of_mine: dict[str, str] = {}
        """`rookery.chat/id` to key, of what waits, or is stored without its msgid being known."""
        self._pending: dict[str, str] = {}
        """Key to the text of a correction of mine that waits."""

    # Looking.

    def new_key(self) -> str:
        """Return a key for another entry."""
        self._count += 1
        return f"{self._count:x}"

    def index_of(self, key: str) -> int:
        """Return where an entry stands, or -1."""
        return self.conversation.index_of(key)

    def knows(self, msgid: str) -> bool:
        """Return whether this message is here already, as an entry or as a correction."""
        return bool(msgid) and msgid in self._key_of

    def of_msgid(self, msgid: str) -> Entry | None:
        """Return the entry of a message as it was first said."""
        return self._bare.get(self._key_of.get(msgid, ""))

    def as_stored(self, entry: Entry) -> Entry:
        """Return the entry as the server has it, without a correction that waits."""
        return self.annotations.dressed(self._bare[entry.key])

    def is_first(self, msgid: str) -> bool:
        """Return whether no message that is here is older."""
        first = next((entry.msgid for entry in self.entries if entry.msgid), "")
        return first == msgid

    def key_of_mine(self, client_id: str) -> str:
        """Return the key of my message that waits under this id, or nothing."""
        return self._key_of_mine.get(client_id, "") if client_id else ""

    def twin(self, entry: Entry) -> Entry | None:
        """Return the entry that is the same without its msgid being known."""
        start = max(0, self.settled - MAX_LOOK_BACK)
        for other in self.entries[start : self.settled]:
            is_event = entry.kind is Kind.EVENT
            if other.kind is not entry.kind or (other.msgid and entry.msgid):
                continue
            if is_event and not (other.msgid or entry.msgid):
                continue
            is_alike = (other.sender, other.event) == (entry.sender, entry.event)
            near_ms = TWIN_MS if is_event else 0
            if is_alike and abs(other.at_ms - entry.at_ms) <= near_ms and other.text == entry.text:
                return self._bare[other.key]
        return None

    # Writing what is settled.

    def append(self, entry: Entry) -> None:
        """Put an entry behind the settled ones, or in front of those that are younger."""
        at = self.settled
        while at and self.entries[at - 1].at_ms > entry.at_ms:
            at -= 1
        self.insert(at, entry)

    def insert(self, at: int, entry: Entry) -> None:
        """Put a settled entry at `at`; a message of mine that waits under its key comes there."""
        waits_at = self.index_of(entry.key) if entry.key in self._bare else -1
        self._note(entry)
        shown = self._shown(entry)
        self.fresh.add(entry.key)
        if waits_at < 0:
            self.entries.insert(at, shown)
            self.settled += 1
            self._changed(at, 0, 1)
        elif waits_at == at == self.settled:
            self.entries[at] = shown
            self.settled += 1
            self._changed(at, 1, 1)
        else:
            self.remove(entry.key)
            self.insert(min(at - (waits_at < at), self.settled), entry)

    def replace(self, entry: Entry) -> None:
        """Let an entry, as it was first said, be another from now on."""
        self._note(entry)
        self.refresh(entry.key)

    def refresh(self, key: str) -> None:
        """Show an entry with what is known of it now."""
        at = self.index_of(key) if key else -1
        if at < 0:
            return
        shown = self._shown(self._bare[key])
        if shown != self.entries[at]:
            self.entries[at] = shown
            self._changed(at, 1, 1)

    def refresh_msgid(self, msgid: str) -> None:
        """Show a message with what is known of it now, where it is loaded."""
        self.refresh(self._key_of.get(msgid, ""))

    def remove(self, key: str) -> None:
        """Take an entry out."""
        at = self.index_of(key)
        if at < 0:
            return
        self.settled -= at < self.settled
        del self.entries[at]
        self._forget(key)
        self._changed(at, 1, 0)

    def cut(self, count: int) -> None:
        """Take the first `count` entries out."""
        count = min(count, self.settled)
        if not count:
            return
        for entry in self.entries[:count]:
            self._forget(entry.key)
        del self.entries[:count]
        self.settled -= count
        self._changed(0, count, 0)

    def lost(self) -> None:
        """The connection is gone: what is here may end before a gap."""
        self.fresh.clear()

    # Writing what is said about messages.

    def correct(self, original: str, correction: Entry) -> bool:
        """Note a correction; return whether it is shown in its original's place."""
        self.annotations.correct(original, correction)
        bare = self.of_msgid(original)
        if bare is None or correction.msgid not in {
            one.msgid for one in self.annotations.corrections_of(bare)
        }:
            return False
        self._key_of[correction.msgid] = ""
        self.refresh(bare.key)
        return True

    def absorb(self, original: Entry) -> None:
        """Take out the lines of corrections that were shown before their original came."""
        for correction in self.annotations.corrections_of(original):
            key = self._key_of.get(correction.msgid, "")
            if key:
                self.remove(key)
            self._key_of[correction.msgid] = ""

    def redact(self, redacted: Redacted) -> None:
        """Delete a message, a correction or a reaction."""
        self.refresh_msgid(self.annotations.redact(redacted.msgid))
        self.refresh_msgid(redacted.msgid)

    # Writing what waits.

    def wait(self, entry: Entry, client_id: str) -> None:
        """Put a message of mine behind everything."""
        self._note(entry)
        self._key_of_mine[client_id] = entry.key
        self.entries.append(entry)
        self._changed(len(self.entries) - 1, 0, 1)

    def set_state(self, key: str, state: State, reason: str = "") -> None:
        """Let a waiting message stand differently."""
        bare = self._bare.get(key)
        if bare is not None:
            self.replace(dataclasses.replace(bare, state=state, reason=reason))

    def settle_mine(self, client_id: str) -> None:
        """Let a message of mine stand as stored, until history tells its msgid and its place."""
        bare = self._bare.get(self.key_of_mine(client_id))
        if bare is not None and bare.state is not State.SENT:
            self.append(dataclasses.replace(bare, state=State.SENT))

    def correct_mine(self, key: str, text: str) -> None:
        """Show a message of mine with a correction that waits; an empty one: none waits."""
        self._pending[key] = text
        if not text:
            del self._pending[key]
        self.refresh(key)

    def forget_mine(self, client_id: str) -> None:
        """Forget an id whose message has its answer."""
        self._key_of_mine.pop(client_id, None)

    def _shown(self, bare: Entry) -> Entry:
        dressed = self.annotations.dressed(bare)
        text = self._pending.get(bare.key, "")
        if not text or dressed.is_redacted:
            return dressed
        return dataclasses.replace(dressed, text=text, is_edited=True, state=State.WAITING)

    def _note(self, entry: Entry) -> None:
        self._bare[entry.key] = entry
        if entry.msgid:
            self._key_of[entry.msgid] = entry.key

    def _forget(self, key: str) -> None:
        bare = self._bare.pop(key, None)
        if bare is not None and bare.msgid:
            self._key_of.pop(bare.msgid, None)
        self.fresh.discard(key)

    def _changed(self, at: int, removed: int, added: int) -> None:
        self._tell(Changed(self.conversation.key, at, removed, added))
